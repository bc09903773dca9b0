"""How a purchase looks: nothing printed over another, no sum broken, the focus where it is due."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE

SIZES = [PHONE, DESKTOP]
# Facts on one row that reach into the next, and facts that took more than one line.
CROWDED = """() => [...document.querySelectorAll('.facts > div')].filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each.querySelector('dd'));
    const { right } = range.getBoundingClientRect();
    const next = each.nextElementSibling?.getBoundingClientRect();
    const overlaps = next && next.top < each.getBoundingClientRect().bottom && right > next.left;
    return overlaps || new Set([...range.getClientRects()].map(rect => Math.round(rect.bottom))).size > 1;
}).map(each => each.textContent)"""
BROKEN_SUMS = """() => [...document.querySelectorAll('.receipt td.number')].filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return getComputedStyle(each).whiteSpace !== 'nowrap' || range.getClientRects().length > 1;
}).length"""


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
def test_receipt_and_order_print_nothing_over_another_and_break_no_sum(
    size: dict[str, int], states: dict[str, str], page: Page
) -> None:
    page.set_viewport_size(size)
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["writing"])
    page.get_by_role("link", name="Ver el recibo").click()
    expect(page.get_by_role("heading", name="Recibo")).to_be_visible()
    assert page.evaluate(CROWDED) == []
    assert page.evaluate(BROKEN_SUMS) == 0
    page.get_by_role("link", name="Volver a mi compra").click()
    assert page.evaluate(CROWDED) == []


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
