"""An editor takes a raw text through findings and review to the published page; there is no way around."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import APIResponse, Page, expect

from tests.journeys import steps
from tests.journeys.pages import CASE

RAW = (
    "Me llamo Fernanda Quilodrán y vivo en Panguipulli. Escríbanme a ferni.quilo@example.com.\n\n"
    "Desde que cambié de horario no duermo, y mi hermana Fernanda, que se llama como yo, se preocupa."
)
ANSWER = "Gracias por escribir. Empecemos por la noche: anota a qué hora te despiertas."
NAMES = ("Quilodrán", "Panguipulli", "ferni.quilo")
LIBRARY = re.compile(r"/admin/pages/\d+/$")
UNSAFE = "Escribe a ferni.quilo@example.com."
EDITOR = "editora@example.com"
ADMINISTRATOR = "admin@example.com"


def begin_case(page: Page, title: str, takeaways: str = "") -> str:
    """Save the draft of a case with everything but its letters and its review; give its number."""
    library = page.request.get("/api/v2/pages/?type=casestudies.CaseIndexPage").json()["items"][0]["id"]
    page.goto(f"/admin/pages/add/casestudies/casepage/{library}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("Alguien que trabaja de noche y ya no puede dormir.")
    page.locator("#id_takeaways").fill(takeaways)
    choose(page, "#id_topic_links-0-topic-chooser", "Seleccionar tema", "dormir")
    choose(page, "#id_author-chooser", "Seleccionar una página", "Olivares")
    page.locator("#id_age_band").select_option(index=1)
    page.locator("#id_country").select_option("CL")
    page.get_by_role("button", name="Guardar borrador").first.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    found = re.search(r"/pages/(\d+)/edit/", page.url)
    assert found
    return found.group(1)


def choose(page: Page, chooser: str, button: str, name: str) -> None:
    """Pick something in the window that Wagtail opens for it."""
    page.locator(chooser).get_by_role("button", name=re.compile(button)).click()
    page.get_by_role("dialog").get_by_role("link", name=re.compile(name)).first.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def anonymise(page: Page) -> None:
    """Paste the raw letters, replace all that was found, and take the result into the draft."""
    page.get_by_role("link", name="Abrir el anonimizador").click()
    page.locator("#text-0").fill(RAW)
    page.locator("#text-1").fill(ANSWER)
    page.get_by_role("button", name="Guardar las cartas y buscar datos").click()
    expect(page.get_by_text("por decidir").first).to_be_visible()
    for finding in page.locator(".anonymiser__finding").all():
        finding.get_by_label("Reemplazar").check()
        place = finding.get_by_label("En su lugar")
        if place.input_value() in ("", finding.locator("mark").first.inner_text()):
            place.fill("alguien")
    page.get_by_role("button", name="Guardar y llevar al caso").click()
    expect(page.get_by_text("texto anonimizado").first).to_be_visible()


def act(page: Page, action: str | re.Pattern[str]) -> None:
    """One of the actions beside saving a draft."""
    page.get_by_role("button", name="Más acciones").click()
    with page.expect_navigation():
        page.get_by_role("button", name=action).click()


def test_editor_brings_a_raw_text_to_the_published_page(
    page: Page, new_visitor: Callable[..., Page], foreign_requests: list[str]
) -> None:
    psychologist, visitor = new_visitor(), new_visitor()
    title = "Vivo con horarios cambiados"
    steps.sign_in(page, EDITOR)
    number = begin_case(page, title)
    anonymise(page)
    for name in NAMES:
        expect(page.get_by_text(name)).to_have_count(0)
    act(page, re.compile("Enviar a"))
    page.wait_for_url(LIBRARY)

    steps.sign_in(psychologist, steps.PSYCHOLOGIST)
    psychologist.goto(f"/admin/pages/{number}/edit/")
    act(psychologist, "Aprobar y Publicar")
    refusals = psychologist.get_by_text("No se publicó").all_inner_texts()
    assert refusals == []

    visitor.goto("/casos/")
    visitor.get_by_role("link", name=title).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    expect(visitor.get_by_text("Catalina Herrera").first).to_be_visible()
    for name in NAMES:
        expect(visitor.get_by_text(name)).to_have_count(0)
    assert foreign_requests == []


def post(page: Page, path: str, **data: str) -> APIResponse:
    """Post to the back office what a form of it would post, with the page's own token."""
    token = next(each["value"] for each in page.context.cookies() if each["name"] == "csrftoken")
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, **data}
    return page.request.post(path, form=form, headers={"X-CSRFToken": token, "Referer": page.url})


ROUTES: dict[str, tuple[str, dict[str, str]]] = {
    "publishing many at once": ("/admin/bulk/wagtailcore/page/publish/?id={}", {}),
    "the back office's API": ("/admin/api/main/pages/{}/action/publish/", {}),
}


def test_no_route_publishes_what_is_undecided(page: Page) -> None:
    steps.sign_in(page, ADMINISTRATOR)
    title = f"Caso con datos {steps.new_address('')[1:9]}"
    number = begin_case(page, title, UNSAFE)
    expect(page.get_by_text("sin resolver").first).to_be_visible()

    for route, (path, data) in ROUTES.items():
        answer = post(page, path.format(number), **data)

        assert answer.status < 500, route
        listed = page.request.get("/api/v2/pages/?type=casestudies.CasePage&limit=50").text()
        assert title not in listed, route


def test_published_case_is_not_copied(page: Page) -> None:
    steps.sign_in(page, ADMINISTRATOR)
    page.goto("/admin/")
    slug = CASE.strip("/").rpartition("/")[2]
    cases = page.request.get(f"/api/v2/pages/?type=casestudies.CasePage&slug={slug}").json()["items"]
    path = f"/admin/api/main/pages/{cases[0]['id']}/action/copy/"

    answer = post(page, path, slug="copia-viva", keep_live="true", title="Copia")

    assert answer.status == 403
    assert page.request.get("/casos/copia-viva/").status == 404


def test_publish_button_says_what_is_missing_and_keeps_the_text(page: Page) -> None:
    steps.sign_in(page, ADMINISTRATOR)
    slug = CASE.strip("/").rpartition("/")[2]
    cases = page.request.get(f"/api/v2/pages/?type=casestudies.CasePage&slug={slug}").json()["items"]
    page.goto(f"/admin/pages/{cases[0]['id']}/edit/")
    page.locator("#id_takeaways").fill(UNSAFE)
    act(page, "Publicar")

    expect(page.get_by_text("No se publicó").first).to_be_visible()
    expect(page.get_by_text("hallazgo sin resolver").first).to_be_visible()
    expect(page.locator("#id_takeaways")).to_have_value(UNSAFE)
    page.goto(CASE)
    expect(page.get_by_text(UNSAFE)).to_have_count(0)
