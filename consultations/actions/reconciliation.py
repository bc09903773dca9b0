"""Finding what webhooks missed: orders that may have been paid are asked for again, less and less often."""

from __future__ import annotations

import datetime
import logging

from django.db.models import F
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.hints import work_off
from consultations.actions.payments import sync_order
from consultations.models import Order, PaymentHint

logger = logging.getLogger(__name__)

# Two days often, then daily: an offline ticket may be paid up to thirty days later.
WAITS_IN_MINUTES = (2, 2, 5, 10, 20, 60, 180, 360, 720, 1440)
LAST_CHECK_AFTER = datetime.timedelta(days=40)
AT_MOST = 200


def reconcile_due() -> int:
    """One pass over hints and orders that are due, at most 200 of each; gives how many were looked at."""
    return sum(_retry_hint(pk) for pk in _due_hints()) + sum(_check_order(pk) for pk in _due_orders())


def check_now(order_id: int) -> bool:
    """Look one order up without waiting for its turn; says whether Mercado Pago answered."""
    return _sync(Order.objects.get(pk=order_id))


def _due_hints() -> list[int]:
    due = PaymentHint.objects.filter(processed_at=None, next_check_at__lte=timezone.now())
    return list(due.order_by("next_check_at").values_list("pk", flat=True)[:AT_MOST])


def _due_orders() -> list[int]:
    due = Order.objects.filter(next_check_at__lte=timezone.now())
    return list(due.order_by("next_check_at").values_list("pk", flat=True)[:AT_MOST])


def _retry_hint(pk: int) -> int:
    now = timezone.now()
    claimed = PaymentHint.objects.filter(pk=pk, processed_at=None, next_check_at__lte=now)
    if not claimed.update(next_check_at=now + datetime.timedelta(minutes=5)):
        return 0
    work_off(PaymentHint.objects.get(pk=pk))
    return 1


def _check_order(pk: int) -> int:
    now = timezone.now()
    order = Order.objects.get(pk=pk)
    claimed = Order.objects.filter(pk=pk, next_check_at__lte=now)
    if not claimed.update(next_check_at=_next_check(order, now), checks=F("checks") + 1):
        return 0
    _sync(order)
    return 1


def _sync(order: Order) -> bool:
    try:
        sync_order(order)
    except mercadopago.MercadoPagoError as error:
        logger.warning("Order %s could not be checked: %s", order.reference, error)
        return False
    return True


def _next_check(order: Order, now: datetime.datetime) -> datetime.datetime | None:
    if now - order.created_at > LAST_CHECK_AFTER:
        return None
    minutes = WAITS_IN_MINUTES[min(order.checks, len(WAITS_IN_MINUTES) - 1)]
    return now + datetime.timedelta(minutes=minutes)
