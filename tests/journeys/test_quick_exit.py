"""Leaving fast: covered at once, replaced by a neutral site; the back button finds nothing confidential."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps

NEUTRAL = "Una página cualquiera"


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Page:
    """A visitor for whom the neutral site is a page of this test: the real one is never asked."""
    page = new_visitor()

    def neutral(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=f"<h1>{NEUTRAL}</h1>")

    page.context.route(re.compile(r"^https://"), neutral)
    return page


def press_shift(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_three_presses_of_shift_leave_a_confidential_page_for_good(
    page: Page, states: dict[str, str]
) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto("/casos/")
    response = page.goto(states["answered"])
    assert response is not None
    assert "no-store" in response.headers["cache-control"]
    expect(page.get_by_role("heading", level=1)).to_have_text("Tienes una respuesta")

    press_shift(page, 3)
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)

    page.go_back()
    expect(page).to_have_url(re.compile("/casos/$"))


def test_the_page_is_covered_before_the_neutral_site_is_there(page: Page) -> None:
    page.context.route(re.compile(r"^https://"), lambda route: route.fulfill(status=204))
    page.goto("/casos/")

    press_shift(page, 2)
    expect(page.get_by_role("status").filter(has_text="presiona Mayúsculas 1 más")).to_be_attached()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    press_shift(page, 1)

    expect(page).to_have_title("…")
    expect(page.get_by_role("heading")).to_have_count(0)
    expect(page.locator("body > *:visible")).to_have_count(0)


def test_shift_used_for_writing_does_not_leave(page: Page) -> None:
    page.goto("/buscar/")
    field = page.get_by_role("searchbox")
    field.focus()
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")

    expect(field).to_have_value("ABCDE")
    expect(page).to_have_url(re.compile("/buscar/$"))


def test_the_button_leaves_too_and_names_its_limits(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile("Salir rápido"))).to_contain_text("No borra el historial")

    page.get_by_role("link", name=re.compile("Salir rápido")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)


def test_slow_presses_in_a_field_stay_and_quick_ones_leave(page: Page) -> None:
    page.goto("/buscar/")
    page.get_by_role("searchbox").focus()
    for _ in range(4):
        press_shift(page, 1)
        page.wait_for_timeout(600)
    expect(page).to_have_url(re.compile("/buscar/$"))
    page.wait_for_timeout(1100)
    press_shift(page, 3)
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)
