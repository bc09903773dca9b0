"""Differences of the balance that stay: none is closed unread, none is forgotten, and a person is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from consultations.actions import balance_day
from consultations.actions.balance import drift, tell_of_differences
from consultations.actions.health import balances_agree
from consultations.actions.looking_again import look_again
from consultations.actions.resolving import resolve
from consultations.enums import DifferenceKind, Reason
from consultations.guidance import detail_of
from consultations.mercadopago import Unavailable
from consultations.models import BalanceDay, BalanceDifference, Order, PaymentFlag
from home.models import User
from tests.consultations.accounting import compare_all, forget, noon, open_since_a_week, pay_on_the_day
from tests.fixtures.consultations import pay
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


@pytest.fixture
def sold(bought_order: Order) -> Order:
    """An order with its link, asked for a week ago."""
    open_since_a_week()
    bought_order.refresh_from_db()
    return bought_order


@pytest.fixture
def gone(sold: Order) -> Order:
    """Paid three days ago, with payment 77 that Mercado Pago does not know."""
    moment = noon() - datetime.timedelta(days=3)
    return pay(sold, id=77, date_created=moment, date_last_updated=moment)


def open_ones() -> list[int]:
    return sorted(BalanceDifference.objects.filter(healed_at=None).values_list("payment_id", flat=True))


def test_difference_is_not_closed_because_the_search_omits_it(
    mercadopago_standin: StandIn, sold: Order
) -> None:
    payment_id = pay_on_the_day(mercadopago_standin, sold, external_reference="N-OF-NOBODY")
    compare_all()
    mercadopago_standin.change_payment(payment_id, notify=False, hide=["search"])
    compare_all()
    assert open_ones() == [payment_id]
    assert BalanceDifference.objects.get().times == 2, "it was read by its id"
    assert not balances_agree().well


def test_day_with_more_payments_of_nobody_than_one_pass_can_read_comes_to_its_end(
    mercadopago_standin: StandIn, sold: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [pay_on_the_day(mercadopago_standin, sold, external_reference="N-OF-NOBODY") for _ in range(3)]
    real, read = balance_day.read_payment, []

    def two_at_most(payment_id: int) -> Any:
        if len(read) % 3 == 2:
            read.append(0)
            raise Unavailable("get_payment")
        read.append(payment_id)
        return real(payment_id)

    monkeypatch.setattr(balance_day, "read_payment", two_at_most)
    assert not compare_all().complete
    assert compare_all().complete
    assert sorted(filter(None, read)) == sorted(made) == open_ones()


def test_old_difference_stays_until_a_person_settles_it(
    gone: Order, administrator: User, run_jobs: RunJobs
) -> None:
    compare_all()
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.payment_id) == (Reason.DIFFERENCE, 77)
    assert detail_of(flag) == "Mercado Pago no lo encuentra"
    assert run_jobs().count("consultations.jobs.send_payment_flag") == 1
    assert "no coinciden" in mail.outbox[-1].body
    BalanceDay.objects.exclude(differences=None).update(
        day=timezone.localdate() - datetime.timedelta(days=90), next_check_at=None
    )
    assert balances_agree() == ("balance", False, "Hay diferencias con Mercado Pago sin resolver: 1.")
    resolve(by=administrator, flag=flag, resolution="Era de la cuenta anterior.")
    tell_of_differences()
    assert not drift().exists()
    assert PaymentFlag.objects.count() == 1, "nobody is asked twice"


def test_difference_of_yesterday_may_still_heal_by_itself(mercadopago_standin: StandIn, sold: Order) -> None:
    pay(sold, id=77, date_created=noon(), date_last_updated=noon())
    compare_all()
    assert open_ones() == [77]
    BalanceDay.objects.exclude(differences=None).update(day=timezone.localdate() - datetime.timedelta(days=1))
    PaymentFlag.objects.all().delete()
    tell_of_differences()
    assert not PaymentFlag.objects.exists()


def test_flag_of_a_difference_is_over_once_it_is_healed(mercadopago_standin: StandIn, sold: Order) -> None:
    moment = noon() - datetime.timedelta(days=3)
    payment_id = pay_on_the_day(mercadopago_standin, sold, at=moment)
    compare_all()
    forget(payment_id, last_updated=timezone.now(), amount=24000)
    compare_all()
    assert PaymentFlag.objects.get(reason=Reason.DIFFERENCE).cleared_at is None
    forget(payment_id, amount=25000)
    compare_all()
    assert PaymentFlag.objects.get(reason=Reason.DIFFERENCE).cleared_at


def test_difference_of_any_age_is_compared_again_on_demand(
    gone: Order, administrator: User, run_jobs: RunJobs
) -> None:
    compare_all()
    BalanceDay.objects.update(next_check_at=None)
    look_again(by=administrator, flag=PaymentFlag.objects.get())
    assert BalanceDay.objects.filter(next_check_at__lte=timezone.now()).count() == 1
    assert "consultations.jobs.balance_payments" in run_jobs()
    assert BalanceDifference.objects.get().times == 2


def test_money_of_nobody_has_one_flag_not_two(mercadopago_standin: StandIn, sold: Order) -> None:
    moment = noon() - datetime.timedelta(days=3)
    pay_on_the_day(mercadopago_standin, sold, at=moment, external_reference="N-OF-NOBODY")
    compare_all()
    assert [flag.reason for flag in PaymentFlag.objects.all()] == [Reason.UNKNOWN_ORDER]


def test_settled_flag_of_an_unknown_order_says_nothing_of_other_differences(
    mercadopago_standin: StandIn, sold: Order, administrator: User
) -> None:
    moment = noon() - datetime.timedelta(days=3)
    payment_id = pay_on_the_day(mercadopago_standin, sold, at=moment, external_reference="N-OF-NOBODY")
    compare_all()
    resolve(by=administrator, flag=PaymentFlag.objects.get(), resolution="Es de otra tienda.")
    assert not drift().exists()
    day = BalanceDifference.objects.get().day
    BalanceDifference.objects.create(day=day, payment_id=payment_id, kind=DifferenceKind.AMOUNT)
    tell_of_differences()
    assert [each.kind for each in drift()] == [DifferenceKind.AMOUNT]
    assert PaymentFlag.objects.filter(reason=Reason.DIFFERENCE, about="amount").count() == 1
