"""The list of consultations: states and dates, never what clients or psychologists wrote."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from consultations.models import Consultation
from home.view_only import OfficeList, ViewOnly


class ConsultationAdmin(OfficeList):
    model = Consultation
    menu_label = "Consultas"
    menu_icon = "comment"
    menu_order = 320
    base_url_path = "consultas"
    permission_helper_class = ViewOnly
    list_display = (
        "short",
        "person",
        "in_charge",
        "status",
        "read_first",
        "waiting_since",
        "due_at",
        "closed_at",
        "emergency_access",
    )
    list_filter = ("status", "priority")
    list_per_page = 50

    def short(self, consultation: Consultation) -> str:
        return str(consultation)

    def person(self, consultation: Consultation) -> str:
        return consultation.client.pseudonym

    def in_charge(self, consultation: Consultation) -> str:
        return consultation.psychologist.get_full_name() if consultation.psychologist else "Nadie todavía"

    def read_first(self, consultation: Consultation) -> str:
        """In words: the icon of a yes or no belongs to Django's own admin, which is not installed."""
        return "Leer primero" if consultation.priority else ""

    def emergency_access(self, consultation: Consultation) -> str:
        """A way in that asks for a reason first, for whom it is allowed."""
        return format_html(
            '<a href="{}">Abrir con una razón</a>',
            reverse("consultations:break_glass", args=[consultation.pk]),
        )

    short.short_description = "Consulta"  # type: ignore[attr-defined]
    person.short_description = "Persona"  # type: ignore[attr-defined]
    read_first.short_description = "Prioridad"  # type: ignore[attr-defined]
    in_charge.short_description = "Quién responde"  # type: ignore[attr-defined]
    emergency_access.short_description = "Texto"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        return super().get_queryset(request).select_related("client", "psychologist")
