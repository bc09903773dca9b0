"""How a gift is, and how its buyer is told that it is: once it was redeemed, used for good."""

from __future__ import annotations

import datetime

from django.db.models import Prefetch, QuerySet

from consultations.actions.payments import expected_of
from consultations.actions.refunds import left
from consultations.enums import GiftState
from consultations.models import Gift, Order, Refund
from consultations.money import ZERO, counts
from consultations.order_state import gift_state


def with_gift_money(orders: QuerySet[Order]) -> QuerySet[Order]:
    """With what is asked here of each, whatever their number."""
    refunds = Refund.objects.only("payment_id", "state", "amount")
    return orders.prefetch_related("payments", Prefetch("payments__refunds", refunds))


def state_now(gift: Gift, order: Order, now: datetime.datetime) -> GiftState:
    """What it really is: for the office, and for whoever wants to redeem it."""
    return gift_state(gift, order, now, going_back=is_going_back(order))


def state_to_tell(gift: Gift, order: Order, now: datetime.datetime) -> GiftState:
    """What its buyer is told: that somebody redeemed it and then withdrew is not theirs to know."""
    if gift.first_redeemed_at is not None and gift.withdrawn_at is None:
        return GiftState.USED
    return state_now(gift, order, now)


def is_going_back(order: Order) -> bool:
    """Whether all that was paid has gone back or was asked to, whatever Mercado Pago has answered so far."""
    expected = expected_of(order)
    paid = [each for each in order.payments.all() if counts(expected, each)]
    rest = [left(each, [(row.state, row.amount) for row in each.refunds.all()]) for each in paid]
    return bool(paid) and sum(rest, ZERO) <= ZERO
