"""Webhooks are hints: stored when they arrive, worked off by the queue, tried again until they are done."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.alerts import FRAUD_ALERT
from consultations.actions.disputes import read_chargeback, stop_delivery
from consultations.actions.flags import clear_account_flag, clear_unread_flags, raise_flag
from consultations.actions.payments import sync_payments
from consultations.actions.silence import is_silent, noticed
from consultations.enums import Reason
from consultations.models import PaymentHint

logger = logging.getLogger(__name__)

# Mercado Pago may answer 404 for a payment it has just told of; later waits grow to six hours.
WAITS_IN_MINUTES = (1, 1, 2, 5, 15, 30, 60, 120, 360)
MOST_CHECKS = 15
# While Mercado Pago is silent: once it is back, everything is read within minutes.
SOON = datetime.timedelta(minutes=5)
LONGEST = datetime.timedelta(minutes=WAITS_IN_MINUTES[-1])
PANELS_TEST = "123456"
PAYMENT = "payment"
# Mercado Pago's documentation has a second name for each of these.
OTHER_NAMES = {
    "merchant_order": "topic_merchant_order_wh",
    "chargebacks": "topic_chargebacks_wh",
    "delivery_cancellation": FRAUD_ALERT,
}
MERCHANT_ORDERS = frozenset({"merchant_order", "topic_merchant_order_wh"})
CHARGEBACKS = frozenset({"topic_chargebacks_wh"})


@transaction.atomic
def store_hint(*, topic: str, data_id: str, request_id: str, payment_id: int | None = None) -> PaymentHint:
    """Keep a verified webhook and queue its work, together or not at all."""
    hint = PaymentHint.objects.create(
        topic=OTHER_NAMES.get(topic, topic)[:60],
        data_id=data_id[:64],
        payment_id=payment_id,
        request_id=request_id[:100],
        next_check_at=timezone.now() + wait(0),
    )
    async_task("consultations.jobs.process_hint", hint.pk)
    return hint


def work_off(hint: PaymentHint) -> str:
    """Do what a hint asks for and note the outcome; one done before is left alone. Gives the outcome.

    One read answers every hint of its payment that was here before the read began. When Mercado Pago does
    not answer, the hint stays open and its next try is dated. Never raises: one hint that cannot be worked
    off keeps nothing else from being done.
    """
    if hint.processed_at:
        return hint.outcome
    if is_silent() and hint.topic != FRAUD_ALERT:
        return _wait_out(hint, "Mercado Pago is silent", at_most=SOON)
    # Listed now: what comes during the read may tell of something later, and is read again.
    alike = _alike(hint)
    try:
        with noticed():
            outcome = _read_again(hint)
        return _close(hint, outcome, alike)
    except mercadopago.NotFound as error:
        return _appears_later(hint, error)
    except mercadopago.Refused as error:
        logger.warning("Hint %s was refused: %s", hint.pk, error)
        raise_flag(Reason.REFUSED, payment_id=_number(hint), about=error.code)
        return _close(hint, "refused")
    except mercadopago.MercadoPagoError as error:
        if isinstance(error, mercadopago.BadCredentials):
            raise_flag(Reason.CREDENTIALS)
        return _wait_out(hint, str(error), at_most=SOON)
    except Exception as error:
        # Its text may repeat what was read.
        return _wait_out(hint, type(error).__name__, at_most=LONGEST)


def wait(checks: int) -> datetime.timedelta:
    """How long to wait before the next try, after so many."""
    return datetime.timedelta(minutes=WAITS_IN_MINUTES[min(checks, len(WAITS_IN_MINUTES) - 1)])


def _alike(hint: PaymentHint) -> list[int]:
    """The hints that one read of this one's payment answers too. Other topics are each worked off alone."""
    if hint.topic != PAYMENT:
        return []
    # Where no id was signed the body's names the payment.
    named = PaymentHint.objects.filter(data_id=hint.data_id, payment_id=hint.payment_id)
    same = named.filter(topic=PAYMENT, processed_at=None)
    return list(same.exclude(pk=hint.pk).values_list("pk", flat=True))


def _close(hint: PaymentHint, outcome: str, alike: Sequence[int] = ()) -> str:
    PaymentHint.objects.filter(pk__in=[hint.pk, *alike], processed_at=None).update(
        processed_at=timezone.now(), outcome=outcome, next_check_at=None
    )
    return outcome


def _wait_out(hint: PaymentHint, why: str, *, at_most: datetime.timedelta) -> str:
    """Wait again as long as it has waited so far. What tells nothing of the payment is no check of it."""
    so_far = timezone.now() - hint.received_at
    return _put_off(hint, why, min(max(so_far, wait(0)), at_most))


def _put_off(hint: PaymentHint, why: str, pause: datetime.timedelta, *, counted: int = 0) -> str:
    logger.warning("Hint %s waits: %s", hint.pk, why)
    later = timezone.now() + pause
    PaymentHint.objects.filter(pk=hint.pk).update(checks=F("checks") + counted, next_check_at=later)
    return "waiting"


def _appears_later(hint: PaymentHint, error: mercadopago.NotFound) -> str:
    """What is not there may still appear, for about two days; then a person is told."""
    if hint.checks < MOST_CHECKS:
        return _put_off(hint, str(error), wait(hint.checks + 1), counted=1)
    if hint.data_id != PANELS_TEST:
        raise_flag(Reason.NOT_FOUND, payment_id=_number(hint), about=hint.topic)
    return _close(hint, "not found")


def _read_again(hint: PaymentHint) -> str:
    reader = READERS.get(hint.topic)
    if reader is None:
        return "noted"
    number = _number(hint)
    if number is None:
        return _nothing_named(hint)
    is_ours = reader(hint)
    clear_unread_flags(number, topic=hint.topic)
    clear_account_flag(Reason.CREDENTIALS)
    return "applied" if is_ours else "unknown order"


def _nothing_named(hint: PaymentHint) -> str:
    """Nothing to read; an alert that comes once and names nothing is a person's to find out about."""
    if hint.topic == FRAUD_ALERT:
        raise_flag(Reason.FRAUD, about=hint.request_id)
    return "not a number"


def _number(hint: PaymentHint) -> int | None:
    """The id to read: the signed one, or the body's where none was signed."""
    number = int(hint.data_id) if hint.data_id.isascii() and hint.data_id.isdecimal() else hint.payment_id
    return number if number is not None and number < 2**63 else None


def _payment(hint: PaymentHint) -> bool:
    return sync_payments([_number(hint) or 0])


def _merchant_order(hint: PaymentHint) -> bool:
    return sync_payments(mercadopago.payment_ids_of_merchant_order(_number(hint) or 0))


def _chargeback(hint: PaymentHint) -> bool:
    if not hint.data_id.isdecimal():
        return _payment(hint)
    return read_chargeback(int(hint.data_id), named=hint.payment_id)


def _fraud_alert(hint: PaymentHint) -> bool:
    # Its body names the payment; what its address carries is not documented.
    return stop_delivery(hint.payment_id or _number(hint) or 0)


READERS: dict[str, Callable[[PaymentHint], bool]] = {
    PAYMENT: _payment,
    **dict.fromkeys(MERCHANT_ORDERS, _merchant_order),
    **dict.fromkeys(CHARGEBACKS, _chargeback),
    FRAUD_ALERT: _fraud_alert,
}
