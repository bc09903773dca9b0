"""What left our account, or came again, without a refund that is known here: told by a payment's steps alone.

A chargeback that was lost takes what was left of its payment; one that is won after all brings it again. And
Mercado Pago may give back by itself (`bpp_refunded`), or tell of a sum without telling of its refunds.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.enums import PaymentEventKind, RefundState
from consultations.models import Payment, PaymentEvent
from consultations.money import WITH_MONEY, ZERO, is_lost

TAKEN_BACK = Q(status__in=("charged_back", "refunded")) | Q(refunded__gt=0)


class Step(NamedTuple):
    """A sum that left us (below zero) or came again, when, and what Mercado Pago said then."""

    at: datetime.datetime
    payment: Payment
    kind: str
    amount: Decimal
    state: str


def steps_between(begin: datetime.datetime, end: datetime.datetime) -> list[Step]:
    """The steps of these days, oldest first: they are few, and so held at once."""
    payments = _payments_that_moved(begin, end)
    told = _told_of(payments)
    steps: list[Step] = []
    for payment in payments.select_related("order").prefetch_related("refunds") if told else ():
        steps += _charged_back(payment, told[payment.payment_id])
        steps += _unnamed(payment, told[payment.payment_id])
    within = [step for step in steps if begin <= step.at < end]
    return sorted(within, key=lambda step: (step.at, step.payment.payment_id))


def _told_of(payments: QuerySet[Payment]) -> dict[int, list[PaymentEvent]]:
    """Everything Mercado Pago told of each, by its number, oldest first."""
    reports = PaymentEvent.objects.filter(kind=PaymentEventKind.REPORT)
    events = reports.filter(payment_id__in=payments.values("payment_id")).order_by("payment_id", "at", "pk")
    grouped = itertools.groupby(events, key=lambda event: event.payment_id)
    return {payment_id: list(steps) for payment_id, steps in grouped}


def _payments_that_moved(begin: datetime.datetime, end: datetime.datetime) -> QuerySet[Payment]:
    reports = PaymentEvent.objects.filter(kind=PaymentEventKind.REPORT)
    moved = reports.filter(at__gte=begin, at__lt=end).values("payment_id")
    ever = reports.filter(TAKEN_BACK, payment_id=OuterRef("payment_id"))
    return Payment.objects.filter(Exists(ever), payment_id__in=moved, status__in=WITH_MONEY)


def _charged_back(payment: Payment, told: list[PaymentEvent]) -> Iterator[Step]:
    """What a chargeback took, or gave again, at each step."""
    before = ZERO
    for event in told:
        lost = max(event.amount - gone_back(event), ZERO) if is_lost(event) else ZERO
        if lost != before:
            yield _step(event, payment, "contracargo", before - lost)
        before = lost


def _unnamed(payment: Payment, told: list[PaymentEvent]) -> Iterator[Step]:
    """What went back beside the refunds that are known, at the first step that tells of all of it."""
    whole = gone_back(payment)
    named = sum((each.amount for each in payment.refunds.all() if each.state == RefundState.DONE), ZERO)
    if whole > named:
        first = next((event for event in told if gone_back(event) >= whole), told[-1])
        yield _step(first, payment, "devolución", named - whole)


def _step(event: PaymentEvent, payment: Payment, kind: str, amount: Decimal) -> Step:
    return Step(event.at, payment, kind, amount, f"{event.status} {event.status_detail}".strip())


def gone_back(told: Payment | PaymentEvent) -> Decimal:
    """How much a payment says went back: all of it once it is called refunded, whatever the sum says."""
    return told.amount if told.status == "refunded" else told.refunded
