"""What an order's payments add up to: one pure function, the same answer in whatever order news arrives.

Statuses and details are Mercado Pago's ("Payment status" in its developer documentation); only money of
the right currency, collector and mode counts. `amount` of a payment is its `transaction_amount`.

A payment is *kept* (approved, or a chargeback that was won), *on the way*, *disputed*, *lost*, *given back*
or without money. What is kept, less what went back of it, is compared with the price first: an order whose
price is covered stays paid whatever becomes of a second payment, and a person is told of that one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from consultations.enums import Money, Reason

ZERO = Decimal(0)
# Mercado Pago's own limit, from the day of the payment: later it gives nothing back.
RETURNABLE_FOR = datetime.timedelta(days=180)
ON_THE_WAY = frozenset({"pending", "in_process", "authorized"})
WITHOUT_MONEY = frozenset({"rejected", "cancelled"})
WITH_MONEY = frozenset({"approved", "refunded", "in_mediation", "charged_back"})
# Later in a payment's life is higher: decides between two reports of one moment (`is_news`).
STAGES = ("pending", "in_process", "authorized", "rejected", "cancelled", "approved", "in_mediation")
LAST_STAGES = ("charged_back", "refunded")


class StateFacts(Protocol):
    """How a payment is, or was at a step of its life."""

    @property
    def status(self) -> str: ...
    @property
    def status_detail(self) -> str: ...


class PaymentFacts(StateFacts, Protocol):
    """What is asked of a payment; a stored row, a report and a test's own object will do."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def refunded(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def collector_id(self) -> int | None: ...
    @property
    def live_mode(self) -> bool: ...


@dataclass(frozen=True)
class Expected:
    """What must be paid, and to whom. `collector_id` 0 accepts any, and a person is told of it."""

    amount: Decimal
    currency: str
    collector_id: int
    live_only: bool


@dataclass(frozen=True)
class Finding:
    """Something for a person to look at. `about` tells one case of it from the next: a sum, a status."""

    reason: Reason
    about: str = ""


@dataclass(frozen=True)
class Sum:
    """The state of the money, and why a person must look (nothing when none must)."""

    money: Money
    findings: tuple[Finding, ...] = ()

    @property
    def attention(self) -> str:
        return " ".join(str(finding.reason.label) for finding in self.findings)


def add_up(expected: Expected, payments: Iterable[PaymentFacts]) -> Sum:
    """Give the state of an order from all of its payments."""
    everything = list(payments)
    ours = [each for each in everything if is_ours(expected, each)]
    others = [each for each in everything if not is_ours(expected, each)]
    money = _state(expected, ours)
    found = [*_about_each(expected, ours, others), *_about_the_sum(expected, ours, money)]
    return Sum(money, tuple(sorted(found, key=lambda finding: list(Reason).index(finding.reason))))


def _state(expected: Expected, ours: list[PaymentFacts]) -> Money:
    net = _net(ours)
    if net >= expected.amount:
        return Money.PAID
    if any(is_disputed(each) for each in ours):
        return Money.FROZEN
    if any(is_lost(each) for each in ours):
        return Money.CHARGED_BACK
    return _below_the_price(expected, ours, net)


def _below_the_price(expected: Expected, ours: list[PaymentFacts], net: Decimal) -> Money:
    on_the_way = sum((each.amount for each in ours if each.status in ON_THE_WAY), ZERO)
    if net == ZERO and any(_went_back(each) for each in ours):
        return Money.REFUNDED
    if net == ZERO:
        return Money.PENDING if on_the_way else Money.UNPAID
    if _was_whole(expected, ours):
        return Money.PARTIALLY_REFUNDED
    return Money.PENDING if net + on_the_way >= expected.amount else Money.SHORT


def _was_whole(expected: Expected, ours: list[PaymentFacts]) -> bool:
    """Whether what is there is the rest of a price that was paid.

    A payment that covered the price alone and went back as a whole is over: what came after it is another
    attempt, not its rest.
    """
    over = [each for each in ours if each.status == "refunded" and each.amount >= expected.amount]
    rest = [each for each in ours if (_is_kept(each) or each.status == "refunded") and each not in over]
    return sum((each.amount for each in rest), ZERO) >= expected.amount


