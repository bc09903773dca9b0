"""Every step of a payment is kept, once, in the transaction that takes it."""

from __future__ import annotations

import datetime
import importlib
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from consultations.actions.disputes import read_chargeback
from consultations.actions.orders import start_checkout
from consultations.actions.payments import apply_report, sync_order
from consultations.mercadopago_reports import PaymentReport
from consultations.models import Order, PaymentEvent
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
BEGAN = datetime.datetime(2026, 3, 1, 9, 0, tzinfo=datetime.UTC)
FIRST, SECOND = "2030-01-10T15:00:00.000-04:00", "2030-01-20T15:00:00.000-04:00"


def report(order: Order, minute: int, status: str, **changes: Any) -> PaymentReport:
    fields: dict[str, Any] = {
        "id": 77,
        "status": status,
        "status_detail": "",
        "external_reference": order.reference,
        "currency": order.currency,
        "amount": order.amount,
        "refunded": Decimal(0),
        "collector_id": 1,
        "live_mode": True,
        "order_id": 900,
        "payment_type": "credit_card",
        "date_last_updated": BEGAN + datetime.timedelta(minutes=minute),
        "refunds": (),
    }
    return PaymentReport(**{**fields, **changes})


def steps() -> list[tuple[str, Decimal]]:
    return list(PaymentEvent.objects.values_list("status", "refunded"))


def test_every_step_of_a_payment_is_kept_with_its_own_date(order: Order) -> None:
    for minute, status in enumerate(["in_process", "approved", "in_mediation"]):
        apply_report(report(order, minute, status))
    apply_report(report(order, 3, "refunded", refunded=order.amount))
    assert steps() == [("in_process", 0), ("approved", 0), ("in_mediation", 0), ("refunded", order.amount)]
    last = PaymentEvent.objects.last()
    assert last is not None
    assert (last.order, last.payment_id, last.amount) == (order, 77, order.amount)
    assert last.at == BEGAN + datetime.timedelta(minutes=3)
    assert timezone.now() - last.seen_at < datetime.timedelta(minutes=1)


def test_partial_refund_is_a_step_although_the_status_stays(order: Order) -> None:
    apply_report(report(order, 0, "approved"))
    apply_report(report(order, 1, "approved", refunded=Decimal(1000)))
    assert steps() == [("approved", 0), ("approved", 1000)]


def test_what_changes_nothing_is_no_step(order: Order) -> None:
    approved = report(order, 5, "approved")
    for told in (approved, approved, report(order, 4, "in_process"), report(order, 6, "approved")):
        apply_report(told)
    assert steps() == [("approved", 0)]


def test_step_is_not_kept_when_its_report_is_not(order: Order) -> None:
    with transaction.atomic():
        apply_report(report(order, 0, "approved"))
        transaction.set_rollback(True)
    assert not PaymentEvent.objects.exists()


def test_chargeback_is_a_step_whenever_its_deadline_changes(
    order: Order, mercadopago_standin: StandIn, settings: Any
) -> None:
    settings.DEBUG = True
    start_checkout(order)
    made = mercadopago_standin.create_payment(order.preference_id, notify=False)
    sync_order(order)
    opened = [mercadopago_standin.charge_back(made["id"], deadline=each) for each in (FIRST, SECOND)]
    for chargeback in opened:
        for _ in range(2):
            read_chargeback(int(chargeback["id"]), named=None)
    noted = PaymentEvent.objects.filter(kind="chargeback").order_by("pk")
    assert [(each.chargeback_id, each.deadline) for each in noted] == [
        (int(opened[0]["id"]), datetime.datetime.fromisoformat(FIRST)),
        (int(opened[1]["id"]), datetime.datetime.fromisoformat(SECOND)),
    ]


def test_payments_from_before_get_the_one_step_that_is_known(order: Order) -> None:
    apply_report(report(order, 0, "approved"))
    PaymentEvent.objects.all().delete()
    migration = importlib.import_module("consultations.migrations.0010_payment_events_so_far")
    for _ in range(2):
        migration.note_newest(apps, None)
    assert steps() == [("approved", 0)]
    assert PaymentEvent.objects.get().at == BEGAN
