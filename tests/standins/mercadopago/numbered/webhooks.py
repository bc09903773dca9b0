"""1 to 6, 10 to 14 and 34: webhooks that are early, late, lost, repeated, forged or misdirected."""

import time

from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.numbered.stage import Case, Stage, adds_to, paid
from tests.standins.mercadopago.webhooks import Notification, signature_headers

CASES: dict[int, Case] = {}
case = adds_to(CASES)

PANELS_TEST = "123456"
SECRET_OF_NOBODY = "a-secret-of-nobody"
A_DAY = 86_400


@case(
    1,
    "The buyer pays; the webhook is answered before the buyer is sent back to return_url.",
    "Paid already; the return page only shows it.",
)
def webhook_before_return(stage: Stage) -> Document:
    payment = stage.created(stage.pay())
    return paid(payment, return_url=stage.return_url(payment), remains="Open return_url.")


@case(
    2,
    "The buyer pays and is sent back to return_url; no webhook is sent before.",
    "The page says that the payment is being confirmed, and reads the payment that the address names.",
    hide="where the payment is missing: any of search, merchant_orders; nowhere",
)
def return_before_webhook(stage: Stage) -> Document:
    payment = stage.pay(told=False, _hidden=list(stage.wish("hide", [])))
    return paid(payment, return_url=stage.return_url(payment), remains="Open return_url.")


@case(
    3,
    "The buyer pays and closes the tab: the webhook comes, and nobody opens the return address.",
    "Paid all the same.",
)
def tab_closed(stage: Stage) -> Document:
    return paid(stage.created(stage.pay()))


@case(
    4,
    "The buyer pays and does not come back, and the webhook is lost.",
    "The reconciliation finds the payment in the search or in the merchant order.",
    hide="where the payment is missing: search or merchant_orders; nowhere",
)
def webhook_lost(stage: Stage) -> Document:
    payment = stage.pay(told=False, _hidden=list(stage.wish("hide", [])))
    return paid(payment, remains="Wait for the reconciliation: two minutes after the order was placed.")


@case(
    5,
    "The buyer pays, and the same webhook comes ten times at once, then once more.",
    "One effect.",
    times="how often at once; 10",
)
def repeated(stage: Stage) -> Document:
    times = stage.count("times", 10)
    payment = stage.pay()
    stage.tell_at_once(stage.notice(payment, "payment.created") for _ in range(times))
    return paid(stage.created(payment))


@case(
    6,
    "A payment in review is approved; the webhook of the approval comes before that of the beginning.",
    "What the payment says now counts; nothing goes back.",
)
def out_of_order(stage: Stage) -> Document:
    payment = stage.pay(status="in_process")
    first = stage.notice(payment, "payment.created")
    payment = stage.change(payment, status="approved")
    stage.tell(stage.notice(payment), first)
    return paid(payment)


@case(
    10,
    "Somebody else sends webhooks: forged, unsigned, malformed, with a signature that is not ASCII.",
    "Each is answered 401, and nothing is looked up.",
    payment_id="what they name; a rejected payment of the link, made for it",
)
def forged(stage: Stage) -> Document:
    key = stage.wish("payment_id", None)
    payment = stage.service.payment(key) if key else stage.pay(status="rejected")
    for signature in ("forged", "none", "malformed", "non-ascii"):
        notice = stage.notice(payment, signature=signature)
        notice.repeats = False
        stage.tell(notice)
    return paid(payment)


@case(
    11,
    "The buyer pays; later somebody sends the same webhook again, byte for byte.",
    "Taken and harmless.",
    times="how often again; 2",
    age="how old the signature is by then, in seconds; a day",
)
def replayed(stage: Stage) -> Document:
    times, stamp = stage.count("times", 2), int(time.time()) - stage.count("age", A_DAY)
    payment = stage.pay()
    headers = signature_headers(stage.courier.secret, str(payment["id"]), ts=stamp)
    for _ in range(times + 1):
        stage.created(payment, as_sent=headers)
    return paid(payment)


@case(
    12,
    "The buyer pays; the webhook's body names another payment than its signed address.",
    "The address counts: paid.",
    body_id="what the body names; the number after the payment's",
)
def other_body(stage: Stage) -> Document:
    payment = stage.pay()
    stage.created(payment, body_id=str(stage.wish("body_id", payment["id"] + 1)))
    return paid(payment)


@case(
    13,
    "The secret is being changed: the buyer pays, and one webhook is signed with each of several secrets.",
    "200 for those in MERCADOPAGO_WEBHOOK_SECRET (new,old), 401 for any other.",
    secrets="which; all that the stand-in was started with, and one that nobody knows",
)
def secret_changed(stage: Stage) -> Document:
    payment = stage.pay()
    known = [stage.courier.secret, *stage.courier.older_secrets, SECRET_OF_NOBODY]
    for secret in stage.wish("secrets", known):
        notice = stage.notice(payment, secret=str(secret))
        notice.repeats = False
        stage.tell(notice)
    return paid(payment)


@case(
    14,
    "A topic that nobody knows, and the test of Mercado Pago's panel, which names payment 123456.",
    "Both are answered 200; nothing is paid and nobody is told.",
    topic="the unknown topic; topic_card_id_wh",
)
def unknown_topic(stage: Stage) -> Document:
    topic = str(stage.wish("topic", "topic_card_id_wh"))
    about_nothing = {"id": PANELS_TEST, "live_mode": False}
    stage.tell(stage.notice(about_nothing, "card.updated", topic=topic), stage.notice(about_nothing))
    return {}


@case(
    34,
    "The buyer pays; the webhook goes to the address without its slash, without cookies or token.",
    "Taken at once: a redirect or a refusal counts as undelivered.",
)
def without_slash(stage: Stage) -> Document:
    payment = stage.pay()
    notice: Notification = stage.notice(payment, "payment.created")
    notice.url = notice.url.rstrip("/")
    stage.tell(notice)
    return paid(payment, sent_to=notice.url)
