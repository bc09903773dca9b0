"""The receipt of a paid order: sent once, also when its job runs twice at the same moment.

`send_once` alone asks whether it was sent and notes it afterwards: two workers could both find that it was
not. So whoever sends claims the order first. A claim runs out, because a worker may die with it.
"""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from consultations import emails
from consultations.models import Order
from home.emails import EmailNotSent
from home.models import SentEmail

# Longer than the queue lets a job run.
CLAIM_LASTS = datetime.timedelta(seconds=75)


def send(order: Order) -> None:
    """Send the receipt of this order, once. Raises EmailNotSent, so that the queue tries again."""
    if SentEmail.objects.filter(key=emails.payment_received_key(order)).exists():
        return
    if not _claim(order):
        raise EmailNotSent("claimed")
    try:
        emails.payment_received(order)
    finally:
        Order.objects.filter(pk=order.pk).update(receipt_claimed_at=None)


def _claim(order: Order) -> bool:
    now = timezone.now()
    free = Q(receipt_claimed_at=None) | Q(receipt_claimed_at__lt=now - CLAIM_LASTS)
    return bool(Order.objects.filter(free, pk=order.pk).update(receipt_claimed_at=now))
