"""Jobs of the queue. Each takes ids, fetches, delegates, and may run twice without harm."""

from __future__ import annotations

import time
from collections.abc import Callable

from consultations import emails
from consultations.actions import (
    balance,
    case_drafts,
    hints,
    links,
    looking_again,
    receipts,
    reconciliation,
    refunding,
    retention,
)
from consultations.models import CaseSource, Order, PaymentFlag, PaymentHint, Rating, Refund, Turn

# For refunds after a reconciliation that took too long.
LEAST_SECONDS = 5.0


def process_hint(hint_id: int) -> str:
    return hints.work_off(PaymentHint.objects.get(pk=hint_id))


def sync_order(order_id: int, payment_id: int | None = None) -> None:
    """Look this order up at Mercado Pago; when it does not answer, reconciliation asks again."""
    reconciliation.check_now(order_id, payment_id)


def sync_payment(payment_id: int) -> bool:
    """Read a payment of no order again, as somebody in the office asked."""
    return looking_again.read_payment(payment_id)


def check_credentials() -> bool:
    return looking_again.check_credentials()


def close_link(order_id: int) -> None:
    """Close the payment link of a paid order; while Mercado Pago is silent the queue tries again."""
    links.close_link(Order.objects.get(pk=order_id))


def reconcile_payments() -> int:
    """Recurring: look at the hints and orders that are due, and carry out the refunds that are."""
    ends = time.monotonic() + reconciliation.PASS_SECONDS + refunding.PASS_SECONDS
    looked_at = reconciliation.reconcile_due()
    left = max(ends - time.monotonic(), LEAST_SECONDS)
    return looked_at + refunding.carry_out_due(seconds=left)


def balance_payments() -> int:
    """Recurring: compare the days that are due with what Mercado Pago's search knows of them."""
    return balance.balance_due()


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


def send_payment_received(order_id: int) -> None:
    receipts.send(Order.objects.select_related("client").get(pk=order_id))


# What an earlier version of the site has queued under the name it had then.
send_space_open = send_payment_received


def send_gift_ready(order_id: int) -> None:
    emails.gift_ready(Order.objects.select_related("client").get(pk=order_id))


def send_payment_flag(flag_id: int) -> None:
    """Whatever is gone by now needs nobody."""
    flag = PaymentFlag.objects.select_related("order").get(pk=flag_id)
    if flag.cleared_at is None and flag.resolved_at is None:
        emails.payment_flag(flag)


def send_case_text_ready(source_id: int) -> None:
    """A text that its client approved, refused or took back meanwhile asks for nothing any more."""
    related = CaseSource.objects.select_related("page", "consultation__client")
    source = related.filter(pk=source_id, page__isnull=False).first()
    if source is not None and case_drafts.waits_for_approval(source):
        emails.case_text_ready(source, case_drafts.digest_of(source))


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
