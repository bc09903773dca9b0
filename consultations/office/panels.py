"""What consultations show on the start page of the back office, to whom it concerns."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.ui.components import Component

from consultations.actions.health import check_payments
from consultations.actions.refunds import stuck
from consultations.enums import Reason, Status
from consultations.models import Consultation, PaymentFlag
from consultations.permissions import may_refund, may_see_flags
from home.permissions import is_psychologist
from home.views.office import WaitingPanel

ORDERS = reverse_lazy("ordenes_modeladmin_index")
REFERENCES_SHOWN = 5
DISPUTES_SHOWN = 5


class PaymentsPanel(Component):
    """What an administrator must see first: troubles, what waits, and disputes with their deadline."""

    order = 5
    template_name = "consultations/admin/payments_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "troubles": [health.sentence for health in check_payments() if not health.well],
            "waiting": PaymentFlag.objects.filter(cleared_at=None, resolved_at=None).count(),
            "disputes": list(disputes()[:DISPUTES_SHOWN]),
            "now": timezone.now(),
        }


def disputes() -> QuerySet[PaymentFlag]:
    """Those that wait for somebody, and those noted as answered while documents can still be sent."""
    standing = PaymentFlag.objects.filter(reason=Reason.DISPUTED, cleared_at=None).select_related("order")
    shown = standing.filter(Q(resolved_at=None) | Q(order__dispute_deadline__gt=timezone.now()))
    return shown.order_by(F("order__dispute_deadline").asc(nulls_last=True), "pk")


def payments_overview(request: HttpRequest, panels: list[Any]) -> None:
    if may_see_flags(request.user):
        panels.insert(0, PaymentsPanel())


def refunds_that_wait(request: HttpRequest, panels: list[Any]) -> None:
    """The start page of whoever gives money back: the orders whose refunds did not happen."""
    if not may_refund(request.user):
        return
    references = sorted(set(stuck().values_list("payment__order__reference", flat=True)))
    if references:
        shown = ", ".join(references[:REFERENCES_SHOWN])
        sentence = f"Devoluciones sin hacerse: {len(references)}. Órdenes: {shown}."
        panels.insert(0, WaitingPanel("Devoluciones", sentence, ORDERS, "Ir a las órdenes"))


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
