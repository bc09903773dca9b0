"""The main action of home, a case, sign-up, the writing page, a case draft and the workbench, by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps
from tests.journeys.pages import CASE
from tests.journeys.states import EDITOR

MOST_TABS = 80
# What has the focus, or the label around a radio button that is drawn over, shows an outline or a ring.
SHOWS_FOCUS = """element => [element, element.closest('label'), element.nextElementSibling].some(each => {
    if (!each) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
})"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; every stop on the way must show that it has it."""
    target.wait_for(state="attached")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.locator("*:focus")
        assert focused.count() == 1, "the focus left the page"
        assert focused.evaluate(SHOWS_FOCUS), (
            f"no visible focus: {focused.evaluate('e => e.outerHTML')[:200]}"
        )
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} was not reached with {MOST_TABS} tabs")


def test_the_skip_link_is_first_and_leads_past_the_navigation(page: Page) -> None:
    page.goto("/")
    skip = page.get_by_role("link", name="Ir al contenido")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="Leer casos")).to_be_focused()


def test_home_leads_to_the_cases_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Leer casos"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/casos/$"))


def test_a_case_leads_to_the_orientation_by_keyboard(page: Page) -> None:
    page.goto(CASE)
    tab_to(page, page.get_by_role("link", name="Ver precio y plazo"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/orientacion/$"))


def test_an_account_is_made_by_keyboard(page: Page) -> None:
    page.goto("/cuenta/registro/")
    tab_to(page, page.get_by_label("Correo electrónico"))
    page.keyboard.type(steps.new_address("teclado"))
    tab_to(page, page.get_by_label("Contraseña", exact=True))
    page.keyboard.type(steps.NEW_PASSWORD)
    tab_to(page, page.get_by_label("Tengo 18 años o más"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Crear mi cuenta"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Revisa tu correo")


def test_a_case_is_written_and_sent_by_keyboard(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["to_be_sent"])
    for question, written in steps.CASE.items():
        tab_to(page, page.get_by_role("textbox", name=question))
        page.keyboard.type(written)
    tab_to(page, page.get_by_role("radio", name="Muy mal"))
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Muy mal")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Enviar mi caso"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu carta llegó")


def test_a_client_reaches_both_decisions_about_their_case_by_keyboard(
    page: Page, states: dict[str, str]
) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["case_to_approve"])
    tab_to(page, page.get_by_role("button", name="Apruebo que se publique así"))
    tab_to(page, page.get_by_role("button", name="Prefiero que no se publique"))


def test_a_finding_is_decided_by_keyboard(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, EDITOR)
    page.goto(states["workbench"])
    tab_to(page, page.locator("summary").filter(has_text="Cartas originales"))
    page.keyboard.press("Enter")
    expect(page.locator("#text-0")).to_be_visible()
    page.keyboard.press("Enter")

    replace = page.locator(".anonymiser__finding").first.get_by_label("Reemplazar")
    tab_to(page, replace)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Guardar decisiones"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decisiones guardadas.")).to_be_visible()
    expect(replace).to_be_checked()
