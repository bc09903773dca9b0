"""After an outage there is more to look at than one pass can: the next one follows at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from consultations.actions.orders import start_checkout
from consultations.actions.payments import sync_order
from consultations.actions.reconciliation import reconcile_due
from consultations.enums import Money
from consultations.models import Order
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
NEXT_PASS = "consultations.jobs.reconcile_payments"


@pytest.fixture
def paid_unknown_to_us(mercadopago_standin: StandIn, order: Order, settings: Any) -> Order:
    """Paid at Mercado Pago, told by no webhook, and due to be looked at."""
    settings.DEBUG = True
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, notify=False)
    Order.objects.update(next_check_at=timezone.now() - datetime.timedelta(seconds=1))
    return order


def next_passes() -> int:
    return sum(job.func() == NEXT_PASS for job in OrmQ.objects.all())


def test_pass_without_time_is_followed_by_one_other(paid_unknown_to_us: Order) -> None:
    for _ in range(3):
        reconcile_due(seconds=0)
    assert next_passes() == 1


def test_pass_that_looked_at_everything_is_followed_by_none(paid_unknown_to_us: Order) -> None:
    assert reconcile_due() == 1
    assert next_passes() == 0


def test_following_pass_finds_the_payment(
    paid_unknown_to_us: Order, run_jobs: Callable[[], list[str]]
) -> None:
    run_jobs()
    reconcile_due(seconds=0)
    assert NEXT_PASS in run_jobs()
    paid_unknown_to_us.refresh_from_db()
    assert paid_unknown_to_us.money == Money.PAID


def test_paid_order_makes_room_for_those_that_may_be_paid(paid_unknown_to_us: Order) -> None:
    sync_order(paid_unknown_to_us)
    paid_unknown_to_us.refresh_from_db()
    assert paid_unknown_to_us.next_check_at is not None
    wait = paid_unknown_to_us.next_check_at - timezone.now()
    assert datetime.timedelta(minutes=19) < wait <= datetime.timedelta(minutes=20)


def test_order_that_is_looked_at_no_more_stays_so_when_paid(paid_unknown_to_us: Order) -> None:
    Order.objects.update(next_check_at=None)
    sync_order(paid_unknown_to_us)
    paid_unknown_to_us.refresh_from_db()
    assert (paid_unknown_to_us.money, paid_unknown_to_us.next_check_at) == (Money.PAID, None)
