"""Finding what webhooks missed: orders that may have been paid are asked for again, less and less often."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.flags import clear_account_flag, raise_flag
from consultations.actions.hints import SOON, work_off
from consultations.actions.payment_events import awaits_chargeback
from consultations.actions.payments import sync_order
from consultations.actions.silence import is_silent, noticed
from consultations.enums import Reason
from consultations.models import Order, PaymentHint

logger = logging.getLogger(__name__)

# Two days often, then daily: an offline ticket may be paid up to thirty days later.
WAITS_IN_MINUTES = (2, 2, 5, 10, 20, 60, 180, 360, 720, 1440)
LAST_CHECK_AFTER = datetime.timedelta(days=40)
CHARGEBACK_WITHIN = datetime.timedelta(hours=1)
AT_MOST = 1000
LOOK_UP_SECONDS = 12
PASS_SECONDS = 20


def reconcile_due(*, seconds: float = PASS_SECONDS) -> int:
    """One pass over hints and orders that are due, at most 1000 of each; gives how many were looked at.

    One that goes wrong stops none of the others. A worker that is busy for a minute is taken for dead: after
    `seconds` the rest is left to a pass that follows at once, after a call that hung to the next regular one.
    """
    ends = time.monotonic() + seconds
    due = [(_retry_hint, pk) for pk in _due_hints()] + [(_check_order, pk) for pk in _due_orders()]
    looked_at = 0
    for look, pk in due:
        if is_silent():
            break
        if time.monotonic() >= ends:
            go_on()
            break
        looked_at += _safely(look, pk)
    return looked_at


def go_on() -> None:
    """Queue the next pass: after an outage there is more than one a minute can look at.

    One at a time: what two passes at once would queue, and the regular ones with them, is queued once.
    """
    if cache.add("reconciliation-goes-on", 1, PASS_SECONDS - 1):
        async_task("consultations.jobs.reconcile_payments")


def _safely(look: Callable[[int], int], pk: int) -> int:
    try:
        return look(pk)
    except Exception as error:
        # Its text may repeat what was read.
        logger.error("%s %s went wrong: %s", look.__name__.strip("_"), pk, type(error).__name__)
        return 1


def check_now(order_id: int, payment_id: int | None = None) -> bool:
    """Look one order up without waiting for its turn; says whether Mercado Pago answered.

    Somebody loads a page again and again meanwhile: one look at a time, none while Mercado Pago leaves calls
    hanging, and each within a budget. The order's own turn comes all the same.
    """
    key = f"looking-up-order-{order_id}"
    if is_silent() or not cache.add(key, 1, LOOK_UP_SECONDS + 60):
        return False
    try:
        return _problem_of(Order.objects.get(pk=order_id), also=payment_id) is None
    finally:
        cache.delete(key)


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
    if isinstance(_problem_of(order), mercadopago.Unavailable | mercadopago.BadCredentials):
        soon = now + SOON
        Order.objects.filter(pk=pk, next_check_at__gt=soon).update(next_check_at=soon)
    return 1


def _problem_of(order: Order, also: int | None = None) -> mercadopago.MercadoPagoError | None:
    """Look an order up; gives what went wrong, if anything did."""
    try:
        with noticed():
            sync_order(order, also=also, seconds=LOOK_UP_SECONDS)
    except mercadopago.MercadoPagoError as error:
        logger.warning("Order %s could not be checked: %s", order.reference, error)
        if isinstance(error, mercadopago.BadCredentials):
            raise_flag(Reason.CREDENTIALS)
        return error
    clear_account_flag(Reason.CREDENTIALS)
    return None


def _next_check(order: Order, now: datetime.datetime) -> datetime.datetime | None:
    """By its age and how often it was checked; a payment whose chargeback is known first is waited for."""
    planned = _next_by_age(order, now)
    if not awaits_chargeback(order):
        return planned
    return min(planned or now + CHARGEBACK_WITHIN, now + CHARGEBACK_WITHIN)


def _next_by_age(order: Order, now: datetime.datetime) -> datetime.datetime | None:
    if now - order.created_at > LAST_CHECK_AFTER:
        return None
    minutes = WAITS_IN_MINUTES[min(order.checks, len(WAITS_IN_MINUTES) - 1)]
    return now + datetime.timedelta(minutes=minutes)
