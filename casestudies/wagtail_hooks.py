"""The back-office list of comments: what waits stands first, and of it what to read first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import modeladmin_register

from casestudies.actions.publishing import missing_for_publication
from casestudies.enums import CommentStatus
from casestudies.models import CaseIndexPage, CasePage, Comment, CopyRefused
from casestudies.permissions import may_moderate
from casestudies.views.anonymiser import anonymiser, move, original
from casestudies.views.moderation import moderate
from casestudies.views.review_report import CasesToReviewReport
from home.models import User
from home.view_only import OfficeList, ViewOnly
from home.views.office import WaitingPanel


class ModeratorsOnly(ViewOnly):
    """Moderators list, read and decide; nobody writes, edits or deletes another's comment by hand."""

    def user_can_list(self, user: Any) -> bool:
        return may_moderate(user)


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
class CommentAdmin(OfficeList):
    model = Comment
    menu_label = "Comentarios"
    menu_icon = "comment"
    menu_order = 300
    base_url_path = "comentarios"
    back_to = "los comentarios"
    permission_helper_class = ModeratorsOnly
    button_helper_class = ReadButton
    inspect_view_enabled = True
    inspect_template_name = "casestudies/admin/comment.html"
    list_display = ("beginning", "urgent", "pseudonym", "page", "status", "created_at", "decided")
    list_filter = ("status", "read_first", CommentedPage)
    # "pending" comes last in the alphabet, so first here.
    ordering = ("-status", "-read_first", "-created_at")
    search_fields = ("pseudonym", "body", "page__title")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        who = User.objects.filter(pk=OuterRef("moderator_id")).values("email")
        return super().get_queryset(request).select_related("page").annotate(moderator_email=Subquery(who))

    def beginning(self, comment: Comment) -> str:
        return Truncator(comment.body).chars(60)

    def urgent(self, comment: Comment) -> str:
        """In words: the icon of a yes or no belongs to Django's own admin, which is not installed."""
        return "Leer primero" if comment.read_first else ""

    def decided(self, comment: Any) -> str:
        if comment.moderated_at is None:
            return ""
        day = date_format(localtime(comment.moderated_at), "SHORT_DATE_FORMAT")
        return f"{comment.moderator_email or 'cuenta borrada'}, {day}"

    beginning.short_description = "Comentario"  # type: ignore[attr-defined]
    urgent.short_description = "Prioridad"  # type: ignore[attr-defined]
    decided.short_description = "Decidido"  # type: ignore[attr-defined]


@hooks.register("register_admin_urls")
def moderation_urls() -> list[URLPattern]:
    return [path("comentarios/decidir/<int:comment_id>/", moderate, name="casestudies_moderate")]


@hooks.register("register_admin_urls")
def anonymiser_urls() -> list[URLPattern]:
    return [
        path("anonimizador/<int:page_id>/", anonymiser, name="casestudies_anonymiser"),
        path("anonimizador/<int:page_id>/original/", original, name="casestudies_anonymiser_original"),
        path("anonimizador/<int:page_id>/mover/", move, name="casestudies_anonymiser_move"),
    ]


@hooks.register("insert_global_admin_css")
def anonymiser_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/anonymiser.css"))


@hooks.register("before_publish_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse before Wagtail tries, so that the draft that was just saved is what the editor returns to."""
    if not isinstance(page, CasePage):
        return None
    missing = missing_for_publication(page)
    for each in missing:
        messages.error(request, f"No se publicó: {each}")
    return redirect("wagtailadmin_pages:edit", page.pk) if missing else None


REVIEWED = {
    "approve": "Aprobaste el caso: ya está publicado.",
    "reject": "Pediste cambios. El caso vuelve a quien lo envió.",
}


@hooks.register("after_edit_page")
def answer_the_reviewer(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what a review has brought about. Wagtail would go on to the list of pages; a psychologist may not
    see that, and would be told so instead."""
    if not isinstance(page, CasePage) or "action-workflow-action" not in request.POST:
        return None
    if said := REVIEWED.get(request.POST.get("workflow-action-name", "")):
        messages.success(request, said)
    return None if _works_on_pages(request.user) else redirect("wagtailadmin_home")


@hooks.register("before_copy_page")
def refuse_to_copy_cases(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail begins: the copy of a page that lies above cases would else be left by half.

    A case itself nobody may copy: Wagtail neither offers nor begins it.
    """
    if "copy_subpages" not in request.POST or not CasePage.objects.descendant_of(page).exists():
        return None
    messages.error(request, CopyRefused.reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_one_may_see(pages: Any, request: HttpRequest) -> Any:
    """Titles of drafts are for those who work on them; whoever chooses a page chooses among public ones."""
    theirs = page_permission_policy.explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=theirs.values("pk")))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("casestudies.anonymise", "Anonimizar", "Llevó el texto anonimizado al borrador")
    actions.register_action(
        "casestudies.move_letters", "Mover al anonimizador", "Movió las cartas del borrador al anonimizador"
    )
    actions.register_action("casestudies.withdraw", "Retirar", "Retiró el caso")


@hooks.register("construct_homepage_panels")
def waiting_comments(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of a moderator: how many comments wait, and the way to them."""
    if not may_moderate(request.user):
        return
    waiting = Comment.objects.filter(status=CommentStatus.PENDING)
    sentence = f"Por revisar: {waiting.count()}."
    if urgent := waiting.filter(read_first=True).count():
        sentence += f" Para leer primero: {urgent}."
    address = reverse("comentarios_modeladmin_index")
    panels.insert(0, WaitingPanel("Comentarios", sentence, address, "Ver los comentarios"))


def _works_on_pages(user: Any) -> bool:
    wanted = CasesToReviewReport.any_permission_required
    return bool(page_permission_policy.user_has_any_permission(user, wanted))


@hooks.register("construct_homepage_panels")
def unpublished_cases(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of an editor: which cases wait. No e-mail tells that a psychologist is done with one."""
    library = CaseIndexPage.objects.first() if _works_on_pages(request.user) else None
    if library is None:
        return
    drafts = CasePage.objects.filter(live=False)
    under_review = drafts.filter(_specific_workflow_states__status=WorkflowState.STATUS_IN_PROGRESS)
    sentence = f"Sin publicar: {drafts.count()}. De ellos, en revisión: {under_review.count()}."
    address = reverse("wagtailadmin_explore", args=[library.pk])
    panels.insert(0, WaitingPanel("Casos", sentence, address, "Ver los casos"))


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _works_on_pages(request.user)


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    report = CasesToReviewReport
    return [
        path("reports/casos-por-revisar/", report.as_view(), name="cases_to_review"),
        path(
            "reports/casos-por-revisar/results/",
            report.as_view(results_only=True),
            name="cases_to_review_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    return ReviewMenuItem(
        "Casos por revisar", reverse("cases_to_review"), name="cases-to-review", icon_name="history", order=60
    )
