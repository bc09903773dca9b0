"""What an editor is told about the search result of a page, by the module and in the form."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.models import User
from home.search_result import advice, cut
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

GOOD = "Qué hacer cuando te despiertas a las tres y la cabeza no para: cuatro pasos para esta noche."


def applying(**changes: object) -> list[str]:
    facts = {
        "title": "No puedo dormir por la ansiedad",
        "own_description": GOOD,
        "taken_title": False,
        "hides_its_text": False,
        "silent_video": False,
    }
    return [each.rule for each in advice(**{**facts, **changes}) if each.applies]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"title": "Me despierto a las tres pensando en el trabajo que dejé sin hacer"}, ["title-long"]),
        ({"title": "¡Impactante!"}, ["title-sensational"]),
        ({"title": "El secreto para dormir"}, ["title-sensational"]),
        ({"title": "NUNCA MÁS VUELVAS a sufrir"}, ["title-sensational"]),
        ({"title": "Qué es el TDAH"}, []),
        ({"taken_title": True}, ["title-taken"]),
        ({"own_description": ""}, ["description-missing"]),
        ({"own_description": "Corta."}, ["description-short"]),
        ({"own_description": "x" * 156}, ["description-long"]),
        ({"hides_its_text": True}, ["description-shown"]),
        ({"hides_its_text": True, "own_description": ""}, ["description-missing"]),
        ({"silent_video": True}, ["video-silent"]),
    ],
)
def test_editor_is_told_what_matters_and_no_more(changes: dict[str, object], rules: list[str]) -> None:
    assert applying(**changes) == rules


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("corto", 10, "corto"),
        ("diez letra", 10, "diez letra"),
        ("una frase, algo larga", 13, "una frase …"),
        ("palabrainterminable", 8, "palabra …"),
        ("", 8, ""),
    ],
)
def test_text_is_cut_at_a_word(text: str, length: int, shown: str) -> None:
    assert cut(text, length) == shown


@pytest.mark.django_db
def test_form_of_a_post_shows_the_result_and_the_card(
    client: Client, administrator: User, site_tree: SiteTree
) -> None:
    first = add_post(site_tree, 1, title="Dormir <b>", search_description=GOOD)
    add_post(site_tree, 2, title="Dormir <b>")
    client.force_login(administrator)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[first.pk])).content.decode()

    shown = dict(re.findall(r'data-preview="([\w-]+)">([^<]*)<', page))
    assert shown == {
        "slug": "entrada-1",
        "title": "Dormir &lt;b&gt; · Need",
        "description": GOOD,
        "card-title": "Dormir &lt;b&gt;",
        "card-text": "Una entrada breve.",
        "shared-title": "Dormir &lt;b&gt;",
    }
    hidden = set(re.findall(r'data-rule="([\w-]+)" hidden', page))
    assert set(re.findall(r'data-rule="([\w-]+)"', page)) - hidden == {"title-taken"}


@pytest.mark.django_db
def test_form_of_a_new_page_opens(client: Client, administrator: User, site_tree: SiteTree) -> None:
    client.force_login(administrator)

    for kind, parent in (("home/blogpage", site_tree.blog), ("casestudies/casepage", site_tree.cases)):
        answer = client.get(f"/admin/pages/add/{kind}/{parent.pk}/")
        assert "data-search-preview" in answer.content.decode()
