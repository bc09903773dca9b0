"""Webhooks are hints: stored when they arrive, worked off by the queue, tried again until they are done."""

from __future__ import annotations

import datetime
import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.payments import sync_payment
from consultations.models import PaymentHint

logger = logging.getLogger(__name__)

# Mercado Pago may answer 404 for a payment it has just told of; later waits grow to six hours.
WAITS_IN_MINUTES = (1, 1, 2, 5, 15, 30, 60, 120, 360)


@transaction.atomic
def store_hint(*, topic: str, data_id: str, request_id: str) -> PaymentHint:
    """Keep a verified webhook and queue its work, together or not at all."""
    hint = PaymentHint.objects.create(
        topic=topic[:60],
        data_id=data_id[:64],
        request_id=request_id[:100],
        next_check_at=timezone.now() + wait(0),
    )
    async_task("consultations.jobs.process_hint", hint.pk)
    return hint


def work_off(hint: PaymentHint) -> str:
    """Do what a hint asks for and note the outcome; one done before is left alone. Gives the outcome.

    When Mercado Pago does not answer, the hint stays open and its next try is dated.
    """
    if hint.processed_at:
        return hint.outcome
    try:
        outcome = _read_again(hint)
    except (mercadopago.Unavailable, mercadopago.NotFound, mercadopago.BadCredentials) as error:
        logger.warning("Hint %s waits: %s", hint.pk, error)
        PaymentHint.objects.filter(pk=hint.pk).update(
            checks=F("checks") + 1, next_check_at=timezone.now() + wait(hint.checks + 1)
        )
        return "waiting"
    PaymentHint.objects.filter(pk=hint.pk, processed_at=None).update(
        processed_at=timezone.now(), outcome=outcome, next_check_at=None
    )
    return outcome


def wait(checks: int) -> datetime.timedelta:
    """How long to wait before the next try, after so many."""
    return datetime.timedelta(minutes=WAITS_IN_MINUTES[min(checks, len(WAITS_IN_MINUTES) - 1)])


def _read_again(hint: PaymentHint) -> str:
    if not hint.data_id.isdecimal():
        return "not a number"
    if hint.topic == "payment":
        return "applied" if sync_payment(int(hint.data_id)) else "unknown order"
    if hint.topic in ("topic_merchant_order_wh", "merchant_order"):
        for payment_id in mercadopago.payment_ids_of_merchant_order(int(hint.data_id)):
            sync_payment(payment_id)
        return "applied"
    return "noted"
