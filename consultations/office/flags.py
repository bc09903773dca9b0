"""The list of payments that a person must look at. What can be done about one stands on its own page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from consultations.enums import ONLY_NOTED, Reason
from consultations.guidance import detail_of
from consultations.models import Payment, PaymentFlag
from consultations.office.searching import payment_number
from home.view_only import OfficeList, ViewOnly


class StateFilter(SimpleListFilter):
    """What still waits for somebody comes first; the rest is asked for."""

    title = "estado"
    parameter_name = "estado"
    states: ClassVar[dict[str, tuple[str, Q]]] = {
        "abiertos": ("Por mirar", Q(cleared_at=None, resolved_at=None)),
        "resueltos": ("Resueltos por alguien", Q(resolved_at__isnull=False)),
        "pasados": ("Dejaron de ocurrir", Q(resolved_at=None, cleared_at__isnull=False)),
        "todos": ("Todos", Q()),
    }
    first = "abiertos"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in self.states.items()]

    def choices(self, changelist: Any) -> Any:
        """Without the library's own "all", which would be the one in force when none was chosen."""
        for key, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": self._chosen == key, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaymentFlag]) -> QuerySet[PaymentFlag]:
        return queryset.filter(self.states[self._chosen][1])

    @property
    def _chosen(self) -> str:
        value = self.value() or self.first
        return value if value in self.states else self.first


class ReasonFilter(SimpleListFilter):
    title = "razón"
    parameter_name = "razon"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those that occur: all of them would push the list off a small screen."""
        known = set(PaymentFlag.objects.order_by().values_list("reason", flat=True).distinct())
        return [(each.value, each.label.rstrip(".")) for each in Reason if each in known]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaymentFlag]) -> QuerySet[PaymentFlag]:
        return queryset.filter(reason=self.value()) if self.value() in Reason.values else queryset


class ByReferenceOrPayment(BaseSearchHandler):
    """Finds the flags of an order by its reference, and of a payment or its order by the payment's number."""

    def search_queryset(
        self, queryset: QuerySet[PaymentFlag], search_term: str, **kwargs: Any
    ) -> QuerySet[PaymentFlag]:
        term = search_term.strip()
        if not term:
            return queryset
        if (number := payment_number(term)) is not None:
            orders = Payment.objects.filter(payment_id=number).values("order")
            return queryset.filter(Q(payment_id=number) | Q(order__in=orders))
        return queryset.filter(order__reference__icontains=term)


class PaymentFlagAdmin(OfficeList):
    model = PaymentFlag
    menu_label = "Pagos por mirar"
    menu_icon = "warning"
    menu_order = 315
    base_url_path = "pagos-por-mirar"
    permission_helper_class = ViewOnly
    list_display = ("what", "concerns", "detail", "since", "state")
    list_filter = (StateFilter, ReasonFilter)
    search_fields = ("order__reference", "payment_id")
    search_handler_class = ByReferenceOrPayment
    list_per_page = 50
    list_select_related: ClassVar[tuple[str, ...]] = ("order", "resolved_by")

    def what(self, flag: PaymentFlag) -> str:
        return format_html('<a href="{}">{}</a>', address_of(flag), flag.get_reason_display())

    def concerns(self, flag: PaymentFlag) -> str:
        if flag.order is not None:
            return f"Orden {flag.order.reference}"
        return f"Pago {flag.payment_id}" if flag.payment_id else "La cuenta de Mercado Pago"

    def detail(self, flag: PaymentFlag) -> str:
        return detail_of(flag)

    def since(self, flag: PaymentFlag) -> str:
        return date_format(localtime(flag.raised_at), "d/m/Y H:i")

    def state(self, flag: PaymentFlag) -> str:
        if flag.resolved_by is not None:
            return f"{'Anotado' if flag.reason in ONLY_NOTED else 'Resuelto'} por {flag.resolved_by.email}"
        return "Dejó de ocurrir" if flag.cleared_at else "Por mirar"

    what.short_description = "Qué ocurre"  # type: ignore[attr-defined]
    concerns.short_description = "De qué se trata"  # type: ignore[attr-defined]
    detail.short_description = "Detalle"  # type: ignore[attr-defined]
    since.short_description = "Desde"  # type: ignore[attr-defined]
    since.admin_order_field = "raised_at"  # type: ignore[attr-defined]
    state.short_description = "Estado"  # type: ignore[attr-defined]


def address_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])
