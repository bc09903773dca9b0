"""What a visitor says about being measured, and what stands on the pages because of it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from django.test import Client

from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.models import Consent, PlainPage, User
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

pytestmark = pytest.mark.django_db
CHOOSE = "/privacidad/consentimiento/"
FROM_NEED = {"sec-fetch-site": "same-origin"}
TAG = re.compile(r'<template id="analytics-tag">(.*?)</template>', re.DOTALL)
HOSTILE = "'-alert`1`-'@example.cl"


@pytest.fixture
def measured(settings: Any) -> None:
    settings.GA_MEASUREMENT_ID = settings.GOOGLE_ANALYTICS_GTAG_PROPERTY_ID = "G-TEST123"
    settings.GA_API_SECRET = "api-secret-of-the-tests"


def choose(client: Client, answer: str, headers: dict[str, str] | None = None, **data: str) -> Any:
    return client.post(
        CHOOSE, {"analytics": answer, **data}, headers=FROM_NEED if headers is None else headers
    )


@pytest.mark.parametrize(("answer", "value"), [("yes", "analytics"), ("no", "none")])
def test_choice_is_remembered_for_half_a_year(client: Client, answer: str, value: str) -> None:
    choose(client, answer)

    cookie = client.cookies["need_consent"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == (value, 180 * 24 * 3600, "Lax")
    assert not Consent.objects.exists()


def test_choice_is_marked_secure_on_https(client: Client, settings: Any) -> None:
    settings.HTTPS = True
    choose(client, "yes")

    assert client.cookies["need_consent"]["secure"] is True


def test_choice_of_a_signed_in_person_is_dated(client: Client, client_user: User) -> None:
    client.force_login(client_user)
    choose(client, "yes")
    assert has_consented(client_user, ConsentPurpose.ANALYTICS)

    choose(client, "no")
    assert not has_consented(client_user, ConsentPurpose.ANALYTICS)


@pytest.mark.parametrize("form", ["/cuenta/registro/", "/cuenta/ingresar/"])
def test_forms_that_lead_into_an_account_say_that_the_yes_is_noted(
    client: Client, measured: None, settings: Any, form: str
) -> None:
    told = "En este navegador dijiste que sí a Google Analytics"
    assert told not in client.get(form).content.decode()
    choose(client, "no")
    assert told not in client.get(form).content.decode()
    choose(client, "yes")
    assert told in client.get(form).content.decode()
    settings.GA_API_SECRET = ""
    assert told not in client.get(form).content.decode()


def test_choice_goes_back_within_need_only(client: Client) -> None:
    assert choose(client, "yes", next="/blog/").url == "/blog/"
    for elsewhere in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        assert choose(client, "yes", next=elsewhere).url == "/privacidad/preferencias/"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://example.org"}, {}])
def test_no_other_site_can_answer_for_somebody(client: Client, headers: dict[str, str]) -> None:
    assert choose(client, "yes", headers=headers).status_code == 400
    assert "need_consent" not in client.cookies


def test_old_browsers_are_believed_by_origin(client: Client) -> None:
    assert choose(client, "yes", headers={"origin": "http://testserver"}).status_code == 302


def test_nonsense_and_get_change_nothing(client: Client) -> None:
    assert choose(client, "perhaps").status_code == 400
    assert client.get(CHOOSE).status_code == 405
    assert "need_consent" not in client.cookies


@pytest.mark.parametrize(
    ("cookie", "sentence"),
    [("", "Aún no has elegido"), ("analytics", "Hoy está en sí"), ("none", "Hoy está en no")],
)
def test_preferences_say_what_stands(client: Client, cookie: str, sentence: str) -> None:
    if cookie:
        client.cookies["need_consent"] = cookie

    assert sentence in client.get("/privacidad/preferencias/").content.decode()


def test_public_pages_set_no_cookie(client: Client, site_tree: SiteTree, measured: None) -> None:
    client.get("/")
    client.get("/blog/")

    assert not client.cookies


def test_without_measurement_id_nothing_of_google_stands_anywhere(
    client: Client, site_tree: SiteTree
) -> None:
    answer = client.get("/")

    assert b"google" not in answer.content.lower().replace(b"https://www.google.com/search?q=clima", b"")
    assert "google" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("missing", ["GA_MEASUREMENT_ID", "GA_API_SECRET"])
def test_with_one_key_alone_nothing_of_google_stands_and_nothing_is_asked(
    client: Client, site_tree: SiteTree, measured: None, settings: Any, missing: str
) -> None:
    setattr(settings, missing, "")
    answer = client.get("/casos/")

    assert "analytics-tag" not in answer.content.decode()
    assert "¿Nos dejas contar tu visita?" not in answer.content.decode()
    assert "google" not in answer.headers["Content-Security-Policy"]
    assert "no tiene Google Analytics conectado" in client.get("/privacidad/preferencias/").content.decode()


def test_tag_lies_inert_on_a_public_page(client: Client, plain_page: PlainPage, measured: None) -> None:
    answer = client.get("/privacidad/")
    page = answer.content.decode()

    tag = TAG.search(page)
    assert tag is not None
    assert "https://www.googletagmanager.com/gtag/js?id=G-TEST123" in tag[1]
    assert "googletagmanager" not in TAG.sub("", page)


def test_policy_allows_exactly_the_tags_snippet(
    client: Client, plain_page: PlainPage, measured: None
) -> None:
    answer = client.get("/privacidad/")
    tag = TAG.search(answer.content.decode())
    assert tag is not None
    snippet = re.findall(r"<script>(.*?)</script>", tag[1], re.DOTALL)[0]
    digest = base64.b64encode(hashlib.sha256(snippet.encode()).digest()).decode()

    policy = answer.headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert set(scripts[1].split()) == {"'self'", "https://www.googletagmanager.com", f"'sha256-{digest}'"}
    assert "connect-src 'self' https://*.google-analytics.com" in policy


@pytest.mark.parametrize("address", ["/cuenta/", "/cuenta/correo/", "/consultas/", "/buscar/?q=duelo"])
def test_tag_is_on_no_private_page(
    client: Client, client_user: User, site_tree: SiteTree, measured: None, address: str
) -> None:
    client.force_login(client_user)
    client.cookies["need_consent"] = "analytics"

    answer = client.get(address)

    assert answer.status_code == 200
    assert b"analytics-tag" not in answer.content
    assert "google" not in answer.headers["Content-Security-Policy"]


def test_tag_never_identifies_anybody(client: Client, plain_page: PlainPage, measured: None) -> None:
    visitor = TAG.search(client.get("/privacidad/").content.decode())
    person = User.objects.create_user(HOSTILE, "clave-muy-larga-2026")
    client.force_login(person)
    page = client.get("/privacidad/").content.decode()

    tag = TAG.search(page)
    assert tag is not None
    assert visitor is not None
    assert tag[1] == visitor[1]
    assert "user_id" not in page
    assert "alert" not in page


def test_question_is_asked_once_and_only_where_it_matters(
    client: Client, site_tree: SiteTree, measured: None
) -> None:
    assert "¿Nos dejas contar tu visita?" in client.get("/").content.decode()

    choose(client, "no")

    assert "¿Nos dejas contar tu visita?" not in client.get("/").content.decode()


def test_nothing_is_asked_where_nothing_is_measured(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree)

    for address in ("/", "/blog/", "/blog/entrada-1/"):
        assert "¿Nos dejas contar tu visita?" not in client.get(address).content.decode()
