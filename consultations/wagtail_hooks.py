"""The back-office lists of orders and consultations: states and dates, never what clients or psychologists
wrote. And the record of who broke the glass, with the reason each gave."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import InspectView

from consultations import wording
from consultations.actions.refunds import stuck
from consultations.enums import Status
from consultations.models import BreakGlassAccess, Consultation, Order
from consultations.permissions import may_refund
from consultations.views.refunds import refund
from home.models import User
from home.permissions import can_break_glass, is_psychologist
from home.views.office import WaitingPanel

ORDERS = reverse_lazy("ordenes_modeladmin_index")
REFERENCES_SHOWN = 5


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


class OrderView(InspectView):
    """One order; its amount as people write it."""

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name == "amount":
            return wording.price(self.instance.amount, self.instance.currency)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payments = self.instance.payments.prefetch_related("refunds__by", "refunds__payment")
        more = {"payments": payments, "may_refund": may_refund(self.request.user)}
        return super().get_context_data(**more, **kwargs)


@modeladmin_register
class OrderAdmin(ModelAdmin):
    model = Order
    menu_label = "Órdenes"
    menu_icon = "form"
    menu_order = 310
    base_url_path = "ordenes"
    permission_helper_class = ViewOnly
    inspect_view_enabled = True
    inspect_view_class = OrderView
    inspect_template_name = "consultations/admin/order.html"
    inspect_view_fields = (
        "reference",
        "service",
        "amount",
        "money",
        "attention",
        "created_at",
        "expires_at",
        "paid_at",
        "fulfilled_at",
        "fraud_alert_at",
        "dispute_deadline",
        "checks",
    )
    list_display = (
        "reference",
        "person",
        "service",
        "price",
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

    def price(self, order: Order) -> str:
        return wording.price(order.amount, order.currency)

    person.short_description = "Persona"  # type: ignore[attr-defined]
    price.short_description = "Precio"  # type: ignore[attr-defined]
    price.admin_order_field = "amount"  # type: ignore[attr-defined]

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
    in_charge.short_description = "Quién responde"  # type: ignore[attr-defined]
    emergency_access.short_description = "Texto"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        return super().get_queryset(request).select_related("client", "psychologist")


class ForThoseWhoMayBreakGlass(ViewOnly):
    """The same people see what each of them did: nobody opens a consultation unseen by the others."""

    def user_can_list(self, user: Any) -> bool:
        return can_break_glass(user)


@modeladmin_register
class BreakGlassAccessAdmin(ModelAdmin):
    model = BreakGlassAccess
    menu_label = "Accesos de emergencia"
    menu_icon = "warning"
    menu_order = 340
    base_url_path = "accesos-de-emergencia"
    permission_helper_class = ForThoseWhoMayBreakGlass
    list_display = ("moment", "who", "short", "reason")
    list_per_page = 50
    ordering = ("-opened_at", "-pk")

    def moment(self, access: BreakGlassAccess) -> str:
        return date_format(localtime(access.opened_at), "d/m/Y H:i")

    def who(self, access: Any) -> str:
        """The log has no foreign keys: whoever is gone leaves their number."""
        return access.administrator_email or f"Cuenta {access.administrator_id}, que ya no existe"

    def short(self, access: BreakGlassAccess) -> str:
        return f"Consulta {str(access.consultation_id)[:8]}"

    moment.short_description = "Cuándo"  # type: ignore[attr-defined]
    moment.admin_order_field = "opened_at"  # type: ignore[attr-defined]
    who.short_description = "Quién"  # type: ignore[attr-defined]
    short.short_description = "Consulta"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BreakGlassAccess]:
        administrators = User.objects.filter(pk=OuterRef("administrator_id")).values("email")
        return super().get_queryset(request).annotate(administrator_email=Subquery(administrators))


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern]:
    return [path("ordenes/devolver/<int:payment_pk>/", refund, name="consultations_refund")]


@hooks.register("construct_homepage_panels")
def refunds_that_wait(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of whoever gives money back: the orders whose refunds did not happen."""
    if not may_refund(request.user):
        return
    references = sorted(set(stuck().values_list("payment__order__reference", flat=True)))
    if references:
        shown = ", ".join(references[:REFERENCES_SHOWN])
        sentence = f"Devoluciones sin hacerse: {len(references)}. Órdenes: {shown}."
        panels.insert(0, WaitingPanel("Devoluciones", sentence, ORDERS, "Ir a las órdenes"))


@hooks.register("construct_homepage_panels")
def what_waits_on_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of a psychologist: how much waits, never a word of it, and the way to the desk."""
    if not is_psychologist(request.user):
        return
    waiting = Consultation.objects.filter(status=Status.WAITING)
    mine = Consultation.objects.filter(psychologist=request.user, status__in=[Status.IN_CARE, Status.REPLIED])
    sentence = f"Esperan tu respuesta: {mine.count()}. Sin tomar: {waiting.count()}."
    if urgent := waiting.filter(priority=True).count() + mine.filter(priority=True).count():
        sentence += f" Para leer primero: {urgent}."
    panels.insert(0, WaitingPanel("Consultas", sentence, reverse("consultations:desk"), "Ir a mi escritorio"))