def _about_each(
    expected: Expected, ours: list[PaymentFacts], others: list[PaymentFacts]
) -> Iterable[Finding]:
    foreign = [each for each in others if each.status not in WITHOUT_MONEY]
    if foreign:
        yield Finding(Reason.FOREIGN, _listed(f"{each.amount} {each.currency}" for each in foreign))
    unknown = [each.status for each in ours if not _is_known(each)]
    if unknown:
        yield Finding(Reason.UNKNOWN_STATUS, _listed(unknown))
    if any(each.status == "authorized" for each in ours):
        yield Finding(Reason.AUTHORIZED)
    if expected.live_only and not expected.collector_id and any(_is_kept(each) for each in ours):
        yield Finding(Reason.COLLECTOR_UNKNOWN)
    for reason, holds in ((Reason.DISPUTED, is_disputed), (Reason.LOST, is_lost)):
        cases = [_case(reason, each) for each in ours if holds(each)]
        if cases:
            yield Finding(reason, _listed(cases))


def _about_the_sum(expected: Expected, ours: list[PaymentFacts], money: Money) -> Iterable[Finding]:
    net = _net(ours)
    if money is Money.SHORT:
        yield Finding(Reason.SHORT, str(net))
    if net > expected.amount:
        yield Finding(Reason.OVERPAID, str(net - expected.amount))


def _case(reason: Reason, payment: PaymentFacts) -> str:
    """A mediation that somebody answered and the chargeback that follows it are two cases."""
    return f"{payment.amount} {payment.status}" if reason == Reason.DISPUTED else str(payment.amount)


def _listed(texts: Iterable[str]) -> str:
    """The same text in whatever order the payments come."""
    return ", ".join(sorted(texts))[:120]


def is_news(known: tuple[object, ...] | None, told: tuple[object, ...]) -> bool:
    """Whether a report replaces what is stored: both as `moment_of` gives them."""
    return known is None or known < told  # type: ignore[operator]  # the same types in the same places


def moment_of(at: object, status: str, refunded: Decimal, detail: str) -> tuple[object, ...]:
    """When in a payment's life a report is. Of two with one date the later stage counts, in any order."""
    stages = (*STAGES, *LAST_STAGES)
    stage = stages.index(status) if status in stages else -1
    return (at, stage, status, refunded, detail != "in_process", detail)


def is_ours(expected: Expected, payment: PaymentFacts) -> bool:
    """Whether this payment is in our currency, for our account, and real."""
    return payment.currency == expected.currency and reaches_us(expected, payment)


def reaches_us(expected: Expected, payment: PaymentFacts) -> bool:
    """Whether this payment's money comes to our account, in whatever currency."""
    ours = expected.collector_id in (0, payment.collector_id)
    return ours and (payment.live_mode or not expected.live_only)


def is_uncounted(expected: Expected, payment: PaymentFacts) -> bool:
    """Whether there is money in it, or may be, that counts for nothing until a person has looked.

    Whoever paid it must not be asked to pay again meanwhile. What went back, or was lost, is over.
    """
    if is_ours(expected, payment):
        return not _is_known(payment)
    over = payment.status in WITHOUT_MONEY | {"refunded"} or is_lost(payment)
    return not over and payment.refunded < payment.amount


def is_disputed(payment: PaymentFacts) -> bool:
    """Whether a mediation or a chargeback of it is not decided yet."""
    return payment.status == "in_mediation" or (
        payment.status == "charged_back" and payment.status_detail not in ("settled", "reimbursed")
    )


def is_lost(payment: StateFacts) -> bool:
    """Whether a chargeback took its money for good."""
    return payment.status == "charged_back" and payment.status_detail == "settled"


def _is_kept(payment: PaymentFacts) -> bool:
    return payment.status == "approved" or (
        payment.status == "charged_back" and payment.status_detail == "reimbursed"
    )


def _is_known(payment: PaymentFacts) -> bool:
    return payment.status in ON_THE_WAY | WITHOUT_MONEY | WITH_MONEY


def _went_back(payment: PaymentFacts) -> bool:
    return payment.status == "refunded" or (_is_kept(payment) and payment.refunded > ZERO)


def _net(payments: list[PaymentFacts]) -> Decimal:
    return sum((max(each.amount - each.refunded, ZERO) for each in payments if _is_kept(each)), ZERO)


def counts(expected: Expected, payment: PaymentFacts) -> bool:
    """Whether this payment's money is ours and here to stay: what counts as paid, and can be given back."""
    return is_ours(expected, payment) and _is_kept(payment)
