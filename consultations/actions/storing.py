"""The row of a payment, written from a report, and never taken from the order it is known under."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from consultations.mercadopago_reports import PaymentReport
from consultations.models import Order, Payment


class KnownMeanwhile(Exception):
    """While an order's lock was waited for, or held, the payment became known under another order."""


def stored_of(order: Order, report: PaymentReport) -> Payment | None:
    """What is known of the payment. Raises KnownMeanwhile. Call with the order's row locked."""
    stored = Payment.objects.filter(payment_id=report.id).first()
    if stored is not None:
        _must_be_of(order, stored)
    return stored


def store(order: Order, report: PaymentReport) -> Payment:
    """Write down what a report says. Raises KnownMeanwhile: then what was written must be undone.

    Call with the order's row locked. Whoever gives the payment to another order at this moment holds another
    lock: then it is the row's own uniqueness that tells.
    """
    row = _as_row(report)
    payment, _ = Payment.objects.update_or_create(
        payment_id=report.id, defaults=row, create_defaults={**row, "order": order}
    )
    _must_be_of(order, payment)
    return payment


def _must_be_of(order: Order, payment: Payment) -> None:
    if payment.order_id != order.pk:
        raise KnownMeanwhile


def complete(payment: Payment, report: PaymentReport) -> None:
    """Old news changes nothing; it may fill in what was never told before."""
    told = _for_the_accounts(report)
    missing = {name: value for name, value in told.items() if getattr(payment, name) is None}
    Payment.objects.filter(pk=payment.pk).update(read_at=timezone.now(), **missing)


def _as_row(report: PaymentReport) -> dict[str, object]:
    return {
        "status": report.status,
        "status_detail": report.status_detail,
        "amount": report.amount,
        "refunded": report.refunded,
        "currency": report.currency,
        "collector_id": report.collector_id,
        "live_mode": report.live_mode,
        "payment_type": report.payment_type,
        "merchant_order_id": report.order_id,
        "last_updated": report.date_last_updated,
        "read_at": timezone.now(),
        **_for_the_accounts(report),
    }


def _for_the_accounts(report: PaymentReport) -> dict[str, Any]:
    """What it tells of them: a report that leaves something out takes nothing away."""
    told = {
        "made_at": report.date_created,
        "approved_at": report.date_approved,
        "net_received": report.net_received,
        "fees": report.fees,
    }
    return {name: value for name, value in told.items() if value is not None}
