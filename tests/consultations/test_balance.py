"""The daily balance: what the site knows of a day's payments against what Mercado Pago's search gives."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from consultations.actions import day_search
from consultations.actions.balance import drift
from consultations.actions.balance_day import bounds
from consultations.actions.payments import sync_payment
from consultations.actions.resolving import resolve
from consultations.enums import DifferenceKind, Money
from consultations.models import BalanceDifference, Order, Payment, PaymentFlag, Refund
from home.models import User
from tests.consultations.accounting import compare_all, forget, noon, open_since_a_week, pay_on_the_day
from tests.fixtures.consultations import pay
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
OneDay = {"CLP": {"payments": 1, "amount": "25000", "refunded": "0"}}


@pytest.fixture
def sold(bought_order: Order) -> Order:
    """An order with its link, asked for a week ago."""
    open_since_a_week()
    bought_order.refresh_from_db()
    return bought_order


@pytest.fixture
def known_payment(mercadopago_standin: StandIn, sold: Order) -> int:
    """Made on the day, and read by the site as it is."""
    payment_id = pay_on_the_day(mercadopago_standin, sold)
    sync_payment(payment_id)
    return payment_id


def found() -> list[tuple[int, str, str, str, bool]]:
    rows = BalanceDifference.objects.all()
    return [(row.payment_id, row.kind, row.here, row.there, row.healed_at is not None) for row in rows]


def test_day_on_which_both_know_the_same_has_no_difference(known_payment: int) -> None:
    day = compare_all()
    assert (day.complete, day.problem, found()) == (True, "", [])
    assert (day.payments_here, day.payments_there) == (1, 1)
    assert day.sums_here == day.sums_there == OneDay


def test_payment_the_site_missed_is_healed_and_written_down(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    payment_id = pay_on_the_day(mercadopago_standin, sold)
    day = compare_all()
    sold.refresh_from_db()
    assert sold.money == Money.PAID
    assert found() == [
        (payment_id, DifferenceKind.UNKNOWN_HERE, "", "approved (accredited), 25000 CLP", True)
    ]
    assert (day.complete, day.sums_here, day.sums_there) == (True, OneDay, OneDay)
    assert not drift().exists()


@pytest.mark.parametrize(
    ("missed", "kind", "here", "there"),
    [
        (
            {"status": "pending", "status_detail": ""},
            DifferenceKind.STATUS,
            "pending",
            "approved (accredited)",
        ),
        ({"amount": 24000}, DifferenceKind.AMOUNT, "24000 CLP", "25000 CLP"),
        ({"currency": "ARS"}, DifferenceKind.AMOUNT, "25000 ARS", "25000 CLP"),
        ({"refunded": 500}, DifferenceKind.REFUNDED, "500 CLP", "0 CLP"),
    ],
)
def test_payment_known_otherwise_is_healed_and_written_down(
    missed: dict[str, Any], kind: str, here: str, there: str, known_payment: int
) -> None:
    forget(known_payment, last_updated=noon() - datetime.timedelta(hours=1), **missed)
    compare_all()
    assert found() == [(known_payment, kind, here, there, True)]
    payment = Payment.objects.get()
    assert (payment.status, payment.amount, payment.currency) == ("approved", 25000, "CLP")


def test_what_reading_again_does_not_heal_stays_open(known_payment: int) -> None:
    """As if the site had kept something newer than Mercado Pago says: nothing is overwritten in silence."""
    forget(known_payment, last_updated=timezone.now(), amount=24000)
    day = compare_all()
    assert [row[1:] for row in found()] == [(DifferenceKind.AMOUNT, "24000 CLP", "25000 CLP", False)]
    assert (day.complete, [row.payment_id for row in drift()]) == (True, [known_payment])
    compare_all()
    assert BalanceDifference.objects.get().times == 2
    forget(known_payment, amount=25000)
    compare_all()
    assert not drift().exists()
    assert BalanceDifference.objects.get().healed_at


def test_refund_of_the_panel_that_was_missed_is_healed(
    mercadopago_standin: StandIn, known_payment: int
) -> None:
    made = mercadopago_standin.refund_in_panel(known_payment, 5000)
    moment = noon().isoformat()
    mercadopago_standin.change_payment(known_payment, notify=False, date_last_updated=moment)
    forget(known_payment, last_updated=noon() - datetime.timedelta(hours=1))
    day = compare_all()
    assert {row[1] for row in found()} == {
        DifferenceKind.STATUS,
        DifferenceKind.REFUNDED,
        DifferenceKind.REFUND,
    }
    assert all(row[4] for row in found())
    assert Refund.objects.get().refund_id == made["id"]
    assert day.sums_here["CLP"]["refunded"] == day.sums_there["CLP"]["refunded"] == "5000"


def test_refund_row_that_is_missing_alone_is_healed(mercadopago_standin: StandIn, known_payment: int) -> None:
    mercadopago_standin.refund_in_panel(known_payment, 5000)
    soon_after = (noon() + datetime.timedelta(minutes=1)).isoformat()
    mercadopago_standin.change_payment(known_payment, notify=False, date_last_updated=soon_after)
    sync_payment(known_payment)
    Refund.objects.all().delete()
    compare_all()
    assert [(row[1], row[4]) for row in found()] == [(DifferenceKind.REFUND, True)]
    assert Refund.objects.get().amount == 5000


def test_payment_of_another_day_that_changed_on_this_one_is_compared(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    before = noon() - datetime.timedelta(days=60)
    payment_id = pay_on_the_day(mercadopago_standin, sold, at=before)
    mercadopago_standin.change_payment(payment_id, notify=False, date_last_updated=noon().isoformat())
    day = compare_all()
    assert [(row[0], row[1]) for row in found()] == [(payment_id, DifferenceKind.UNKNOWN_HERE)]
    assert (day.payments_here, day.payments_there) == (0, 0), "it was made on another day"


def test_payment_the_search_omits_is_read_by_its_id_before_it_counts(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    payment_id = pay_on_the_day(mercadopago_standin, sold, hide=["search"])
    sync_payment(payment_id)
    day = compare_all()
    assert (day.complete, found()) == (True, [])
    assert (day.payments_there, day.sums_there) == (1, OneDay)


def test_omitted_payment_that_changed_meanwhile_is_healed(mercadopago_standin: StandIn, sold: Order) -> None:
    payment_id = pay_on_the_day(mercadopago_standin, sold, hide=["search"])
    sync_payment(payment_id)
    forget(payment_id, last_updated=noon() - datetime.timedelta(hours=1), status="pending")
    compare_all()
    assert [(row[1], row[4]) for row in found()] == [(DifferenceKind.STATUS, True)]


def test_payment_that_is_gone_from_mercado_pago_stays_open(sold: Order) -> None:
    pay(sold, id=77, date_created=noon(), date_last_updated=noon())
    day = compare_all()
    assert found() == [(77, DifferenceKind.MISSING_THERE, "approved (accredited)", "", False)]
    assert (day.complete, day.payments_here, day.payments_there) == (True, 1, 0)


def test_payment_of_an_order_without_a_link_is_nobodys_to_compare(
    mercadopago_standin: StandIn, sold: Order, order: Order
) -> None:
    """The demonstration's payments are invented: Mercado Pago never heard of them."""
    pay(order, id=78, date_created=noon(), date_last_updated=noon())
    day = compare_all()
    assert (day.payments_here, found()) == (0, [])


