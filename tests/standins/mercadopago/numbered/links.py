"""28, 29 and 31 to 33: payment links, and buyers who come back from them."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.standins.mercadopago import pages, records
from tests.standins.mercadopago.api import Request
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.numbered.stage import Case, Stage, adds_to, paid

CASES: dict[int, Case] = {}
case = adds_to(CASES)

BOTH_NAMES = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


@case(
    28,
    "The buyer pays in an app that sends them back to another browser, where nobody is signed in.",
    "The token in return_url finds the order; its page says how the money is and nothing else.",
)
def session_missing(stage: Stage) -> Document:
    payment = stage.created(stage.pay())
    return paid(payment, return_url=stage.return_url(payment), remains="Open return_url without cookies.")


@case(
    29,
    "The buyer presses the pay button of one payment page twice at once.",
    "One payment; and a double click on the site's own button leaves one living link.",
)
def double_click(stage: Stage) -> Document:
    form = {"pref_id": stage.link["id"], "outcome": "approve", "attempt": stage.service.ledger.next_id()}
    click = Request("POST", "/checkout/pay", body=urlencode(form).encode())
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: pages.choose(stage.service, click), range(2)))
    links = stage.service.ledger.find("preference", reference=stage.link["external_reference"])
    return {
        "return_urls": sorted({answer.headers.get("Location", "") for answer in answers}),
        "living_links": sum(not records.is_expired(link) for link in links),
        "remains": "Press the site's own button twice as well, with another purchase.",
    }


@case(
    31,
    "The price of the link changes after it was made; the buyer had the page open and pays the old one.",
    "What is paid is compared with the price that was agreed when the order was placed.",
    price="the new price; twice the old one",
    pays="old or new; old",
)
def price_changed(stage: Stage) -> Document:
    old, new = stage.price, stage.amount("price", 2 * stage.price)
    amount = old if stage.choice("pays", "old", "new") == "old" else new
    changed = [stage.link["items"][0] | {"unit_price": new, "quantity": 1}]
    stage.service.update_preference(stage.link["id"], {"items": changed})
    return paid(stage.created(stage.pay(transaction_amount=amount)), amount=amount)


@case(
    32,
    "The link expires now, before it was paid.",
    "The payment page takes nothing; the site gives a new link.",
)
def link_expired(stage: Stage) -> Document:
    ended = {"expires": True, "expiration_date_to": records.stamp()}
    stage.service.update_preference(stage.link["id"], ended)
    return {"payment_page": stage.link["init_point"], "remains": "Press pay on the order's page at the site."}


@case(
    33,
    "The payment page answers with a redirect to another host, which shows it.",
    "The site's form-action names every host of the chain, so that no browser stops the buyer.",
    host="the other origin; this machine under its other name",
)
def other_host(stage: Stage) -> Document:
    page = urlsplit(stage.link["init_point"])
    other = urlsplit(
        str(stage.wish("host", f"{page.scheme}://{_other_name(page.hostname or '')}:{page.port}"))
    )
    target = urlunsplit((other.scheme, other.netloc, page.path, f"{page.query}&via=1", ""))
    stage.service.update_preference(stage.link["id"], {"_detour": target})
    origins = [f"{parts.scheme}://{parts.netloc}" for parts in (page, other)]
    return {"payment_page": stage.link["init_point"], "origins": origins, "remains": "Press pay at the site."}


def _other_name(host: str) -> str:
    return BOTH_NAMES.get(host, host)
