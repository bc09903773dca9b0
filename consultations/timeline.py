"""All that happened to one order, in one line of time. Pure: rows in, sentences out, oldest first.

For the office: a client stays a pseudonym, whoever works at Need is named, and nothing is told of what a
consultation is about.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format

from consultations import wording
from consultations.enums import ONLY_NOTED, PaymentEventKind, RefundReason, RefundState
from consultations.models import Consultation, Order, PaymentEvent, PaymentFlag, PaymentHint, Refund

# Between Mercado Pago's own date and the moment when it was read here.
SOON = datetime.timedelta(minutes=2)
OUTCOMES = {
    "": "Todavía no se lee.",
    "applied": "Leído.",
    "unknown order": "No nombra ninguna orden.",
    "noted": "Anotado; no pide nada.",
    "not a number": "No nombra ningún pago.",
    "refused": "Mercado Pago no quiso mostrarlo.",
    "not found": "Nunca apareció en Mercado Pago.",
}
TOPICS = {
    "payment": "pago",
    "merchant_order": "orden de Mercado Pago",
    "topic_merchant_order_wh": "orden de Mercado Pago",
    "topic_chargebacks_wh": "contracargo",
    "stop_delivery_op_wh": "posible fraude, pago",
}


class Kind(TextChoices):
    ORDER = "order", "Orden"
    LINK = "link", "Enlace"
    HINT = "hint", "Aviso"
    PAYMENT = "payment", "Pago"
    REFUND = "refund", "Devolución"
    DISPUTE = "dispute", "Disputa"
    FRAUD = "fraud", "Fraude"
    FLAG = "flag", "Por mirar"
    CONSULTATION = "consultation", "Consulta"


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    moment: datetime.datetime
    kind: Kind
    sentence: str


@dataclass(frozen=True)
class Rows:
    """What is known of an order, in any sequence."""

    order: Order
    consultation: Consultation | None = None
    events: Iterable[PaymentEvent] = ()
    hints: Iterable[PaymentHint] = ()
    refunds: Iterable[Refund] = ()
    flags: Iterable[PaymentFlag] = ()


def line_of(rows: Rows, now: datetime.datetime) -> list[Entry]:
    """Everything that happened, oldest first. What happened at one moment keeps the sequence below."""
    entries = [
        *_order(rows.order, now),
        *(each for hint in rows.hints for each in _hint(hint)),
        *(_event(event) for event in rows.events),
        *_fraud(rows.order),
        *(each for flag in rows.flags for each in _flag(flag)),
        *(each for refund in rows.refunds for each in _refund(refund)),
        *_paid(rows.order),
        *_consultation(rows.consultation),
    ]
    return sorted(entries, key=lambda entry: entry.moment)


def who_asked(refund: Refund) -> str:
    """Who asked for a refund, for the office: a client stays a pseudonym there."""
    if refund.reason == RefundReason.IN_PANEL:
        return "Alguien en Mercado Pago"
    if refund.by is None:
        return "El sitio, por sí solo"
    return refund.by.pseudonym if refund.reason == RefundReason.WITHDRAWAL else refund.by.email


def _order(order: Order, now: datetime.datetime) -> Iterator[Entry]:
    price = wording.price(order.amount, order.currency)
    yield Entry(order.created_at, Kind.ORDER, f"Se hizo la orden: {order.service.name}, {price}.")
    if order.link_asked_at:
        yield Entry(order.link_asked_at, Kind.LINK, "Se pidió el enlace de pago a Mercado Pago.")
    if order.link_made_at:
        yield Entry(order.link_made_at, Kind.LINK, "Mercado Pago dio el enlace de pago.")
    if order.expires_at <= now and not (order.paid_at and order.paid_at <= order.expires_at):
        yield Entry(order.expires_at, Kind.LINK, "Venció el plazo para pagar.")


def _paid(order: Order) -> Iterator[Entry]:
    if order.paid_at:
        yield Entry(order.paid_at, Kind.ORDER, "La orden quedó pagada.")
    if order.fulfilled_at:
        yield Entry(order.fulfilled_at, Kind.CONSULTATION, "Se abrió la consulta.")


def _consultation(consultation: Consultation | None) -> Iterator[Entry]:
    if consultation is not None and consultation.withdrawn_at:
        yield Entry(consultation.withdrawn_at, Kind.CONSULTATION, "La persona retiró su consulta.")


def _fraud(order: Order) -> Iterator[Entry]:
    if order.fraud_alert_at:
        yield Entry(order.fraud_alert_at, Kind.FRAUD, "Mercado Pago avisó de un posible fraude.")
    if order.fraud_cleared_at:
        yield Entry(order.fraud_cleared_at, Kind.FRAUD, "Se descartó el fraude.")


def _hint(hint: PaymentHint) -> Iterator[Entry]:
    topic = TOPICS.get(hint.topic, hint.topic)
    number = hint.data_id or hint.payment_id or ""
    outcome = OUTCOMES.get(hint.outcome, hint.outcome)
    if not hint.processed_at and hint.checks:
        outcome = f"Todavía no se pudo leer; intentos: {hint.checks}."
    yield Entry(hint.received_at, Kind.HINT, f"Llegó un aviso: {topic} {number}. {outcome}")


def _event(event: PaymentEvent) -> Entry:
    sentence = _chargeback(event) if event.kind == PaymentEventKind.CHARGEBACK else _state(event)
    late = event.seen_at - event.at > SOON
    seen = f" Aquí se supo el {date_of(event.seen_at)}." if late else ""
    return Entry(event.at, _kind_of(event), sentence + seen)


def _kind_of(event: PaymentEvent) -> Kind:
    is_dispute = event.kind == PaymentEventKind.CHARGEBACK or event.status in ("in_mediation", "charged_back")
    return Kind.DISPUTE if is_dispute else Kind.PAYMENT


def _state(event: PaymentEvent) -> str:
    amount = wording.price(event.amount, event.currency)
    back = f"; devuelto, {wording.price(event.refunded, event.currency)}" if event.refunded else ""
    state = wording.payment_state(event.status, event.status_detail)
    return f"Pago {event.payment_id}: {state}. Monto, {amount}{back}."


def _chargeback(event: PaymentEvent) -> str:
    until = f"documentos hasta el {date_of(event.deadline)}" if event.deadline else "sin pedir documentos"
    return f"Contracargo {event.chargeback_id} del pago {event.payment_id}: {until}."


def _refund(refund: Refund) -> Iterator[Entry]:
    amount = wording.price(refund.amount, refund.payment.currency)
    what = f"{amount} del pago {refund.payment.payment_id}"
    yield Entry(refund.asked_at, Kind.REFUND, f"Se pidió devolver {what}. {_why(refund)}")
    if refund.settled_at and refund.state == RefundState.DONE:
        yield Entry(refund.settled_at, Kind.REFUND, f"Se devolvió {what}.")
    if refund.settled_at and refund.state == RefundState.REFUSED:
        yield Entry(refund.settled_at, Kind.REFUND, f"Mercado Pago rechazó devolver {what}.")


def _why(refund: Refund) -> str:
    note = f" Nota: {refund.note}" if refund.note else ""
    return f"{refund.get_reason_display()}. Quién: {who_asked(refund)}.{note}"


def _flag(flag: PaymentFlag) -> Iterator[Entry]:
    reason = flag.get_reason_display()
    yield Entry(flag.raised_at, Kind.FLAG, f"Se pidió mirar: {reason}")
    if flag.resolved_at:
        who = flag.resolved_by.email if flag.resolved_by else "alguien que ya no está"
        decided = flag.resolution or "sin decir cómo"
        done = "Anotado" if flag.reason in ONLY_NOTED else "Resuelto"
        yield Entry(flag.resolved_at, Kind.FLAG, f"{done} por {who}: {decided} ({reason})")
    if flag.cleared_at and not flag.resolved_at:
        yield Entry(flag.cleared_at, Kind.FLAG, f"Dejó de ocurrir: {reason}")


def date_of(moment: datetime.datetime) -> str:
    """A moment as the office reads it."""
    return date_format(timezone.localtime(moment), "d/m/Y H:i")
