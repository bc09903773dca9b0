"""What only a browser shows of payment links that go wrong: it obeys the site's policy on the way to pay."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.product import Product

BUTTON = re.compile("Ir a pagar|Intentar de nuevo|Volver al pago")


def test_expired_link_is_renewed_and_another_host_on_the_way_is_let_through(
    need_running: Product, page: Page, complaints: list[str]
) -> None:
    email = steps.new_address("desvio")
    steps.create_account(page, email)
    steps.confirm_email(page, email)
    steps.choose_service(page)
    expired = link_on(page)

    produce(page, need_running, 32)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Este enlace de pago venció")
    page.get_by_role("button", name="Volver al sitio").click()
    order = page.url
    press_pay(page)
    assert link_on(page) != expired

    produce(page, need_running, 33)
    here = urlsplit(page.url).hostname
    page.goto(order)
    press_pay(page)
    assert {here, urlsplit(page.url).hostname} == {"127.0.0.1", "localhost"}
    steps.pay(page)
    assert [each for each in complaints if "Content Security Policy" in each] == []


def produce(page: Page, product: Product, number: int) -> None:
    address = f"{product.standin_url}/__control__/failures/{number}"
    assert page.request.post(address, data={"preference_id": link_on(page)}).ok


def press_pay(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu pago")


def link_on(page: Page) -> str:
    """The link whose payment page is open."""
    return parse_qs(urlsplit(page.url).query)["pref_id"][0]
