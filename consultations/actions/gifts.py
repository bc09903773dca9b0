"""Redeeming a gift. Buyer and recipient learn nothing of one another: each has an order of their own.

Locks are taken in one order everywhere: the buyer's order, then the gift.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.actions.gift_states import state_now
from consultations.actions.payments import recompute
from consultations.enums import GiftState, OrderKind
from consultations.gift_codes import digests, looks_like_one
from consultations.models import Consultation, Gift, Order
from consultations.offers import ZERO
from home.actions.consents import give_consent
from home.enums import ConsentPurpose
from home.models import User

# One sentence for every reason: who guesses learns nothing, and nobody learns what became of a gift.
DOES_NOT_WORK = (
    "Este código no se puede usar: puede estar mal escrito, vencido o ya usado. Revísalo con quien te lo dio."
)
# What is given back late can still be given to somebody.
STAYS_AT_LEAST = datetime.timedelta(days=30)


class GiftRefused(NotAllowed):
    """No gift can be had for this code."""

    def __init__(self) -> None:
        super().__init__(DOES_NOT_WORK)


@transaction.atomic
def redeem(*, by: User, code: str) -> Consultation:
    """Open a consultation for `by`, who has agreed to be attended, with the code of a gift; once.

    Sent twice by the same person it is the same consultation. Raises GiftRefused.
    """
    found = _find(code)
    if found is None:
        raise GiftRefused
    paying = Order.objects.select_for_update().get(pk=found.order_id)
    gift = Gift.objects.select_for_update(of=("self",)).select_related("redemption").get(pk=found.pk)
    if gift.redemption is not None and gift.redemption.client_id == by.pk:
        return gift.redemption.consultation
    if gift.kept_for_id not in (None, by.pk):
        raise GiftRefused
    if state_now(gift, paying, timezone.now()) != GiftState.UNUSED:
        raise GiftRefused
    give_consent(by=by, purpose=ConsentPurpose.ATTENTION)
    return _open(gift, paying, by)


def _find(code: str) -> Gift | None:
    return Gift.objects.filter(digest__in=digests(code)).first() if looks_like_one(code) else None


def _open(gift: Gift, paying: Order, by: User) -> Consultation:
    """With an order of the recipient's own, which costs nothing and opens it as any other does."""
    order = Order.objects.create(
        kind=OrderKind.REDEMPTION,
        client=by,
        service=paying.service,
        list_price=ZERO,
        amount=ZERO,
        currency=paying.currency,
        turnaround_hours=paying.turnaround_hours,
        replies_included=paying.replies_included,
        expires_at=timezone.now(),
    )
    first = gift.first_redeemed_at or order.created_at
    Gift.objects.filter(pk=gift.pk).update(redemption=order, first_redeemed_at=first)
    recompute(order)
    return Consultation.objects.get(order=order)


def make_usable_again(redemption: Order) -> None:
    """Its recipient withdrew before anybody opened the case. Call with the buyer's order locked.

    For its recipient alone: its buyer reads "used" as before (`gift_states.state_to_tell`), and would learn
    of it from a code that works.
    """
    gift = Gift.objects.select_for_update().get(redemption=redemption)
    gift.redemption, gift.kept_for = None, redemption.client
    gift.expires_at = max(gift.expires_at, timezone.now() + STAYS_AT_LEAST)
    gift.save(update_fields=["redemption", "kept_for", "expires_at"])
