"""How a purchase looks: nothing printed over another, no sum broken, the focus where it is due."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps


def test_refused_form_has_the_focus_on_what_to_put_right(states: dict[str, str], page: Page) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto("/consultas/nueva/")
    page.get_by_role("button", name="Ir a pagar en Mercado Pago").press("Enter")
    expect(page.get_by_role("heading", name="Revisa esto antes de seguir")).to_be_focused()


def test_way_to_the_other_kind_of_purchase_stands_apart(states: dict[str, str], page: Page) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    for address in ("/consultas/nueva/", "/consultas/regalar/"):
        page.goto(address)
        form, below = (
            page.locator(".order-form").bounding_box(),
            page.locator(".order-form + p").bounding_box(),
        )
        assert form is not None
        assert below is not None
        assert below["y"] - form["y"] - form["height"] >= 16
