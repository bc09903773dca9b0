"""A person settles what a flag asks about."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.actions.payments import recompute
from consultations.enums import Reason
from consultations.models import Order, PaymentFlag
from consultations.permissions import may_refund
from home.models import User

# Not facts about one payment: the next time is another one.
OVER_ONCE_SETTLED = frozenset({Reason.CREDENTIALS})


@transaction.atomic
def resolve(*, by: User, flag: PaymentFlag, resolution: str) -> None:
    """Settle a flag, saying how. It is raised again only when what it is about changes.

    Settling an alert of fraud means it was none: the consultation goes on.
    """
    if not may_refund(by):
        raise NotAllowed("Solo una persona de administración puede resolver esto.")
    if not resolution.strip():
        raise NotAllowed("Escribe qué se decidió.")
    # The order first, as everywhere: payments arrive meanwhile.
    order = flag.order and Order.objects.select_for_update().get(pk=flag.order.pk)
    now = timezone.now()
    changes = {"resolved_at": now, "resolved_by": by, "resolution": resolution[:300]}
    if flag.reason in OVER_ONCE_SETTLED:
        changes["cleared_at"] = now
    if not PaymentFlag.objects.filter(pk=flag.pk, resolved_at=None, cleared_at=None).update(**changes):
        raise NotAllowed("Esto ya estaba resuelto.")
    if order is None:
        return
    if flag.reason == Reason.FRAUD:
        order.fraud_cleared_at = now
        order.save(update_fields=["fraud_cleared_at"])
    recompute(order)
