"""What payments add up to, whatever order their news arrives in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import Money
from consultations.money import Expected, add_up

PRICE = Decimal(25000)
EXPECTED = Expected(amount=PRICE, currency="CLP", collector_id=7, live_only=True)


@dataclass(frozen=True)
class Paid:
    status: str = "approved"
    status_detail: str = "accredited"
    amount: Decimal = PRICE
    refunded: Decimal = Decimal(0)
    currency: str = "CLP"
    collector_id: int | None = 7
    live_mode: bool = True


@pytest.mark.parametrize(
    ("payments", "money"),
    [
        ([], Money.UNPAID),
        ([Paid(status="rejected")], Money.UNPAID),
        ([Paid(status="cancelled")], Money.UNPAID),
        ([Paid(status="pending")], Money.PENDING),
        ([Paid(status="in_process")], Money.PENDING),
        ([Paid(status="authorized")], Money.PENDING),
        ([Paid()], Money.PAID),
        ([Paid(amount=PRICE / 2), Paid(amount=PRICE / 2)], Money.PAID),
        ([Paid(), Paid(status="rejected")], Money.PAID),
        ([Paid(amount=PRICE / 2)], Money.SHORT),
        ([Paid(refunded=Decimal(1000))], Money.PARTIALLY_REFUNDED),
        ([Paid(status="refunded", refunded=PRICE)], Money.REFUNDED),
        ([Paid(status="in_mediation")], Money.FROZEN),
        ([Paid(status="charged_back", status_detail="in_process")], Money.FROZEN),
        ([Paid(status="charged_back", status_detail="settled")], Money.CHARGED_BACK),
        ([Paid(status="charged_back", status_detail="reimbursed")], Money.PAID),
    ],
)
def test_money_is_the_sum_of_all_payments(payments: list[Paid], money: Money) -> None:
    assert add_up(EXPECTED, payments).money == money


@pytest.mark.parametrize(
    "wrong", [{"currency": "ARS"}, {"collector_id": 8}, {"collector_id": None}, {"live_mode": False}]
)
def test_money_of_another_currency_collector_or_mode_does_not_count(wrong: dict[str, object]) -> None:
    total = add_up(EXPECTED, [replace(Paid(), **wrong)])  # type: ignore[arg-type]
    assert total.money == Money.UNPAID
    assert total.attention


def test_money_above_the_price_is_paid_and_asks_for_a_look() -> None:
    total = add_up(EXPECTED, [Paid(), Paid()])
    assert (total.money, bool(total.attention)) == (Money.PAID, True)


def test_money_of_an_unknown_status_is_not_paid_and_asks_for_a_look() -> None:
    total = add_up(EXPECTED, [Paid(status="teleported")])
    assert (total.money, bool(total.attention)) == (Money.UNPAID, True)


STATUSES = [
    "approved",
    "pending",
    "rejected",
    "cancelled",
    "refunded",
    "in_mediation",
    "charged_back",
    "other",
]
PAYMENTS = st.lists(
    st.builds(
        Paid,
        status=st.sampled_from(STATUSES),
        status_detail=st.sampled_from(["accredited", "settled", "reimbursed", "in_process"]),
        amount=st.integers(1, 60000).map(Decimal),
        currency=st.sampled_from(["CLP", "CLP", "ARS"]),
        collector_id=st.sampled_from([7, 7, 8]),
    ),
    max_size=5,
)


@given(PAYMENTS, st.randoms())
def test_money_does_not_depend_on_the_order_of_the_news(payments: list[Paid], chance: object) -> None:
    shuffled = list(payments)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert add_up(EXPECTED, shuffled).money == add_up(EXPECTED, payments).money


@given(PAYMENTS)
def test_money_is_never_paid_without_enough_approved_money_of_ours(payments: list[Paid]) -> None:
    ours = [each for each in payments if each.currency == "CLP" and each.collector_id == 7]
    kept = [
        each
        for each in ours
        if each.status == "approved" or (each.status == "charged_back" and each.status_detail == "reimbursed")
    ]
    if add_up(EXPECTED, payments).money == Money.PAID:
        assert sum(each.amount - each.refunded for each in kept) >= PRICE
