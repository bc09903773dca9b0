"""axe over every page of the journey, on a phone by day and on a desk by night; and what no page may do:
scroll sideways, complain in the console, ask another host for anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import pages, steps
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.states import ADMINISTRATOR, EDITOR

RUN = "part => axe.run(part, { resultTypes: ['violations'] }).then(results => results.violations)"
# The whole page; in the back office, what is not Wagtail's own.
WHOLE_PAGE = "html"
WORKBENCH = ".anonymiser"
# What an error page's own address brings into the console.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
# Widths change the layout, schemes the colours: two settings see each of both.
SETTINGS = ((PHONE, "light"), (DESKTOP, "dark"))


@pytest.fixture(autouse=True)
def _quiet(foreign_requests: list[str], complaints: list[str]) -> Iterator[None]:
    yield
    assert foreign_requests == []
    assert [each for each in complaints if EXPECTED not in each] == []


def test_axe_finds_nothing_on_public_pages(page: Page) -> None:
    assert faults(page, pages.PUBLIC) == []


def test_axe_finds_nothing_where_there_is_no_page(page: Page, states: dict[str, str]) -> None:
    answer = {"status": 404, "body": states["not_found"], "content_type": "text/html; charset=utf-8"}
    page.route("**/no-existe/", lambda route: route.fulfill(**answer))
    page.goto("/no-existe/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aquí se corta el hilo")
    assert faults_here(page) == []


def test_axe_finds_nothing_on_a_clients_pages(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    close = f"{states['answered']}cerrar/"
    assert (
        faults(page, [*pages.OF_A_CLIENT, *(states[name] for name in pages.STATES_OF_A_CLIENT), close]) == []
    )


def test_axe_finds_nothing_on_surveys_opened_from_an_email(page: Page, states: dict[str, str]) -> None:
    assert faults(page, [states[name] for name in pages.STATES_FOR_ANYBODY]) == []


def test_axe_finds_nothing_at_the_desk(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, steps.PSYCHOLOGIST)
    assert faults(page, ["/profesional/", *(states[name] for name in pages.AT_THE_DESK)]) == []


def test_axe_finds_nothing_where_an_administrator_gives_a_reason(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, ADMINISTRATOR)
    page.goto(states["emergency_access"])
    steps.send(page, "Registrar la razón y abrir")
    assert faults_here(page) == []


def test_axe_finds_nothing_on_the_workbench(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, EDITOR)
    page.goto(states["workbench"])
    page.get_by_text("Cartas originales").click()
    page.locator(".anonymiser__finding").first.get_by_label("Conservar").check()
    assert faults_here(page, WORKBENCH) == []
    page.get_by_role("button", name="Guardar decisiones").click()
    expect(page.get_by_text("Escribe por qué puede quedarse.")).to_be_visible()
    assert faults_here(page, WORKBENCH) == []


def test_axe_finds_nothing_on_a_form_that_came_back(page: Page, states: dict[str, str]) -> None:
    page.goto("/cuenta/registro/")
    steps.send(page, "Crear mi cuenta")
    assert faults_here(page) == []
    page.goto(states["survey"])
    steps.send(page, "Enviar mis respuestas")
    assert faults_here(page) == []
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["writing"])
    steps.send(page, "Enviar mi caso")
    assert faults_here(page) == []


def faults(page: Page, addresses: Iterable[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += faults_here(page)
    return found


def faults_here(page: Page, part: str = WHOLE_PAGE) -> list[str]:
    """What is wrong with the page that is open, or with a part of it, in each of the settings."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for viewport, scheme in SETTINGS:
        page.set_viewport_size(viewport)
        # Without motion: axe would measure a colour half-way to another.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{page.url} at {viewport['width']} px, {scheme}"
        found += [f"{where}: {each}" for each in [*_violations(page, part), *_scrolls_sideways(page)]]
    return found


def _violations(page: Page, part: str) -> list[str]:
    found = page.evaluate(RUN, part)
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes']]}" for each in found]


def _scrolls_sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px wider than the screen"] if wide > 0 else []
