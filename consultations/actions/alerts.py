"""Alerts of fraud: which payments one was about, and stopping the order of one.

An alert comes once, perhaps before its payment is known here; the stored notification is what remembers it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from consultations.enums import Reason
from consultations.models import Order, PaymentFlag, PaymentHint

FRAUD_ALERT = "stop_delivery_op_wh"


def alerted(payment_ids: Iterable[int]) -> list[int]:
    """Which of these payments an alert was about. Its body names the payment, else its address."""
    wanted = set(payment_ids)
    named = Q(payment_id__in=wanted) | Q(payment_id=None, data_id__in=[str(each) for each in wanted])
    alerts = PaymentHint.objects.filter(named, topic=FRAUD_ALERT)
    return sorted({each.payment_id or int(each.data_id) for each in alerts})


def payments_alerted(order: Order) -> str:
    """What the flag of an order is about: whoever settles it has decided about these payments."""
    return ", ".join(str(each) for each in alerted(order.payments.values_list("payment_id", flat=True)))


def is_found_fraud(order: Order) -> bool:
    """Whether an alert stands and it was decided that it is fraud: nobody looks into it any more."""
    if not order.is_under_fraud_alert:
        return False
    standing = PaymentFlag.objects.filter(order=order, reason=Reason.FRAUD, cleared_at=None)
    decisions = standing.values_list("resolved_at", flat=True)
    return bool(decisions) and None not in decisions


def stop(order: Order, payment_id: int) -> None:
    """Stop this order until a person looks, unless one has settled an alert about this very payment.

    Call with the order's row locked, and add the order up afterwards.
    """
    if order.is_under_fraud_alert or _is_settled(order, payment_id):
        return
    order.fraud_alert_at, order.fraud_cleared_at = timezone.now(), None
    order.save(update_fields=["fraud_alert_at", "fraud_cleared_at"])


def _is_settled(order: Order, payment_id: int) -> bool:
    settled = PaymentFlag.objects.filter(order=order, reason=Reason.FRAUD, resolved_at__isnull=False)
    return any(str(payment_id) in about.split(", ") for about in settled.values_list("about", flat=True))
