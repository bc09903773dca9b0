"""The scripts that help with writing, on a bare page; test_quick_exit.py tries the one for leaving."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.product import Product

SCRIPTS = Path(__file__).parents[2] / "need_site/static/js"
SAVED = "Guardado. Puedes cerrar y seguir después."
NOT_SAVED = "No pudimos guardar. Tu texto sigue aquí."
WRITTEN = "Lo que pasa es largo de contar."


def test_page_kept_in_memory_is_shown_uncovered_again(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.documentElement.classList.add('is-leaving')")
    expect(page.locator("main > *").first).to_be_hidden()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("main > *").first).to_be_visible()


class Desk:
    """A bare page with one script and one form, whose posts are answered as the test says."""

    def __init__(self, page: Page, product: Product, script: str, attributes: str) -> None:
        self.page = page
        self.answers: list[int] = []
        self.page_status = 200
        self.tokens: list[str] = []
        self.address = f"{product.url}/banco-de-pruebas/"
        self.html = (
            f'<!doctype html><form method="post" action="/banco-de-pruebas/" {attributes}>'
            '<input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">'
            '<textarea name="text"></textarea><button type="submit">Enviar</button>'
            f"<p data-draft-status></p></form><script>{(SCRIPTS / script).read_text()}</script>"
        )
        page.route(self.address, self.answer)
        page.goto(self.address)

    def answer(self, route: Route) -> None:
        if route.request.method == "POST":
            self.tokens.append(route.request.headers.get("x-csrftoken", ""))
            route.fulfill(status=self.answers.pop(0) if self.answers else 200, body="")
        else:
            token = "new" if self.tokens else "old"
            body = self.html.replace("TOKEN", token)
            route.fulfill(status=self.page_status, content_type="text/html; charset=utf-8", body=body)

    def write(self) -> None:
        self.page.locator("textarea").press_sequentially(WRITTEN)

    def expect_status(self, text: str) -> None:
        expect(self.page.locator("[data-draft-status]")).to_have_text(text)
        expect(self.page.locator("textarea")).to_have_value(WRITTEN)


@pytest.fixture
def draft(page: Page, need_running: Product) -> Desk:
    return Desk(page, need_running, "draft.js", 'data-draft-url="/banco-de-pruebas/"')


def test_draft_is_saved_once_after_a_pause(draft: Desk) -> None:
    draft.write()
    draft.expect_status(SAVED)
    assert draft.tokens == ["old"]


def test_draft_that_fails_stays_in_the_page(draft: Desk) -> None:
    draft.answers = [500]
    draft.write()
    draft.expect_status(NOT_SAVED)


def test_draft_is_saved_with_a_new_token_after_signing_in_again(draft: Desk) -> None:
    draft.answers = [403, 200]
    draft.write()
    draft.expect_status(SAVED)
    assert draft.tokens == ["old", "new"]


def test_draft_of_a_lost_session_says_to_sign_in(draft: Desk) -> None:
    draft.answers = [403]
    draft.page_status = 403
    draft.write()
    draft.expect_status("Tu sesión terminó. Tu texto sigue aquí: ingresa otra vez en otra pestaña y vuelve.")
    expect(draft.page.get_by_role("link")).to_have_attribute("href", "/cuenta/ingresar/")


def test_form_is_sent_once_on_a_double_click(page: Page, need_running: Product) -> None:
    desk = Desk(page, need_running, "submit-once.js", "data-submit-once")
    page.evaluate("() => { const b = document.querySelector('button'); b.click(); b.click(); b.click(); }")
    page.wait_for_load_state("networkidle")
    assert len(desk.tokens) == 1
