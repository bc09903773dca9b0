"""From what Mercado Pago says to the state of an order: webhook, return page and reconciliation end here."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.alerts import alerted, payments_alerted, stop
from consultations.actions.flags import clear_stranger_flag, keep, raise_flag
from consultations.actions.opening import open_what_was_bought
from consultations.actions.payment_events import chargebacks_of, note_report
from consultations.actions.problems import Problems
from consultations.actions.refunds import (
    paid_after_all_went_back,
    record_refunds,
    refund_excess,
    was_refused,
)
from consultations.actions.storing import KnownMeanwhile, complete, store, stored_of
from consultations.enums import NAMES_ANOTHER, Money, OrderKind, Reason
from consultations.mercadopago import PaymentReport
from consultations.models import Order, Payment, PaymentEvent
from consultations.money import WITHOUT_MONEY, Expected, Finding, Sum, add_up, is_news, moment_of
from consultations.touchpoints import ORDER_PAID
from home.actions.analytics import mirror
from home.touchpoints import record

# A worker that is busy for a minute is taken for dead.
READ_FOR_SECONDS = 15
# Nobody waits for what may become of a paid order: those that may be paid unknown to us come first.
PAID_IS_CHECKED_AFTER = datetime.timedelta(minutes=20)

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
    that the check is repeated. After `seconds` nothing more is begun; the next check goes on, because an
    attempt that was rejected is over and is not read again.
    """
    problems = Problems(seconds)
    ids: dict[int, None] = {} if also is None else {also: None}
    for look in (mercadopago.search_payments, mercadopago.merchant_order_payment_ids):
        ids |= dict.fromkeys(problems.catch(look, external_reference=order.reference) or ())
    known = dict(order.payments.values_list("payment_id", "status"))
    for payment_id in ids | dict.fromkeys(known):
        if known.get(payment_id) != "rejected":
            problems.catch(sync_payment, payment_id)
    order.refresh_from_db()
    problems.raise_worst()
    return order


def apply_report(report: PaymentReport, *, meant_for: Order | None = None) -> Order | None:
    """Store what is known of a payment, unless older than what is stored, and add the order up again.

    `meant_for` is whose it is when it names none of ours, as a person says; from then on it stays known.
    """
    try:
        with transaction.atomic():
            return _apply(report, meant_for)
    except KnownMeanwhile:
        # The lock of the wrong order went with what was undone: none is held while waiting for the right one.
        with transaction.atomic():
            return _apply(report, meant_for)


def _apply(report: PaymentReport, meant_for: Order | None) -> Order | None:
    order = _order_of(report, meant_for)
    if order is None:
        _flag_stranger(report)
        return None
    stored = stored_of(order, report)
    _tell_of_another_name(order, report)
    if stored is None or is_news(_known(stored), _told(report)):
        note_report(order, stored, report)
        payment = store(order, report)
        # The alert may be older than the payment here, or than anybody knew whose it is.
        if stored is None and alerted([payment.payment_id]):
            stop(order, payment.payment_id)
    else:
        payment = stored
        complete(payment, report)
    record_refunds(payment, report)
    recompute(order)
    return order


def _order_of(report: PaymentReport, meant_for: Order | None) -> Order | None:
    """The order that a payment is known under, else the one it names, else whose it is meant to be; locked.

    It does not move: what it brought has been counted, and what it opened was opened.
    """
    known = Payment.objects.filter(payment_id=report.id).values_list("order_id", flat=True).first()
    named = Order.objects.filter(reference=report.external_reference).values_list("pk", flat=True).first()
    pk = known or named or (meant_for and meant_for.pk)
    return Order.objects.select_for_update().get(pk=pk) if pk else None


