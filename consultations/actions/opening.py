"""What a paid order opens, once: the space to write, or the code of a gift."""

from __future__ import annotations

import datetime

from django.utils import timezone

from consultations.enums import OrderKind
from consultations.gift_codes import digest, new_code
from consultations.models import Consultation, Gift, Order

# While it can be used and nobody has, its buyer is promised everything back: ten days less than Mercado Pago
# gives money back for (`money.RETURNABLE_FOR`), so that who finds it expired can still have it.
GIFT_LIVES_FOR = datetime.timedelta(days=170)


def open_what_was_bought(order: Order) -> None:
    """One order, one consultation or one gift: the database refuses a second."""
    if order.kind == OrderKind.GIFT:
        _make_gift(order)
    else:
        _open_consultation(order)


def _open_consultation(order: Order) -> None:
    Consultation.objects.get_or_create(
        order=order,
        defaults={
            "client": order.client,
            "replies_included": order.replies_included,
            "turnaround_hours": order.turnaround_hours,
        },
    )


def _make_gift(order: Order) -> None:
    code, now = new_code(), timezone.now()
    Gift.objects.get_or_create(
        order=order,
        defaults={
            "code": code,
            "digest": digest(code),
            "created_at": now,
            "expires_at": now + GIFT_LIVES_FOR,
        },
    )