def test_money_that_names_no_order_stays_open_until_a_person_settled_it(
    mercadopago_standin: StandIn, sold: Order, administrator: User
) -> None:
    payment_id = pay_on_the_day(mercadopago_standin, sold, external_reference="N-OF-NOBODY")
    day = compare_all()
    assert [(row[0], row[1], row[4]) for row in found()] == [(payment_id, DifferenceKind.UNKNOWN_HERE, False)]
    assert (day.payments_here, day.payments_there, drift().count()) == (0, 1, 1)
    resolve(by=administrator, flag=PaymentFlag.objects.get(), resolution="Es de otra tienda.")
    assert not drift().exists()
    compare_all()
    assert found()[0][4]


def test_attempt_without_money_that_names_no_order_needs_nobody(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    pay_on_the_day(mercadopago_standin, sold, external_reference="N-OF-NOBODY", status="rejected")
    compare_all()
    assert [row[4] for row in found()] == [True]
    assert not PaymentFlag.objects.exists()


def test_search_that_lags_behind_is_no_difference(
    mercadopago_standin: StandIn, known_payment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search still shows what the payment was; its id tells what it is."""
    real = day_search.mercadopago.search_page

    def lagging(**wish: Any) -> Any:
        rows, total = real(**wish)
        return [replaced(row) for row in rows], total

    def replaced(row: Any) -> Any:
        return type(row)(**{**vars(row), "status": "pending", "status_detail": ""})

    monkeypatch.setattr(day_search.mercadopago, "search_page", lagging)
    assert (compare_all().complete, found()) == (True, [])


def test_what_changed_a_moment_ago_is_healed_without_a_difference(
    mercadopago_standin: StandIn, known_payment: int
) -> None:
    """Its notification is on the way."""
    mercadopago_standin.refund_in_panel(known_payment, 5000)
    assert compare_all().complete
    assert found() == []
    assert Payment.objects.get().refunded == Decimal(5000)


def test_days_are_those_of_the_sites_time_zone(mercadopago_standin: StandIn, sold: Order) -> None:
    begin, end = bounds(noon().date())
    step = datetime.timedelta(milliseconds=1)
    for at in (begin - step, begin, end - step, end):
        sync_payment(pay_on_the_day(mercadopago_standin, sold, at=at, status="rejected"))
    day = compare_all()
    assert (day.payments_here, day.payments_there, found()) == (2, 2, [])


@pytest.mark.parametrize(
    "day", [datetime.date(2026, 9, 5), datetime.date(2026, 9, 6), datetime.date(2026, 4, 4)]
)
def test_days_have_no_gap_where_the_clock_changes(day: datetime.date) -> None:
    """In Chile it is put forward at midnight: 6 September 2026 begins at one o'clock."""
    following = day + datetime.timedelta(days=1)
    assert bounds(day)[1] == bounds(following)[0]
    assert timezone.localdate(bounds(day)[0]) == day
    assert timezone.localdate(bounds(day)[1] - datetime.timedelta(milliseconds=1)) == day


def test_comparing_twice_changes_nothing_and_tells_nobody_twice(
    mercadopago_standin: StandIn, sold: Order, run_jobs: Callable[[], list[str]]
) -> None:
    pay_on_the_day(mercadopago_standin, sold)
    compare_all()
    assert run_jobs().count("consultations.jobs.send_payment_received") == 1
    compare_all()
    assert run_jobs() == []
    assert [row.times for row in BalanceDifference.objects.all()] == [1]
