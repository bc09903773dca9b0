"""Jobs of the queue. Each takes ids, fetches, delegates, and may run twice without harm."""

from __future__ import annotations

from consultations import emails
from consultations.actions import hints, links, reconciliation, retention
from consultations.models import Order, PaymentFlag, PaymentHint, Rating, Turn


def process_hint(hint_id: int) -> str:
    return hints.work_off(PaymentHint.objects.get(pk=hint_id))


def sync_order(order_id: int, payment_id: int | None = None) -> None:
    """Look this order up at Mercado Pago; when it does not answer, reconciliation asks again."""
    reconciliation.check_now(order_id, payment_id)


def close_link(order_id: int) -> None:
    """Close the payment link of a paid order; while Mercado Pago is silent the queue tries again."""
    links.close_link(Order.objects.get(pk=order_id))


def reconcile_payments() -> int:
    return reconciliation.reconcile_due()


def delete_old_letters() -> int:
    """Recurring: delete what people wrote in consultations closed long enough ago; give how many."""
    return retention.delete_old_letters()


def send_space_open(order_id: int) -> None:
    emails.space_open(Order.objects.select_related("client", "consultation").get(pk=order_id))


def send_payment_flag(flag_id: int) -> None:
    """Whatever is gone by now needs nobody."""
    flag = PaymentFlag.objects.select_related("order").get(pk=flag_id)
    if flag.cleared_at is None and flag.resolved_at is None:
        emails.payment_flag(flag)


def send_case_waiting(turn_id: int) -> None:
    emails.case_waiting(_turn(turn_id))


def send_answer_ready(turn_id: int) -> None:
    emails.answer_ready(_turn(turn_id))


def send_reply_arrived(turn_id: int) -> None:
    emails.reply_arrived(_turn(turn_id))


def send_risk_notice(turn_id: int) -> None:
    emails.risk_notice(_turn(turn_id))


def send_rating_risk_notice(rating_id: int) -> None:
    """Whoever asked to be erased takes their rating along; a job left behind has nothing to do."""
    related = ("consultation__client", "consultation__psychologist")
    rating = Rating.objects.select_related(*related).filter(pk=rating_id).first()
    if rating is not None:
        emails.rating_risk_notice(rating)


def _turn(turn_id: int) -> Turn:
    related = ("consultation__client", "consultation__psychologist", "consultation__order")
    return Turn.objects.select_related(*related).get(pk=turn_id)
