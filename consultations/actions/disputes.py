"""Chargebacks and alerts of fraud: read what they name, keep the deadline, stop what must stop."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.alerts import stop
from consultations.actions.payment_events import note_chargeback
from consultations.actions.payments import recompute, sync_payment, sync_payments
from consultations.models import Order, Payment
from consultations.money import is_disputed

DECIDED = ("settled", "reimbursed")
# A payment may be told of as approved for a moment after its chargeback was.
AGAIN_AFTER = datetime.timedelta(minutes=2)


def read_chargeback(chargeback_id: int, *, named: int | None) -> bool:
    """Read the payments of a chargeback again and note until when documents are taken.

    `named` is the payment that the notification's body names; it is read even when the chargeback cannot be.
    Says whether an order of ours is concerned. Raises MercadoPagoError.
    """
    also = [] if named is None else [named]
    try:
        report = mercadopago.get_chargeback(chargeback_id)
    except mercadopago.MercadoPagoError:
        sync_payments(also)
        raise
    ids = [*report.payment_ids, *also]
    ours = sync_payments(ids)
    _note_deadline(ids, report)
    return ours


@transaction.atomic
def _note_deadline(payment_ids: list[int], report: mercadopago.ChargebackReport) -> None:
    """Keep it beside every payment it names and that is not decided, whatever the payment says by now.

    `recompute` takes the deadline from there as soon as the payment is in dispute; that one is read again.
    """
    undecided = Payment.objects.filter(payment_id__in=payment_ids).exclude(
        status="charged_back", status_detail__in=DECIDED
    )
    orders = Order.objects.filter(pk__in=undecided.values("order_id")).select_for_update().order_by("pk")
    for order in orders:
        payments = list(undecided.filter(order=order))
        for payment in payments:
            note_chargeback(payment, report.id, report.deadline)
        if not any(is_disputed(payment) for payment in payments):
            order.next_check_at = timezone.now() + AGAIN_AFTER
        recompute(order)


def stop_delivery(payment_id: int) -> bool:
    """Stop the consultation of this payment until a person looks; says whether an order of ours is concerned.

    The alert comes once and may be older than the payment here: what is known is stopped first, then the
    payment is read. Raises MercadoPagoError.
    """
    known = Order.objects.filter(payments__payment_id=payment_id).values_list("pk", flat=True).first()
    if known is not None:
        _stop(known, payment_id)
    order = sync_payment(payment_id)
    if order is not None:
        _stop(order.pk, payment_id)
    return order is not None


@transaction.atomic
def _stop(order_id: int, payment_id: int) -> None:
    order = Order.objects.select_for_update().get(pk=order_id)
    stop(order, payment_id)
    recompute(order)
