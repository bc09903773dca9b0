"""Refunds and withdrawals at the same moment: only PostgreSQL can show what goes wrong here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from consultations.actions.consultations import take
from consultations.actions.errors import NotAllowed
from consultations.actions.payments import apply_report, sync_payment
from consultations.actions.refunding import carry_out
from consultations.actions.refunds import ask_refund
from consultations.actions.withdrawal import withdraw
from consultations.enums import RefundReason, Status
from consultations.models import Consultation, Order, Payment, Refund
from home.models import User
from tests.consultations.test_client_concurrency import at_once, report_of
from tests.fixtures.people import make_person
from tests.fixtures.refunds import given_back
from tests.standins.fixtures import StandIn

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer at a time"
    ),
]


def test_two_administrators_at_once_give_back_no_more_than_was_paid(
    paid_order: Order, administrator: User
) -> None:
    other = make_person("otra.admin@example.com", group="Administradores")
    amount = paid_order.amount * 3 / 5

    def asking(by: User) -> object:
        payment = Payment.objects.get()
        return ask_refund(by=by, payment=payment, amount=amount, reason=RefundReason.OTHER)

    results = at_once(lambda: asking(administrator), lambda: asking(other))
    assert sorted(type(each).__name__ for each in results) == ["NotAllowed", "Refund"]
    assert Refund.objects.count() == 1


def test_client_who_withdraws_and_psychologist_who_takes_at_once_one_gets_it(
    waiting_consultation: Consultation, client_user: User, psychologist: User
) -> None:
    results = at_once(
        lambda: withdraw(by=client_user, consultation=Consultation.objects.get()),
        lambda: take(by=psychologist, consultation=Consultation.objects.get()),
    )
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotAllowed"]
    waiting_consultation.refresh_from_db()
    withdrawn = results[0] is None
    assert waiting_consultation.status == (Status.WITHDRAWN if withdrawn else Status.IN_CARE)
    assert Refund.objects.count() == int(withdrawn)
    assert waiting_consultation.turns.exists() == (not withdrawn)


@pytest.mark.parametrize("client_first", [True, False])
def test_who_comes_before_the_other_has_committed_waits_and_is_refused(
    client_first: bool, waiting_consultation: Consultation, client_user: User, psychologist: User
) -> None:
    """The second reads a case that still waits, for the first has not committed: its step finds it gone."""
    begun = threading.Event()
    acts: list[Callable[[], None]] = [
        lambda: withdraw(by=client_user, consultation=Consultation.objects.get()),
        lambda: take(by=psychologist, consultation=Consultation.objects.get()),
    ]
    first, second = acts if client_first else reversed(acts)

    def slowly() -> None:
        with transaction.atomic():
            first()
            begun.set()
            time.sleep(0.5)

    def late() -> None:
        begun.wait(10)
        second()

    results = at_once(slowly, late)
    assert [type(each).__name__ for each in results] == ["NoneType", "NotAllowed"]
    waiting_consultation.refresh_from_db()
    assert waiting_consultation.status == (Status.WITHDRAWN if client_first else Status.IN_CARE)
    assert Refund.objects.count() == int(client_first)


def test_withdrawing_twice_at_once_asks_for_one_refund(
    waiting_consultation: Consultation, client_user: User
) -> None:
    def withdrawing() -> None:
        withdraw(by=client_user, consultation=Consultation.objects.get())

    results = at_once(withdrawing, withdrawing, withdrawing)
    assert sum(isinstance(each, NotAllowed) for each in results) == 2
    assert Refund.objects.count() == 1


def test_second_payment_read_many_times_at_once_is_given_back_once(order: Order) -> None:
    reports = [report_of(order, pk) for pk in (77, 78)] * 4
    results = at_once(*[lambda report=report: apply_report(report) for report in reports])
    assert [each for each in results if isinstance(each, Exception)] == []
    assert Refund.objects.get().amount == order.amount


def test_job_and_recurring_job_at_once_give_back_once(
    bought_order: Order, bought_payment: Payment, administrator: User, mercadopago_standin: StandIn
) -> None:
    refund = ask_refund(
        by=administrator, payment=bought_payment, amount=bought_order.amount, reason=RefundReason.OTHER
    )
    acts = [lambda: carry_out(refund.pk)] * 3
    results = at_once(*acts, lambda: sync_payment(bought_payment.payment_id))
    assert sorted(str(each) for each in results[:3]) == ["False", "False", "True"]
    assert given_back(mercadopago_standin, bought_order) == [25000]
    assert Refund.objects.count() == 1
