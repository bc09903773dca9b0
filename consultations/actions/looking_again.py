"""Somebody in the office wants to know now: the queue asks Mercado Pago again."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.balance import check_again
from consultations.actions.errors import NotAllowed
from consultations.actions.flags import READ_IN_VAIN, clear_account_flag, raise_flag
from consultations.actions.hints import MOST_CHECKS
from consultations.actions.payments import sync_payment
from consultations.actions.silence import is_silent, noticed
from consultations.enums import Reason
from consultations.models import PaymentFlag, PaymentHint
from consultations.permissions import may_refund
from home.models import User

logger = logging.getLogger(__name__)
GIVEN_UP = ("refused", "not found")


@transaction.atomic
def look_again(*, by: User, flag: PaymentFlag) -> bool:
    """Queue what tells whether a flag still holds; says whether there was something to queue.

    Raises NotAllowed when it names nothing to ask for.
    """
    if not may_refund(by):
        raise NotAllowed("Solo una persona de administración puede pedirlo.")
    if flag.reason == Reason.CREDENTIALS:
        async_task("consultations.jobs.check_credentials")
    elif flag.order_id is not None:
        async_task("consultations.jobs.sync_order", flag.order_id)
    elif flag.payment_id is None:
        raise NotAllowed("Este aviso no nombra nada que leer.")
    elif flag.reason == Reason.DIFFERENCE:
        check_again(flag.payment_id)
        async_task("consultations.jobs.balance_payments")
    elif flag.reason in READ_IN_VAIN:
        return _open_again(flag)
    else:
        async_task("consultations.jobs.sync_payment", flag.payment_id)
    return True


def read_payment(payment_id: int) -> bool:
    """Read one payment that belongs to nobody yet; says whether Mercado Pago answered."""
    if is_silent():
        return False
    try:
        with noticed():
            sync_payment(payment_id)
    except mercadopago.MercadoPagoError as error:
        logger.warning("Payment %s could not be read again: %s", payment_id, error)
        if isinstance(error, mercadopago.BadCredentials):
            raise_flag(Reason.CREDENTIALS)
        return False
    return True


def check_credentials() -> bool:
    """Ask Mercado Pago something small, and have the flag of the account say whether it was let in."""
    if is_silent():
        return False
    try:
        with noticed():
            mercadopago.search_payments(external_reference=mercadopago.NO_ORDER)
    except mercadopago.MercadoPagoError as error:
        logger.warning("The credentials could not be checked: %s", error)
        if isinstance(error, mercadopago.BadCredentials):
            raise_flag(Reason.CREDENTIALS)
        return False
    clear_account_flag(Reason.CREDENTIALS)
    return True


def _open_again(flag: PaymentFlag) -> bool:
    """The newest notification that was given up gets one more try; when that fails too, the flag stands."""
    named = Q(data_id=str(flag.payment_id)) | Q(payment_id=flag.payment_id)
    closed = PaymentHint.objects.filter(named, outcome__in=GIVEN_UP)
    hint = closed.order_by("-received_at", "-pk").first()
    if hint is None:
        # Somebody else asked for it just now, or it was read since.
        return False
    PaymentHint.objects.filter(pk=hint.pk).update(
        processed_at=None, outcome="", checks=MOST_CHECKS, next_check_at=timezone.now()
    )
    async_task("consultations.jobs.process_hint", hint.pk)
    return True
