"""Carrying out refunds at Mercado Pago: from the queue, again and again with the same key, until it is known.

`next_try_at` says what is left to do. It is emptied once Mercado Pago has answered and the payment was read
again, so that a crash anywhere in between is made good by the recurring job.
"""

from __future__ import annotations

import datetime
import logging
import time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.flags import clear_account_flag, raise_flag
from consultations.actions.hints import SOON
from consultations.actions.payments import sync_payment
from consultations.actions.reconciliation import go_on
from consultations.actions.refunds import settle, wait
from consultations.actions.silence import is_silent, noticed
from consultations.enums import Reason, RefundReason, RefundState
from consultations.mercadopago import RefundReport
from consultations.models import Order, Refund

logger = logging.getLogger(__name__)

AT_MOST = 200
FORBIDDEN = 403  # to us, of any payment: nothing is said of this refund, which waits for the permission
# Beside the reconciliation: a worker that is busy for a minute is taken for dead.
PASS_SECONDS = 10
CLOCKS_DIFFER_BY = datetime.timedelta(minutes=5)


def carry_out_due(*, seconds: float = PASS_SECONDS) -> int:
    """Carry out what is due, at most 200; gives how many were tried.

    One that goes wrong stops none of the others. After `seconds` the rest is left to a pass that follows at
    once, after a call that hung to the next regular one.
    """
    ends = time.monotonic() + seconds
    due = Refund.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at")
    tried = 0
    for pk in list(due.values_list("pk", flat=True)[:AT_MOST]):
        if is_silent():
            break
        if time.monotonic() >= ends:
            go_on()
            break
        tried += _safely(pk)
    return tried


def _safely(pk: int) -> bool:
    try:
        return carry_out(pk)
    except Exception as error:
        # Its text may repeat what was read.
        logger.error("Refund %s went wrong: %s", pk, type(error).__name__)
        return True


def carry_out(pk: int) -> bool:
    """Do what is left of one refund, if it is due; says whether it was. Running twice is harmless.

    While Mercado Pago is silent it stays due, for the recurring job.
    """
    refund = None if is_silent() else _claim(pk)
    if refund is None:
        return False
    try:
        with noticed():
            _do_what_is_left(refund)
    except mercadopago.MercadoPagoError as error:
        logger.warning("Refund %s is to be tried again: %s", pk, error)
        _try_again(pk, error)
    else:
        clear_account_flag(Reason.CREDENTIALS)
        Refund.objects.filter(pk=pk).exclude(state=RefundState.ASKED).update(next_try_at=None)
    return True


def _do_what_is_left(refund: Refund) -> None:
    if refund.state == RefundState.ASKED:
        _settle(refund, _ask_mercado_pago(refund))
    sync_payment(refund.payment.payment_id)


def _try_again(pk: int, error: mercadopago.MercadoPagoError) -> None:
    """At the planned time; within minutes where it only waits for Mercado Pago to answer, or to let us in."""
    if isinstance(error, mercadopago.BadCredentials):
        raise_flag(Reason.CREDENTIALS)
    if isinstance(error, mercadopago.Unavailable | mercadopago.BadCredentials):
        soon = timezone.now() + SOON
        Refund.objects.filter(pk=pk, next_try_at__gt=soon).update(next_try_at=soon)


def _claim(pk: int) -> Refund | None:
    """The refund if it is due and nobody else has just taken it; the next try is already planned then."""
    now = timezone.now()
    refund = Refund.objects.select_related("payment").filter(pk=pk, next_try_at__lte=now).first()
    if refund is None:
        return None
    claimed = Refund.objects.filter(pk=pk, next_try_at=refund.next_try_at)
    return refund if claimed.update(next_try_at=now + wait(refund.tries), tries=F("tries") + 1) else None


def _ask_mercado_pago(refund: Refund) -> RefundReport | None:
    """What Mercado Pago says of it now, None for a refusal. Raises MercadoPagoError when nothing is known."""
    payment_id = refund.payment.payment_id
    if refund.refund_id is not None:
        return _accepted_before(refund, mercadopago.list_refunds(payment_id))
    try:
        return mercadopago.refund(
            payment_id, amount=refund.amount, idempotency_key=str(refund.idempotency_key)
        )
    except mercadopago.Refused as error:
        if error.status == FORBIDDEN:
            raise
        return _done_by_an_earlier_try(refund, mercadopago.list_refunds(payment_id))


def _accepted_before(refund: Refund, told: tuple[RefundReport, ...]) -> RefundReport:
    """The refund that Mercado Pago took on earlier. That a list leaves it out proves nothing."""
    for each in told:
        if each.id == refund.refund_id:
            return each
    raise mercadopago.NotFound("list_refunds")


def _done_by_an_earlier_try(refund: Refund, told: tuple[RefundReport, ...]) -> RefundReport | None:
    """A refund of this amount, since this one was asked for, that is none of the others we know."""
    others = Refund.objects.filter(payment=refund.payment, refund_id__isnull=False)
    ours = set(others.exclude(reason=RefundReason.IN_PANEL).values_list("refund_id", flat=True))
    since = refund.asked_at - CLOCKS_DIFFER_BY
    for each in told:
        recent = each.created_at is None or each.created_at >= since
        if recent and each.amount == refund.amount and each.id not in ours:
            return each
    return None


@transaction.atomic
def _settle(refund: Refund, told: RefundReport | None) -> None:
    Order.objects.select_for_update().get(pk=refund.payment.order_id)
    refund.refresh_from_db()
    settle(refund, told)
