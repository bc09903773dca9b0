"""The essential way with JavaScript off: from sign-up to a sent case, one answer, and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.product import Product


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Page:
    return new_visitor(java_script_enabled=False)


def test_without_javascript_a_case_is_sent_and_answered(
    need_running: Product, page: Page, new_visitor: Callable[..., Page], foreign_requests: list[str]
) -> None:
    email = steps.new_address("sin-js")
    steps.create_account(page, email)
    steps.confirm_email(page, email)
    pseudonym = steps.own_pseudonym(page)
    steps.choose_service(page)
    steps.pay(page)
    steps.open_paid_consultation(page)

    steps.write_case(page)
    steps.send(page, "Guardar borrador")
    expect(page.get_by_text("Guardado. Puedes cerrar y seguir después.")).to_be_visible()
    steps.tap_mood(page, "Mal")
    steps.send(page, "Enviar mi caso")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu carta llegó")

    psychologist = new_visitor(java_script_enabled=False)
    steps.sign_in(psychologist, steps.PSYCHOLOGIST)
    steps.take_consultation(psychologist, pseudonym)
    steps.answer(psychologist, steps.ORIENTATION, steps.PLAN)

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tienes una respuesta")
    page.get_by_role("button", name=re.compile(steps.PLAN[1])).click()
    expect(page.get_by_role("button", name=re.compile(steps.PLAN[1]))).to_have_attribute(
        "aria-pressed", "true"
    )
    assert foreign_requests == []


@pytest.mark.parametrize("path", ["/", "/casos/", "/orientacion/", "/cuenta/registro/", "/ayuda-ahora/"])
def test_without_javascript_the_way_out_is_a_link(page: Page, path: str) -> None:
    page.goto(path)

    way_out = page.get_by_role("link", name=re.compile("Salir rápido"))
    expect(way_out).to_be_visible()
    assert re.match("https://", way_out.get_attribute("href") or "")
    assert set((way_out.get_attribute("rel") or "").split()) >= {"nofollow", "noreferrer"}
