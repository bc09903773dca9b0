"""The client's right to change their mind: until somebody opens the case, everything goes back."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from consultations.actions.consultations import move
from consultations.actions.errors import NotAllowed
from consultations.actions.gifts import make_usable_again
from consultations.actions.pausing import lock_money
from consultations.actions.payments import expected_of
from consultations.actions.refunds import create, left_of
from consultations.actions.retention import delete_texts
from consultations.enums import BEFORE_OPENING, Money, OrderKind, RefundReason, Status
from consultations.models import Consultation, Gift, Order, Payment
from consultations.money import RETURNABLE_FOR, ZERO, counts
from consultations.permissions import is_client_of
from home.models import User

TOO_LATE = "Ya abrieron tu caso, así que no se puede retirar. No cambió nada."
UNSETTLED = "Mercado Pago tiene tu pago en revisión o ya lo devolvió. Escríbenos y lo vemos contigo."
REDEEMED = "El código ya se usó, así que el regalo no se puede anular. No cambió nada."
TOO_LONG_AGO = (
    f"Pasaron más de {RETURNABLE_FOR.days} días desde el pago y Mercado Pago ya no nos deja devolverlo por "
    "sí solo. Escríbenos y lo vemos contigo. No cambió nada."
)
PAID = frozenset({Money.PAID, Money.PARTIALLY_REFUNDED})


def may_withdraw(consultation: Consultation) -> bool:
    """Whether nobody has opened the case yet, and there is money that can go back."""
    return consultation.status in BEFORE_OPENING and consultation.order.money in PAID


def goes_back(order: Order) -> Decimal:
    """What the client is given back on withdrawing now."""
    return sum((left for _, left in _returnable(order)), ZERO)


def returnable_until(order: Order) -> datetime.datetime | None:
    """Until when Mercado Pago gives all of it back; None where there is nothing that could go back."""
    paid = [payment.approved_at or payment.first_seen_at for payment, _ in _returnable(order)]
    return min(paid) + RETURNABLE_FOR if paid else None


@transaction.atomic
def withdraw(*, by: User, consultation: Consultation) -> None:
    """End a consultation that nobody has opened: ask for all of its money to go back, delete its texts.

    Of a client who withdraws and a psychologist who takes the case at the same moment, one gets it: `move`
    decides. Raises NotAllowed once it was opened, or while the money is not there to go back. What a gift
    opened goes back to whoever has the code: it can be used again, and nobody else is told.
    """
    if not is_client_of(by, consultation):
        raise NotAllowed("Esta consulta no está en tus manos.")
    order = lock_money(consultation)
    consultation.refresh_from_db()
    if consultation.status not in BEFORE_OPENING:
        raise NotAllowed(TOO_LATE)
    if consultation.order.kind == OrderKind.REDEMPTION:
        _end(consultation, by)
        make_usable_again(consultation.order)
        return
    if order.money not in PAID:
        raise NotAllowed(UNSETTLED)
    _end(consultation, by)
    give_everything_back(order, by=by)


def give_everything_back(order: Order, *, by: User) -> None:
    """Ask for all that is left of an order's money to go back. Call with its row locked."""
    for payment, left in _returnable(order):
        create(payment, left, RefundReason.WITHDRAWAL, by=by)


@transaction.atomic
def withdraw_gift(*, by: User, order: Order) -> None:
    """End a gift that nobody has redeemed: its code dies, and all of its money is asked to go back.

    Doing it twice is doing it once. Raises NotAllowed once it was redeemed, also where the recipient has
    withdrawn since, and when the money is not there or was paid too long ago to go back.
    """
    if order.client_id != by.pk:
        raise NotAllowed("Este regalo no está en tus manos.")
    order = Order.objects.select_for_update().get(pk=order.pk)
    gift = Gift.objects.select_for_update().get(order=order)
    if gift.withdrawn_at is not None:
        return
    _must_be_withdrawable(gift, order)
    gift.withdrawn_at = timezone.now()
    gift.save(update_fields=["withdrawn_at"])
    give_everything_back(order, by=by)


def _must_be_withdrawable(gift: Gift, order: Order) -> None:
    if gift.first_redeemed_at is not None:
        raise NotAllowed(REDEEMED)
    until = returnable_until(order)
    if order.money not in PAID or (order.amount and until is None):
        raise NotAllowed(UNSETTLED)
    if until is not None and until <= timezone.now():
        raise NotAllowed(TOO_LONG_AGO)


def _end(consultation: Consultation, by: User) -> None:
    """What they wrote has lost its purpose with it: nobody is to answer any more."""
    changes = {"withdrawn_at": timezone.now(), "waiting_since": None, "due_at": None, "priority": False}
    move(consultation, Status.WITHDRAWN, by=by, **changes)
    delete_texts(consultation.pk)


def _returnable(order: Order) -> list[tuple[Payment, Decimal]]:
    expected = expected_of(order)
    paid = [(each, left_of(each)) for each in order.payments.all() if counts(expected, each)]
    return [(payment, left) for payment, left in paid if left > ZERO]
