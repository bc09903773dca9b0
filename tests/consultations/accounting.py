"""What the tests of the accounts share: a day that has ended, and payments made on it at the stand-in."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from consultations.actions.balance import balance_due, expected_days
from consultations.actions.balance_day import bounds
from consultations.models import BalanceDay, Order, Payment
from tests.fixtures.consultations import pay
from tests.standins.fixtures import StandIn

SANTIAGO = datetime.timezone(datetime.timedelta(hours=-3))
WEEK_AGO = datetime.timedelta(days=7)


def open_since_a_week() -> None:
    """As if the first order that could be paid was asked for a week ago."""
    Order.objects.exclude(link_asked_at=None).update(link_asked_at=timezone.now() - WEEK_AGO)


def the_day() -> datetime.date:
    """The last day that is compared."""
    return expected_days()[0]


def noon(day: datetime.date | None = None) -> datetime.datetime:
    return bounds(day or the_day())[0] + datetime.timedelta(hours=12)


def pay_on_the_day(standin: StandIn, order: Order, **fields: Any) -> int:
    """A payment made and last changed at noon of `the_day`, that the site has not heard of."""
    at = fields.pop("at", None) or noon()
    moments = dict.fromkeys(("date_created", "date_approved", "date_last_updated"), at.isoformat())
    made = standin.create_payment(order.preference_id, **{"notify": False, **moments, **fields})
    return int(made["id"])


def make_due() -> None:
    BalanceDay.objects.update(next_check_at=timezone.now())


def compare_all() -> BalanceDay:
    """Compare every day that is expected, now; gives the last of them."""
    make_due()
    balance_due()
    return BalanceDay.objects.get(day=the_day())


def forget(payment_id: int, **facts: Any) -> None:
    """As if the site had missed what happened to a payment since it was like this."""
    Payment.objects.filter(payment_id=payment_id).update(**facts)


def at_noon(day: int, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, 12, tzinfo=SANTIAGO)


def told(order: Order, payment_id: int, day: int, month: int = 11, **facts: Any) -> None:
    """Mercado Pago tells how a payment is since noon of a day; it was approved on 3 November."""
    approved, changed = at_noon(3), at_noon(day, month)
    pay(order, id=payment_id, date_approved=approved, date_last_updated=changed, **facts)
