"""15 to 24, 26 and 27: money that is wrong, split, late, given back, disputed or suspected."""

import uuid
from datetime import timedelta

from tests.standins.mercadopago import records
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.numbered.stage import Case, Stage, adds_to, paid

CASES: dict[int, Case] = {}
case = adds_to(CASES)

PAID_BEFORE = "The link was paid before, for instance by failure 1."
DISPUTED = ("in_mediation", "charged_back")


@case(
    15,
    "Money arrives for an order that the site does not know, from another till of the same account.",
    "200, and flagged; no order is paid with it.",
    reference="what the payment names; an invented one",
)
def unknown_order(stage: Stage) -> Document:
    stranger = f"OTRA-{uuid.uuid4().hex[:12]}"
    wish = {
        "items": stage.link["items"],
        "external_reference": str(stage.wish("reference", stranger)),
    }
    other = stage.service.create_preference(wish, live_mode=stage.link["_live_mode"])
    payment = stage.service.begin_payment(other["id"], status="approved", notify=False)
    return paid(stage.created(payment), names=payment["external_reference"])


@case(
    16,
    "The buyer pays another amount than the price.",
    "Less is not paid and flagged; more is paid, and the excess flagged.",
    amount="what is paid; half the price",
)
def wrong_amount(stage: Stage) -> Document:
    return paid(stage.created(stage.pay(transaction_amount=stage.amount("amount", stage.part(0.5)))))


@case(
    17,
    "An approved payment in another currency, for another account, or of test credentials.",
    "Not paid, and flagged; a test payment counts only with DEBUG.",
    wrong="currency, collector or live_mode; currency",
)
def wrong_money(stage: Stage) -> Document:
    link, wrong = stage.link, stage.choice("wrong", "currency", "collector", "live_mode")
    changes: dict[str, Document] = {
        "currency": {"currency_id": "ARS" if stage.currency != "ARS" else "CLP"},
        "collector": {"collector_id": link["collector_id"] + 1},
        "live_mode": {"live_mode": False},
    }
    return paid(stage.created(stage.pay(**changes[wrong])))


@case(
    18,
    "The link was open in two tabs and is paid in both; both webhooks come at once.",
    "Paid once; the excess goes back, once.",
)
def second_payment(stage: Stage) -> Document:
    both = [stage.pay(), stage.pay()]
    stage.tell_at_once(stage.notice(each, "payment.created") for each in both)
    return {"payment_ids": [each["id"] for each in both]}


@case(19, "The buyer pays one half with one card and the rest with another.", "The halves add up: paid.")
def two_cards(stage: Stage) -> Document:
    half = stage.part(0.5)
    both = [stage.created(stage.pay(transaction_amount=each)) for each in (half, stage.price - half)]
    return {"payment_ids": [each["id"] for each in both]}


@case(
    20,
    "The buyer pays, and another attempt of the same buyer is rejected afterwards.",
    "The rejection is another payment: paid.",
)
def rejected_afterwards(stage: Stage) -> Document:
    both = [stage.created(stage.pay(status=status)) for status in ("approved", "rejected")]
    return {"payment_ids": [each["id"] for each in both]}


@case(
    21,
    "The buyer takes a coupon; it expires; it was paid at the counter after all.",
    "Pending, then released, then honoured.",
    step="how far: all of it, or one step of it, pending, expired or paid; all",
)
def late_coupon(stage: Stage) -> Document:
    step = stage.choice("step", "all", "pending", "expired", "paid")
    if step in ("all", "pending"):
        coupon = stage.created(stage.pay(status="pending", method="ticket"))
    for name, status in (("expired", "cancelled"), ("paid", "approved")):
        if step in ("all", name):
            coupon = stage.newest("coupon", lambda payment: payment["payment_type_id"] == "ticket")
            coupon = stage.change(coupon, status=status)
            stage.tell(stage.notice(coupon))
    return paid(coupon)


@case(
    22,
    "A payment that is authorized but not captured, or of a status that nobody knows.",
    "Not paid, and flagged.",
    status="authorized, or any word; authorized",
)
def not_captured(stage: Stage) -> Document:
    return paid(stage.created(stage.pay(status=str(stage.wish("status", "authorized")))))


@case(
    23,
    f"A part of the payment is given back in Mercado Pago's panel. {PAID_BEFORE}",
    "Recorded by the refund's own id; the consultation stays.",
    amount="how much; a fifth of the price",
)
def partial_refund(stage: Stage) -> Document:
    payment = stage.approved()
    made = stage.service.refund(payment["id"], stage.wish("amount", stage.part(0.2)), notify=False)
    stage.tell(stage.notice(payment))
    return paid(stage.service.payment(payment["id"]), refund_id=made["id"], amount=made["amount"])


@case(
    24,
    f"The payment is given back as a whole; then the webhook of its beginning comes late. {PAID_BEFORE}",
    "It stays refunded.",
)
def old_webhook_after_refund(stage: Stage) -> Document:
    payment = stage.approved()
    first = stage.notice(payment, "payment.created", created=payment["date_created"])
    stage.service.refund(payment["id"], None, notify=False)
    stage.tell(stage.notice(payment), first)
    return paid(stage.service.payment(payment["id"]))


@case(
    26,
    f"The buyer disputes the payment; the dispute is won or lost. {PAID_BEFORE}",
    "Frozen and flagged, with its deadline; won, all is as before; lost, it is flagged for good.",
    kind="chargeback (the buyer's bank) or mediation (Mercado Pago); chargeback",
    step="open, won or lost; open",
    deadline="until when documents are taken, as an ISO date with offset; in ten days",
)
def dispute(stage: Stage) -> Document:
    kind, step = stage.choice("kind", "chargeback", "mediation"), stage.choice("step", "open", "won", "lost")
    if step != "open":
        payment = stage.newest("disputed", lambda each: each["status"] in DISPUTED)
        return paid(_decide(stage, payment, won=step == "won"))
    payment = stage.approved()
    if kind == "mediation":
        payment = stage.change(payment, status="in_mediation")
        stage.tell(stage.notice(payment))
        return paid(payment)
    deadline = str(stage.wish("deadline", records.stamp(records.now() + timedelta(days=10))))
    made = stage.service.open_chargeback(payment["id"], deadline=deadline)
    return paid(stage.service.payment(payment["id"]), chargeback_id=made["id"], deadline=deadline)


def _decide(stage: Stage, payment: Document, *, won: bool) -> Document:
    if payment["status"] == "charged_back":
        payment = stage.change(payment, status_detail="reimbursed" if won else "settled")
    else:
        payment = stage.change(payment, status="approved")
        if not won:
            stage.service.refund(payment["id"], None, notify=False)
            payment = stage.change(payment, status_detail="by_admin")
    stage.tell(stage.notice(payment))
    return payment


@case(
    27,
    f"Mercado Pago suspects fraud and tells so, once. {PAID_BEFORE}",
    "Stored before the 200; the consultation stops until an administrator has looked.",
)
def fraud_alert(stage: Stage) -> Document:
    payment = stage.approved()
    data = {"payment_id": payment["id"], "merchant_order": payment["order"]["id"]}
    stage.tell(stage.notice(payment, "", data_id="", topic="stop_delivery_op_wh", data=data))
    return paid(payment)
