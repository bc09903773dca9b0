"""Asking for money to go back. Mercado Pago hears of it later, from the queue (`actions.refunding`).

A refund is a row with its own idempotency key before anything is sent. Whoever asks holds the lock of the
order's row, so that two who ask at once never give back more than was paid.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from consultations import wording
from consultations.actions.errors import NotAllowed
from consultations.actions.owing import Move, owed_after
from consultations.enums import (
    CURRENCIES_WITHOUT_DECIMALS,
    REFUND_TRANSITIONS,
    OrderKind,
    RefundReason,
    RefundState,
    Status,
)
from consultations.mercadopago_reports import PaymentReport, RefundReport
from consultations.models import Consultation, Gift, Order, Payment, Refund
from consultations.money import ZERO, Expected, counts, is_ours
from consultations.permissions import may_refund
from home.models import User

# What Mercado Pago's words for a refund's state mean here; any other means that it is not decided yet.
STATES: dict[str, RefundState] = {
    "approved": RefundState.DONE,
    "rejected": RefundState.REFUSED,
    "cancelled": RefundState.REFUSED,
}
NOT_RETURNABLE = "Este pago no se puede devolver ahora: Mercado Pago no lo tiene como aprobado."
WHOLLY_RETURNED = "refunded"
# By then the queue has tried seven times, or Mercado Pago has not answered for long.
LATE_AFTER = datetime.timedelta(hours=2)
# What an order's money or its client brought about; the others somebody decided.
AUTOMATIC = frozenset({RefundReason.EXCESS, RefundReason.LATE_PAYMENT, RefundReason.WITHDRAWAL})
# Mercado Pago holds the money, or took it: nothing is given back by itself until a person has looked.
IN_DISPUTE = frozenset({"in_mediation", "charged_back"})


@transaction.atomic
def ask_refund(
    *,
    by: User,
    payment: Payment,
    amount: Decimal,
    reason: RefundReason,
    note: str = "",
    attempt: uuid.UUID | None = None,
) -> Refund:
    """Ask for `amount` of `payment` to go back, for somebody who may. Raises NotAllowed, saying why.

    The same `attempt` (one form, however often it is sent) gives the same refund.
    """
    if not may_refund(by):
        raise NotAllowed("No tienes permiso para devolver dinero.")
    Order.objects.select_for_update().get(pk=payment.order_id)
    attempt = attempt or uuid.uuid4()
    known = refund_of(payment, attempt)
    if known is not None:
        return known
    payment.refresh_from_db()
    _must_be_returnable(payment, amount)
    return create(payment, amount, reason, by=by, note=note, key=_key(payment, attempt))


def refund_of(payment: Payment, attempt: uuid.UUID) -> Refund | None:
    """What this very form has asked for before, if anything."""
    return Refund.objects.filter(idempotency_key=_key(payment, attempt)).first()


def _key(payment: Payment, attempt: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(attempt, str(payment.payment_id))


def _must_be_returnable(payment: Payment, amount: Decimal) -> None:
    if payment.status != "approved":
        raise NotAllowed(NOT_RETURNABLE)
    if amount <= ZERO:
        raise NotAllowed("El monto tiene que ser mayor que cero.")
    if payment.currency in CURRENCIES_WITHOUT_DECIMALS and amount != amount.to_integral_value():
        raise NotAllowed("Esta moneda no tiene decimales.")
    if amount > left_of(payment):
        raise NotAllowed(f"De este pago quedan {wording.price(left_of(payment), payment.currency)}.")


def create(
    payment: Payment,
    amount: Decimal,
    reason: RefundReason,
    *,
    by: User | None = None,
    note: str = "",
    key: uuid.UUID | None = None,
) -> Refund:
    """Write down a refund and queue it. Call with the order's row locked, for no more than is left."""
    refund = Refund.objects.create(
        payment=payment,
        amount=amount,
        reason=reason,
        by=by,
        note=note,
        idempotency_key=key or uuid.uuid4(),
        next_try_at=timezone.now(),
    )
    async_task("consultations.jobs.carry_out_refund", refund.pk)
    return refund


def left_of(payment: Payment) -> Decimal:
    """What may still be asked of a payment: neither given back yet nor asked for."""
    refunds = payment.refunds.exclude(state=RefundState.REFUSED).values_list("state", "amount")
    return left(payment, list(refunds))


