"""The list of orders, and one order with all that became of its money."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localtime
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.views import InspectView

from consultations import wording
from consultations.actions.history import history_of
from consultations.enums import Reason
from consultations.models import Order, PaymentFlag
from consultations.office.searching import payment_number
from consultations.permissions import may_refund, may_see_flags
from home.view_only import OfficeList, ViewOnly

OPEN_FLAGS = PaymentFlag.objects.filter(order=OuterRef("pk"), cleared_at=None, resolved_at=None)


class ToLookAtFilter(SimpleListFilter):
    """The orders that wait for somebody."""

    title = "lo que hay que mirar"
    parameter_name = "por_mirar"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("si", "Con algo por mirar")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset.filter(Exists(OPEN_FLAGS)) if self.value() == "si" else queryset


class ByReferenceOrPayment(BaseSearchHandler):
    """Finds an order by its reference, or by the number of one of its payments."""

    def search_queryset(self, queryset: QuerySet[Order], search_term: str, **kwargs: Any) -> QuerySet[Order]:
        term = search_term.strip()
        if (number := payment_number(term)) is not None:
            return queryset.filter(payments__payment_id=number)
        return queryset.filter(reference__icontains=term) if term else queryset


class OrderView(InspectView):
    """One order; its amount as people write it, and nothing of what it does not have."""

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        return capfirst(super().get_field_label(field_name, field)) or ""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        empty = self.model_admin.get_empty_value_display()
        return [each for each in super().get_fields_dict() if each["value"] not in ("", None, empty)]

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name in ("amount", "list_price"):
            return wording.price(getattr(self.instance, field_name), self.instance.currency)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payments = self.instance.payments.prefetch_related("refunds__by", "refunds__payment")
        more = {
            "payments": payments,
            "may_refund": may_refund(self.request.user),
            "history": history_of(self.instance),
            "open_flags": self.instance.flags.filter(cleared_at=None, resolved_at=None),
            "is_fraud": was_decided_as_fraud(self.instance),
            "may_see_flags": may_see_flags(self.request.user),
        }
        return super().get_context_data(**more, **kwargs)


def was_decided_as_fraud(order: Order) -> bool:
    """Whether an alert stands because somebody decided so: nobody is asked any more, and nothing goes on."""
    decided = order.flags.filter(reason=Reason.FRAUD, resolved_at__isnull=False, cleared_at=None)
    return order.is_under_fraud_alert and decided.exists()


class OrderAdmin(OfficeList):
    model = Order
    menu_label = "Órdenes"
    menu_icon = "form"
    menu_order = 310
    base_url_path = "ordenes"
    back_to = "las órdenes"
    permission_helper_class = ViewOnly
    inspect_view_enabled = True
    inspect_view_class = OrderView
    inspect_template_name = "consultations/admin/order.html"
    inspect_view_fields = (
        "reference",
        "kind",
        "service",
        "list_price",
        "discount_reason",
        "amount",
        "money",
        "attention",
        "created_at",
        "expires_at",
        "paid_at",
        "fulfilled_at",
        "fraud_alert_at",
        "dispute_deadline",
    )
    list_display = (
        "reference",
        "to_look_at",
        "person",
        "service",
        "price",
        "money",
        "created",
        "paid",
    )
    list_filter = (ToLookAtFilter, "money", "currency")
    search_fields = ("reference", "payments__payment_id")
    search_handler_class = ByReferenceOrPayment
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ("client", "service")

    def person(self, order: Order) -> str:
        return order.client.pseudonym

    def price(self, order: Order) -> str:
        return wording.price(order.amount, order.currency)

    def created(self, order: Order) -> str:
        return _date(order.created_at)

    def paid(self, order: Order) -> str:
        return _date(order.paid_at) if order.paid_at else ""

    def to_look_at(self, order: Any) -> str:
        """Why somebody must look at it, and the way to where that is settled."""
        if not order.has_open_flag:
            return ""
        address = f"{reverse('pagos-por-mirar_modeladmin_index')}?{urlencode({'q': order.reference})}"
        return format_html('<a href="{}">{}</a>', address, order.attention or "Algo por mirar")

    person.short_description = "Persona"  # type: ignore[attr-defined]
    price.short_description = "Precio"  # type: ignore[attr-defined]
    price.admin_order_field = "amount"  # type: ignore[attr-defined]
    created.short_description = "Creada"  # type: ignore[attr-defined]
    created.admin_order_field = "created_at"  # type: ignore[attr-defined]
    paid.short_description = "Pagada"  # type: ignore[attr-defined]
    paid.admin_order_field = "paid_at"  # type: ignore[attr-defined]
    to_look_at.short_description = "Por mirar"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders = super().get_queryset(request).select_related("client", "service")
        return orders.annotate(has_open_flag=Exists(OPEN_FLAGS))


def _date(moment: datetime.datetime) -> str:
    return date_format(localtime(moment), "d/m/Y H:i")
