"""The daily balance against Mercado Pago: which days are due, what came of comparing them, and what drifts.

A day is one of the site's time zone (`TIME_ZONE`, America/Santiago by default). It is compared for the first
time an hour after its end, every hour for three days, then once a week until it is thirty days old. One that
could not be read to its end is incomplete, and comes again within minutes, however old: no answer is never
"no difference".
"""

from __future__ import annotations

import datetime
import logging
import time
from collections import defaultdict

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.balance_day import compare
from consultations.actions.flags import clear_account_flag, clear_payment_flags, raise_flag
from consultations.actions.silence import is_silent
from consultations.enums import DifferenceKind, Reason
from consultations.models import BalanceDay, BalanceDifference, Order, PaymentFlag

logger = logging.getLogger(__name__)

FIRST_CHECK_AFTER = datetime.timedelta(hours=1)
OFTEN, OFTEN_FOR_DAYS = datetime.timedelta(hours=1), 3
SELDOM, SELDOM_FOR_DAYS = datetime.timedelta(days=7), 30
AGAIN_AFTER = datetime.timedelta(minutes=15)
# Longer than a worker may be busy, so that a day is taken up again after a crash and not before.
CLAIM_LASTS = datetime.timedelta(minutes=5)
# What was read longer ago than this is read anew.
ROUND_LASTS = datetime.timedelta(hours=6)
WATCHED_DAYS = 7
# So long after its day a difference does not heal by itself any more: somebody is told.
SETTLED_AFTER_DAYS = 2
# How long a day may wait for its comparison before somebody is told.
LATE_AFTER_DAYS = 2


def balance_due(*, seconds: float = 25) -> int:
    """Compare the days that are due; gives how many were taken up. What is left waits for the next pass."""
    ends = time.monotonic() + seconds
    _add_days()
    due = BalanceDay.objects.filter(next_check_at__lte=timezone.now()).order_by("next_check_at", "day")
    taken = 0
    for pk in list(due.values_list("pk", flat=True)):
        left = ends - time.monotonic()
        if left <= 0 or is_silent():
            break
        taken += _check(pk, left)
    tell_of_differences()
    return taken


def expected_days(today: datetime.date | None = None) -> list[datetime.date]:
    """The days that have ended, since the first order that could be paid, at most thirty; newest first."""
    today = today or timezone.localdate(timezone.now() - FIRST_CHECK_AFTER)
    asked = Order.objects.filter(link_asked_at__isnull=False).order_by("link_asked_at")
    first = asked.values_list("link_asked_at", flat=True).first()
    if first is None:
        return []
    begin = timezone.localdate(first)
    days = [today - datetime.timedelta(days=age) for age in range(1, SELDOM_FOR_DAYS + 1)]
    return [day for day in days if day >= begin]


def _add_days() -> None:
    days = expected_days()
    known = set(BalanceDay.objects.filter(day__in=days).values_list("day", flat=True))
    BalanceDay.objects.bulk_create(
        [BalanceDay(day=day) for day in days if day not in known], ignore_conflicts=True
    )


def _check(pk: int, seconds: float) -> int:
    day = _claim(pk)
    if day is None:
        return 0
    try:
        totals = compare(day, seconds=seconds)
    except mercadopago.MercadoPagoError as error:
        logger.warning("The balance of %s is incomplete: %s", day, error)
        if isinstance(error, mercadopago.BadCredentials):
            raise_flag(Reason.CREDENTIALS)
        return _leave(day, type(error).__name__)
    except Exception as error:
        # Its text may repeat what was read.
        logger.error("The balance of %s went wrong: %s", day, type(error).__name__)
        return _leave(day, type(error).__name__)
    clear_account_flag(Reason.CREDENTIALS)
    now = timezone.now()
    day.payments_here, day.payments_there, day.sums_here, day.sums_there = totals
    day.complete, day.problem, day.checked_at, day.round_began_at = True, "", now, None
    day.next_check_at = _next_check(day.day, now)
    day.save()
    return 1


def _claim(pk: int) -> BalanceDay | None:
    """The day if it is due and nobody else has just taken it. A round that was broken off goes on."""
    now = timezone.now()
    day = BalanceDay.objects.filter(pk=pk, next_check_at__lte=now).first()
    if day is None:
        return None
    claimed = BalanceDay.objects.filter(pk=pk, next_check_at=day.next_check_at)
    if day.round_began_at is None or now - day.round_began_at > ROUND_LASTS:
        day.round_began_at = now
    day.next_check_at = now + CLAIM_LASTS
    return day if claimed.update(next_check_at=day.next_check_at, round_began_at=day.round_began_at) else None


def _leave(day: BalanceDay, problem: str) -> int:
    BalanceDay.objects.filter(pk=day.pk).update(
        complete=False, problem=problem[:60], next_check_at=timezone.now() + AGAIN_AFTER
    )
    return 1


def _next_check(day: datetime.date, now: datetime.datetime) -> datetime.datetime | None:
    age = (timezone.localdate(now) - day).days
    if age <= OFTEN_FOR_DAYS:
        return now + OFTEN
    return now + SELDOM if age <= SELDOM_FOR_DAYS else None


def drift() -> QuerySet[BalanceDifference]:
    """Differences that nothing has put right and nobody has settled, however old."""
    settled = PaymentFlag.objects.filter(cleared_at=None, resolved_at__isnull=False)
    return _open_ones().exclude(_flagged_as_strange(settled) | _flagged(Reason.DIFFERENCE, settled))


def _open_ones() -> QuerySet[BalanceDifference]:
    return BalanceDifference.objects.filter(healed_at=None)


def _flagged(reason: Reason, flags: QuerySet[PaymentFlag]) -> Q:
    numbers = flags.filter(reason=reason, payment_id__isnull=False).values("payment_id")
    return Q(payment_id__in=numbers)


def _flagged_as_strange(flags: QuerySet[PaymentFlag]) -> Q:
    """Money that names no order has a flag of its own, which says nothing of what else may differ."""
    return Q(kind=DifferenceKind.UNKNOWN_HERE) & _flagged(Reason.UNKNOWN_ORDER, flags)


def tell_of_differences() -> None:
    """Flag the payments that still differ long after their day; the flags of those that do not are over."""
    last = timezone.localdate() - datetime.timedelta(days=SETTLED_AFTER_DAYS)
    standing = PaymentFlag.objects.filter(cleared_at=None)
    old = _open_ones().filter(day__day__lte=last).exclude(_flagged_as_strange(standing))
    kinds: dict[int, set[str]] = defaultdict(set)
    for payment_id, kind in old.values_list("payment_id", "kind"):
        kinds[payment_id].add(kind)
    for payment_id in sorted(kinds):
        raise_flag(Reason.DIFFERENCE, payment_id=payment_id, about=", ".join(sorted(kinds[payment_id])))
    clear_payment_flags(Reason.DIFFERENCE, but=kinds.keys())


def check_again(payment_id: int) -> None:
    """Have the days on which this payment differs compared at the next pass, however old they are."""
    days = _open_ones().filter(payment_id=payment_id).values("day")
    BalanceDay.objects.filter(pk__in=days).update(next_check_at=timezone.now())


def days_behind() -> int:
    """How many of the last seven days should have been compared to their end by now, and are not."""
    today = timezone.localdate()
    late = {today - datetime.timedelta(days=age) for age in range(LATE_AFTER_DAYS, WATCHED_DAYS + 1)}
    expected = [day for day in expected_days() if day in late]
    return len(expected) - BalanceDay.objects.filter(day__in=expected, complete=True).count()
