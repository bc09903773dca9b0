"""What a client is told about an order's money. Pure: an order, its payments, what the return address claims.

Only what Mercado Pago's API was read to say is told as a fact. The return address is forgeable: it chooses
between two true sentences, never between paid and unpaid.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import StrEnum

from consultations.enums import FUNDED, GiftState, Money, OrderKind, Status
from consultations.models import Gift, Order, Payment
from consultations.money import ON_THE_WAY

# Paid at a counter or by transfer, hours or days after choosing it.
PAID_LATER = frozenset({"ticket", "atm", "bank_transfer"})
CLAIMS_OF_MONEY = frozenset({"approved", "pending", "in_process", "authorized"})
CLAIM_OF_A_REJECTION = "rejected"
LEFT_WITHOUT_PAYING = "null"
# What a return address may say that changes what is told, and so is kept while a page refreshes itself.
KNOWN_CLAIMS = CLAIMS_OF_MONEY | {CLAIM_OF_A_REJECTION}


class OrderState(StrEnum):
    PAID = "paid"
    PENDING = "pending"
    TICKET = "ticket"
    CONFIRMING = "confirming"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    LEFT = "left"
    UNPAID = "unpaid"
    EXPIRED = "expired"
    SHORT = "short"
    UNCOUNTED = "uncounted"
    RETURNING = "returning"
    PARTLY_RETURNED = "partly_returned"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"
    ALERTED = "alerted"
    STOPPED = "stopped"


OF_MONEY: dict[Money, OrderState] = {
    Money.PAID: OrderState.PAID,
    Money.SHORT: OrderState.SHORT,
    Money.PARTIALLY_REFUNDED: OrderState.PARTLY_RETURNED,
    Money.REFUNDED: OrderState.RETURNED,
    Money.FROZEN: OrderState.DISPUTED,
    Money.CHARGED_BACK: OrderState.DISPUTED,
}
# What may still change by itself within minutes; a coupon may be paid at the counter next door.
WATCHED = frozenset({OrderState.PENDING, OrderState.CONFIRMING, OrderState.TICKET})
PAYABLE = frozenset(
    {
        OrderState.REJECTED,
        OrderState.CANCELLED,
        OrderState.LEFT,
        OrderState.UNPAID,
        OrderState.CONFIRMING,
        OrderState.TICKET,
    }
)
OF_A_FAILURE = {"rejected": OrderState.REJECTED, "cancelled": OrderState.CANCELLED}


def state_of(
    order: Order,
    payments: Sequence[Payment],
    claim: str,
    named: int | None,
    now: datetime.datetime,
    *,
    uncounted: bool = False,
    found_fraud: bool = False,
) -> OrderState:
    """What to tell. `claim` is the return address's `status`, "" without one; `named` the payment in it.

    `uncounted` says that money is there which counts for nothing (`money.is_uncounted`), `found_fraud`
    that a person has decided so of an alert that stands.
    """
    money = Money(order.money)
    if money in (Money.PAID, Money.PARTIALLY_REFUNDED) and _is_withdrawn(order):
        return OrderState.RETURNING if order.amount else OrderState.WITHDRAWN
    if money == Money.PAID and order.is_under_fraud_alert:
        return OrderState.STOPPED if found_fraud else OrderState.ALERTED
    if money in OF_MONEY:
        return OF_MONEY[money]
    if uncounted:
        return OrderState.UNCOUNTED
    if money == Money.PENDING:
        waiting = [each for each in payments if each.status in ON_THE_WAY]
        later = any(each.payment_type in PAID_LATER for each in waiting)
        return OrderState.TICKET if later else OrderState.PENDING
    if order.expires_at <= now:
        return OrderState.EXPIRED
    return _without_money(payments, claim, named)


def last_failure(payments: Sequence[Payment]) -> Payment | None:
    """The newest attempt that was rejected or cancelled, if any."""
    failed = [each for each in payments if each.status in OF_A_FAILURE]
    return max(failed, key=lambda each: (each.last_updated, each.payment_id), default=None)


def gift_state(gift: Gift, order: Order, now: datetime.datetime, *, going_back: bool) -> GiftState:
    """What becomes of a gift; `order` is the one it was bought with.

    `going_back` says that nothing of its money is left that was not asked to go back.
    """
    if gift.withdrawn_at is not None:
        return GiftState.WITHDRAWN
    if gift.redemption_id is not None:
        return GiftState.USED
    if order.money == Money.REFUNDED:
        return GiftState.RETURNED
    if order.money not in FUNDED or order.is_under_fraud_alert or going_back:
        return GiftState.STOPPED
    return GiftState.EXPIRED if gift.expires_at <= now else GiftState.UNUSED


def _is_withdrawn(order: Order) -> bool:
    if order.kind == OrderKind.GIFT:
        gift = getattr(order, "gift", None)
        return gift is not None and gift.withdrawn_at is not None
    consultation = getattr(order, "consultation", None)
    return consultation is not None and consultation.status == Status.WITHDRAWN


def _without_money(payments: Sequence[Payment], claim: str, named: int | None) -> OrderState:
    if claim in KNOWN_CLAIMS and not _is_answered(payments, claim, named):
        return OrderState.CONFIRMING
    # The last visit ended without a payment: an earlier attempt is not what became of it.
    if claim == LEFT_WITHOUT_PAYING and named is None:
        return OrderState.LEFT
    if failed := last_failure(payments):
        return OF_A_FAILURE[failed.status]
    return OrderState.UNPAID


def _is_answered(payments: Sequence[Payment], claim: str, named: int | None) -> bool:
    """Whether Mercado Pago was read to say that what the address claims came to nothing.

    An address that names its payment is answered by that one alone: an earlier attempt failed for a reason
    of its own. One that names none is answered by any failure, unless it speaks of money.
    """
    if named is None:
        return claim == CLAIM_OF_A_REJECTION and last_failure(payments) is not None
    return any(each.payment_id == named and each.status in OF_A_FAILURE for each in payments)
