"""What an administrator decides about an alert of fraud, and alerts that come early, late, or once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from consultations.actions.attaching import attach
from consultations.actions.disputes import _stop
from consultations.actions.errors import NotAllowed
from consultations.actions.hints import FRAUD_ALERT, store_hint, work_off
from consultations.actions.history import history_of
from consultations.actions.pausing import DECIDED, WENT_BACK, why_paused
from consultations.actions.payments import sync_payment
from consultations.actions.resolving import reopen, resolve
from consultations.enums import Money, Reason
from consultations.models import Order, Payment, PaymentFlag, PaymentHint
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.refunds import PayAgain
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
NONE, FRAUD = "No es fraude: que la consulta siga", "Es fraude: que siga en pausa"


def alert(payment_id: int, request_id: str = "r") -> str:
    return work_off(store_hint(topic=FRAUD_ALERT, data_id="", request_id=request_id, payment_id=payment_id))


def the_flag() -> PaymentFlag:
    return PaymentFlag.objects.get(reason=Reason.FRAUD, cleared_at=None)


def page_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])


def decide(by: User, step: str, words: str = "Lo dijo el banco.") -> Any:
    return signed_in(by).post(page_of(the_flag()), {"step": step, "resolution": words}, follow=True)


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


@pytest.fixture
def alerted(bought_order: Order, bought_payment: Payment) -> Payment:
    """A payment of a paid order, that Mercado Pago suspects."""
    alert(bought_payment.payment_id)
    return bought_payment


@pytest.fixture
def other_payment(bought_order: Order, mercadopago_standin: StandIn) -> int:
    """One more payment at Mercado Pago that names no order of ours."""
    made = mercadopago_standin.create_payment(
        bought_order.preference_id, notify=False, external_reference="OTRA-TIENDA"
    )
    sync_payment(int(made["id"]))
    return int(made["id"])


def test_alert_that_was_fraud_is_settled_and_the_consultation_stays_paused(
    alerted: Payment, bought_order: Order, administrator: User
) -> None:
    page = text_of(signed_in(administrator).get(page_of(the_flag())))
    assert (NONE in page, FRAUD in page) == (True, True)
    settled = decide(administrator, "fraud")
    assert "Es fraude. Lo dijo el banco. La conversación sigue en pausa." in text_of(settled)
    order = again(bought_order)
    assert (order.is_under_fraud_alert, order.attention, why_paused(order)) == (True, "", DECIDED)
    told = " ".join(entry.sentence for entry in history_of(order))
    assert ("Se descartó el fraude." in told, "Es fraude. Lo dijo el banco." in told) == (False, True)
    sync_payment(alerted.payment_id)
    assert PaymentFlag.objects.count() == 1, "nobody is asked again"


def test_order_page_tells_that_it_was_decided_as_fraud(
    alerted: Payment, bought_order: Order, administrator: User
) -> None:
    office, page = signed_in(administrator), reverse("ordenes_modeladmin_inspect", args=[bought_order.pk])
    told = "En pausa: se decidió que es fraude"
    assert told not in text_of(office.get(page)), "nobody has decided yet"
    decide(administrator, "fraud")
    assert told in text_of(office.get(page))
    reopen(by=administrator, flag=the_flag())
    assert told not in text_of(office.get(page))
    decide(administrator, "resolve")
    assert told not in text_of(office.get(page))


def test_alert_that_was_none_lets_the_consultation_go_on(
    alerted: Payment, bought_order: Order, administrator: User
) -> None:
    settled = decide(administrator, "resolve")
    assert "No es fraude. Lo dijo el banco." in text_of(settled), "which of the two it was, not only why"
    order = again(bought_order)
    assert (order.is_under_fraud_alert, why_paused(order)) == (False, "")
    assert "Se descartó el fraude." in " ".join(entry.sentence for entry in history_of(order))


def test_money_of_a_fraud_that_went_back_is_told_as_gone(
    alerted: Payment, bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    decide(administrator, "fraud")
    mercadopago_standin.refund_in_panel(alerted.payment_id)
    sync_payment(alerted.payment_id)
    order = again(bought_order)
    assert (order.money, why_paused(order)) == (Money.REFUNDED, WENT_BACK)


def test_fraud_that_was_none_after_all_is_decided_anew(
    alerted: Payment, bought_order: Order, administrator: User
) -> None:
    decide(administrator, "fraud")
    reopen(by=administrator, flag=the_flag())
    decide(administrator, "resolve")
    assert not again(bought_order).is_under_fraud_alert


def test_nothing_else_is_settled_as_fraud(
    bought_order: Order, pay_there: PayAgain, administrator: User
) -> None:
    pay_there(transaction_amount=1000)
    flag = PaymentFlag.objects.get(reason=Reason.SHORT)
    assert FRAUD not in text_of(signed_in(administrator).get(page_of(flag)))
    with pytest.raises(NotAllowed):
        resolve(by=administrator, flag=flag, resolution="Lo es.", is_fraud=True)


def test_alert_about_a_payment_without_an_order_stops_the_order_it_is_given_to(
    other_payment: int, bought_order: Order, administrator: User
) -> None:
    assert alert(other_payment) == "unknown order"
    flag = PaymentFlag.objects.get(reason=Reason.UNKNOWN_ORDER)
    attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")
    order = again(bought_order)
    assert (order.money, order.is_under_fraud_alert) == (Money.PAID, True)
    assert the_flag().about == str(other_payment)


def test_alert_about_a_payment_whose_order_is_known_later_stops_it(
    other_payment: int, bought_order: Order, mercadopago_standin: StandIn
) -> None:
    alert(other_payment)
    mercadopago_standin.change_payment(other_payment, external_reference=bought_order.reference, notify=False)
    sync_payment(other_payment)
    assert again(bought_order).is_under_fraud_alert


@pytest.mark.parametrize("decision", ["resolve", "fraud"])
def test_alert_about_another_payment_is_asked_about_after_the_first_was_settled(
    decision: str,
    alerted: Payment,
    bought_order: Order,
    pay_there: PayAgain,
    administrator: User,
    run_jobs: RunJobs,
) -> None:
    run_jobs()
    decide(administrator, decision)
    mail.outbox.clear()
    second = pay_there(transaction_amount=1000)
    for _ in range(2):
        alert(second.payment_id)
    run_jobs()
    order = again(bought_order)
    assert (order.is_under_fraud_alert, the_flag().resolved_at) == (True, None)
    assert the_flag().about == f"{alerted.payment_id}, {second.payment_id}"
    assert len([message for message in mail.outbox if "posible fraude" in message.body]) == 1


@pytest.mark.parametrize("read_again", [False, True])
def test_second_alert_about_a_payment_that_was_no_fraud_is_asked_about(
    read_again: bool, alerted: Payment, bought_order: Order, administrator: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    decide(administrator, "resolve")
    mail.outbox.clear()
    for _ in range(2 if read_again else 1):
        alert(alerted.payment_id, "another")
    run_jobs()
    assert again(bought_order).is_under_fraud_alert
    assert (the_flag().about, the_flag().resolved_at) == (str(alerted.payment_id), None)
    assert len([message for message in mail.outbox if "posible fraude" in message.body]) == 1
    decide(administrator, "resolve")
    alert(alerted.payment_id, "another")
    assert not again(bought_order).is_under_fraud_alert, "the same request again is a replay"


def test_alerts_of_more_payments_than_a_flag_names_are_settled_together(
    bought_order: Order, bought_payment: Payment, administrator: User
) -> None:
    first, row = bought_payment.payment_id, Payment.objects.values().get()
    numbers = [first + more for more in range(10)]
    Payment.objects.bulk_create(
        Payment(**{**row, "id": None, "payment_id": number, "status": "rejected"}) for number in numbers[1:]
    )
    for number in numbers:
        store_hint(topic=FRAUD_ALERT, data_id="", request_id="r", payment_id=number)
    _stop(bought_order.pk, first)
    assert str(numbers[-1]) not in the_flag().about
    decide(administrator, "resolve")
    for number in numbers:
        _stop(bought_order.pk, number)
        assert not again(bought_order).is_under_fraud_alert, "what was settled is read again"
    unknown = PaymentHint.objects.create(topic=FRAUD_ALERT, data_id="", payment_id=first + 20)
    PaymentHint.objects.filter(pk=unknown.pk).update(received_at=bought_payment.first_seen_at)
    Payment.objects.create(**{**row, "id": None, "payment_id": first + 20, "first_seen_at": timezone.now()})
    _stop(bought_order.pk, first + 20)
    assert again(bought_order).is_under_fraud_alert, "nobody could know then that it is of this order"


def test_settled_alert_stays_settled_when_it_is_read_again(
    bought_order: Order, bought_payment: Payment, administrator: User, mercadopago_standin: StandIn
) -> None:
    """Stopped at once, but Mercado Pago was silent: the notification is tried again after the decision."""
    mercadopago_standin.fail("503", times=1)
    hint = store_hint(topic=FRAUD_ALERT, data_id="", request_id="r", payment_id=bought_payment.payment_id)
    assert work_off(hint) == "waiting"
    decide(administrator, "resolve")
    hint.refresh_from_db()
    assert work_off(hint) == "applied"
    assert not again(bought_order).is_under_fraud_alert


def test_alerts_that_name_nothing_are_told_one_by_one(administrator: User, run_jobs: RunJobs) -> None:
    for request_id in ("r1", "r2", "r2"):
        work_off(store_hint(topic=FRAUD_ALERT, data_id="", request_id=request_id))
    run_jobs()
    flags = PaymentFlag.objects.filter(resolved_at=None, cleared_at=None).order_by("pk")
    assert list(flags.values_list("about", flat=True)) == ["r1", "r2"]
    assert len(mail.outbox) == 2
    page = text_of(signed_in(administrator).get(page_of(flags[0])))
    assert 'value="look"' not in page, "there is nothing to read"
    assert (FRAUD in page, NONE in page, "Búscalo en Mercado Pago" in page) == (False, False, True)
