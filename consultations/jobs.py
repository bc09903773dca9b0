"""Jobs of the queue. Each takes ids, fetches, delegates, and may run twice without harm."""

from __future__ import annotations

from collections.abc import Callable

from consultations import emails
from consultations.actions import hints, links, reconciliation, refunding, retention
from consultations.models import Order, PaymentFlag, PaymentHint, Rating, Refund, Turn


def process_hint(hint_id: int) -> str:
    return hints.work_off(PaymentHint.objects.get(pk=hint_id))


def sync_order(order_id: int, payment_id: int | None = None) -> None:
    """Look this order up at Mercado Pago; when it does not answer, reconciliation asks again."""
    reconciliation.check_now(order_id, payment_id)


def close_link(order_id: int) -> None:
    """Close the payment link of a paid order; while Mercado Pago is silent the queue tries again."""
    links.close_link(Order.objects.get(pk=order_id))


def reconcile_payments() -> int:
    """Recurring: look at the hints and orders that are due, and carry out the refunds that are."""
    return reconciliation.reconcile_due() + refunding.carry_out_due()


def carry_out_refund(refund_id: int) -> bool:
    return refunding.carry_out(refund_id)


def send_refund_done(refund_id: int) -> None:
    """A refund that turned out to be one of ours has left this row, and is told of by its own."""
    refund = Refund.objects.select_related("payment__order__client").filter(pk=refund_id).first()
    if refund is not None:
        emails.refund_done(refund)


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
    _tell(emails.case_waiting, turn_id)


def send_answer_ready(turn_id: int) -> None:
    _tell(emails.answer_ready, turn_id)


def send_reply_arrived(turn_id: int) -> None:
    _tell(emails.reply_arrived, turn_id)


def send_risk_notice(turn_id: int) -> None:
    _tell(emails.risk_notice, turn_id)


def send_rating_risk_notice(rating_id: int) -> None:
    """Whoever asked to be erased takes their rating along; a job left behind has nothing to do."""
    related = ("consultation__client", "consultation__psychologist")
    rating = Rating.objects.select_related(*related).filter(pk=rating_id).first()
    if rating is not None:
        emails.rating_risk_notice(rating)


def _tell(about: Callable[[Turn], None], turn_id: int) -> None:
    """A letter that was withdrawn takes itself along; a job left behind has nothing to do."""
    related = ("consultation__client", "consultation__psychologist", "consultation__order")
    turn = Turn.objects.select_related(*related).filter(pk=turn_id).first()
    if turn is not None:
        about(turn)
