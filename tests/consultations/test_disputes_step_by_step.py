"""A dispute that goes on after somebody answered it, and a chargeback that is told of before its payment."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from consultations.actions.hints import store_hint, work_off
from consultations.actions.payments import sync_order, sync_payment
from consultations.actions.reconciliation import reconcile_due
from consultations.actions.resolving import resolve
from consultations.enums import Money, Reason
from consultations.guidance import detail_of
from consultations.models import Order, Payment, PaymentEvent, PaymentFlag
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
CHARGEBACK = "topic_chargebacks_wh"
DEADLINE = "2030-01-10T15:00:00.000-04:00"
ASKED = "Hay una disputa en Mercado Pago."


@pytest.fixture
def answered(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> Payment:
    """A payment in mediation, whose flag an administrator noted as answered."""
    mercadopago_standin.change_payment(bought_payment.payment_id, status="in_mediation", notify=False)
    sync_order(bought_order)
    run_jobs()
    note_as_answered(administrator)
    bought_order.refresh_from_db()
    assert bought_order.attention == ""
    mail.outbox.clear()
    return bought_payment


def note_as_answered(by: User) -> None:
    resolve(by=by, flag=PaymentFlag.objects.get(resolved_at=None), resolution="Se enviaron documentos.")


def read(chargeback: dict[str, Any]) -> str:
    return work_off(store_hint(topic=CHARGEBACK, data_id=str(chargeback["id"]), request_id="r"))


def start_page(by: User) -> str:
    return text_of(signed_in(by).get("/admin/"))


def test_mediation_that_was_answered_is_asked_about_again_as_a_chargeback(
    answered: Payment,
    bought_order: Order,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    chargeback = mercadopago_standin.charge_back(answered.payment_id, deadline=DEADLINE)
    for _ in range(2):
        assert read(chargeback) == "applied"
    run_jobs()
    bought_order.refresh_from_db()
    assert bought_order.attention == ASKED
    assert bought_order.dispute_deadline == datetime.datetime.fromisoformat(DEADLINE)
    flag = PaymentFlag.objects.get(resolved_at=None)
    until = "con documentos hasta el 10/01/2030 16:00"
    assert detail_of(flag) == f"$25.000 CLP (con contracargo), contracargo {chargeback['id']} {until}"
    assert len(mail.outbox) == 1
    assert bought_order.reference in start_page(administrator)


def test_chargeback_that_was_answered_is_asked_about_again_when_it_gets_a_deadline(
    bought_order: Order, bought_payment: Payment, administrator: User, mercadopago_standin: StandIn
) -> None:
    payment = bought_payment.payment_id
    read(mercadopago_standin.charge_back(payment))
    note_as_answered(administrator)
    bought_order.refresh_from_db()
    assert (bought_order.attention, bought_order.dispute_deadline) == ("", None)
    chargeback = mercadopago_standin.charge_back(payment, deadline=DEADLINE)
    read(chargeback)
    bought_order.refresh_from_db()
    assert (bought_order.attention, bought_order.dispute_deadline is None) == (ASKED, False)


def test_dispute_that_was_answered_stays_on_the_start_page_until_its_deadline(
    bought_order: Order, bought_payment: Payment, administrator: User, mercadopago_standin: StandIn
) -> None:
    chargeback = mercadopago_standin.charge_back(bought_payment.payment_id, deadline=DEADLINE)
    read(chargeback)
    note_as_answered(administrator)
    read(chargeback)
    page = start_page(administrator)
    assert (bought_order.reference in page, "Ya se anotó una respuesta." in page) == (True, True)
    assert PaymentFlag.objects.filter(resolved_at=None).count() == 0, "nothing new was told"
    Order.objects.update(dispute_deadline=timezone.now() - datetime.timedelta(hours=1))
    assert bought_order.reference not in start_page(administrator)


@pytest.fixture
def told_early(
    bought_order: Order, bought_payment: Payment, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> Payment:
    """A payment still told of as approved after its chargeback was read."""
    run_jobs()
    chargeback = mercadopago_standin.charge_back(bought_payment.payment_id, deadline=DEADLINE)
    mercadopago_standin.change_payment(
        bought_payment.payment_id, status="approved", status_detail="accredited", notify=False
    )
    assert read(chargeback) == "applied"
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.dispute_deadline) == (Money.PAID, None)
    return bought_payment


def checked_within(**wait: float) -> int:
    """How many orders are looked at again so soon."""
    soon = timezone.now() + datetime.timedelta(**wait)
    Order.objects.filter(next_check_at__lte=soon).update(next_check_at=timezone.now())
    return reconcile_due()


@pytest.mark.parametrize("days", [0, 60])
@pytest.mark.parametrize("early_readings", [0, 2])
def test_deadline_that_came_before_its_payment_was_disputed_is_kept(
    days: int, early_readings: int, told_early: Payment, bought_order: Order, mercadopago_standin: StandIn
) -> None:
    Order.objects.update(created_at=timezone.now() - datetime.timedelta(days=days))
    # So many that it would be looked at once a day.
    Order.objects.update(checks=20 if early_readings else 0)
    for number in range(early_readings):
        assert checked_within(minutes=60 if number else 5) == 1
    mercadopago_standin.change_payment(
        told_early.payment_id, status="charged_back", status_detail="in_process", notify=False
    )
    assert checked_within(minutes=60 if early_readings else 5) == 1, "it is read again within minutes"
    bought_order.refresh_from_db()
    assert bought_order.money == Money.FROZEN
    assert bought_order.dispute_deadline == datetime.datetime.fromisoformat(DEADLINE)
    assert PaymentFlag.objects.get().reason == Reason.DISPUTED
    sync_payment(told_early.payment_id)
    assert PaymentFlag.objects.count() == 1


@pytest.mark.parametrize("over", ["decided", "deadline"])
def test_old_order_is_not_looked_at_any_more_once_its_chargeback_is_over(
    over: str, told_early: Payment, bought_order: Order, mercadopago_standin: StandIn
) -> None:
    Order.objects.update(created_at=timezone.now() - datetime.timedelta(days=60))
    if over == "decided":
        mercadopago_standin.change_payment(
            told_early.payment_id, status="charged_back", status_detail="reimbursed", notify=False
        )
        sync_payment(told_early.payment_id)
    else:
        PaymentEvent.objects.exclude(deadline=None).update(deadline=timezone.now())
    assert checked_within(minutes=5) == 1
    bought_order.refresh_from_db()
    assert bought_order.next_check_at is None
