"""Chargebacks and alerts of fraud: read what they name, keep the deadline, stop what must stop."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.payment_events import note_chargeback
from consultations.actions.payments import recompute, sync_payment, sync_payments
from consultations.models import Order, Payment

DISPUTED = ("in_mediation", "charged_back")
DECIDED = ("settled", "reimbursed")


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
    disputed = Payment.objects.filter(payment_id__in=payment_ids, status__in=DISPUTED)
    open_ones = disputed.exclude(status_detail__in=DECIDED)
    orders = Order.objects.filter(pk__in=open_ones.values("order_id"))
    locked = [order.pk for order in orders.select_for_update().order_by("pk")]
    Order.objects.filter(pk__in=locked).update(dispute_deadline=report.deadline)
    for payment in open_ones.filter(order__in=locked):
        note_chargeback(payment, report.id, report.deadline)


def stop_delivery(payment_id: int) -> bool:
    """Stop the consultation of this payment until a person looks; says whether an order of ours is concerned.

    The alert comes once and may be older than the payment here: what is known is stopped first, then the
    payment is read. Raises MercadoPagoError.
    """
    known = Order.objects.filter(payments__payment_id=payment_id).values_list("pk", flat=True).first()
    if known is not None:
        _stop(known)
    order = sync_payment(payment_id)
    if order is not None:
        _stop(order.pk)
    return order is not None


@transaction.atomic
def _stop(order_id: int) -> None:
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.fraud_alert_at is not None:
        return
    order.fraud_alert_at = timezone.now()
    order.save(update_fields=["fraud_alert_at"])
    recompute(order)
