"""The steps of a payment, kept one after another; the only writer of `PaymentEvent`."""

from __future__ import annotations

import datetime

from django.utils import timezone

from consultations.enums import PaymentEventKind
from consultations.mercadopago_reports import PaymentReport
from consultations.models import Order, Payment, PaymentEvent
from consultations.money import is_disputed


def note_report(order: Order, stored: Payment | None, report: PaymentReport) -> None:
    """Keep what a report changes in what was `stored` of its payment, once; nothing when only its date did.

    Call with the order's row locked, before the payment's own row changes.
    """
    if stored is not None and _tells(stored) == _tells(report) and stored.order_id == order.pk:
        return
    PaymentEvent.objects.get_or_create(
        payment_id=report.id,
        kind=PaymentEventKind.REPORT,
        at=report.date_last_updated,
        status=report.status,
        status_detail=report.status_detail,
        refunded=report.refunded,
        defaults={"order": order, "amount": report.amount, "currency": report.currency},
    )


def note_chargeback(payment: Payment, chargeback_id: int, deadline: datetime.datetime | None) -> None:
    """Keep that a chargeback was read, and until when it may be answered, once until that changes.

    Call with the order's row locked.
    """
    known = PaymentEvent.objects.filter(payment_id=payment.payment_id, kind=PaymentEventKind.CHARGEBACK)
    newest = known.filter(chargeback_id=chargeback_id).order_by("-pk").first()
    if newest is not None and newest.deadline == deadline:
        return
    PaymentEvent.objects.create(
        order_id=payment.order_id,
        payment_id=payment.payment_id,
        kind=PaymentEventKind.CHARGEBACK,
        amount=payment.amount,
        refunded=payment.refunded,
        currency=payment.currency,
        chargeback_id=chargeback_id,
        deadline=deadline,
        # Chargebacks come without a date of their own.
        at=timezone.now(),
    )


def chargebacks_of(order: Order) -> list[PaymentEvent]:
    """What was told last of the chargeback of each payment of this order that is in dispute."""
    disputed = [each.payment_id for each in order.payments.all() if is_disputed(each)]
    told = order.payment_events.filter(kind=PaymentEventKind.CHARGEBACK, payment_id__in=disputed)
    return list({event.payment_id: event for event in told.order_by("pk")}.values())


def awaits_chargeback(order: Order) -> bool:
    """Whether a payment of this order is not told of as charged back yet, though its chargeback was.

    Until the chargeback's deadline alone: what comes later nobody can answer any more.
    """
    told = order.payment_events.filter(kind=PaymentEventKind.CHARGEBACK, deadline__gt=timezone.now())
    named = order.payments.filter(payment_id__in=told.values("payment_id"))
    return any(not is_disputed(each) for each in named.exclude(status="charged_back"))


def _tells(of: Payment | PaymentReport) -> tuple[object, ...]:
    return (of.status, of.status_detail, of.amount, of.refunded, of.currency)
