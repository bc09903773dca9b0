"""Two at the same moment. SQLite has one writer at a time: only PostgreSQL can show what goes wrong here."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from consultations.actions.consultations import reply, submit_case, take
from consultations.actions.errors import NotAllowed
from consultations.actions.orders import place_order
from consultations.actions.payments import apply_report
from consultations.enums import Money, Status, TurnKind
from consultations.mercadopago_reports import PaymentReport
from consultations.models import Consultation, Order, Payment, Service
from home.models import TouchpointLog, User
from tests.fixtures.consultations import CASE

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer at a time"
    ),
]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do everything at the same moment, each on a connection of its own; gives results or exceptions."""
    start = threading.Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def report_of(order: Order, payment_id: int, **changes: Any) -> PaymentReport:
    fields: dict[str, Any] = {
        "id": payment_id,
        "status": "approved",
        "status_detail": "accredited",
        "external_reference": order.reference,
        "currency": order.currency,
        "amount": order.amount,
        "refunded": Decimal(0),
        "collector_id": None,
        "live_mode": True,
        "order_id": None,
        "payment_type": "credit_card",
        "date_last_updated": timezone.now(),
        "refunds": (),
    }
    return PaymentReport(**{**fields, **changes})


def queued(name: str) -> int:
    return sum(SignedPackage.loads(row.payload)["func"] == name for row in OrmQ.objects.all())


def logged(name: str) -> int:
    return TouchpointLog.objects.filter(name=name).count()


@pytest.mark.parametrize("payment_ids", [(77, 77, 77, 77), (77, 78, 79, 80)])
def test_reports_at_once_open_one_consultation(payment_ids: tuple[int, ...], order: Order) -> None:
    acts = [lambda pk=pk: apply_report(report_of(order, pk)) for pk in payment_ids]
    assert [each for each in at_once(*acts) if isinstance(each, Exception)] == []
    order.refresh_from_db()
    assert order.money == Money.PAID
    assert Payment.objects.count() == len(set(payment_ids))
    assert Consultation.objects.count() == 1
    assert (queued("consultations.jobs.send_payment_received"), logged("order_paid")) == (1, 1)


def test_halves_at_once_add_up_to_a_paid_order(order: Order) -> None:
    half = order.amount / 2
    acts = [lambda pk=pk: apply_report(report_of(order, pk, amount=half)) for pk in (77, 78)]
    at_once(*acts)
    order.refresh_from_db()
    assert order.money == Money.PAID
    assert Consultation.objects.count() == 1


def test_two_psychologists_at_once_get_one_consultation(
    waiting_consultation: Consultation, psychologist: User, colleague: User
) -> None:
    def taking(by: User) -> Callable[[], object]:
        return lambda: take(by=by, consultation=Consultation.objects.get(pk=waiting_consultation.pk))

    results = at_once(taking(psychologist), taking(colleague))
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotAllowed"]
    waiting_consultation.refresh_from_db()
    winner = psychologist if results[0] is None else colleague
    assert (waiting_consultation.status, waiting_consultation.psychologist) == (Status.IN_CARE, winner)
    assert logged("case_taken") == 1


def test_double_click_at_once_is_one_order(client_user: User, service: Service) -> None:
    attempt = uuid.uuid4()
    acts = [lambda: place_order(by=client_user, service=service, attempt=attempt)] * 4
    results = at_once(*acts)
    assert {order.pk for order in results if isinstance(order, Order)} == {Order.objects.get().pk}
    assert len(results) == 4
    assert logged("checkout_started") == 1


def test_case_sent_twice_at_once_arrives_once(paid_consultation: Consultation, client_user: User) -> None:
    def sending() -> object:
        consultation = Consultation.objects.get(pk=paid_consultation.pk)
        return submit_case(by=client_user, consultation=consultation, content=dict(CASE), mood=None)

    results = at_once(sending, sending, sending)
    assert sum(isinstance(each, NotAllowed) for each in results) == 2
    assert paid_consultation.turns.count() == 1


def test_last_reply_sent_twice_at_once_is_used_once(
    answered_consultation: Consultation, client_user: User
) -> None:
    def replying() -> object:
        consultation = Consultation.objects.get(pk=answered_consultation.pk)
        return reply(by=client_user, consultation=consultation, text="Probé.")

    results = at_once(replying, replying)
    assert sum(isinstance(each, NotAllowed) for each in results) == 1
    answered_consultation.refresh_from_db()
    assert answered_consultation.replies_used == 1
    assert answered_consultation.turns.filter(kind=TurnKind.REPLY).count() == 1
