"""7, 8, 9, 25 and 30: answers of the API that are missing, wrong or lost."""

from tests.standins.mercadopago.failures import Failure
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.numbered.stage import Case, Stage, adds_to, paid

CASES: dict[int, Case] = {}
case = adds_to(CASES)

OUTAGES = ("429", "500", "html", "timeout")
TIMES = "how many calls; 1"


@case(
    7,
    "The buyer pays and the webhook comes, but the payment cannot be read yet: 404.",
    "Kept and asked again, until it is there.",
    times="how many readings of it answer 404; 1",
)
def not_there_yet(stage: Stage) -> Document:
    times, payment = stage.count("times", 1), stage.pay()
    stage.failures.plan(Failure(times, "404", f"GET /v1/payments/{payment['id']}$"))
    return paid(stage.created(payment))


@case(
    8,
    "The buyer pays and the webhook comes; the next calls get 429, 500, HTML for JSON and no answer at all.",
    "It stays queued, and no state changes, until a call is answered.",
    modes=f"what the calls get, in turn: any of {', '.join(OUTAGES)}, reset; those four",
    times="how many calls of each; 1",
    seconds="how long a call without answer hangs; 30",
)
def outage(stage: Stage) -> Document:
    times, seconds = stage.count("times", 1), float(stage.wish("seconds", 30))
    planned = [Failure(times, str(mode), seconds=seconds) for mode in stage.wish("modes", OUTAGES)]
    payment = stage.pay()
    for failure in planned:
        stage.failures.plan(failure)
    return paid(stage.created(payment))


@case(
    9,
    "The buyer pays and the webhook comes, but the credentials are refused.",
    "The administrators are told, once; the order is not called unpaid, and is paid when they work again.",
    status="401 or 403; 401",
    times="how many calls; 3",
)
def credentials_refused(stage: Stage) -> Document:
    refusals = Failure(stage.count("times", 3), stage.choice("status", "401", "403"))
    payment = stage.pay()
    stage.failures.plan(refusals)
    return paid(stage.created(payment))


@case(
    25,
    "The answer to the next refund of the paid link is lost: it is done, and nobody hears of it.",
    "Asked again with the same key; after a refusal the list of refunds is read. It goes back once.",
    times=TIMES,
    refused="whether the call after it is refused with 400, as if the key were forgotten; false",
)
def refund_answer_lost(stage: Stage) -> Document:
    payment = stage.approved()
    address = f"POST /v1/payments/{payment['id']}/refunds$"
    stage.plan("lost", address)
    if stage.wish("refused", False):
        stage.failures.plan(Failure(1, "400", address))
    return paid(payment, remains="Ask for a refund at the site.")


@case(
    30,
    "The answer to the next request for a payment link is lost: the link exists, and nobody knows it.",
    "It is searched for, and used; one link lives.",
    times=TIMES,
    search_fails="whether the search after it fails once, so that only a later try can find it; false",
)
def link_answer_lost(stage: Stage) -> Document:
    stage.plan("lost", "POST /checkout/preferences$")
    if stage.wish("search_fails", False):
        stage.failures.plan(Failure(1, "500", "GET /checkout/preferences/search$"))
    return {"remains": "Buy something at the site and press pay."}
