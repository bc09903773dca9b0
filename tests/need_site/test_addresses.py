"""Every address of the design, asked for by everybody: who gets a page, who signs in, who learns nothing.

The rows mirror docs' table of addresses and its table of roles, on the demonstration's content and people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Page

from consultations.models import Consultation
from home import permissions
from home.models import User
from surveys import links
from surveys.models import Invitation
from tests.fixtures.people import make_person

VISITOR = "visitor"
PEOPLE = {
    "client": "cliente@example.com",
    "other client": "lectura-1@example.com",
    "psychologist": "psicologa@example.com",
    "colleague": "psicologo2@example.com",
    "editor": "editora@example.com",
    "moderator": "moderadora@example.com",
    "marketer": "marketing@example.com",
    "administrator": "admin@example.com",
    # The demonstration's administrator is a superuser; the group alone must do as well.
    "administrator by group": "otra.admin@example.com",
}
ROLES = (VISITOR, *PEOPLE)
ADMINISTRATORS = ("administrator", "administrator by group")
TEAM = ("psychologist", "colleague", "editor", "moderator", "marketer", *ADMINISTRATORS)
PSYCHOLOGISTS = ("psychologist", "colleague")

# What an answer comes to.
PAGE, SIGN_IN, NOTHING, REFUSED, ELSEWHERE = "page", "sign in", "nothing there", "refused", "elsewhere"


def everybody(verdict: str = PAGE) -> dict[str, str]:
    return dict.fromkeys(ROLES, verdict)


def only(*roles: str, others: str = NOTHING, visitor: str = SIGN_IN, **exceptions: str) -> dict[str, str]:
    """`roles` get the page, visitors `visitor`, everybody else `others`."""
    verdicts = {**everybody(others), VISITOR: visitor, **dict.fromkeys(roles, PAGE)}
    return {**verdicts, **{name.replace("_", " "): verdict for name, verdict in exceptions.items()}}


SIGNED_IN = only(*PEOPLE)
BACK_OFFICE = only(*TEAM, others=REFUSED)


def in_the_office(*roles: str) -> dict[str, str]:
    return only(*roles, others=REFUSED)


CASE = "/casos/me-despierto-a-las-tres-pensando-en-el-trabajo/"
POST = "/blog/cuando-nada-da-ganas/"
TABLE: dict[str, dict[str, str]] = {
    "/": everybody(),
    "/casos/": everybody(),
    CASE: everybody(),
    "/casos/tema/duelo/": everybody(),
    "/casos/feed/": everybody(),
    "/blog/": everybody(),
    POST: everybody(),
    f"{POST}video/": everybody(),
    "/blog/feed/": everybody(),
    "/buscar/?q=dormir": everybody(),
    "/orientacion/": everybody(),
    "/equipo/catalina-herrera-demo/": everybody(),
    "/ayuda-ahora/": everybody(),
    "/cuenta/registro/": only(VISITOR, others=ELSEWHERE, visitor=PAGE),
    "/cuenta/ingresar/": only(VISITOR, others=ELSEWHERE, visitor=PAGE),
    "/cuenta/": SIGNED_IN,
    "/cuenta/evolucion/": SIGNED_IN,
    "/consultas/": SIGNED_IN,
    "/consultas/nueva/": SIGNED_IN,
    "/consultas/{answered}/": only("client", psychologist=ELSEWHERE),
    "/consultas/{closed}/": only("client", psychologist=ELSEWHERE),
    "/consultas/{waiting}/": only(),
    "/consultas/{nobodys}/": only(),
    "/consultas/orden/{order}/": everybody(),
    "/consultas/orden/no-es-de-nadie/": everybody(NOTHING),
    "/profesional/": only(*PSYCHOLOGISTS),
    "/profesional/{answered}/": only("psychologist"),
    "/profesional/{closed}/": only("psychologist"),
    "/profesional/{waiting}/": only(*PSYCHOLOGISTS),
    "/profesional/{answered}/acceso/": only(*ADMINISTRATORS),
    "/encuestas/{survey}/": everybody(),
    "/encuestas/{survey}x/": everybody(NOTHING),
    "/encuestas/baja/{stop}/": everybody(),
    "/admin/": BACK_OFFICE,
    "/admin/reports/journey/": in_the_office("marketer", *ADMINISTRATORS),
    "/admin/ordenes/": in_the_office(*ADMINISTRATORS),
    "/admin/pagos-por-mirar/": in_the_office(*ADMINISTRATORS),
    "/admin/consultas/": in_the_office(*ADMINISTRATORS),
    "/admin/invitaciones/": in_the_office(*ADMINISTRATORS),
    "/admin/comentarios/": in_the_office("moderator", *ADMINISTRATORS),
    "/admin/pages/add/home/blogpage/{blog}/": in_the_office("editor", *ADMINISTRATORS),
    "/admin/pages/add/casestudies/casepage/{cases}/": in_the_office("editor", *ADMINISTRATORS),
    "/api/v2/pages/": everybody(),
    "/api/v2/images/": everybody(),
    "/api/v2/documents/": everybody(),
    "/api/v2/schema/": everybody(),
    "/api/v2/topics/": everybody(),
    "/api/v2/crisis-lines/": everybody(),
    "/api/v2/menus/": everybody(),
    "/api/v2/redirects/": everybody(),
    "/api/v2/services/": everybody(),
    "/api/v2/site/": everybody(),
    "/admin/pages/{blog}/otro-sitio/": in_the_office("editor", *ADMINISTRATORS),
    "/sitemap.xml": everybody(),
    "/robots.txt": everybody(),
    "/healthz": everybody(),
    "/no-existe/": everybody(NOTHING),
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The demonstration, seeded once for all tests here; gives what the addresses' gaps are filled with."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEBUG=True):
            call_command("seed_demo")
        make_person(PEOPLE["administrator by group"], group=permissions.ADMINISTRATORS)
        yield _gaps()
        transaction.set_rollback(True)


def _gaps() -> dict[str, str]:
    own = Consultation.objects.filter(client__email=PEOPLE["client"])
    closed, invitation = own.get(status="closed"), Invitation.objects.latest("pk")
    return {
        "closed": str(closed.pk),
        "answered": str(own.get(status="answered").pk),
        "waiting": str(Consultation.objects.filter(status="waiting")[0].pk),
        "nobodys": "00000000-0000-4000-8000-000000000000",
        "order": closed.order.return_token,
        "survey": links.answer_token(invitation),
        "stop": links.unsubscribe_token(invitation),
        "blog": str(Page.objects.get(slug="blog").pk),
        "cases": str(Page.objects.get(slug="casos").pk),
    }


def browser_of(role: str) -> Client:
    browser = Client()
    if role != VISITOR:
        browser.force_login(User.objects.get(email=PEOPLE[role]))
    return browser


def verdict(response: Any) -> str:
    if response.status_code == 200:
        return PAGE
    if response.status_code == 404:
        return NOTHING
    if response.status_code == 403:
        return REFUSED
    assert response.status_code in (301, 302), response.status_code
    location = response["Location"]
    if location.startswith("/cuenta/ingresar/"):
        return SIGN_IN
    return REFUSED if location == "/admin/" else ELSEWHERE


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_design_says(role: str, demo: dict[str, str]) -> None:
    browser = browser_of(role)

    answers = {address: verdict(browser.get(address.format(**demo))) for address in TABLE}

    assert answers == {address: verdicts[role] for address, verdicts in TABLE.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_webhook_answers_nobody_without_a_signature(role: str, demo: dict[str, str]) -> None:
    browser = browser_of(role)

    assert browser.get("/mercadopago/notificaciones/").status_code == 405
    assert browser.post("/mercadopago/notificaciones/?data.id=1&type=payment").status_code == 401


@pytest.mark.django_db
def test_a_comment_needs_an_account(demo: dict[str, str]) -> None:
    address = reverse("casestudies:comment", args=[Page.objects.get(slug=CASE.split("/")[2]).pk])
    words = {"body": "Me hizo bien leerlo."}

    assert verdict(browser_of(VISITOR).post(address)) == SIGN_IN
    assert verdict(browser_of(VISITOR).post(address, words)) == REFUSED
    assert verdict(browser_of("client").post(address, words)) == ELSEWHERE
    assert "Me hizo bien leerlo." not in browser_of("client").get(CASE).content.decode()


@pytest.mark.django_db
def test_an_editor_writes_drafts_and_does_not_publish(demo: dict[str, str]) -> None:
    address = f"/admin/pages/add/home/blogpage/{demo['blog']}/"

    assert "action-publish" not in browser_of("editor").get(address).content.decode()
    assert "action-publish" in browser_of("administrator").get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/consultas/", "/admin/ordenes/", "/admin/invitaciones/"])
def test_the_office_never_reads_what_was_written(address: str, demo: dict[str, str]) -> None:
    texts = [
        part
        for consultation in Consultation.objects.all()
        for turn in consultation.turns.all()
        for text in turn.content.values()
        for part in re.split(r"[.\n]", text)
        if len(part) > 20
    ]
    page = browser_of("administrator").get(address).content.decode()

    assert len(texts) > 20
    assert [text for text in texts if text.strip() in page] == []
    assert PEOPLE["client"] not in page, "lists name people by their pseudonym"


@pytest.mark.django_db
def test_the_journey_report_is_the_marketers_and_shows_no_person(demo: dict[str, str]) -> None:
    page = browser_of("marketer").get("/admin/reports/journey/").content.decode()

    assert "Mapa del viaje" in page
    assert not re.search(r"Orilla Serena|cliente@example\.com", page)
