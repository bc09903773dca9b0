"""From what Mercado Pago says to the state of an order: webhook, return page and reconciliation end here."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.flags import keep, raise_flag
from consultations.actions.opening import open_consultation
from consultations.actions.problems import Problems
from consultations.actions.refunds import record_refunds, refund_excess, was_refused
from consultations.enums import Money, Reason
from consultations.mercadopago import PaymentReport
from consultations.models import Order, Payment
from consultations.money import WITHOUT_MONEY, Expected, Finding, add_up, is_news, moment_of
from consultations.touchpoints import ORDER_PAID
from home.actions.analytics import mirror
from home.touchpoints import record

# A worker that is busy for a minute is taken for dead.
READ_FOR_SECONDS = 15

logger = logging.getLogger(__name__)


def sync_payment(payment_id: int) -> Order | None:
    """Read one payment and apply it; None when no order of ours is named. Raises MercadoPagoError."""
    return apply_report(mercadopago.get_payment(payment_id))


def sync_payments(payment_ids: Iterable[int]) -> bool:
    """Read each of these payments; one that cannot be read keeps none of the others from being read.

    Says whether any names an order of ours. Raises the most telling MercadoPagoError in the end.
    """
    problems = Problems(READ_FOR_SECONDS)
    found = [problems.catch(sync_payment, payment_id) for payment_id in dict.fromkeys(payment_ids)]
    problems.raise_worst()
    return any(found)


def sync_order(order: Order, *, also: int | None = None, seconds: float | None = None) -> Order:
    """Ask for all that Mercado Pago knows of this order: in both places, and each payment known here.

    `also` is a payment that somebody says is one: it is read, and counts for the order that it names. What
    fails does not keep the rest from being read; in the end the most telling MercadoPagoError is raised, so
    that the check is repeated. After `seconds` nothing more is begun.
    """
    problems = Problems(seconds)
    ids: dict[int, None] = {} if also is None else {also: None}
    for look in (mercadopago.search_payments, mercadopago.merchant_order_payment_ids):
        ids |= dict.fromkeys(problems.catch(look, external_reference=order.reference) or ())
    ids |= dict.fromkeys(order.payments.values_list("payment_id", flat=True))
    for payment_id in ids:
        problems.catch(sync_payment, payment_id)
    order.refresh_from_db()
    problems.raise_worst()
    return order


@transaction.atomic
def apply_report(report: PaymentReport) -> Order | None:
    """Store what is known of a payment, unless older than what is stored, and add the order up again."""
    order = Order.objects.select_for_update().filter(reference=report.external_reference).first()
    if order is None:
        _flag_stranger(report)
        return None
    stored = Payment.objects.filter(payment_id=report.id).first()
    if is_news(_known(stored), _told(report)):
        payment, _ = Payment.objects.update_or_create(payment_id=report.id, defaults=_as_row(order, report))
        record_refunds(payment, report)
    recompute(order)
    return order


def _flag_stranger(report: PaymentReport) -> None:
    """Money that belongs to no order of ours; an attempt that came to nothing needs nobody."""
    logger.warning("Payment %s names no order of ours.", report.id)
    if report.status not in WITHOUT_MONEY:
        raise_flag(Reason.UNKNOWN_ORDER, payment_id=report.id, about=report.status)


def _known(stored: Payment | None) -> tuple[object, ...] | None:
    if stored is None:
        return None
    return moment_of(stored.last_updated, stored.status, stored.refunded, stored.status_detail)


def _told(report: PaymentReport) -> tuple[object, ...]:
    return moment_of(report.date_last_updated, report.status, report.refunded, report.status_detail)


def recompute(order: Order) -> None:
    """Write the order's money from all its payments, and open the consultation the first time it is paid.

    Call with the order's row locked. The only writer of `Order.money` and `Order.attention`.
    """
    total = add_up(_expected(order), list(order.payments.all()))
    was_paid = order.paid_at is not None
    was_refunded = order.money == Money.REFUNDED
    order.money = total.money
    if total.money == Money.PAID and not was_paid:
        order.paid_at = timezone.now()
    findings = [*total.findings, *_about_the_order(order)]
    order.attention = keep(order, findings)
    if Reason.DISPUTED not in {each.reason for each in findings}:
        order.dispute_deadline = None
    order.save(update_fields=["money", "attention", "paid_at", "dispute_deadline"])
    if order.paid_at and not was_paid:
        _fulfil(order)
    refund_excess(order, _expected(order))
    if order.paid_at and order.money == Money.REFUNDED and not was_refunded:
        mirror("refund", user_id=order.client_id, facts=purchase_facts(order))


def _about_the_order(order: Order) -> Iterable[Finding]:
    """What no single payment tells."""
    if order.money == Money.PARTIALLY_REFUNDED and order.paid_at is None:
        yield Finding(Reason.NEVER_OPENED)
    if order.is_under_fraud_alert:
        yield Finding(Reason.FRAUD)
    if was_refused(order):
        yield Finding(Reason.REFUND_REFUSED)


def _fulfil(order: Order) -> None:
    open_consultation(order)
    order.fulfilled_at = timezone.now()
    order.save(update_fields=["fulfilled_at"])
    record(ORDER_PAID, user=order.client, subject_id=order.pk, facts=purchase_facts(order))
    async_task("consultations.jobs.send_space_open", order.pk)
    if order.preference_id:
        async_task("consultations.jobs.close_link", order.pk)


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
        collector_id=settings.MERCADOPAGO_COLLECTOR_ID or order.collector_id or 0,
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
