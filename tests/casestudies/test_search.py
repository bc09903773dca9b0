"""Search finds cases and posts, survives anything typed into it, and keeps nothing of it."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from casestudies.models import CasePage, Topic
from casestudies.words import words_of
from home.models import BlogPage, TouchpointLog
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def results(client: Client, query: str) -> str:
    answer = client.get(f"/buscar/?q={quote(query)}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_search_finds_cases_and_posts(client: Client, case: CasePage, post: BlogPage) -> None:
    assert case.title in results(client, "tres")
    assert post.title in results(client, "ola")
    assert case.title not in results(client, "ola")


def test_search_looks_into_summary_letters_and_takeaways(client: Client, make_case: MakeCase) -> None:
    case = make_case(summary="Vigila su pulso.", takeaways="El reloj descansa en un cajón.")
    for word in ("pulso", "repaso", "cajón"):
        assert case.title in results(client, word), word


def test_search_ignores_case_and_punctuation(client: Client, make_case: MakeCase) -> None:
    case = make_case(title="Mi separacion y la separación de bienes")
    for query in ("SEPARACION", "separación", "Separación", "  separación!! "):
        assert case.title in results(client, query), query


def test_search_wants_all_words_and_falls_back_to_any(client: Client, make_case: MakeCase) -> None:
    make_case("uno", title="Perro azul")
    make_case("dos", title="Perro rojo")
    both = results(client, "perro azul")
    assert "Perro azul" in both
    assert "Perro rojo" not in both
    any_of_them = results(client, "rojo inexistente")
    assert "Perro rojo" in any_of_them


def test_search_result_shows_the_summary_and_never_that_of_a_noted_case(
    client: Client, make_case: MakeCase
) -> None:
    make_case("claro", summary="Volvió a dormir.")
    make_case("duro", summary="Palabras que duelen.", content_note="Habla de una muerte.")
    page = results(client, "dormir")
    assert "Volvió a <mark>dormir</mark>." in page
    assert "Palabras que duelen" not in page
    assert "Habla de una muerte." in page


def test_search_without_words_offers_the_topics(client: Client, case: CasePage) -> None:
    page = results(client, "")
    assert "/casos/tema/ansiedad-e-insomnio/" in page
    assert "No encontramos nada" not in page


def test_search_without_results_says_so_and_offers_the_topics(client: Client, case: CasePage) -> None:
    page = results(client, "xilofono")
    assert "No encontramos nada con esas palabras" in page
    assert "/casos/tema/ansiedad-e-insomnio/" in page


def test_search_has_pages_that_keep_the_query(client: Client, make_case: MakeCase) -> None:
    for number in range(11):
        make_case(f"caso-{number}")
    page = results(client, "no dormir & más")
    assert "?q=no+dormir+%26+m%C3%A1s&amp;pagina=2" in page
    assert client.get("/buscar/?q=dormir&pagina=2").content.decode().count("<article") == 1


def test_search_keeps_to_a_topic_with_links_alone(
    client: Client, make_case: MakeCase, other_topic: Topic
) -> None:
    mine, other = make_case("uno"), make_case("dos", topics=[other_topic])
    everything = results(client, "dormir")
    assert 'href="?q=dormir&amp;tema=duelo"' in everything
    narrowed = client.get("/buscar/?q=dormir&tema=duelo").content.decode()
    assert other.title in narrowed
    assert mine.title not in narrowed
    assert 'aria-current="true">Perdí a alguien que quiero' in narrowed
    assert mine.title in client.get("/buscar/?q=dormir&tema=nada").content.decode()


def test_search_in_a_topic_keeps_it_over_pages_and_says_when_it_has_nothing(
    client: Client, make_case: MakeCase, other_topic: Topic
) -> None:
    for number in range(11):
        make_case(f"caso-{number}")
    page = client.get("/buscar/?q=dormir&tema=ansiedad-e-insomnio").content.decode()
    assert "?q=dormir&amp;tema=ansiedad-e-insomnio&amp;pagina=2" in page
    nothing = client.get("/buscar/?q=dormir&tema=duelo").content.decode()
    assert "No encontramos nada con esas palabras en «Perdí a alguien que quiero»" in nothing
    assert 'href="?q=dormir"' in nothing


def test_search_suggests_a_word_of_the_library_for_a_misspelt_one(
    client: Client, make_case: MakeCase
) -> None:
    make_case(title="Mi ansiedad de noche")
    assert '<a href="?q=ansiedad">ansiedad</a>' in results(client, "ansidad")
    assert '<a href="?q=ansiedad">ansiedad</a>' in results(client, "anziedad")
    assert "¿Buscabas" not in results(client, "xilofono")


def test_search_asks_to_wait_after_many_and_keeps_the_words(
    client: Client, make_case: MakeCase, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE = True
    case = make_case()
    answers = [client.get("/buscar/?q=dormir") for _ in range(41)]
    assert [each.status_code for each in answers] == [200] * 40 + [429]
    page = answers[-1].content.decode()
    assert "Espera un minuto" in page
    assert 'value="dormir"' in page
    assert case.title not in page
    assert "crisis-strip" in page
    assert answers[-1].headers["Retry-After"] == "60"
    assert client.get("/buscar/").status_code == 200
    assert client.get("/buscar/?q=dormir", REMOTE_ADDR="10.0.0.9").status_code == 200


HOSTILE = [
    'a"b',
    '")(*',
    "de la que",
    "\0",
    "a\0b",
    '"',
    '"sin cerrar',
    "'; DROP TABLE wagtailcore_page; --",
    "* OR 1=1",
    "NEAR(dormir, 5)",
    "AND",
    "NOT",
    "OR OR",
    "title:dormir",
    "{title body} : dormir",
    "dormir*",
    "^dormir",
    "(((",
    "a & b | !c <-> d:*",
    "\\",
    "%s %d %(x)s",
    "100%",
    "-",
    "🙂",
    "\u200b\u202e",
    "مرحبا",
    "眠れない",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "no " * 5_000,
    "\ud800",
    "{{ 7*7 }}",
    "\r\n\t",
]


def test_search_answers_anything(client: Client, case: CasePage) -> None:
    for query in HOSTILE:
        answer = client.get("/buscar/", {"q": query.encode("utf-8", "surrogatepass")})
        assert answer.status_code == 200, query
        assert "<script>alert" not in answer.content.decode(), query


def test_search_answers_broken_addresses(client: Client, case: CasePage) -> None:
    for address in ("?q=%ff%fe", "?q=a&q=b", "?q[]=a", "?pagina=x&q=a", "?q=dormir&pagina=9999999999999"):
        assert client.get(f"/buscar/{address}").status_code == 200, address


def test_search_cannot_be_posted(client: Client, site_tree: SiteTree) -> None:
    assert client.post("/buscar/", {"q": "dormir"}).status_code == 405


def test_search_stays_out_of_search_engines(client: Client, case: CasePage) -> None:
    answer = client.get("/buscar/?q=dormir")
    assert '<meta name="robots" content="noindex' in answer.content.decode()
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_search_keeps_and_logs_nothing_of_what_was_typed(
    client: Client, case: CasePage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        results(client, "secretisimo")
    assert "secretisimo" not in caplog.text.replace(_statements(caplog), "")
    [row] = TouchpointLog.objects.values()
    assert row["name"] == "cases_searched"
    assert "secretisimo" not in str(row)


def _statements(caplog: pytest.LogCaptureFixture) -> str:
    """The SQL that Django tells at DEBUG, a level the site never logs at."""
    return "".join(each.getMessage() for each in caplog.records if each.name == "django.db.backends")


def test_search_is_never_measured_by_an_outside_service(
    client: Client, case: CasePage, settings: Any
) -> None:
    settings.GA_MEASUREMENT_ID = settings.GOOGLE_ANALYTICS_GTAG_PROPERTY_ID = "G-TEST12345"
    settings.GA_API_SECRET = "api-secret-of-the-tests"
    assert "gtag" in client.get("/casos/").content.decode()
    assert "gtag" not in results(client, "dormir")


def test_words_of_leaves_out_what_says_nothing_unless_there_is_nothing_else() -> None:
    assert words_of("No puedo dormir por la ansiedad") == ["puedo", "dormir", "ansiedad"]
    assert words_of("¿Por qué yo?") == ["por", "qué", "yo"]
    assert words_of("_-:*\"'") == []
    assert words_of("palabra " * 20) == ["palabra"]
    assert len(words_of(" ".join(f"p{number}" for number in range(50)))) == 12