def left(payment: Payment, refunds: Iterable[tuple[str, Decimal]]) -> Decimal:
    """The same, of refunds that were read before. The payment may have been read before the last of them."""
    sums = {RefundState.ASKED: ZERO, RefundState.DONE: ZERO}
    for state, amount in refunds:
        if state in sums:
            sums[RefundState(state)] += amount
    return payment.amount - max(payment.refunded, sums[RefundState.DONE]) - sums[RefundState.ASKED]


def excess_of(order: Order) -> Decimal:
    """What is paid above what is owed and neither given back yet nor asked for, for a person to decide on."""
    payments = list(order.payments.prefetch_related("refunds"))
    ours = [each for each in payments if each.currency == order.currency]
    paid = [each for each in ours if each.status == "approved"]
    brought = [*paid, *(each for each in ours if each.status == WHOLLY_RETURNED)]
    owed = ZERO if came_after_all_went_back(payments, paid) else owed_for(order, brought)
    return max(sum((_rest(each) for each in paid), ZERO) - owed, ZERO)


def _rest(payment: Payment) -> Decimal:
    return left(payment, [(row.state, row.amount) for row in payment.refunds.all()])


def owed_for(order: Order, brought: Iterable[Payment]) -> Decimal:
    """The price, less what somebody gave back of it on purpose: a second payment does not undo that.

    `brought` are the payments that count, and those that did until they went back as a whole. What went back
    of more than the price, or of a payment that went back as a whole, is no part of it.
    """
    return owed_after(order.amount, [move for each in brought for move in _moves(each)])


def _moves(payment: Payment) -> Iterable[Move]:
    """What came with a payment and what went back of it since; it adds up to what is left."""
    rest, came = _rest(payment), payment.approved_at or payment.first_seen_at
    back = [each for each in payment.refunds.all() if each.state != RefundState.REFUSED]
    yield Move(came, rest + sum((each.amount for each in back), ZERO))
    for each in back:
        decided = rest > ZERO and each.reason not in AUTOMATIC
        # A date of its own that is missing, or of another clock, may be before that of its payment.
        yield Move(max(came, each.asked_at), -each.amount, on_purpose=decided)


def came_after_all_went_back(payments: Iterable[Payment], paid: Iterable[Payment]) -> bool:
    """Whether somebody gave a whole payment back before any of what is paid now was approved."""
    back = [row.asked_at for each in payments if each.status == WHOLLY_RETURNED for row in _on_purpose(each)]
    approved = [each.approved_at or each.first_seen_at for each in paid]
    return bool(back and approved) and min(approved) > min(back)


def paid_after_all_went_back(order: Order, expected: Expected) -> bool:
    """The same of an order, of the money that counts."""
    if not order.payments.filter(status=WHOLLY_RETURNED).exists():
        return False
    payments = list(order.payments.prefetch_related("refunds"))
    return came_after_all_went_back(payments, [each for each in payments if counts(expected, each)])


def _on_purpose(payment: Payment) -> list[Refund]:
    refunds = payment.refunds.all()
    return [each for each in refunds if each.state != RefundState.REFUSED and each.reason not in AUTOMATIC]


def refund_excess(order: Order, expected: Expected) -> None:
    """Give back, once, what was paid above what is owed; nothing while Mercado Pago looks into a dispute.

    Owed is nothing once the client has withdrawn (else see `owed_for`). One payment above the price is no
    second payment: a person looks at it. Call with the order's row locked.
    """
    payments = list(order.payments.prefetch_related("refunds"))
    paid = [each for each in payments if counts(expected, each)]
    if any(each.status in IN_DISPUTE and each not in paid for each in payments):
        return
    withdrawn = bool(paid) and is_withdrawn(order)
    if not paid or (len(paid) == 1 and not withdrawn) or any(_was_refused(each) for each in paid):
        return
    rest = {each: _rest(each) for each in paid}
    back = [each for each in payments if each.status == WHOLLY_RETURNED and is_ours(expected, each)]
    excess = sum(rest.values(), ZERO) - (ZERO if withdrawn else owed_for(order, [*paid, *back]))
    reason = RefundReason.LATE_PAYMENT if withdrawn else RefundReason.EXCESS
    for payment in sorted(paid, key=lambda each: (each.first_seen_at, each.pk), reverse=True):
        part = min(excess, rest[payment])
        if part > ZERO:
            create(payment, part, reason)
            excess -= part


