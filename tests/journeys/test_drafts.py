"""What is half-written survives the other buttons of its page and a second tab, and says where it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps
from tests.journeys.conftest import PHONE

SAVED = "Guardado. Puedes cerrar y seguir después."
REPLY = "Tu réplica"


@pytest.fixture
def answered(page: Page, states: dict[str, str]) -> Page:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["answered"])
    return page


def test_a_step_ticked_while_writing_keeps_every_word(answered: Page) -> None:
    field = answered.get_by_role("textbox", name=REPLY)
    tick = answered.locator(".plan__tick").first
    pressed = tick.get_attribute("aria-pressed")
    field.fill("Empecé el plan y")
    field.press_sequentially(" hoy marqué un paso.")
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    expect(field).to_have_value("Empecé el plan y hoy marqué un paso.")


def test_a_mood_tapped_while_a_save_is_under_way_keeps_every_word(answered: Page) -> None:
    field = answered.get_by_role("textbox", name=REPLY)
    field.fill("Una línea que se está guardando.")
    answered.wait_for_timeout(1500)
    field.press_sequentially(" Y otra.")
    answered.get_by_role("button", name="Más o menos").click()
    expect(answered.get_by_text("Anotado.")).to_be_visible()
    expect(field).to_have_value("Una línea que se está guardando. Y otra.")


def test_a_second_tab_asks_before_it_overwrites(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["writing"])
    second = page.context.new_page()
    second.goto(states["writing"])
    question = "¿Qué está pasando?"
    page.get_by_label(question).fill("Lo que escribí primero.")
    expect(page.get_by_text(SAVED)).to_be_visible()
    second.get_by_label(question).fill("Lo que escribí después.")
    expect(second.get_by_text("Desde otra pestaña se guardó otro texto.")).to_be_visible()
    expect(second.get_by_label(question)).to_have_value("Lo que escribí después.")

    with second.context.expect_page() as opened:
        second.get_by_role("link", name="Ver el otro").click()
    expect(opened.value.get_by_label(question)).to_have_value("Lo que escribí primero.")
    second.get_by_role("button", name="Guardar el de esta página").click()
    expect(second.get_by_text(SAVED)).to_be_visible()
    page.reload()
    expect(page.get_by_label(question)).to_have_value("Lo que escribí después.")


def test_the_state_of_the_draft_stays_in_sight_on_a_phone(page: Page, states: dict[str, str]) -> None:
    page.set_viewport_size(PHONE)
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["writing"])
    for name in ("happening", "hopes"):
        field = page.locator(f"[name={name}]")
        field.scroll_into_view_if_needed()
        field.focus()
        expect(page.locator("[data-draft-status]")).to_be_in_viewport()
