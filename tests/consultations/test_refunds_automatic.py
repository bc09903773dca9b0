"""What is given back by itself: what was paid twice, once; and what is not."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from consultations.actions.payments import sync_payment
from consultations.actions.refunds import ask_refund, refunds_to_tell
from consultations.enums import Money, RefundReason
from consultations.models import Order, Payment, Refund
from home.models import User
from tests.fixtures.consultations import pay
from tests.fixtures.refunds import PayAgain, given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
PRICE = Decimal(25000)


def test_second_payment_is_given_back_once(
    bought_order: Order,
    bought_payment: Payment,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    second = pay_there()
    for _ in range(3):
        sync_payment(second.payment_id)
        sync_payment(bought_payment.payment_id)
    [refund] = Refund.objects.all()
    assert (refund.payment, refund.reason, refund.amount) == (second, RefundReason.EXCESS, PRICE)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PAID, "")
    assert given_back(mercadopago_standin, bought_order) == [25000]


def test_two_cards_that_add_up_give_nothing_back(
    bought_order: Order, pay_there: PayAgain, run_jobs: RunJobs
) -> None:
    pay_there(transaction_amount=12500)
    pay_there(transaction_amount=12500)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, Refund.objects.exists()) == (Money.PAID, False)


def test_two_cards_that_exceed_the_price_give_the_excess_back(
    bought_order: Order, pay_there: PayAgain, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    pay_there(transaction_amount=20000)
    pay_there(transaction_amount=20000)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PAID, "")
    assert given_back(mercadopago_standin, bought_order) == [15000]


def test_one_payment_above_the_price_waits_for_a_person(
    bought_order: Order, pay_there: PayAgain, run_jobs: RunJobs
) -> None:
    pay_there(transaction_amount=26000)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PAID, "Se pagó más que el precio.")
    assert not Refund.objects.exists()


def test_excess_that_is_refused_waits_for_a_person(
    bought_order: Order,
    bought_payment: Payment,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.fail("400", match="POST .*refunds")
    second = pay_there()
    run_jobs()
    sync_payment(second.payment_id)
    run_jobs()
    assert given_back(mercadopago_standin, bought_order) == []
    bought_order.refresh_from_db()
    assert "Mercado Pago rechazó una devolución." in bought_order.attention


def test_excess_is_not_given_back_during_a_dispute(
    bought_order: Order, bought_payment: Payment, pay_there: PayAgain, mercadopago_standin: StandIn
) -> None:
    mercadopago_standin.change_payment(bought_payment.payment_id, status="in_mediation", notify=False)
    sync_payment(bought_payment.payment_id)
    pay_there()
    assert not Refund.objects.exists()


def test_excess_is_not_given_back_while_one_of_three_payments_is_in_dispute(
    bought_order: Order, bought_payment: Payment, pay_there: PayAgain, mercadopago_standin: StandIn
) -> None:
    mercadopago_standin.change_payment(bought_payment.payment_id, status="in_mediation", notify=False)
    sync_payment(bought_payment.payment_id)
    pay_there()
    pay_there()
    assert not Refund.objects.exists()
    mercadopago_standin.change_payment(bought_payment.payment_id, status="approved", notify=False)
    sync_payment(bought_payment.payment_id)
    assert sum(each.amount for each in Refund.objects.all()) == 2 * PRICE


def test_payment_approved_after_the_link_expired_is_honoured(
    bought_order: Order, pay_there: PayAgain
) -> None:
    Order.objects.update(expires_at=timezone.now() - datetime.timedelta(days=3))
    pay_there()
    assert bought_order.money == Money.PAID
    assert bought_order.fulfilled_at is not None
    assert not Refund.objects.exists()


def test_refusal_of_what_somebody_gave_back_in_the_panel_needs_nobody(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    """The panel was faster; the list of refunds does not tell ours from theirs, so ours counts as done."""
    refund = ask_refund(by=administrator, payment=bought_payment, amount=PRICE, reason=RefundReason.OTHER)
    mercadopago_standin.refund_in_panel(bought_payment.payment_id)
    run_jobs()
    refund.refresh_from_db()
    bought_order.refresh_from_db()
    assert (refund.state, bought_order.money, bought_order.attention) == ("done", Money.REFUNDED, "")
    assert given_back(mercadopago_standin, bought_order) == [25000]


def test_refusal_after_two_parts_of_the_panel_needs_nobody(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    refund = ask_refund(by=administrator, payment=bought_payment, amount=PRICE, reason=RefundReason.OTHER)
    for part in (10000, 15000):
        mercadopago_standin.refund_in_panel(bought_payment.payment_id, part)
    run_jobs()
    refund.refresh_from_db()
    bought_order.refresh_from_db()
    assert (refund.state, bought_order.money, bought_order.attention) == ("refused", Money.REFUNDED, "")
    assert refunds_to_tell(bought_order) == list(Refund.objects.exclude(pk=refund.pk))


def test_old_news_after_a_whole_refund_changes_nothing(
    bought_order: Order, bought_payment: Payment, administrator: User, run_jobs: RunJobs
) -> None:
    before = bought_payment.last_updated
    ask_refund(by=administrator, payment=bought_payment, amount=PRICE, reason=RefundReason.OTHER)
    run_jobs()
    pay(bought_order, id=bought_payment.payment_id, date_last_updated=before)
    assert (bought_order.money, Refund.objects.count()) == (Money.REFUNDED, 1)


def test_email_of_an_excess_says_that_the_purchase_stays_as_it_is(
    bought_order: Order, bought_payment: Payment, pay_there: PayAgain, run_jobs: RunJobs
) -> None:
    pay_there()
    run_jobs()
    [letter] = [each for each in mail.outbox if each.subject.endswith("Te devolvimos dinero")]
    assert "Habías pagado de más; tu compra sigue igual" in letter.body
    said = letter.body.replace("/consultas/orden/", "")
    assert "consulta" not in said


def test_email_of_a_price_that_went_back_speaks_of_no_excess(
    bought_payment: Payment, administrator: User, run_jobs: RunJobs
) -> None:
    ask_refund(by=administrator, payment=bought_payment, amount=PRICE, reason=RefundReason.OTHER)
    run_jobs()
    [letter] = [each for each in mail.outbox if each.subject.endswith("Te devolvimos dinero")]
    assert "de más" not in letter.body
