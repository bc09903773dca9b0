"""The lists of the office as an administrator sees them: whole at a desk, and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.states import ADMINISTRATOR

LISTS = ("ordenes", "descuentos", "pagos-por-mirar", "consultas", "invitaciones", "comentarios")
CUT = "list => list.scrollWidth - list.clientWidth"


@pytest.fixture
def office(page: Page, states: dict[str, str]) -> Page:
    steps.sign_in(page, ADMINISTRATOR)
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_no_list_hides_a_column(office: Page, size: dict[str, int]) -> None:
    """Neither under its filters nor past the edge."""
    office.set_viewport_size({"width": size["width"], "height": size["height"]})
    hidden = {}
    for each in LISTS:
        office.goto(f"/admin/{each}/")
        hidden[each] = office.locator(".result-list").evaluate(CUT)
    assert hidden == dict.fromkeys(LISTS, 0)


def test_date_of_a_discount_that_is_none_is_asked_for_again(office: Page) -> None:
    """The date picker leaves alone what it cannot read."""
    office.goto("/admin/descuentos/create/")
    office.locator("[name=code]").fill("NUNCA2026")
    office.locator("[name=value]").fill("10")
    office.locator("[name=valid_until]").fill("mañana")
    office.locator("[name=valid_until]").press("Tab")
    office.locator("[name=code]").press("Enter")
    expect(office.get_by_text("Escribe una fecha")).to_be_visible()
    expect(office.locator("[name=valid_until]")).to_have_value("mañana")
