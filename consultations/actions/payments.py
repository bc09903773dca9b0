"""From what Mercado Pago says to the state of an order: webhook, return page and reconciliation end here."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.opening import open_consultation
from consultations.actions.refunds import record_refunds, refund_excess, refuses
from consultations.enums import Money
from consultations.mercadopago import PaymentReport
from consultations.models import Order, Payment
from consultations.money import Expected, add_up
from consultations.touchpoints import ORDER_PAID
from home.actions.analytics import mirror
from home.touchpoints import record

logger = logging.getLogger(__name__)


def sync_payment(payment_id: int) -> Order | None:
    """Read one payment and apply it; None when no order of ours is named. Raises MercadoPagoError."""
    return apply_report(mercadopago.get_payment(payment_id))


def sync_order(order: Order) -> Order:
    """Ask for all that Mercado Pago knows of this order, in both places. Raises MercadoPagoError."""
    found = dict.fromkeys(
        [
            *mercadopago.search_payments(external_reference=order.reference),
            *mercadopago.merchant_order_payment_ids(external_reference=order.reference),
            *order.payments.values_list("payment_id", flat=True),
        ]
    )
    for payment_id in found:
        sync_payment(payment_id)
    order.refresh_from_db()
    return order


@transaction.atomic
def apply_report(report: PaymentReport) -> Order | None:
    """Store what is known of a payment, unless older than what is stored, and add the order up again."""
    order = Order.objects.select_for_update().filter(reference=report.external_reference).first()
    if order is None:
        logger.warning("Payment %s names no order of ours.", report.id)
        return None
    stored = Payment.objects.filter(payment_id=report.id).first()
    if stored is None or stored.last_updated <= report.date_last_updated:
        payment, _ = Payment.objects.update_or_create(payment_id=report.id, defaults=_as_row(order, report))
        record_refunds(payment, report)
    recompute(order)
    return order


def recompute(order: Order) -> None:
    """Write the order's money from all its payments, and open the consultation the first time it is paid.

    Call with the order's row locked. The only writer of `Order.money`.
    """
    total = add_up(_expected(order), list(order.payments.all()))
    was_paid = order.paid_at is not None
    was_refunded = order.money == Money.REFUNDED
    order.money, order.attention = total.money, f"{total.attention} {refuses(order)}".strip()[:200]
    if total.money == Money.PAID and not was_paid:
        order.paid_at = timezone.now()
    order.save(update_fields=["money", "attention", "paid_at"])
    if order.paid_at and not was_paid:
        _fulfil(order)
    refund_excess(order, _expected(order))
    if order.paid_at and order.money == Money.REFUNDED and not was_refunded:
        mirror("refund", user_id=order.client_id, facts=purchase_facts(order))


def _fulfil(order: Order) -> None:
    open_consultation(order)
    order.fulfilled_at = timezone.now()
    order.save(update_fields=["fulfilled_at"])
    record(ORDER_PAID, user=order.client, subject_id=order.pk, facts=purchase_facts(order))
    async_task("consultations.jobs.send_space_open", order.pk)


def purchase_facts(order: Order) -> dict[str, object]:
    """What analytics may know of a purchase: a random reference, the price and the service's name."""
    return {"transaction_id": order.reference, **offer_facts(order)}


def offer_facts(order: Order) -> dict[str, object]:
    """What analytics may know of an order that nobody has paid yet."""
    return {
        "currency": order.currency,
        "value": float(order.amount),
        "items": [{"item_id": order.service.slug, "quantity": 1, "price": float(order.amount)}],
    }


def _expected(order: Order) -> Expected:
    return Expected(
        amount=order.amount,
        currency=order.currency,
        collector_id=settings.MERCADOPAGO_COLLECTOR_ID,
        live_only=not settings.DEBUG,
    )


def _as_row(order: Order, report: PaymentReport) -> dict[str, object]:
    return {
        "order": order,
        "status": report.status,
        "status_detail": report.status_detail,
        "amount": report.amount,
        "refunded": report.refunded,
        "currency": report.currency,
        "collector_id": report.collector_id,
        "live_mode": report.live_mode,
        "payment_type": report.payment_type,
        "last_updated": report.date_last_updated,
    }
