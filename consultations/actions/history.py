"""Reading all that is known of one order, in as many queries for little as for much."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations.actions.hints import CHARGEBACKS, MERCHANT_ORDERS
from consultations.models import Consultation, Order, Payment, PaymentEvent, PaymentFlag, PaymentHint, Refund
from consultations.timeline import Entry, Rows, line_of


def history_of(order: Order) -> list[Entry]:
    """What happened to this order, oldest first."""
    payments = list(order.payments.all())
    events = list(order.payment_events.all())
    rows = Rows(
        order=order,
        consultation=Consultation.objects.filter(order=order).first(),
        events=events,
        hints=_hints(payments, events),
        refunds=Refund.objects.filter(payment__order=order).select_related("payment", "by"),
        flags=flags_of(order, payments).select_related("resolved_by"),
    )
    return line_of(rows, timezone.now())


def flags_of(order: Order, payments: Sequence[Payment]) -> QuerySet[PaymentFlag]:
    """The flags of an order, and those its payments had while they belonged to none."""
    ids = [each.payment_id for each in payments]
    return PaymentFlag.objects.filter(Q(order=order) | Q(order=None, payment_id__in=ids))


def _hints(payments: Sequence[Payment], events: Sequence[PaymentEvent]) -> QuerySet[PaymentHint]:
    """The notifications that name one of these payments, its merchant order or its chargeback.

    The same number may be another thing under another topic.
    """
    ids = [each.payment_id for each in payments]
    groups = [str(each.merchant_order_id) for each in payments if each.merchant_order_id]
    chargebacks = [str(each.chargeback_id) for each in events if each.chargeback_id]
    of_payments = Q(data_id__in=[str(each) for each in ids]) & ~Q(topic__in=MERCHANT_ORDERS | CHARGEBACKS)
    return PaymentHint.objects.filter(
        Q(payment_id__in=ids)
        | of_payments
        | Q(topic__in=MERCHANT_ORDERS, data_id__in=groups)
        | Q(topic__in=CHARGEBACKS, data_id__in=chargebacks)
    ).order_by("received_at", "pk")
