"""Alerts of fraud: which payments one was about, and stopping the order of one.

An alert comes once, perhaps before its payment is known here; the stored notification is what remembers it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from consultations.enums import Reason
from consultations.models import Order, PaymentFlag, PaymentHint

FRAUD_ALERT = "stop_delivery_op_wh"
# As `flags` cuts what a flag is about: the length of its column.
ABOUT_HOLDS = PaymentFlag._meta.get_field("about").max_length or 0


def alerted(payment_ids: Iterable[int]) -> list[int]:
    """Which of these payments an alert was about. Its body names the payment, else its address."""
    return sorted({each.payment_id or int(each.data_id) for each in _about(*payment_ids)})


def _about(*payment_ids: int) -> QuerySet[PaymentHint]:
    named = Q(payment_id__in=payment_ids) | Q(
        payment_id=None, data_id__in=[str(each) for each in payment_ids]
    )
    return PaymentHint.objects.filter(named, topic=FRAUD_ALERT)


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
    """Stop this order until a person looks, unless one has settled the newest alert about this very payment.

    Call with the order's row locked, and add the order up afterwards.
    """
    if order.is_under_fraud_alert or _is_settled(order, payment_id):
        return
    order.fraud_alert_at, order.fraud_cleared_at = timezone.now(), None
    order.save(update_fields=["fraud_alert_at", "fraud_cleared_at"])


def _is_settled(order: Order, payment_id: int) -> bool:
    settled = PaymentFlag.objects.filter(order=order, reason=Reason.FRAUD)
    # The same request once more is a replay: only when it came first counts.
    alerts = _about(payment_id).order_by().values("request_id").annotate(at=Min("received_at"))
    newest = max((each["at"] for each in alerts), default=None)
    # Of an alert that nobody kept there is nothing to compare.
    since = settled.filter(resolved_at__gt=newest) if newest else settled.filter(resolved_at__isnull=False)
    return any(_names(flag, order, payment_id) for flag in since)


def _names(flag: PaymentFlag, order: Order, payment_id: int) -> bool:
    """Whether a flag is about this payment; also where its numbers, the lowest first, were cut off.

    Cut off were those alone that the order had by then.
    """
    numbers = flag.about.split(", ")
    if len(flag.about) < ABOUT_HOLDS:
        return str(payment_id) in numbers
    *whole, _ = numbers
    by_then = order.payments.filter(payment_id=payment_id, first_seen_at__lte=flag.resolved_at)
    return str(payment_id) in whole or (payment_id > max(map(int, whole)) and by_then.exists())
