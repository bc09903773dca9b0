"""The back-office list of invitations: when each was sent and answered, never what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from home.view_only import OfficeList, ViewOnly
from surveys.models import Invitation


class StateFilter(SimpleListFilter):
    """Where each invitation is. (The library's own date filters speak English.)"""

    title = "estado"
    parameter_name = "estado"
    states: ClassVar[dict[str, tuple[str, dict[str, Any]]]] = {
        "por-enviar": ("Por enviar", {"sent_at": None, "answered_at": None, "cancelled_at": None}),
        "enviada": (
            "Enviada, sin respuesta",
            {"sent_at__isnull": False, "answered_at": None, "cancelled_at": None},
        ),
        "respondida": ("Respondida", {"answered_at__isnull": False}),
        "cancelada": ("Cancelada", {"cancelled_at__isnull": False}),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        _, condition = self.states.get(self.value() or "", ("", {}))
        return queryset.filter(**condition)


def moment(field: str, label: str) -> Callable[..., str]:
    """A column that shows a date and time in short, and sorts by it."""

    def column(admin: ModelAdmin, invitation: Invitation) -> str:
        value = getattr(invitation, field)
        return "" if value is None else date_format(localtime(value), "d/m/Y H:i")

    column.short_description = label  # type: ignore[attr-defined]
    column.admin_order_field = field  # type: ignore[attr-defined]
    return column


@modeladmin_register
class InvitationAdmin(OfficeList):
    model = Invitation
    menu_label = "Invitaciones"
    menu_icon = "mail"
    menu_order = 330
    base_url_path = "invitaciones"
    permission_helper_class = ViewOnly
    list_display = ("person", "wave", "due", "sent", "reminders", "answered", "cancelled")
    list_filter = ("wave", StateFilter)
    list_per_page = 50
    ordering = ("-due_at", "-pk")

    due = moment("due_at", "corresponde enviar")
    sent = moment("sent_at", "enviada")
    answered = moment("answered_at", "respondida")
    cancelled = moment("cancelled_at", "cancelada")

    def person(self, invitation: Invitation) -> str:
        return invitation.user.pseudonym

    person.short_description = "persona"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).select_related("user")
