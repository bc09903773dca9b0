"""Giving money back, with the official SDK against the stand-in Mercado Pago: once, and never too much."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from consultations import jobs
from consultations.actions.errors import NotAllowed
from consultations.actions.payments import sync_payment
from consultations.actions.refunds import ask_refund, left_of
from consultations.enums import Money, RefundReason, RefundState
from consultations.models import Order, Payment, Refund
from home.models import User
from tests.fixtures.refunds import due_again, given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


def ask(by: User, payment: Payment, amount: int = 25000, **changes: Any) -> Refund:
    return ask_refund(by=by, payment=payment, amount=Decimal(amount), reason=RefundReason.OTHER, **changes)


def state(refund: Refund) -> RefundState:
    refund.refresh_from_db()
    return RefundState(refund.state)


def test_whole_refund_gives_everything_back_and_tells_the_client(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    run_jobs()
    mail.outbox.clear()
    refund = ask(administrator, bought_payment)
    assert given_back(mercadopago_standin, bought_order) == [], "Mercado Pago hears of it from the queue"
    run_jobs()
    bought_order.refresh_from_db()
    assert (state(refund), bought_order.money) == (RefundState.DONE, Money.REFUNDED)
    assert given_back(mercadopago_standin, bought_order) == [25000]
    assert (refund.by, refund.next_try_at, bool(refund.refund_id)) == (administrator, None, True)
    assert [message.to for message in mail.outbox] == [[bought_order.client.email]]
    assert Refund.objects.count() == 1


def test_parts_add_up_to_the_whole_and_no_more(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    ask(administrator, bought_payment, 10000)
    with pytest.raises(NotAllowed, match=r"quedan \$15\.000 CLP"):
        ask(administrator, bought_payment, 15001)
    run_jobs()
    bought_order.refresh_from_db()
    assert bought_order.money == Money.PARTIALLY_REFUNDED
    ask(administrator, bought_payment, 15000)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, left_of(bought_payment)) == (Money.REFUNDED, 15000 - 15000)
    assert given_back(mercadopago_standin, bought_order) == [10000, 15000]


@pytest.mark.parametrize(
    ("amount", "problem"), [("0", "mayor"), ("-5", "mayor"), ("100.50", "decimales"), ("25001", "quedan")]
)
def test_amount_that_cannot_be_given_back_is_refused(
    amount: str, problem: str, bought_payment: Payment, administrator: User
) -> None:
    with pytest.raises(NotAllowed, match=problem):
        ask_refund(
            by=administrator, payment=bought_payment, amount=Decimal(amount), reason=RefundReason.OTHER
        )
    assert not Refund.objects.exists()


@pytest.mark.parametrize("role", ["client_user", "other_client", "psychologist", "editor", "marketer"])
def test_refund_needs_the_permission(
    role: str, bought_payment: Payment, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed, match="permiso"):
        ask(request.getfixturevalue(role), bought_payment)
    assert not Refund.objects.exists()


def test_payment_in_mediation_is_not_given_back(
    bought_payment: Payment, administrator: User, mercadopago_standin: StandIn
) -> None:
    mercadopago_standin.change_payment(bought_payment.payment_id, status="in_mediation", notify=False)
    sync_payment(bought_payment.payment_id)
    with pytest.raises(NotAllowed, match="no se puede devolver ahora"):
        ask(administrator, bought_payment)


def test_same_form_sent_twice_is_one_refund(bought_payment: Payment, administrator: User) -> None:
    attempt = uuid.uuid4()
    first = ask(administrator, bought_payment, 5000, attempt=attempt)
    assert ask(administrator, bought_payment, 5000, attempt=attempt) == first
    assert Refund.objects.count() == 1


def test_rollback_sends_nothing(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    run_jobs()
    with transaction.atomic():
        ask(administrator, bought_payment)
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()
    jobs.reconcile_payments()
    assert given_back(mercadopago_standin, bought_order) == []


def test_lost_answer_is_asked_again_with_the_same_key(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.fail("lost", match="POST .*refunds")
    refund = ask(administrator, bought_payment, 10000)
    run_jobs()
    assert state(refund) == RefundState.ASKED
    jobs.carry_out_refund(refund.pk)
    assert refund.tries == 1, "it waits for its time"
    due_again()
    jobs.reconcile_payments()
    assert state(refund) == RefundState.DONE
    assert given_back(mercadopago_standin, bought_order) == [10000]


def test_lost_answer_and_a_webhook_meanwhile_are_one_refund_and_one_email(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    run_jobs()
    mail.outbox.clear()
    mercadopago_standin.fail("lost", match="POST .*refunds")
    refund = ask(administrator, bought_payment, 10000)
    run_jobs()
    sync_payment(bought_payment.payment_id)
    run_jobs()
    assert Refund.objects.count() == 2, "it looks like one of the panel, so far"
    due_again()
    jobs.reconcile_payments()
    run_jobs()
    assert Refund.objects.get() == refund
    assert state(refund) == RefundState.DONE
    assert (given_back(mercadopago_standin, bought_order), len(mail.outbox)) == ([10000], 1)


@pytest.mark.parametrize("failure", ["500", "429", "html", "reset", "401"])
def test_failure_of_mercado_pago_is_tried_again(
    failure: str,
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.fail(failure, match="POST .*refunds")
    refund = ask(administrator, bought_payment)
    run_jobs()
    assert (state(refund), given_back(mercadopago_standin, bought_order)) == (RefundState.ASKED, [])
    assert refund.next_try_at is not None
    assert refund.next_try_at > timezone.now()
    due_again()
    jobs.reconcile_payments()
    assert (state(refund), given_back(mercadopago_standin, bought_order)) == (RefundState.DONE, [25000])


def test_payment_that_could_not_be_read_again_is_read_later(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.fail("500", match="GET /v1/payments/[0-9]+$")
    refund = ask(administrator, bought_payment)
    run_jobs()
    bought_order.refresh_from_db()
    assert (state(refund), bought_order.money) == (RefundState.DONE, Money.PAID)
    due_again()
    jobs.reconcile_payments()
    bought_order.refresh_from_db()
    assert bought_order.money == Money.REFUNDED
    assert given_back(mercadopago_standin, bought_order) == [25000]


def test_refusal_is_told_to_the_office_until_another_refund_follows(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.fail("400", match="POST .*refunds")
    refund = ask(administrator, bought_payment)
    run_jobs()
    bought_order.refresh_from_db()
    assert (state(refund), bought_order.money) == (RefundState.REFUSED, Money.PAID)
    assert bought_order.attention == "Mercado Pago rechazó una devolución."
    ask(administrator, bought_payment)
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.REFUNDED, "")


def test_refusal_after_a_try_that_worked_is_no_refusal(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    """The answer was lost, and Mercado Pago no longer knows the key: its list tells."""
    mercadopago_standin.fail("lost", match="POST .*refunds")
    mercadopago_standin.fail("400", match="POST .*refunds")
    refund = ask(administrator, bought_payment)
    run_jobs()
    due_again()
    jobs.reconcile_payments()
    assert state(refund) == RefundState.DONE
    assert given_back(mercadopago_standin, bought_order) == [25000]


def test_refund_of_the_panel_before_ours_is_not_taken_for_it(
    bought_payment: Payment, administrator: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    earlier = mercadopago_standin.refund_in_panel(bought_payment.payment_id, 5000)
    mercadopago_standin.fail("400", match="POST .*refunds")
    refund = ask(administrator, bought_payment, 5000)
    Refund.objects.filter(pk=refund.pk).update(asked_at=timezone.now() + datetime.timedelta(hours=1))
    run_jobs()
    assert state(refund) == RefundState.REFUSED
    assert Refund.objects.get(refund_id=earlier["id"]).reason == RefundReason.IN_PANEL


def test_refund_of_the_panel_is_recorded_once(
    bought_order: Order, bought_payment: Payment, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    run_jobs()
    mail.outbox.clear()
    made = mercadopago_standin.refund_in_panel(bought_payment.payment_id, 5000)
    for _ in range(2):
        sync_payment(bought_payment.payment_id)
        run_jobs()
    [refund] = Refund.objects.all()
    assert (refund.refund_id, refund.amount) == (made["id"], Decimal(5000))
    assert (refund.reason, refund.state, refund.by) == (RefundReason.IN_PANEL, RefundState.DONE, None)
    bought_order.refresh_from_db()
    assert (bought_order.money, len(mail.outbox)) == (Money.PARTIALLY_REFUNDED, 1)
    assert left_of(bought_payment) == 20000


def test_email_of_a_refund_is_neutral(
    bought_order: Order, bought_payment: Payment, administrator: User, run_jobs: RunJobs
) -> None:
    ask(administrator, bought_payment, 10000, note="Reclamó por la carta.")
    run_jobs()
    message = mail.outbox[-1]
    assert message.subject == "Te devolvimos dinero"
    assert "Devolvimos $10.000 CLP de tu compra en Need." in message.body
    assert f"Compra: Servicio en línea Need\nReferencia: {bought_order.reference}\n" in message.body
    whole = message.body + str(message.alternatives)  # type: ignore[attr-defined]
    hidden = ["Reclamó", "orientación", "psic", bought_order.service.name, bought_order.client.pseudonym]
    assert not [word for word in hidden if word in whole]
