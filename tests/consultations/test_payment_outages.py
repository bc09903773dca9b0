"""What cannot be read now: nothing is lost, nothing is claimed, and nothing else waits for it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from consultations import mercadopago
from consultations.actions import reconciliation
from consultations.actions.hints import store_hint, work_off
from consultations.actions.orders import place_order, start_checkout
from consultations.actions.payments import sync_order
from consultations.actions.reconciliation import reconcile_due
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag, PaymentHint, Service
from home.models import User
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _test_payments_count(settings: Any) -> None:
    settings.DEBUG = True


@pytest.fixture
def linked(mercadopago_standin: StandIn, order: Order) -> Order:
    """An order with its payment link at the stand-in."""
    start_checkout(order)
    return order


def another_order(by: User, service: Service) -> Order:
    order = place_order(by=by, service=service, attempt=uuid.uuid4())
    start_checkout(order)
    return order


def pay_at(standin: StandIn, order: Order, **fields: Any) -> int:
    return int(standin.create_payment(order.preference_id, notify=False, **fields)["id"])


def hint_of(payment_id: object, topic: str = "payment") -> PaymentHint:
    return store_hint(topic=topic, data_id=str(payment_id), request_id="r")


def make_due() -> None:
    past = timezone.now() - datetime.timedelta(seconds=1)
    Order.objects.update(next_check_at=past)
    PaymentHint.objects.filter(processed_at=None).update(next_check_at=past)


def money_of(order: Order) -> str:
    order.refresh_from_db()
    return str(order.money)


@pytest.mark.parametrize(
    ("mode", "checks"), [("500", 0), ("429", 0), ("html", 0), ("reset", 0), ("401", 0), ("404", 1)]
)
def test_hint_that_cannot_be_read_waits_and_changes_nothing(
    mode: str, checks: int, mercadopago_standin: StandIn, linked: Order
) -> None:
    payment = pay_at(mercadopago_standin, linked)
    mercadopago_standin.fail(mode, match="/v1/payments/")
    hint = hint_of(payment)
    assert work_off(hint) == "waiting"
    hint.refresh_from_db()
    assert (hint.processed_at, hint.checks, money_of(linked)) == (None, checks, Money.UNPAID)
    assert work_off(hint) == "applied"
    assert money_of(linked) == Money.PAID


def test_refused_hint_is_closed_and_told_to_the_administrators(
    mercadopago_standin: StandIn, administrator: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    mercadopago_standin.fail("400")
    hint = hint_of(31)
    run_jobs()
    hint.refresh_from_db()
    assert hint.outcome == "refused"
    assert hint.processed_at
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.payment_id) == (Reason.REFUSED, 31)
    assert [message.to for message in mail.outbox] == [[administrator.email]]


@pytest.mark.parametrize("status", ["401", "403"])
def test_wrong_credentials_alarm_once_until_they_work_again(
    status: str, mercadopago_standin: StandIn, linked: Order, administrator: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    for _ in range(2):
        mercadopago_standin.fail(status, times=19)
        make_due()
        reconcile_due()
    run_jobs()
    assert money_of(linked) == Money.UNPAID
    assert PaymentFlag.objects.get().reason == Reason.CREDENTIALS
    assert len(mail.outbox) == 1
    mercadopago_standin.reset()
    sync_and_ignore(linked)
    assert PaymentFlag.objects.get().cleared_at


def test_payment_of_somebody_else_that_a_visitor_names_alarms_nobody(
    mercadopago_standin: StandIn, linked: Order
) -> None:
    pay_at(mercadopago_standin, linked)
    mercadopago_standin.fail("403", match="/v1/payments/77")
    assert not reconciliation.check_now(linked.pk, 77)
    assert money_of(linked) == Money.PAID
    assert not PaymentFlag.objects.exists()
    mercadopago_standin.fail("403", match="/v1/payments/78")
    assert work_off(hint_of(78)) == "refused"


def sync_and_ignore(order: Order) -> None:
    reconciliation.check_now(order.pk)


def test_payment_that_never_appears_is_given_up_after_days_and_told(mercadopago_standin: StandIn) -> None:
    hints = [hint_of(41), hint_of("123456")]
    PaymentHint.objects.update(checks=15)
    for hint in hints:
        hint.refresh_from_db()
        assert work_off(hint) == "not found"
    assert [flag.payment_id for flag in PaymentFlag.objects.all()] == [41], (
        "the panel's own test needs nobody"
    )


@pytest.mark.parametrize("refused", ["400", "404", "html"])
def test_one_bad_hint_does_not_stop_a_pass(
    refused: str, mercadopago_standin: StandIn, linked: Order, client_user: User, service: Service
) -> None:
    other = another_order(client_user, service)
    first, second = pay_at(mercadopago_standin, linked), pay_at(mercadopago_standin, other)
    hint_of(first)
    hint_of(second)
    make_due()
    Order.objects.update(next_check_at=None)
    mercadopago_standin.fail(refused, match=f"/v1/payments/{first}$")
    assert reconcile_due() == 2
    assert money_of(other) == Money.PAID


def test_one_bad_order_does_not_stop_a_pass(
    mercadopago_standin: StandIn, linked: Order, client_user: User, service: Service
) -> None:
    other = another_order(client_user, service)
    pay_at(mercadopago_standin, other)
    make_due()
    # The first order looked at is refused, in both places.
    Order.objects.filter(pk=linked.pk).update(next_check_at=timezone.now() - datetime.timedelta(hours=1))
    mercadopago_standin.fail("400", times=2, match="search")
    reconcile_due()
    assert money_of(other) == Money.PAID


def test_unexpected_exception_stops_no_pass_and_its_text_is_not_logged(
    mercadopago_standin: StandIn,
    linked: Order,
    client_user: User,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = another_order(client_user, service)
    pay_at(mercadopago_standin, other)
    make_due()
    Order.objects.filter(pk=linked.pk).update(next_check_at=timezone.now() - datetime.timedelta(hours=1))
    real = reconciliation.sync_order

    def stumble(order: Order, **options: Any) -> Order:
        if order.pk == linked.pk:
            raise RuntimeError("what somebody typed")
        return real(order, **options)

    monkeypatch.setattr(reconciliation, "sync_order", stumble)
    assert reconcile_due() == 2
    assert money_of(other) == Money.PAID
    assert "RuntimeError" in caplog.text
    assert "typed" not in caplog.text


@pytest.mark.parametrize("broken", ["/v1/payments/search", "/merchant_orders/search"])
def test_order_is_found_in_the_other_place_when_one_search_fails(
    broken: str, mercadopago_standin: StandIn, linked: Order
) -> None:
    pay_at(mercadopago_standin, linked)
    mercadopago_standin.fail("500", match=broken)
    with pytest.raises(mercadopago.Unavailable):
        sync_order(linked)
    assert money_of(linked) == Money.PAID


@pytest.mark.parametrize("hidden", [["search"], ["merchant_orders"]])
def test_payment_that_one_search_omits_is_found_in_the_other(
    hidden: list[str], mercadopago_standin: StandIn, linked: Order
) -> None:
    pay_at(mercadopago_standin, linked, hide=hidden)
    sync_order(linked)
    assert money_of(linked) == Money.PAID


def test_known_payment_is_read_again_when_both_searches_fail(
    mercadopago_standin: StandIn, linked: Order
) -> None:
    payment = pay_at(mercadopago_standin, linked, status="in_process")
    sync_order(linked)
    mercadopago_standin.change_payment(payment, status="approved", notify=False)
    mercadopago_standin.fail("500", times=2, match="search")
    with pytest.raises(mercadopago.Unavailable):
        sync_order(linked)
    assert money_of(linked) == Money.PAID


def test_one_payment_that_is_not_there_does_not_hide_the_next(
    mercadopago_standin: StandIn, linked: Order
) -> None:
    halves = [pay_at(mercadopago_standin, linked, transaction_amount=12500) for _ in range(2)]
    mercadopago_standin.fail("404", match=f"/v1/payments/{halves[1]}$")
    with pytest.raises(mercadopago.NotFound):
        sync_order(linked)
    assert money_of(linked) == Money.SHORT
    sync_order(linked)
    assert money_of(linked) == Money.PAID


def test_merchant_order_hint_reads_all_its_payments(mercadopago_standin: StandIn, linked: Order) -> None:
    halves = [pay_at(mercadopago_standin, linked, transaction_amount=12500) for _ in range(2)]
    number = mercadopago_standin.ledger(linked.reference)["merchant_orders"][0]["id"]
    mercadopago_standin.fail("404", match=f"/v1/payments/{halves[0]}$")
    hint = hint_of(number, "topic_merchant_order_wh")
    assert work_off(hint) == "waiting"
    assert work_off(hint) == "applied"
    assert money_of(linked) == Money.PAID


def test_after_an_outage_everything_is_read_again_within_minutes(
    mercadopago_standin: StandIn, linked: Order
) -> None:
    Order.objects.update(checks=9)
    hint = hint_of(pay_at(mercadopago_standin, linked))
    PaymentHint.objects.update(checks=9)
    make_due()
    mercadopago_standin.fail("503", times=9)
    reconcile_due()
    soon = timezone.now() + datetime.timedelta(minutes=5)
    linked.refresh_from_db()
    hint.refresh_from_db()
    assert linked.next_check_at is not None
    assert linked.next_check_at <= soon
    assert hint.next_check_at is not None
    assert hint.next_check_at <= soon
    mercadopago_standin.reset()


def test_pass_that_takes_too_long_leaves_the_rest_for_the_next(
    mercadopago_standin: StandIn, linked: Order
) -> None:
    pay_at(mercadopago_standin, linked)
    make_due()
    assert reconcile_due(seconds=0) == 0
    assert money_of(linked) == Money.UNPAID
    assert reconcile_due() == 1
    assert money_of(linked) == Money.PAID


@pytest.mark.parametrize(("status", "flags"), [("approved", 1), ("in_process", 1), ("rejected", 0)])
def test_money_for_an_unknown_order_is_kept_as_a_flag(
    status: str, flags: int, mercadopago_standin: StandIn, linked: Order, run_jobs: RunJobs
) -> None:
    payment = pay_at(mercadopago_standin, linked, external_reference="N-SOMEBODY-ELSE", status=status)
    for _ in range(2):
        assert work_off(hint_of(payment)) == "unknown order"
    assert PaymentFlag.objects.filter(reason=Reason.UNKNOWN_ORDER, payment_id=payment).count() == flags
    assert money_of(linked) == Money.UNPAID
