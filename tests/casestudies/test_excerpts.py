"""What a result shows of a page: the words around the first hit, marked, and safe."""

from __future__ import annotations

import pytest
from django.test import Client

from casestudies.excerpts import excerpt_of
from home.models import BlogPage
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db


def letter(text: str) -> list:
    return [("turn", {"kind": "consultation", "text": text})]


def test_excerpt_shows_about_thirty_words_around_the_first_hit(make_case: MakeCase) -> None:
    before, after = ("antes " * 60), (" luego" * 60)
    excerpt = excerpt_of(make_case(turns=letter(f"{before}la jirafa{after}")), ["jirafas"])
    assert "<mark>jirafa</mark>" in excerpt
    assert excerpt.startswith("… antes")
    assert excerpt.endswith("luego …")
    assert len(excerpt.replace("…", "").split()) == 30


def test_excerpt_marks_every_form_of_the_word(make_case: MakeCase) -> None:
    case = make_case(turns=letter("Mi separación: estoy separándome."))
    assert excerpt_of(case, ["separacion"]).count("<mark>") == 2


def test_excerpt_is_the_summary_where_the_words_are_there_or_only_in_the_title(make_case: MakeCase) -> None:
    case = make_case(title="La jirafa", summary="Sobre un elefante.")
    assert excerpt_of(case, ["elefante"]) == "Sobre un <mark>elefante</mark>."
    assert excerpt_of(case, ["jirafa"]) == "Sobre un elefante."


def test_excerpt_escapes_what_the_page_says(make_case: MakeCase) -> None:
    case = make_case(summary="x", turns=letter("<script>alert(1)</script> & <b>jirafa</b>"))
    excerpt = excerpt_of(case, ["jirafa", "script"])
    assert "<script" not in excerpt
    assert "<b>" not in excerpt
    assert "<mark>jirafa</mark>&lt;/b" in excerpt or excerpt.endswith("<mark>jirafa</mark>&lt;/b")


def test_excerpt_of_a_noted_case_is_empty(make_case: MakeCase, client: Client) -> None:
    case = make_case(content_note="Habla de una muerte.", turns=letter("La palabra jirafa duele."))
    assert excerpt_of(case, ["jirafa"]) == ""
    page = client.get("/buscar/?q=jirafa").content.decode()
    assert case.title in page
    assert "duele" not in page


def test_excerpt_of_a_post_comes_from_its_text(post: BlogPage) -> None:
    assert "La <mark>ola</mark> sube y baja" in excerpt_of(post, ["ola"])
