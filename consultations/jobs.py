"""Jobs of the queue. Each takes ids, fetches, delegates, and may run twice without harm."""

from __future__ import annotations

from consultations import emails
from consultations.actions import hints, reconciliation
from consultations.models import Order, PaymentHint, Turn


def process_hint(hint_id: int) -> str:
    return hints.work_off(PaymentHint.objects.get(pk=hint_id))


def sync_order(order_id: int) -> None:
    """Look this order up at Mercado Pago; when it does not answer, reconciliation asks again."""
    reconciliation.check_now(order_id)


def reconcile_payments() -> int:
    return reconciliation.reconcile_due()


def send_space_open(order_id: int) -> None:
    emails.space_open(Order.objects.select_related("client", "consultation").get(pk=order_id))


def send_case_waiting(turn_id: int) -> None:
    emails.case_waiting(_turn(turn_id))


def send_answer_ready(turn_id: int) -> None:
    emails.answer_ready(_turn(turn_id))


def send_reply_arrived(turn_id: int) -> None:
    emails.reply_arrived(_turn(turn_id))


def send_risk_notice(turn_id: int) -> None:
    emails.risk_notice(_turn(turn_id))


def _turn(turn_id: int) -> Turn:
    related = ("consultation__client", "consultation__psychologist", "consultation__order")
    return Turn.objects.select_related(*related).get(pk=turn_id)
