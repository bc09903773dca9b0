"""What the tests of a client's pages share: signing in, addresses, and texts that must not get lost."""

from __future__ import annotations

import re
import uuid
from html import escape
from typing import Any

from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, Order, Service
from home.models import User

CASE_FORM = {
    "happening": "Discuto con mi hermana cada vez que hablamos de la casa.",
    "since": "Desde el verano.",
    "tried": "Llamarla menos seguido.",
    "hopes": "Saber cómo empezar a hablar.",
    "mood": "2",
}
LETTERS = ("happening", "since", "tried", "hopes")
NEW, GIVE, REDEEM = "/consultas/nueva/", "/consultas/regalar/", "/consultas/canjear/"
DANGER = "no quiero seguir viviendo"


def signed_in(user: User, **options: Any) -> Client:
    browser = Client(**options)
    browser.force_login(user)
    return browser


def address(name: str, consultation: Consultation) -> str:
    return reverse(f"consultations:{name}", args=[consultation.pk])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def kept(page: str, text: str) -> bool:
    """Whether a page holds a text in a field, as a browser would send it again."""
    return f">\n{escape(text, quote=True)}</textarea>" in page


def send(browser: Client, consultation: Consultation, **changes: str) -> Any:
    return browser.post(address("detail", consultation), {**CASE_FORM, **changes})


def form_for(service: Service, attempt: uuid.UUID | None = None) -> dict[str, str]:
    return {"service": service.slug, "agrees": "on", "attempt": str(attempt or uuid.uuid4())}


def order_page(order: Order) -> str:
    return reverse("consultations:order", args=[order.return_token])


def buy(browser: Client, service: Service) -> Order:
    answer = browser.post(NEW, form_for(service))
    order = Order.objects.get()
    assert answer["Location"] == order.checkout_url
    return order


def use(browser: Client, code: str, **fields: str) -> Any:
    """Send the code of a gift as its page does."""
    return browser.post(REDEEM, {"code": code, "agrees": "on", **fields})


def without_tokens(page: str) -> str:
    """A page as it reads, to compare it with another."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
