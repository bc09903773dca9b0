"""What somebody writes outlives their session: kept while they type, given back when it cannot be sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.fixtures.people import PASSWORD
from tests.journeys import steps

FIRST, SECOND = "¿Qué está pasando?", "¿Desde cuándo?"


def test_a_case_survives_a_lost_session_and_a_double_click(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["to_be_interrupted"])
    page.get_by_label(FIRST).fill(steps.CASE[FIRST])
    expect(page.get_by_text("Guardado. Puedes cerrar y seguir después.")).to_be_visible()

    page.context.clear_cookies()
    page.get_by_label(SECOND).fill(steps.CASE[SECOND])
    expect(page.get_by_text("Tu sesión terminó. Tu texto sigue aquí")).to_be_visible()
    steps.send(page, "Enviar mi caso")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu sesión terminó, tu texto sigue aquí")
    assert_is_all_there(page)

    steps.sign_in(page.context.new_page(), states["email"], PASSWORD)
    steps.send(page, "Intentar otra vez")
    expect(page.get_by_text("Por seguridad necesitamos que lo confirmes")).to_be_visible()
    assert_is_all_there(page)
    page.get_by_role("button", name="Enviar mi caso").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu carta llegó")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text(steps.CASE[SECOND])


def test_a_draft_is_there_after_signing_in_again(page: Page, states: dict[str, str]) -> None:
    steps.sign_in(page, states["email"], PASSWORD)
    page.goto(states["answered"])
    page.get_by_role("textbox", name="Tu réplica").fill("Probé el segundo paso.")
    expect(page.get_by_text("Guardado. Puedes cerrar y seguir después.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(states["answered"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingresar")
    page.get_by_label("Correo electrónico").fill(states["email"])
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    steps.send(page, "Ingresar")
    expect(page.get_by_role("textbox", name="Tu réplica")).to_have_value("Probé el segundo paso.")


def assert_is_all_there(page: Page) -> None:
    for question in (FIRST, SECOND):
        expect(page.get_by_label(question)).to_have_value(steps.CASE[question])
