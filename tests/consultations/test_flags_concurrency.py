"""Two people in the office, or two reports, at the same moment: only PostgreSQL can show what goes wrong."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from consultations.actions.attaching import attach
from consultations.actions.errors import NotAllowed
from consultations.actions.flags import raise_flag
from consultations.actions.hints import FRAUD_ALERT, store_hint, work_off
from consultations.actions.orders import place_order
from consultations.actions.payments import apply_report, sync_payment
from consultations.actions.resolving import reopen, resolve
from consultations.enums import Money, Reason
from consultations.mercadopago import get_payment
from consultations.models import Order, Payment, PaymentEvent, PaymentFlag
from home.models import User
from tests.consultations.test_client_concurrency import at_once
from tests.fixtures.people import make_person
from tests.fixtures.refunds import PayAgain
from tests.standins.fixtures import StandIn

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer at a time"
    ),
]


def test_payment_given_to_two_orders_at_once_goes_to_one(
    bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    link = bought_order.preference_id
    made = mercadopago_standin.create_payment(link, notify=False, external_reference="OTRA-TIENDA")
    sync_payment(int(made["id"]))
    other = place_order(by=bought_order.client, service=bought_order.service, attempt=uuid.uuid4())
    colleague = make_person("otra.admin@example.com", group="Administradores")

    def giving(by: User, order: Order) -> object:
        return attach(by=by, flag=PaymentFlag.objects.get(), order=order, resolution="Lo mostró.")

    results = at_once(lambda: giving(administrator, bought_order), lambda: giving(colleague, other))
    assert sorted(type(each).__name__ for each in results) == ["NotAllowed", "Order"]
    assert Payment.objects.count() == 1
    assert PaymentFlag.objects.get().resolved_by is not None


def test_payment_given_to_its_order_while_a_report_of_it_arrives_is_counted_once(
    bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    """Neither waits for the other's lock: both take the order's first."""
    made = mercadopago_standin.create_payment(
        bought_order.preference_id, notify=False, external_reference="OTRA-TIENDA"
    )
    sync_payment(int(made["id"]))
    flag, strange = PaymentFlag.objects.get(), get_payment(int(made["id"]))
    named = replace(strange, external_reference=bought_order.reference)

    def giving() -> object:
        return attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")

    results = at_once(giving, lambda: apply_report(named))
    assert isinstance(results[1], Order)
    assert isinstance(results[0], Order | NotAllowed)
    assert Payment.objects.get().order == bought_order
    flag.refresh_from_db()
    assert flag.resolved_at or flag.cleared_at


def test_payment_given_to_one_order_while_a_report_of_it_names_another_stays_with_one(
    bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    """Each locks the order it knows of: the money of both must be that of the payments they end up with."""
    made = mercadopago_standin.create_payment(
        bought_order.preference_id, notify=False, external_reference="OTRA-TIENDA"
    )
    sync_payment(int(made["id"]))
    flag, strange = PaymentFlag.objects.get(), get_payment(int(made["id"]))
    other = place_order(by=bought_order.client, service=bought_order.service, attempt=uuid.uuid4())
    named = replace(strange, external_reference=other.reference)

    def giving() -> object:
        return attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")

    results = at_once(giving, lambda: apply_report(named))
    owner = Payment.objects.get().order
    assert results[1] == owner
    money = {each.pk: each.money for each in Order.objects.all()}
    assert [pk for pk in money if money[pk] == Money.PAID] == [owner.pk]


def test_two_alerts_of_one_order_at_once_stop_it_once(
    bought_order: Order, pay_there: PayAgain, settings: Any
) -> None:
    payments = [pay_there().payment_id, pay_there(transaction_amount=1000).payment_id]
    hints = [store_hint(topic=FRAUD_ALERT, data_id="", request_id="r", payment_id=each) for each in payments]
    at_once(*[lambda hint=hint: work_off(hint) for hint in hints])
    bought_order.refresh_from_db()
    assert bought_order.is_under_fraud_alert
    assert PaymentFlag.objects.get(reason=Reason.FRAUD).about == ", ".join(map(str, sorted(payments)))


def test_decision_taken_back_by_two_at_once_is_asked_about_once(administrator: User) -> None:
    flag = raise_flag(Reason.UNKNOWN_ORDER, payment_id=7, about="approved")
    resolve(by=administrator, flag=flag, resolution="No es nuestro.")
    results = at_once(
        *[lambda: reopen(by=administrator, flag=PaymentFlag.objects.get(pk=flag.pk)) for _ in range(2)]
    )
    assert sorted(type(each).__name__ for each in results) == ["NotAllowed", "PaymentFlag"]
    assert PaymentFlag.objects.filter(cleared_at=None).count() == 1


def test_one_report_many_times_at_once_is_one_step(
    bought_order: Order, mercadopago_standin: StandIn, settings: Any
) -> None:
    made = mercadopago_standin.create_payment(bought_order.preference_id, notify=False)
    report = get_payment(int(made["id"]))
    at_once(*[lambda: apply_report(report) for _ in range(4)])
    assert PaymentEvent.objects.count() == 1