def _tell_of_another_name(order: Order, report: PaymentReport) -> None:
    """Have a person look at a payment that names another order than the one it was counted for."""
    named = report.external_reference
    if named != order.reference and Order.objects.filter(reference=named).exists():
        raise_flag(Reason.UNKNOWN_ORDER, payment_id=report.id, about=f"{NAMES_ANOTHER}{named}")
    else:
        clear_stranger_flag(report.id)


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
    """Write the order's money from all its payments, and open what it bought the first time it is paid.

    Call with the order's row locked. The only writer of `Order.money` and `Order.attention`.
    """
    total = add_up(expected_of(order), list(order.payments.all()))
    was_paid = order.paid_at is not None
    was_refunded = order.money == Money.REFUNDED
    order.money = total.money
    if total.money == Money.PAID and not was_paid:
        order.paid_at = timezone.now()
        order.next_check_at = _not_before(order.paid_at + PAID_IS_CHECKED_AFTER, order.next_check_at)
    findings = [*_with_chargebacks(order, total.findings), *_paid_again(order, total)]
    findings += _about_the_order(order)
    order.attention = keep(order, findings)
    order.save(update_fields=["money", "attention", "paid_at", "dispute_deadline", "next_check_at"])
    if order.paid_at and not was_paid:
        _fulfil(order)
    refund_excess(order, expected_of(order))
    if order.paid_at and order.money == Money.REFUNDED and not was_refunded:
        mirror("refund", user_id=order.client_id, facts=purchase_facts(order))


def _not_before(earliest: datetime.datetime, planned: datetime.datetime | None) -> datetime.datetime | None:
    return None if planned is None else max(earliest, planned)


def _with_chargebacks(order: Order, findings: Iterable[Finding]) -> list[Finding]:
    """The same, a dispute with what is known of its chargebacks; writes until when they may be answered.

    Whoever answered a dispute is asked again when another chargeback, or another deadline, comes of it.
    """
    found = list(findings)
    if Reason.DISPUTED not in {each.reason for each in found}:
        order.dispute_deadline = None
        return found
    told = chargebacks_of(order)
    if told:
        order.dispute_deadline = min((each.deadline for each in told if each.deadline), default=None)
    # First, so that no number of payments cuts them off.
    cases = sorted(_case(each) for each in told)
    return [
        Finding(each.reason, ", ".join([*cases, each.about])) if each.reason == Reason.DISPUTED else each
        for each in found
    ]


def _case(chargeback: PaymentEvent) -> str:
    """As `guidance.detail_of` reads it."""
    until = chargeback.deadline and chargeback.deadline.astimezone(datetime.UTC)
    return f"#{chargeback.chargeback_id}" + (f"@{until:%Y-%m-%dT%H:%M}" if until else "")


def _about_the_order(order: Order) -> Iterable[Finding]:
    """What no single payment tells."""
    if order.money == Money.PARTIALLY_REFUNDED and order.paid_at is None:
        yield Finding(Reason.NEVER_OPENED)
    if order.is_under_fraud_alert:
        yield Finding(Reason.FRAUD, payments_alerted(order))
    if was_refused(order):
        yield Finding(Reason.REFUND_REFUSED)


def _paid_again(order: Order, total: Sum) -> Iterable[Finding]:
    """Money that arrives after a person gave the whole price back: whether it is to stay is theirs to say."""
    is_told = Reason.OVERPAID in {each.reason for each in total.findings}
    if total.money == Money.PAID and not is_told and paid_after_all_went_back(order, expected_of(order)):
        yield Finding(Reason.OVERPAID, str(order.amount))


def _fulfil(order: Order) -> None:
    open_what_was_bought(order)
    order.fulfilled_at = timezone.now()
    order.save(update_fields=["fulfilled_at"])
    # Who redeems a gift buys nothing: its buyer did.
    if order.kind != OrderKind.REDEMPTION:
        record(ORDER_PAID, user=order.client, subject_id=order.pk, facts=purchase_facts(order))
    if order.kind == OrderKind.GIFT:
        async_task("consultations.jobs.send_gift_ready", order.pk)
    if order.kind != OrderKind.GIFT or order.amount:
        async_task("consultations.jobs.send_payment_received", order.pk)
    if order.preference_id:
        async_task("consultations.jobs.close_link", order.pk)


def purchase_facts(order: Order) -> dict[str, object]:
    """What analytics may know of a purchase: a random reference, the price and the service's name."""
    return {"transaction_id": order.reference, **offer_facts(order)}


def offer_facts(order: Order) -> dict[str, object]:
    """What analytics may know of an order that nobody has paid yet: of a discount the sum, never the code."""
    item = {"item_id": order.service.slug, "quantity": 1, "price": float(order.amount)}
    if order.taken_off:
        item["discount"] = float(order.taken_off)
    return {"currency": order.currency, "value": float(order.amount), "items": [item]}


def expected_of(order: Order) -> Expected:
    return Expected(
        amount=order.amount,
        currency=order.currency,
        collector_id=settings.MERCADOPAGO_COLLECTOR_ID or order.collector_id or 0,
        live_only=not settings.DEBUG,
    )
