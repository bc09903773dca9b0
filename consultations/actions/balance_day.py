"""Comparing one day with Mercado Pago: the payments made on it, and those that changed on it.

What the search omits, and whatever differs, is read again by its id and applied as every report is
(`apply_report`). Only what that reading finds changed was a difference: the search may lag behind.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from consultations.actions.day_search import CHANGED, CREATED, payments_between, read_payment
from consultations.actions.payments import apply_report
from consultations.actions.problems import Problems
from consultations.enums import DifferenceKind, Reason, RefundState
from consultations.mercadopago import NotFound, PaymentReport
from consultations.models import BalanceDay, BalanceDifference, Payment, PaymentFlag, Refund
from consultations.money import WITHOUT_MONEY
from consultations.payment_facts import Facts, Sums, add_up, differences, known, told

# What changed just now is on its way here by itself.
FRESH = datetime.timedelta(minutes=15)
AT_ONCE = 500


class Totals(NamedTuple):
    """How many payments a day has here and there, and what they come to."""

    here: int
    there: int
    sums_here: Sums
    sums_there: Sums


def bounds(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """From when until when a day of the site's time zone lasts, also one whose midnight does not exist."""
    return _midnight(day), _midnight(day + datetime.timedelta(days=1))


def _midnight(day: datetime.date) -> datetime.datetime:
    local = datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())
    return local.astimezone(datetime.UTC)


def compare(day: BalanceDay, *, seconds: float) -> Totals:
    """Compare a day, heal what reading again heals, and write down every difference.

    Raises MercadoPagoError when not everything could be read; what was read by its id since
    `day.round_began_at` is not read again at the next try.
    """
    ends = time.monotonic() + seconds
    begin, end = bounds(day.day)
    made = payments_between(CREATED, begin, end, ends=ends)
    changed = payments_between(CHANGED, begin, end, ends=ends)
    ours = _made_here(begin, end)
    rows = {payment_id: told(report) for payment_id, report in (changed | made).items()}
    there = {payment_id: rows[payment_id] for payment_id in made}
    problems = Problems(ends - time.monotonic())
    for payment_id in dict.fromkeys([*_suspects(rows), *sorted(ours - made.keys()), *_open_ones(day)]):
        facts = problems.catch(_settle, day, payment_id)
        if facts is not None and (payment_id in made or payment_id in ours):
            there[payment_id] = facts
    problems.raise_worst()
    _close_what_is_gone(day)
    return _totals(begin, end, there)


def _suspects(rows: dict[int, Facts]) -> list[int]:
    """What the search tells otherwise than the site knows it."""
    here = facts_here(rows)
    return [each for each in rows if differences(here.get(each), rows[each])]


def _open_ones(day: BalanceDay) -> list[int]:
    """What differed before: a search that omits it now says nothing about it."""
    return list(day.differences.filter(healed_at=None).values_list("payment_id", flat=True))


def _totals(begin: datetime.datetime, end: datetime.datetime, there: dict[int, Facts]) -> Totals:
    here = facts_here(_made_here(begin, end))
    return Totals(len(here), len(there), add_up(here.values()), add_up(there.values()))


def _made_here(begin: datetime.datetime, end: datetime.datetime) -> set[int]:
    """The payments of a day as the site knows them. One of an order that never had a link is invented."""
    of_the_day = Q(made_at__gte=begin, made_at__lt=end)
    of_the_day |= Q(made_at=None, first_seen_at__gte=begin, first_seen_at__lt=end)
    payments = Payment.objects.filter(of_the_day, order__link_asked_at__isnull=False)
    return set(payments.values_list("payment_id", flat=True))


def facts_here(ids: Iterable[int]) -> dict[int, Facts]:
    """What the site knows of these payments."""
    wanted = sorted(ids)
    facts: dict[int, Facts] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        done = Refund.objects.filter(payment__payment_id__in=some, state=RefundState.DONE)
        refunds: dict[int, list[int]] = {}
        for payment_id, refund_id in done.values_list("payment__payment_id", "refund_id"):
            refunds.setdefault(payment_id, []).append(int(refund_id or 0))
        for payment in Payment.objects.filter(payment_id__in=some):
            facts[payment.payment_id] = known(payment, refunds.get(payment.payment_id, ()))
    return facts


def _settle(day: BalanceDay, payment_id: int) -> Facts | None:
    """Read a payment by its id, apply it, write down what was different; None when that tells nothing new."""
    before = facts_here([payment_id]).get(payment_id)
    if before is not None and _was_read_in_this_round(day, payment_id):
        return before
    if day.differences.filter(payment_id=payment_id, found_at__gte=day.round_began_at).exists():
        # Settled in this round: what names no order of ours leaves no other trace of having been read.
        return None
    try:
        report = read_payment(payment_id)
    except NotFound:
        kind = DifferenceKind.MISSING_THERE if before else DifferenceKind.UNKNOWN_HERE
        _write_down(day, payment_id, kind, (before.state if before else "", ""), healed=False)
        return None
    there = told(report)
    apply_report(report)
    _write_down_all(day, report, before, facts_here([payment_id]).get(payment_id))
    return there


def _was_read_in_this_round(day: BalanceDay, payment_id: int) -> bool:
    read = Payment.objects.filter(payment_id=payment_id, read_at__gte=day.round_began_at)
    return read.exists() and not day.differences.filter(payment_id=payment_id, healed_at=None).exists()


def _write_down_all(
    day: BalanceDay, report: PaymentReport, before: Facts | None, after: Facts | None
) -> None:
    there = told(report)
    left = differences(after, there)
    if not left and timezone.now() - report.date_last_updated < FRESH:
        return
    for kind, said in differences(before, there).items():
        healed = kind not in left or _needs_nobody(report)
        _write_down(day, report.id, kind, said, healed=healed)


def _needs_nobody(report: PaymentReport) -> bool:
    """A payment that names no order of ours: it came to nothing, or a person has settled it."""
    settled = PaymentFlag.objects.filter(
        payment_id=report.id, reason=Reason.UNKNOWN_ORDER, cleared_at=None, resolved_at__isnull=False
    )
    strange = not Payment.objects.filter(payment_id=report.id).exists()
    return strange and (report.status in WITHOUT_MONEY or settled.exists())


def _write_down(
    day: BalanceDay, payment_id: int, kind: DifferenceKind, said: tuple[str, str], *, healed: bool
) -> None:
    now = timezone.now()
    facts = {"here": said[0], "there": said[1], "found_at": now, "healed_at": now if healed else None}
    row, new = BalanceDifference.objects.get_or_create(
        day=day, payment_id=payment_id, kind=kind, defaults=facts
    )
    if not new:
        BalanceDifference.objects.filter(pk=row.pk).update(**facts, times=F("times") + 1)


def _close_what_is_gone(day: BalanceDay) -> None:
    """Differences that this round, which is whole, has not found again."""
    gone = day.differences.filter(healed_at=None, found_at__lt=day.round_began_at)
    gone.update(healed_at=timezone.now())
