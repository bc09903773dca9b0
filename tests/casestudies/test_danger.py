"""Somebody who announces danger in a comment, or looks for it in the search box, gets help at once."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from casestudies.actions.comments import post_comment
from casestudies.danger import asks_about_danger
from casestudies.models import CasePage, Comment
from home.models import BlogPage, CrisisLine, User

pytestmark = pytest.mark.django_db
DANGER = "Esta noche me voy a matar, ya no quiero vivir."
CALM = "A mí me sirvió escribir la lista antes de acostarme."
CARD = "notice--risk"
LIST = "/admin/comentarios/"


@pytest.fixture
def signed_in(client: Client, client_user: User) -> Client:
    client.force_login(client_user)
    return client


def comment_on(client: Client, page: Any, body: str) -> str:
    answer = client.post(f"/comentarios/{page.pk}/", {"body": body}, follow=True)
    return str(answer.content.decode())


def test_comment_that_announces_danger_is_taken_and_answered_with_the_lines(
    signed_in: Client, case: CasePage, post: BlogPage
) -> None:
    number = CrisisLine.objects.filter(country="CL")[0].number
    for page in (case, post):
        html = comment_on(signed_in, page, DANGER)
        card = html[html.index(CARD) :].split("</ul>")[0]
        assert number in card
        assert 'href="/ayuda-ahora/"' in html[html.index(CARD) :]
        assert Comment.objects.get(page_id=page.pk).read_first


def test_comment_without_danger_shows_no_card(signed_in: Client, case: CasePage) -> None:
    assert CARD not in comment_on(signed_in, case, CALM)
    assert not Comment.objects.get().read_first


def test_comment_that_cannot_be_sent_shows_the_lines_too(signed_in: Client, case: CasePage) -> None:
    assert CARD in comment_on(signed_in, case, f"{DANGER} Escríbanme a ana@example.com")
    assert not Comment.objects.exists()


def test_comment_refused_to_the_unverified_shows_the_lines_too(
    signed_in: Client, client_user: User, case: CasePage
) -> None:
    EmailAddress.objects.filter(user=client_user).update(verified=False)
    assert CARD in comment_on(signed_in, case, DANGER)


def test_card_is_for_who_wrote_and_not_for_who_follows_the_same_address(
    case: CasePage, client_user: User, other_client: User
) -> None:
    post_comment(by=client_user, page=case, body=DANGER)
    for person in (None, other_client):
        client = Client()
        if person:
            client.force_login(person)
        assert CARD not in client.get(f"{case.url}?comentario=recibido").content.decode()


def test_moderators_find_it_first_and_publishing_is_not_the_main_button(
    client: Client, case: CasePage, client_user: User, other_client: User, moderator: User
) -> None:
    calm = post_comment(by=client_user, page=case, body=CALM)
    urgent = post_comment(by=other_client, page=case, body=DANGER)
    later = post_comment(by=client_user, page=case, body="Gracias por contarlo.")
    client.force_login(moderator)
    page = client.get(LIST).content.decode()
    assert page.count("Leer primero") == 1
    assert page.index(DANGER[:30]) < page.index(CALM[:30])
    assert page.index(DANGER[:30]) < page.index("Gracias por contarlo.")
    decided = client.post(f"{LIST}decidir/{later.pk}/", {"status": "approved"})
    assert decided["Location"] == f"{LIST}inspect/{urgent.pk}/"
    page = client.get(f"{LIST}inspect/{urgent.pk}/").content.decode()
    assert "Leer primero." in page
    assert 'class="button button-secondary" type="submit" name="status" value="approved"' in page
    assert 'class="button no" type="submit" name="status" value="hidden"' in page
    page = client.get(f"{LIST}inspect/{calm.pk}/").content.decode()
    assert "Leer primero." not in page
    assert 'class="button" type="submit" name="status" value="approved"' in page


SEARCHED = [
    "suicidio",
    "SUICIDARME",
    "suisidio",
    "autolesión",
    "autolesiones",
    "cortarme",
    "hacerme daño",
    "me quiero morir",
    "kiero morirme",
    "no quiero vivir",
    "quiero matarme",
]
HARMLESS = ["insomnio", "ansiedad", "me muero de risa", "cortar con mi novio", "mi papá murió", "", "moral"]


@pytest.mark.parametrize("query", SEARCHED)
def test_search_for_danger_shows_the_lines_above_the_results(
    client: Client, case: CasePage, query: str
) -> None:
    html = client.get("/buscar/", {"q": query}).content.decode()
    assert CARD in html
    assert 'href="tel:' in html[html.index(CARD) :]
    first = re.search("Por tema|<article", html)
    assert first is not None
    assert html.index(CARD) < first.start()


@pytest.mark.parametrize("query", HARMLESS)
def test_search_for_other_things_shows_no_card(client: Client, case: CasePage, query: str) -> None:
    assert not asks_about_danger(query)
    assert CARD not in client.get("/buscar/", {"q": query}).content.decode()


def test_search_for_danger_is_not_logged(
    client: Client, case: CasePage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/buscar/", {"q": "suicidio secretisimo"})
    assert "secretisimo" not in caplog.text
