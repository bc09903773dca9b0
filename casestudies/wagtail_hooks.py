"""The back-office list of comments: the ones that wait come first; a moderator publishes or hides each."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from casestudies.models import Comment
from casestudies.permissions import may_moderate
from casestudies.views.moderation import moderate
from home.models import User


class ModeratorsOnly(PermissionHelper):
    """Moderators list, read and decide; nobody writes, edits or deletes another's comment by hand."""

    def user_can_list(self, user: Any) -> bool:
        return may_moderate(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return may_moderate(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class ReadButton(ButtonHelper):
    """Names the one button of a row for what it does here."""

    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().inspect_button(*args, **kwargs) | {"label": "Leer", "title": "Leer y decidir"}


class CommentedPage(SimpleListFilter):
    """The pages that have comments. Django's own filter for them wants its admin site, which Need has not."""

    title = "página"
    parameter_name = "pagina"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        pages = Comment.objects.order_by("page__title").values_list("page_id", "page__title").distinct()
        return [(str(pk), title) for pk, title in pages]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        chosen = self.value() or ""
        return queryset.filter(page_id=int(chosen)) if chosen.isdecimal() else queryset


@modeladmin_register
class CommentAdmin(ModelAdmin):
    model = Comment
    menu_label = "Comentarios"
    menu_icon = "comment"
    menu_order = 300
    base_url_path = "comentarios"
    permission_helper_class = ModeratorsOnly
    button_helper_class = ReadButton
    inspect_view_enabled = True
    inspect_template_name = "casestudies/admin/comment.html"
    list_display = ("beginning", "pseudonym", "page", "status", "created_at", "decided")
    list_filter = ("status", CommentedPage)
    # "pending" comes last in the alphabet, so first here.
    ordering = ("-status", "-created_at")
    search_fields = ("pseudonym", "body", "page__title")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        who = User.objects.filter(pk=OuterRef("moderator_id")).values("email")
        return super().get_queryset(request).select_related("page").annotate(moderator_email=Subquery(who))

    def beginning(self, comment: Comment) -> str:
        return Truncator(comment.body).chars(60)

    def decided(self, comment: Any) -> str:
        if comment.moderated_at is None:
            return ""
        day = date_format(localtime(comment.moderated_at), "SHORT_DATE_FORMAT")
        return f"{comment.moderator_email or 'cuenta borrada'}, {day}"

    beginning.short_description = "Comentario"  # type: ignore[attr-defined]
    decided.short_description = "Decidido"  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def moderation_urls() -> list[URLPattern]:
    return [path("comentarios/decidir/<int:comment_id>/", moderate, name="casestudies_moderate")]
