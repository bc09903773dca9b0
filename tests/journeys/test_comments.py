"""A client comments under a case; nobody sees it before a moderator has published it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.pages import CASE


def test_a_comment_is_seen_once_a_moderator_published_it(
    page: Page, new_visitor: Callable[..., Page], foreign_requests: list[str], complaints: list[str]
) -> None:
    visitor, moderator = new_visitor(), new_visitor()
    comment = f"A mí me sirvió anotarlo en un papel. {steps.new_address('')[1:9]}"
    steps.sign_in(page, steps.CLIENT)
    page.goto(CASE)
    page.get_by_role("textbox", name="Tu comentario").fill(comment)
    steps.send(page, "Enviar comentario")
    expect(page.get_by_text("Alguien del equipo lo lee antes de publicarlo.").first).to_be_visible()
    visitor.goto(CASE)
    expect(visitor.get_by_role("heading", name="Comentarios")).to_be_visible()
    expect(visitor.get_by_text(comment)).to_have_count(0)

    steps.sign_in(moderator, steps.MODERATOR)
    moderator.goto("/admin/comentarios/")
    row = moderator.get_by_role("row").filter(has_text=comment[:40]).filter(has_text="Por revisar")
    row.get_by_role("link", name="Leer").first.click()
    expect(moderator.get_by_text(comment)).to_be_visible()
    moderator.get_by_role("button", name="Publicar").click()
    expect(moderator.get_by_text("Comentario publicado.")).to_be_visible()

    visitor.reload()
    published = visitor.get_by_role("article").filter(has_text=comment)
    expect(published.last).to_contain_text("Orilla Serena 2026")
    expect(visitor.get_by_text("cliente@example.com")).to_have_count(0)
    assert foreign_requests == []
    assert complaints == []
