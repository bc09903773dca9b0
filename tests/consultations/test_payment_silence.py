"""While Mercado Pago leaves calls hanging, the queue's workers stay free for everything else."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultations import mercadopago
from consultations.actions import reconciliation, silence
from consultations.actions.hints import store_hint, work_off
from consultations.actions.orders import place_order, start_checkout
from consultations.actions.reconciliation import check_now, reconcile_due
from consultations.enums import Money
from consultations.models import Order, Service
from home.models import User
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid_at_the_standin(settings: Any, mercadopago_standin: StandIn, order: Order) -> Order:
    settings.DEBUG = True
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, notify=False)
    return order


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(reconciliation, "LOOK_UP_SECONDS", 0.3)


def money_of(order: Order) -> str:
    order.refresh_from_db()
    return str(order.money)


@pytest.mark.usefixtures("_impatient")
def test_look_ups_stand_back_after_one_that_hung(
    paid_at_the_standin: Order, mercadopago_standin: StandIn
) -> None:
    order = paid_at_the_standin
    mercadopago_standin.fail("timeout", times=9, seconds=2.0)
    began = time.monotonic()
    assert not check_now(order.pk)
    assert time.monotonic() - began < 1.0, "within its budget"
    began = time.monotonic()
    assert not check_now(order.pk)
    assert work_off(store_hint(topic="payment", data_id="5", request_id="r")) == "waiting"
    assert time.monotonic() - began < 0.15, "nothing was asked"
    mercadopago_standin.reset()


@pytest.mark.usefixtures("_impatient")
def test_look_ups_begin_again_after_a_while(
    paid_at_the_standin: Order, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "LASTS", 2)
    mercadopago_standin.fail("timeout", times=2, seconds=1.0)
    assert not check_now(paid_at_the_standin.pk)
    assert silence.is_silent()
    time.sleep(2.1)
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 10.0)
    assert check_now(paid_at_the_standin.pk)
    assert money_of(paid_at_the_standin) == Money.PAID


@pytest.mark.parametrize("mode", ["500", "reset", "429"])
def test_failing_at_once_is_no_silence(
    mode: str, paid_at_the_standin: Order, mercadopago_standin: StandIn
) -> None:
    mercadopago_standin.fail(mode)
    assert not check_now(paid_at_the_standin.pk)
    assert not silence.is_silent()
    assert check_now(paid_at_the_standin.pk)


def test_one_look_up_of_an_order_at_a_time(paid_at_the_standin: Order) -> None:
    key = f"looking-up-order-{paid_at_the_standin.pk}"
    cache.set(key, 1, 5)
    assert not check_now(paid_at_the_standin.pk)
    assert money_of(paid_at_the_standin) == Money.UNPAID
    cache.delete(key)
    assert check_now(paid_at_the_standin.pk)
    assert check_now(paid_at_the_standin.pk), "the next one is free again"


@pytest.mark.usefixtures("_impatient")
def test_pass_ends_at_a_call_that_hung_and_the_next_goes_on(
    paid_at_the_standin: Order, mercadopago_standin: StandIn, service: Service, client_user: User
) -> None:
    other = place_order(by=client_user, service=service, attempt=uuid.uuid4())
    start_checkout(other)
    Order.objects.update(next_check_at=timezone.now())
    mercadopago_standin.fail("timeout", times=2, seconds=1.0)
    assert reconcile_due() == 1
    assert reconcile_due() == 0, "still silent"
    cache.delete(silence.KEY)
    assert reconcile_due() == 1


def test_many_answers_that_take_long_together_are_no_silence(
    paid_at_the_standin: Order, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(reconciliation, "LOOK_UP_SECONDS", 0.6)
    real = mercadopago.search_payments

    def slow(*, external_reference: str) -> list[int]:
        time.sleep(0.7)
        return real(external_reference=external_reference)

    monkeypatch.setattr(mercadopago, "search_payments", slow)
    assert not check_now(paid_at_the_standin.pk), "out of time"
    assert not silence.is_silent()


def test_attempts_that_were_rejected_are_read_once(
    paid_at_the_standin: Order, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = paid_at_the_standin
    made = [
        int(mercadopago_standin.create_payment(order.preference_id, notify=False, status=status)["id"])
        for status in ("rejected", "in_process")
    ]
    assert check_now(order.pk)
    read: list[int] = []
    real = mercadopago.get_payment
    monkeypatch.setattr(mercadopago, "get_payment", lambda number: read.append(number) or real(number))
    assert check_now(order.pk)
    assert (made[0] in read, made[1] in read) == (False, True)
