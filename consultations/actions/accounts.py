"""The accounts of a month, for whoever keeps the books: one line for whatever came to our account or left it.

Money and references alone: nobody's name or address, and nothing of what was bought. What of it went back
without a refund of its own, or in a chargeback, stands in `accounts_steps`.
"""

from __future__ import annotations

import datetime
import heapq
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DateTimeField, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import log

from consultations import wording
from consultations.actions.accounts_steps import Step, gone_back, steps_between
from consultations.actions.balance_day import bounds
from consultations.actions.payments import expected_of
from consultations.enums import RefundState
from consultations.models import Payment, Refund
from consultations.money import WITH_MONEY, reaches_us
from home.models import User

ACCOUNTS_DOWNLOADED = "consultations.accounts"
HEADER = (
    "fecha",
    "orden",
    "pago",
    "tipo",
    "devolucion",
    "monto",
    "moneda",
    "comision",
    "neto",
    "estado",
    "devuelto_a_la_fecha",
    "estado_mercado_pago",
)
AT_ONCE = 500
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class Line(NamedTuple):
    """One line. What left us has a minus, so that the column adds up; `fees` and `net` are Mercado Pago's
    own figures of the payment, and empty where it gave none. `state` is Mercado Pago's own name for what
    `in_words` says: whoever compares the file with its reports looks for that."""

    date: str
    order: str
    payment: int
    kind: str
    refund: int | None
    amount: Decimal
    currency: str
    fees: Decimal | None
    net: Decimal | None
    in_words: str
    refunded: Decimal | None
    state: str


Dated = tuple[datetime.datetime, int, Line]


def month_of(text: str) -> datetime.date | None:
    """The first day of a month of this century written "2026-11", None for anything else."""
    written = MONTH.fullmatch(text)
    return datetime.date(int(written[1]), int(written[2]), 1) if written else None


def next_month(month: datetime.date) -> datetime.date:
    return (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def previous_month(month: datetime.date) -> datetime.date:
    return (month.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def lines_of(month: datetime.date) -> Iterator[Line]:
    """The lines of a month of the site's time zone, oldest first, read as they are asked for."""
    begin, end = bounds(month)[0], bounds(next_month(month))[0]
    parts = (_payments(begin, end), _refunds(begin, end), _steps(begin, end))
    for _, _, line in heapq.merge(*parts, key=lambda dated: dated[:2]):
        yield line


def _payments(begin: datetime.datetime, end: datetime.datetime) -> Iterator[Dated]:
    """Payments that brought money, at the moment they did: as Mercado Pago says, or else first seen here."""
    within = Q(approved_at__gte=begin, approved_at__lt=end)
    within |= Q(approved_at=None, first_seen_at__gte=begin, first_seen_at__lt=end)
    moment = Coalesce("approved_at", "first_seen_at", output_field=DateTimeField())
    payments = Payment.objects.filter(within, status__in=WITH_MONEY).select_related("order")
    rows = payments.annotate(moment=moment).order_by("moment", "payment_id")
    for payment in rows.iterator(chunk_size=AT_ONCE):
        if _is_ours(payment):
            yield payment.moment, payment.payment_id, _of_payment(payment, payment.moment)


def _is_ours(payment: Payment) -> bool:
    """Whether its money came to us. In another currency than the order's it counts for no order, and came."""
    return reaches_us(expected_of(payment.order), payment)


def _of_payment(payment: Payment, moment: datetime.datetime) -> Line:
    return _line(
        payment,
        moment,
        kind="pago",
        amount=payment.amount,
        fees=payment.fees,
        net=payment.net_received,
        state=f"{payment.status} {payment.status_detail}".strip(),
        refunded=gone_back(payment),
    )


def _refunds(begin: datetime.datetime, end: datetime.datetime) -> Iterator[Dated]:
    within = Q(made_at__gte=begin, made_at__lt=end)
    within |= Q(made_at=None, settled_at__gte=begin, settled_at__lt=end)
    moment = Coalesce("made_at", "settled_at", output_field=DateTimeField())
    refunds = Refund.objects.filter(within, state=RefundState.DONE).select_related("payment__order")
    rows = refunds.annotate(moment=moment, number=F("payment__payment_id")).order_by("moment", "number")
    for refund in rows.iterator(chunk_size=AT_ONCE):
        if _is_ours(refund.payment):
            yield refund.moment, refund.number, _of_refund(refund, refund.moment)


def _of_refund(refund: Refund, moment: datetime.datetime) -> Line:
    return _line(
        refund.payment,
        moment,
        kind="devolución",
        amount=-refund.amount,
        state="approved",
        refund=refund.refund_id,
    )


def _steps(begin: datetime.datetime, end: datetime.datetime) -> Iterator[Dated]:
    for step in steps_between(begin, end):
        if _is_ours(step.payment):
            yield step.at, step.payment.payment_id, _of_step(step)


def _of_step(step: Step) -> Line:
    return _line(step.payment, step.at, kind=step.kind, amount=step.amount, state=step.state)


def _line(
    payment: Payment,
    moment: datetime.datetime,
    *,
    kind: str,
    amount: Decimal,
    state: str,
    refund: int | None = None,
    fees: Decimal | None = None,
    net: Decimal | None = None,
    refunded: Decimal | None = None,
) -> Line:
    order, currency = payment.order.reference, payment.currency
    of_the_payment = (_date(moment), order, payment.payment_id, kind, refund, amount, currency)
    status, _, detail = state.partition(" ")
    in_words = wording.payment_state(status, detail)
    return Line(*of_the_payment, fees, net, in_words, refunded, state)


def _date(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def record_download(*, by: User, month: datetime.date) -> None:
    """Write to the audit log who took the accounts of which month along."""
    log(instance=by, action=ACCOUNTS_DOWNLOADED, user=by, data={"month": f"{month:%Y-%m}"})