def _was_refused(payment: Payment) -> bool:
    """Whether Mercado Pago said no to an automatic refund of it: then a person decides."""
    refunds = payment.refunds.all()
    return any(each.state == RefundState.REFUSED and each.reason in AUTOMATIC for each in refunds)


def is_withdrawn(order: Order) -> bool:
    """Whether whoever bought it changed their mind."""
    if order.kind == OrderKind.GIFT:
        return Gift.objects.filter(order=order, withdrawn_at__isnull=False).exists()
    return Consultation.objects.filter(order=order, status=Status.WITHDRAWN).exists()


def was_refused(order: Order) -> bool:
    """Whether a person must look at a refund of this order: not once everything went back."""
    return stuck().filter(payment__order=order, state=RefundState.REFUSED).exists()


def stuck() -> QuerySet[Refund]:
    """Refunds that a person must look at: refused and not made good, or not done for long."""
    later = Refund.objects.exclude(state=RefundState.REFUSED).filter(
        payment=OuterRef("payment"), asked_at__gt=OuterRef("asked_at")
    )
    refused = Q(~Exists(later), state=RefundState.REFUSED) & ~Q(payment__status=WHOLLY_RETURNED)
    late = Q(state=RefundState.ASKED, asked_at__lt=timezone.now() - LATE_AFTER)
    return Refund.objects.filter(refused | late).exclude(reason=RefundReason.IN_PANEL)


def refunds_to_tell(order: Order) -> list[Refund]:
    """The refunds of an order as its client is told of them: a refusal that another one made good is none."""
    refunds = list(Refund.objects.filter(payment__order=order).select_related("payment"))
    good = [each for each in refunds if each.state != RefundState.REFUSED]
    return [each for each in refunds if each in good or not _is_made_good(each, good)]


def _is_made_good(refused: Refund, good: list[Refund]) -> bool:
    later = (each for each in good if each.payment_id == refused.payment_id)
    return refused.payment.status == WHOLLY_RETURNED or any(
        each.asked_at > refused.asked_at for each in later
    )


def record_refunds(payment: Payment, report: PaymentReport) -> None:
    """Keep every refund that Mercado Pago tells of, also those made in its own panel, once by its id.

    One of ours whose answer was lost looks like one of the panel, until the same key is sent again.
    Call with the order's row locked.
    """
    known = {row.refund_id: row for row in payment.refunds.filter(refund_id__isnull=False)}
    for told in report.refunds:
        row = known.get(told.id) or Refund(
            payment=payment, amount=told.amount, reason=RefundReason.IN_PANEL, refund_id=told.id
        )
        if row.pk is None:
            row.asked_at = told.created_at or timezone.now()
            row.save()
        settle(row, told)


def settle(refund: Refund, told: RefundReport | None) -> None:
    """Take a refund to what Mercado Pago says of it, None for a refusal; the only writer of `state`.

    Call with the order's row locked. Old news changes nothing.
    """
    state = RefundState.REFUSED if told is None else STATES.get(told.status, RefundState.ASKED)
    if told is not None and refund.refund_id is None:
        # The row of a payment read in the meantime is this very refund.
        Refund.objects.filter(refund_id=told.id, reason=RefundReason.IN_PANEL).exclude(pk=refund.pk).delete()
        refund.refund_id = told.id
        refund.save(update_fields=["refund_id"])
    if state not in REFUND_TRANSITIONS[RefundState(refund.state)]:
        return
    refund.state, refund.settled_at = state, timezone.now()
    refund.made_at = told.created_at if told is not None and state == RefundState.DONE else None
    refund.save(update_fields=["state", "settled_at", "made_at"])
    if state == RefundState.DONE:
        async_task("consultations.jobs.send_refund_done", refund.pk)


def wait(tries: int) -> datetime.timedelta:
    """How long after so many tries the next one comes."""
    minutes = (1, 2, 5, 10, 30, 60, 180, 720, 1440)
    return datetime.timedelta(minutes=minutes[min(tries, len(minutes) - 1)])
