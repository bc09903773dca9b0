"""What payments add up to, whatever order their news arrives in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import Money, Reason
from consultations.money import Expected, add_up, is_news, moment_of

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


HALF = Paid(amount=PRICE / 2)
GIVEN_BACK = Paid(status="refunded", status_detail="refunded", refunded=PRICE)
IN_DISPUTE = Paid(status="charged_back", status_detail="in_process")
LOST = Paid(status="charged_back", status_detail="settled")
WON = Paid(status="charged_back", status_detail="reimbursed")


def on_the_way(status: str = "in_process", amount: Decimal = PRICE) -> Paid:
    return Paid(status=status, status_detail="", amount=amount)


@pytest.mark.parametrize(
    ("payments", "money", "reasons"),
    [
        # Halves (no. 19): what is missing may be on its way.
        ([HALF, on_the_way(amount=PRICE / 2)], Money.PENDING, []),
        ([HALF, on_the_way("pending", PRICE / 4)], Money.SHORT, [Reason.SHORT]),
        ([HALF, on_the_way("rejected", PRICE / 2)], Money.SHORT, [Reason.SHORT]),
        ([HALF, HALF], Money.PAID, []),
        # Held, unknown (no. 22): looked at, never counted.
        ([on_the_way("authorized")], Money.PENDING, [Reason.AUTHORIZED]),
        ([HALF, on_the_way("authorized", PRICE / 2)], Money.PENDING, [Reason.AUTHORIZED]),
        ([Paid(), on_the_way("authorized")], Money.PAID, [Reason.AUTHORIZED]),
        ([on_the_way("teleported")], Money.UNPAID, [Reason.UNKNOWN_STATUS]),
        ([HALF, on_the_way("teleported", PRICE / 2)], Money.SHORT, [Reason.UNKNOWN_STATUS, Reason.SHORT]),
        # More than the price (no. 16, no. 18): paid, and looked at until it went back.
        ([Paid(), Paid()], Money.PAID, [Reason.OVERPAID]),
        ([Paid(), GIVEN_BACK], Money.PAID, []),
        ([Paid(), replace(Paid(), refunded=PRICE)], Money.PAID, []),
        ([Paid(amount=PRICE * 2)], Money.PAID, [Reason.OVERPAID]),
        ([Paid(amount=PRICE * 2, refunded=PRICE)], Money.PAID, []),
        ([Paid(amount=PRICE * 2, refunded=PRICE + 1)], Money.PARTIALLY_REFUNDED, []),
        # Given back (no. 23, no. 24).
        ([Paid(refunded=Decimal(1))], Money.PARTIALLY_REFUNDED, []),
        ([Paid(refunded=PRICE - 1)], Money.PARTIALLY_REFUNDED, []),
        ([Paid(refunded=PRICE)], Money.REFUNDED, []),
        ([Paid(refunded=PRICE + 1)], Money.REFUNDED, []),
        ([GIVEN_BACK, on_the_way("pending")], Money.REFUNDED, []),
        ([GIVEN_BACK, HALF], Money.SHORT, [Reason.SHORT]),
        ([GIVEN_BACK, Paid()], Money.PAID, []),
        ([HALF, replace(HALF, status="refunded", refunded=PRICE / 2)], Money.PARTIALLY_REFUNDED, []),
        ([replace(HALF, refunded=Decimal(1))], Money.SHORT, [Reason.SHORT]),
        # Disputed (no. 26): the price must be covered by the rest.
        ([IN_DISPUTE], Money.FROZEN, [Reason.DISPUTED]),
        ([IN_DISPUTE, HALF], Money.FROZEN, [Reason.DISPUTED]),
        ([IN_DISPUTE, on_the_way("pending")], Money.FROZEN, [Reason.DISPUTED]),
        ([IN_DISPUTE, Paid()], Money.PAID, [Reason.DISPUTED]),
        ([LOST], Money.CHARGED_BACK, [Reason.LOST]),
        ([LOST, on_the_way("pending")], Money.CHARGED_BACK, [Reason.LOST]),
        ([LOST, GIVEN_BACK], Money.CHARGED_BACK, [Reason.LOST]),
        ([LOST, Paid()], Money.PAID, [Reason.LOST]),
        ([WON], Money.PAID, []),
        ([WON, Paid()], Money.PAID, [Reason.OVERPAID]),
        ([replace(IN_DISPUTE, status_detail="")], Money.FROZEN, [Reason.DISPUTED]),
        # Somebody else's (no. 17): looked at when there is money in it.
        ([Paid(currency="ARS")], Money.UNPAID, [Reason.FOREIGN]),
        ([Paid(currency="ARS", status="rejected")], Money.UNPAID, []),
        ([Paid(), Paid(live_mode=False)], Money.PAID, [Reason.FOREIGN]),
        ([replace(GIVEN_BACK, collector_id=8)], Money.UNPAID, [Reason.FOREIGN]),
    ],
)
def test_money_of_several_payments_is_weighed_together(
    payments: list[Paid], money: Money, reasons: list[Reason]
) -> None:
    total = add_up(EXPECTED, payments)
    assert (total.money, [finding.reason for finding in total.findings]) == (money, reasons)


def test_money_counts_without_a_known_collector_and_asks_for_a_look_where_it_is_real() -> None:
    total = add_up(replace(EXPECTED, collector_id=0), [Paid()])
    assert (total.money, [each.reason for each in total.findings]) == (
        Money.PAID,
        [Reason.COLLECTOR_UNKNOWN],
    )
    assert not add_up(replace(EXPECTED, collector_id=0, live_only=False), [Paid()]).findings


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
    "in_process",
    "authorized",
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
        amount=st.sampled_from([1, 12500, 24999, 25000, 25001, 50000]).map(Decimal),
        refunded=st.sampled_from([0, 0, 1, 12500, 25000, 60000]).map(Decimal),
        currency=st.sampled_from(["CLP", "CLP", "ARS"]),
        collector_id=st.sampled_from([7, 7, 8, None]),
        live_mode=st.sampled_from([True, True, False]),
    ),
    max_size=5,
)


@given(PAYMENTS, st.randoms())
def test_money_does_not_depend_on_the_order_of_the_news(payments: list[Paid], chance: object) -> None:
    shuffled = list(payments)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert add_up(EXPECTED, shuffled) == add_up(EXPECTED, payments)


@given(PAYMENTS)
def test_money_is_never_paid_without_enough_approved_money_of_ours(payments: list[Paid]) -> None:
    ours = [
        each for each in payments if (each.currency, each.collector_id, each.live_mode) == ("CLP", 7, True)
    ]
    kept = [
        each
        for each in ours
        if each.status == "approved" or (each.status == "charged_back" and each.status_detail == "reimbursed")
    ]
    if add_up(EXPECTED, payments).money == Money.PAID:
        assert sum(max(each.amount - each.refunded, Decimal(0)) for each in kept) >= PRICE


@given(PAYMENTS)
def test_money_that_is_out_of_order_is_always_looked_at(payments: list[Paid]) -> None:
    total = add_up(EXPECTED, payments)
    reasons = {finding.reason for finding in total.findings}
    assert (total.money == Money.SHORT) == (Reason.SHORT in reasons)
    assert total.money != Money.FROZEN or Reason.DISPUTED in reasons
    assert total.money != Money.CHARGED_BACK or Reason.LOST in reasons
    ours = [each for each in payments if each.currency == "CLP" and each.collector_id == 7 and each.live_mode]
    assert (Reason.AUTHORIZED in reasons) == any(each.status == "authorized" for each in ours)
    assert (Reason.UNKNOWN_STATUS in reasons) == any(each.status == "other" for each in ours)


REPORTS = st.tuples(
    st.integers(0, 3),
    st.sampled_from(STATUSES),
    st.sampled_from([0, 1, 25000]).map(Decimal),
    st.sampled_from(["", "in_process", "settled", "reimbursed"]),
)


@given(st.lists(REPORTS, min_size=1, max_size=8), st.randoms())
def test_the_newest_report_wins_in_whatever_order_they_come(
    reports: list[tuple[int, str, Decimal, str]], chance: object
) -> None:
    def last(told: list[tuple[int, str, Decimal, str]]) -> object:
        known: tuple[object, ...] | None = None
        for each in told:
            if is_news(known, moment_of(*each)):
                known = moment_of(*each)
        return known

    shuffled = reports * 2
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert last(shuffled) == last(reports)
    assert last(reports)[0] == max(at for at, *_ in reports)  # type: ignore[index]


def test_of_two_reports_with_one_date_the_later_stage_wins() -> None:
    stages = [("pending", ""), ("approved", ""), ("charged_back", "in_process"), ("charged_back", "settled")]
    moments = [moment_of(1, status, Decimal(0), detail) for status, detail in stages]
    assert moments == sorted(moments)  # type: ignore[type-var]
