"""Which days are compared when, and that what could not be read to its end is never taken for agreement."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from consultations import jobs
from consultations.actions import balance, day_search
from consultations.actions.balance import balance_due, days_behind, expected_days
from consultations.actions.health import balances_agree
from consultations.actions.payments import sync_payment
from consultations.enums import DifferenceKind, Reason
from consultations.models import BalanceDay, BalanceDifference, Order, Payment, PaymentFlag
from tests.consultations.accounting import compare_all, make_due, open_since_a_week, pay_on_the_day, the_day
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
WELL = ("balance", True, "Los pagos de los últimos siete días coinciden con los de Mercado Pago.")


@pytest.fixture
def sold(bought_order: Order) -> Order:
    open_since_a_week()
    bought_order.refresh_from_db()
    return bought_order


def only_the_day() -> None:
    """Leave no other day to be compared."""
    balance._add_days()
    BalanceDay.objects.exclude(day=the_day()).update(
        next_check_at=None, complete=True, checked_at=timezone.now()
    )


def wait_of(age: int) -> datetime.timedelta | None:
    now = timezone.now()
    due = balance._next_check(timezone.localdate(now) - datetime.timedelta(days=age), now)
    return None if due is None else due - now


def test_days_begin_with_the_first_order_that_could_be_paid(sold: Order) -> None:
    days = expected_days()
    assert days[0] == timezone.localdate(timezone.now() - datetime.timedelta(hours=1)) - datetime.timedelta(1)
    assert days[-1] == timezone.localdate(timezone.now() - datetime.timedelta(days=7))
    Order.objects.update(link_asked_at=timezone.now() - datetime.timedelta(days=90))
    assert len(expected_days()) == 30


def test_without_an_order_that_could_be_paid_nothing_is_compared(order: Order) -> None:
    assert balance_due() == 0
    assert balances_agree() == WELL


def test_missed_runs_heal_themselves(mercadopago_standin: StandIn, sold: Order) -> None:
    assert jobs.balance_payments() == len(expected_days())
    assert set(BalanceDay.objects.values_list("day", "complete")) == {(day, True) for day in expected_days()}
    assert jobs.balance_payments() == 0, "none is due again yet"


def test_recent_days_come_often_old_ones_seldom_and_then_no_more() -> None:
    hour, week = datetime.timedelta(hours=1), datetime.timedelta(days=7)
    assert [wait_of(age) for age in (1, 3, 4, 30, 31)] == [hour, hour, week, week, None]


@pytest.mark.parametrize("mode", ["500", "429", "html", "401", "400", "404", "reset"])
def test_day_whose_search_fails_is_incomplete_and_comes_again_soon(
    mode: str, mercadopago_standin: StandIn, sold: Order
) -> None:
    compare_all()
    only_the_day()
    mercadopago_standin.fail(mode, match="/v1/payments/search")
    make_due()
    BalanceDay.objects.exclude(day=the_day()).update(next_check_at=None)
    balance_due()
    day = BalanceDay.objects.get(day=the_day())
    assert (day.complete, bool(day.problem)) == (False, True)
    assert day.next_check_at is not None
    assert day.next_check_at - timezone.now() <= datetime.timedelta(minutes=15)
    assert compare_all().complete


def test_day_with_a_payment_that_cannot_be_read_is_incomplete_and_heals_the_others(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    first, second = (pay_on_the_day(mercadopago_standin, sold) for _ in range(2))
    mercadopago_standin.fail("500", match=f"/v1/payments/{first}$")
    day = compare_all()
    assert (day.complete, day.problem) == (False, "Unavailable")
    assert [row.payment_id for row in Payment.objects.all()] == [second]
    assert compare_all().complete
    assert {row.payment_id for row in BalanceDifference.objects.all()} == {first, second}


def test_wrong_credentials_leave_the_day_incomplete_and_are_flagged(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    mercadopago_standin.fail("401", times=20)
    assert not compare_all().complete
    assert PaymentFlag.objects.get().reason == Reason.CREDENTIALS
    mercadopago_standin.reset()
    assert compare_all().complete
    assert PaymentFlag.objects.get().cleared_at


def test_every_page_of_the_search_is_read(
    mercadopago_standin: StandIn, sold: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_search, "PAGE", 2)
    made = {pay_on_the_day(mercadopago_standin, sold, status="rejected") for _ in range(5)}
    day = compare_all()
    assert set(Payment.objects.values_list("payment_id", flat=True)) == made
    assert (day.complete, day.payments_there) == (True, 5)


@pytest.mark.parametrize("cut", ["empty", "repeated", "grown"])
def test_half_of_the_pages_is_not_the_whole_day(
    cut: str, mercadopago_standin: StandIn, sold: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_search, "PAGE", 2)
    for _ in range(3):
        pay_on_the_day(mercadopago_standin, sold, status="rejected")
    real = day_search.mercadopago.search_page

    def cut_off(**wish: Any) -> Any:
        rows, total = real(**wish)
        if not wish["offset"]:
            return rows, total
        first = real(**{**wish, "offset": 0})[0][:1]
        return {"empty": ([], total), "repeated": (first, total), "grown": (rows, total + 1)}[cut]

    monkeypatch.setattr(day_search.mercadopago, "search_page", cut_off)
    day = compare_all()
    assert (day.complete, day.problem) == (False, "Unavailable")


def test_round_that_was_broken_off_goes_on_where_it_stopped(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    """A day with more omitted payments than one pass can read comes to its end all the same."""
    first, second = (pay_on_the_day(mercadopago_standin, sold, hide=["search"]) for _ in range(2))
    for payment_id in (first, second):
        sync_payment(payment_id)
    Payment.objects.update(read_at=None)
    mercadopago_standin.fail("500", match=f"/v1/payments/{second}$")
    assert not compare_all().complete
    mercadopago_standin.fail("500", match=f"/v1/payments/{first}$", times=1)
    assert compare_all().complete, "the first was read in this round, and is not asked for again"


def test_day_that_somebody_else_took_up_is_left_alone(mercadopago_standin: StandIn, sold: Order) -> None:
    balance._add_days()
    day = BalanceDay.objects.get(day=the_day())
    assert balance._claim(day.pk) is not None
    assert balance._claim(day.pk) is None


def test_unexpected_exception_leaves_the_day_incomplete_and_its_text_is_not_logged(
    mercadopago_standin: StandIn,
    sold: Order,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def stumble(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("what somebody typed")

    monkeypatch.setattr(balance, "compare", stumble)
    day = compare_all()
    assert (day.complete, day.problem) == (False, "RuntimeError")
    assert "typed" not in caplog.text


def test_balance_health_tells_of_open_differences_however_old(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    day = compare_all()
    assert balances_agree() == WELL
    difference = BalanceDifference.objects.create(day=day, payment_id=5, kind=DifferenceKind.STATUS)
    BalanceDay.objects.filter(pk=day.pk).update(day=timezone.localdate() - datetime.timedelta(days=90))
    assert balances_agree() == ("balance", False, "Hay diferencias con Mercado Pago sin resolver: 1.")
    BalanceDifference.objects.filter(pk=difference.pk).update(healed_at=timezone.now())
    assert not balances_agree().sentence.startswith("Hay diferencias")


def test_balance_health_tells_of_days_that_were_not_compared_to_their_end(
    mercadopago_standin: StandIn, sold: Order, run_jobs: Callable[[], list[str]]
) -> None:
    behind = days_behind()
    assert balances_agree() == (
        "balance",
        False,
        f"Días sin terminar de comparar con Mercado Pago: {behind}.",
    )
    assert behind in (5, 6)
    mercadopago_standin.fail("500", times=100)
    compare_all()
    assert days_behind() == behind
    mercadopago_standin.reset()
    compare_all()
    assert balances_agree() == WELL
