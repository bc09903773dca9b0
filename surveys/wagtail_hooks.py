"""The back-office list of invitations: when each was sent and answered, never what was answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from surveys.models import Invitation

VIEW = "surveys.view_invitation"


class ReadOnlyPermissionHelper(PermissionHelper):
    """Whoever may view may list, and nobody may change anything by hand."""

    def user_can_list(self, user: Any) -> bool:
        return user.has_perm(VIEW)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return False


@modeladmin_register
class InvitationAdmin(ModelAdmin):
    model = Invitation
    menu_label = "Invitaciones"
    menu_icon = "mail"
    menu_order = 330
    base_url_path = "invitaciones"
    permission_helper_class = ReadOnlyPermissionHelper
    list_display = ("person", "wave", "due_at", "sent_at", "reminders", "answered_at", "cancelled_at")
    list_filter = ("wave", "sent_at", "answered_at")
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ("user",)
    ordering = ("-due_at", "-pk")

    def person(self, invitation: Invitation) -> str:
        return invitation.user.pseudonym

    person.short_description = "Persona"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).select_related("user")
