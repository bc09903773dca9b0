"""Two people in the office, or two reports, at the same moment: only PostgreSQL can show what goes wrong."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection

from consultations.actions.attaching import attach
from consultations.actions.orders import place_order
from consultations.actions.payments import apply_report, sync_payment
from consultations.mercadopago import get_payment
from consultations.models import Order, Payment, PaymentEvent, PaymentFlag
from home.models import User
from tests.consultations.test_client_concurrency import at_once
from tests.fixtures.people import make_person
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


def test_one_report_many_times_at_once_is_one_step(
    bought_order: Order, mercadopago_standin: StandIn, settings: Any
) -> None:
    made = mercadopago_standin.create_payment(bought_order.preference_id, notify=False)
    report = get_payment(int(made["id"]))
    at_once(*[lambda: apply_report(report) for _ in range(4)])
    assert PaymentEvent.objects.count() == 1
