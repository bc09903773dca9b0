"""The accounts of a month add up: what a chargeback takes, and what goes back without a refund's own row."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from consultations.actions.accounts import lines_of
from consultations.models import Order, Payment, Refund
from tests.consultations.accounting import at_noon, told
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)
LOST = {"status": "charged_back", "status_detail": "settled"}
WON = {"status": "charged_back", "status_detail": "reimbursed"}
BY_MERCADO_PAGO = {"status": "refunded", "status_detail": "bpp_refunded"}
SALE = ("2026-11-03", "pago", 25000)


@pytest.fixture
def sold(order: Order) -> Order:
    """Paid on 3 November by payment 7001."""
    pay(order, id=7001, date_approved=at_noon(3), date_last_updated=at_noon(3))
    return order


def kept_in(month: datetime.date) -> list[tuple[str, str, Decimal]]:
    return [(line.date, line.kind, line.amount) for line in lines_of(month)]


def give_back(amount: int, day: int) -> None:
    moments = dict.fromkeys(("made_at", "settled_at"), at_noon(day))
    payment = Payment.objects.get()
    Refund.objects.create(
        payment=payment, amount=amount, reason="other", state="done", refund_id=1, **moments
    )


def test_lost_chargeback_takes_what_it_brought(sold: Order) -> None:
    told(sold, 7001, 5, status="charged_back", status_detail="in_process")
    assert kept_in(NOVEMBER) == [SALE], "nothing is decided yet"
    told(sold, 7001, 20, **LOST)
    assert kept_in(NOVEMBER) == [SALE, ("2026-11-20", "contracargo", -25000)]
    [_, line] = lines_of(NOVEMBER)
    assert (line.order, line.payment, line.currency, line.state) == (
        sold.reference,
        7001,
        "CLP",
        "charged_back settled",
    )


def test_chargeback_is_taken_in_the_month_that_lost_it(sold: Order) -> None:
    told(sold, 7001, 2, month=12, **LOST)
    assert kept_in(NOVEMBER) == [SALE]
    assert kept_in(DECEMBER) == [("2026-12-02", "contracargo", -25000)]


def test_chargeback_that_was_won_takes_nothing(sold: Order) -> None:
    told(sold, 7001, 20, **WON)
    assert kept_in(NOVEMBER) == [SALE]


def test_chargeback_that_is_won_after_all_comes_again_and_changes_no_month_before(sold: Order) -> None:
    told(sold, 7001, 20, **LOST)
    told(sold, 7001, 2, month=12, **WON)
    assert kept_in(NOVEMBER) == [SALE, ("2026-11-20", "contracargo", -25000)]
    assert kept_in(DECEMBER) == [("2026-12-02", "contracargo", 25000)]


def test_lost_chargeback_takes_only_what_had_not_gone_back(sold: Order) -> None:
    told(sold, 7001, 5, refunded=Decimal(5000))
    give_back(5000, day=5)
    told(sold, 7001, 20, refunded=Decimal(5000), **LOST)
    assert kept_in(NOVEMBER) == [
        SALE,
        ("2026-11-05", "devolución", -5000),
        ("2026-11-20", "contracargo", -20000),
    ]


@pytest.mark.parametrize("refunded", [0, 25000])
def test_what_mercado_pago_gave_back_by_itself_has_a_minus(sold: Order, refunded: int) -> None:
    """It tells of no refund then, and not always of the sum."""
    told(sold, 7001, 2, month=12, refunded=Decimal(refunded), **BY_MERCADO_PAGO)
    assert kept_in(NOVEMBER) == [SALE]
    assert kept_in(DECEMBER) == [("2026-12-02", "devolución", -25000)]
    assert [line.refunded for line in lines_of(NOVEMBER)] == [25000]


def test_refund_that_is_known_is_not_counted_twice(sold: Order) -> None:
    told(sold, 7001, 5, refunded=Decimal(5000))
    give_back(5000, day=6)
    assert kept_in(NOVEMBER) == [SALE, ("2026-11-06", "devolución", -5000)]
    told(sold, 7001, 9, **BY_MERCADO_PAGO)
    assert kept_in(NOVEMBER)[2:] == [("2026-11-09", "devolución", -20000)]
    told(sold, 7001, 12, fees=Decimal(900), **BY_MERCADO_PAGO)
    assert sum(amount for _, _, amount in kept_in(NOVEMBER)) == 0


@pytest.mark.parametrize("stranger", [{"live_mode": False}, {"collector_id": 1}])
@pytest.mark.parametrize("end", [{}, LOST, BY_MERCADO_PAGO])
def test_money_that_did_not_come_to_us_is_no_line(
    stranger: dict[str, Any], end: dict[str, Any], order: Order
) -> None:
    pay(order, id=7001, date_approved=at_noon(3), date_last_updated=at_noon(3), **stranger)
    told(order, 7001, 4, **stranger, **end)
    give_back(100, day=5)
    assert kept_in(NOVEMBER) == []


def test_money_in_another_currency_came_to_us_all_the_same(order: Order) -> None:
    pay(order, id=7001, date_approved=at_noon(3), currency="ARS")
    assert [(line.amount, line.currency) for line in lines_of(NOVEMBER)] == [(25000, "ARS")]
