"""The back-office lists of orders and consultations: states and dates, never what anybody wrote."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from consultations.models import Consultation, Order


class ViewOnly(PermissionHelper):
    """Whoever may view the model may list and inspect it; nobody changes anything here by hand."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}"))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


@modeladmin_register
class OrderAdmin(ModelAdmin):
    model = Order
    menu_label = "Órdenes"
    menu_icon = "form"
    menu_order = 310
    base_url_path = "ordenes"
    permission_helper_class = ViewOnly
    inspect_view_enabled = True
    inspect_view_fields = (
        "reference",
        "service",
        "amount",
        "currency",
        "money",
        "attention",
        "created_at",
        "expires_at",
        "paid_at",
        "fulfilled_at",
        "checks",
    )
    list_display = (
        "reference",
        "person",
        "service",
        "amount",
        "currency",
        "money",
        "created_at",
        "paid_at",
        "attention",
    )
    list_filter = ("money", "currency")
    search_fields = ("reference",)
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ("client", "service")

    def person(self, order: Order) -> str:
        return order.client.pseudonym

    person.short_description = "Persona"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).select_related("client", "service")


@modeladmin_register
class ConsultationAdmin(ModelAdmin):
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
    in_charge.short_description = "Psicólogo"  # type: ignore[attr-defined]
    emergency_access.short_description = "Texto"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        return super().get_queryset(request).select_related("client", "psychologist")
