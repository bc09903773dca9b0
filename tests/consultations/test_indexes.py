"""What is asked for often is found by an index, however many orders there are."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from consultations.actions.balance import drift
from consultations.actions.refunds import stuck
from consultations.enums import PaymentEventKind
from consultations.models import Order, PaymentEvent

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def plan_of(query: QuerySet) -> str:
    """How the database looks for it, when reading all of a small table costs too much as well."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return query.explain()


def scans(plan: str) -> list[str]:
    """The lines that tell of a whole table being read; the first of an index is no whole table."""
    lines = [line for line in plan.splitlines() if "order_first_link" not in line]
    return [line for line in lines if "Seq Scan" in line or "SCAN consultations" in line]


def queries() -> dict[str, QuerySet]:
    """By what asks: balance and health, return page and receipt, chargebacks, accounts, the office."""
    events = PaymentEvent.objects.all()
    return {
        "first link": Order.objects.filter(link_asked_at__isnull=False).order_by("link_asked_at")[:1],
        "return": Order.objects.filter(return_token="a"),
        "chargeback": events.filter(payment_id=7, kind=PaymentEventKind.CHARGEBACK),
        "month": events.filter(kind=PaymentEventKind.REPORT, at__gte=NOW, at__lt=timezone.now()),
        "refunds": stuck(),
        "drift": drift(),
    }


@pytest.mark.parametrize("name", queries())
def test_no_whole_table_is_read(name: str) -> None:
    plan = plan_of(queries()[name])
    assert scans(plan) == [], plan
