"""What is compared of a payment, here and at Mercado Pago, and what a day's payments come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from consultations.enums import DifferenceKind
from consultations.mercadopago_reports import PaymentReport
from consultations.models import Payment
from consultations.money import WITH_MONEY, ZERO

Sums = dict[str, dict[str, str | int]]


class Facts(NamedTuple):
    """One payment. `refunds` are the ids of those that are done; a search may leave them out."""

    status: str
    detail: str
    amount: Decimal
    refunded: Decimal
    currency: str
    refunds: frozenset[int]

    @property
    def state(self) -> str:
        return f"{self.status} ({self.detail})" if self.detail else self.status


def told(report: PaymentReport) -> Facts:
    done = frozenset(each.id for each in report.refunds if each.status == "approved")
    money = (report.amount, report.refunded, report.currency)
    return Facts(report.status, report.status_detail, *money, done)


def known(payment: Payment, done: Iterable[int]) -> Facts:
    money = (payment.amount, payment.refunded, payment.currency)
    return Facts(payment.status, payment.status_detail, *money, frozenset(done))


def differences(here: Facts | None, there: Facts) -> dict[DifferenceKind, tuple[str, str]]:
    """In what they differ, and how each says it."""
    if here is None:
        return {DifferenceKind.UNKNOWN_HERE: ("", f"{there.state}, {_money(there.amount, there)}")}
    found: dict[DifferenceKind, tuple[str, str]] = {}
    if (here.status, here.detail) != (there.status, there.detail):
        found[DifferenceKind.STATUS] = (here.state, there.state)
    if (here.amount, here.currency) != (there.amount, there.currency):
        found[DifferenceKind.AMOUNT] = (_money(here.amount, here), _money(there.amount, there))
    if here.refunded != there.refunded:
        found[DifferenceKind.REFUNDED] = (_money(here.refunded, here), _money(there.refunded, there))
    if there.refunds - here.refunds:
        found[DifferenceKind.REFUND] = (_ids(here.refunds), _ids(there.refunds))
    return {kind: (said[:120], other[:120]) for kind, (said, other) in found.items()}


def add_up(payments: Iterable[Facts]) -> Sums:
    """By currency, of the payments that brought money: how many, how much, and what went back of it."""
    sums: Sums = {}
    counted = _by_currency(each for each in payments if each.status in WITH_MONEY)
    for currency, group in sorted(counted.items()):
        sums[currency] = {
            "payments": len(group),
            "amount": plain(sum((each.amount for each in group), ZERO)),
            "refunded": plain(sum((each.refunded for each in group), ZERO)),
        }
    return sums


def plain(amount: Decimal) -> str:
    """With a dot, and without decimals where there are none: "25000", "1500.50"."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}"


def _by_currency(payments: Iterable[Facts]) -> dict[str, list[Facts]]:
    groups: dict[str, list[Facts]] = {}
    for each in payments:
        groups.setdefault(each.currency, []).append(each)
    return groups


def _money(amount: Decimal, of: Facts) -> str:
    return f"{plain(amount)} {of.currency}"


def _ids(refunds: frozenset[int]) -> str:
    return ", ".join(str(each) for each in sorted(refunds))
