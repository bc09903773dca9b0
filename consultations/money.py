"""What an order's payments add up to: one pure function, the same answer in whatever order news arrives.

Statuses and details are Mercado Pago's ("Payment status" in its developer documentation); only money of
the right currency, collector and mode counts. `amount` of a payment is its `transaction_amount`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from consultations.enums import Money

ZERO = Decimal(0)
ON_THE_WAY = frozenset({"pending", "in_process", "authorized"})
WITHOUT_MONEY = frozenset({"rejected", "cancelled"})


class PaymentFacts(Protocol):
    """What is asked of a payment; both the stored row and a test's own object will do."""

    status: str
    status_detail: str
    amount: Decimal
    refunded: Decimal
    currency: str
    collector_id: int | None
    live_mode: bool


@dataclass(frozen=True)
class Expected:
    """What must be paid, and to whom. `collector_id` 0 accepts any (development only)."""

    amount: Decimal
    currency: str
    collector_id: int
    live_only: bool


@dataclass(frozen=True)
class Sum:
    """The state of the money, and why a person must look ("" when none must)."""

    money: Money
    attention: str = ""


def add_up(expected: Expected, payments: Iterable[PaymentFacts]) -> Sum:
    """Give the state of an order from all of its payments."""
    everything = list(payments)
    ours = [each for each in everything if _is_ours(expected, each)]
    reasons = [] if len(ours) == len(everything) else ["Un pago con otra moneda, otro cobrador o de prueba."]
    reasons += [f"Estado de pago desconocido: {each.status}." for each in ours if not _is_known(each)]
    money = _state(expected, ours)
    if money is Money.SHORT:
        reasons.append("Se pagó menos que el precio.")
    if money is Money.PAID and _net(ours) > expected.amount:
        reasons.append("Se pagó más que el precio.")
    if money in (Money.FROZEN, Money.CHARGED_BACK):
        reasons.append("Hay una disputa en Mercado Pago.")
    return Sum(money, " ".join(dict.fromkeys(reasons)))


def _state(expected: Expected, ours: list[PaymentFacts]) -> Money:
    if any(_is_disputed(each) for each in ours):
        return Money.FROZEN
    net, arrived = _net(ours), sum((_arrived(each) for each in ours), ZERO)
    if net >= expected.amount:
        return Money.PAID
    if any(_is_lost(each) for each in ours):
        return Money.CHARGED_BACK
    if arrived > ZERO and net == ZERO:
        return Money.REFUNDED
    if arrived >= expected.amount:
        return Money.PARTIALLY_REFUNDED
    if net > ZERO:
        return Money.SHORT
    return Money.PENDING if any(each.status in ON_THE_WAY for each in ours) else Money.UNPAID


def _is_ours(expected: Expected, payment: PaymentFacts) -> bool:
    return (
        payment.currency == expected.currency
        and expected.collector_id in (0, payment.collector_id)
        and (payment.live_mode or not expected.live_only)
    )


def _is_disputed(payment: PaymentFacts) -> bool:
    return payment.status == "in_mediation" or (
        payment.status == "charged_back" and payment.status_detail not in ("settled", "reimbursed")
    )


def _is_lost(payment: PaymentFacts) -> bool:
    return payment.status == "charged_back" and payment.status_detail == "settled"


def _is_kept(payment: PaymentFacts) -> bool:
    return payment.status == "approved" or (
        payment.status == "charged_back" and payment.status_detail == "reimbursed"
    )


def _is_known(payment: PaymentFacts) -> bool:
    known = ON_THE_WAY | WITHOUT_MONEY | {"approved", "refunded", "in_mediation", "charged_back"}
    return payment.status in known


def _arrived(payment: PaymentFacts) -> Decimal:
    return payment.amount if _is_kept(payment) or payment.status == "refunded" else ZERO


def _net(payments: list[PaymentFacts]) -> Decimal:
    return sum((each.amount - each.refunded for each in payments if _is_kept(each)), ZERO)


def counts(expected: Expected, payment: PaymentFacts) -> bool:
    """Whether this payment's money is ours and here to stay: what counts as paid, and can be given back."""
    return _is_ours(expected, payment) and _is_kept(payment)
