"""The library's pages as readers meet them: lists, topics, a case, its neighbours, the feed."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from casestudies.models import CasePage, Topic
from casestudies.related import related_cases
from home.models import ProfessionalPage, TouchpointLog
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_list_shows_topics_with_their_feeling_and_the_newest_case_first(
    client: Client, make_case: MakeCase, topic: Topic
) -> None:
    make_case("antiguo", published_on=datetime.date(2026, 1, 2))
    make_case("nuevo", published_on=datetime.date(2026, 3, 4))
    page = html(client, "/casos/")
    assert topic.feeling in page
    assert 'href="/casos/tema/ansiedad-e-insomnio/"' in page
    assert "img/topics/ansiedad-e-insomnio" in page
    assert page.index("No puedo dormir: nuevo") < page.index("No puedo dormir: antiguo")
    assert 'action="/buscar/"' in page


def test_list_without_cases_says_so(client: Client, site_tree: SiteTree) -> None:
    assert "Todavía no hay casos aquí" in html(client, "/casos/")


def test_list_has_pages_with_addresses_of_their_own(client: Client, make_case: MakeCase) -> None:
    for number in range(13):
        make_case(f"caso-{number:02}", published_on=datetime.date(2026, 1, 1 + number))
    first, second = html(client, "/casos/"), html(client, "/casos/?pagina=2")
    assert 'rel="next"' in first
    assert "No puedo dormir: caso-00" not in first
    assert "No puedo dormir: caso-00" in second
    assert '/casos/?pagina=2">' in second.split('rel="canonical"')[1][:80]


def test_list_takes_any_page_number(client: Client, case: CasePage) -> None:
    for number in ("0", "-1", "99999999999999999999999", "dos", "", "1%00"):
        assert case.title in html(client, f"/casos/?pagina={number}"), number


def test_topic_lists_its_own_cases_alone(
    client: Client, make_case: MakeCase, topic: Topic, other_topic: Topic
) -> None:
    make_case("insomnio")
    make_case("perdida", topics=[other_topic])
    page = html(client, topic.get_absolute_url())
    assert topic.introduction in page
    assert "No puedo dormir: insomnio" in page
    assert "No puedo dormir: perdida" not in page


def test_topic_that_does_not_exist_is_not_found(client: Client, site_tree: SiteTree) -> None:
    assert client.get("/casos/tema/nada/").status_code == 404


def test_case_shows_the_exchange_in_order(client: Client, case: CasePage) -> None:
    page = html(client, case.url)
    titles = ["La consulta", "La orientación", "La réplica", "La segunda orientación"]
    places = [page.index(f">{title}</h2>") for title in titles]
    assert places == sorted(places)
    assert "<p>No sé qué hacer.</p>" in page


def test_case_shows_plan_takeaways_and_who_answers(
    client: Client, make_case: MakeCase, second_professional: ProfessionalPage
) -> None:
    case = make_case(reviewer=second_professional, fictitious=True)
    page = html(client, case.url)
    for words in (
        "Apaga la pantalla",
        "Un paso basta.",
        "Elena Rojas",
        "RNPI 000000",
        "Tomás Vidal",
        "RNPI 000009",
        "Alguien de 25 a 34 años, Chile",
        "Caso ficticio, escrito para la demostración",
        'href="/orientacion/"',
    ):
        assert words in page, words


def test_case_that_is_not_fictitious_does_not_say_so(client: Client, case: CasePage) -> None:
    assert "Caso ficticio" not in html(client, case.url)


def test_case_says_when_its_review_is_overdue(client: Client, make_case: MakeCase) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "ya pasó" in html(client, make_case("viejo", next_review_on=yesterday).url)
    assert "ya pasó" not in html(client, make_case("al-dia", next_review_on=timezone.localdate()).url)


def test_case_with_a_note_starts_folded_and_is_quoted_nowhere(client: Client, make_case: MakeCase) -> None:
    case = make_case("duelo", content_note="Este caso habla de una muerte.", summary="Palabras que duelen.")
    page = html(client, case.url)
    before, inside = page.split('<details class="content-note">')
    assert "Palabras que duelen" not in before
    assert "repaso el día" not in before
    assert "repaso el día" in inside.split("</details>")[0]
    for address in ("/casos/", "/casos/tema/ansiedad-e-insomnio/", "/casos/feed/", "/buscar/?q=duelen", "/"):
        listing = html(client, address)
        assert "Palabras que duelen" not in listing, address
    assert "Este caso habla de una muerte." in html(client, "/casos/")


def test_case_without_author_or_plan_still_opens(client: Client, make_case: MakeCase) -> None:
    case = make_case(plan=[], takeaways="")
    CasePage.objects.filter(pk=case.pk).update(author=None, reviewer=None, next_review_on=None)
    assert case.title in html(client, case.url)


def test_case_escapes_what_is_written_in_it(client: Client, make_case: MakeCase) -> None:
    hostile = "<script>alert(1)</script>"
    case = make_case(
        title=f"Hola {hostile}", summary=hostile, turns=[("turn", {"kind": "reply", "text": hostile})]
    )
    for address in (case.url, "/casos/", "/casos/feed/", "/buscar/?q=hola"):
        assert "<script>alert" not in html(client, address)


def test_draft_and_restricted_cases_are_nowhere(client: Client, make_case: MakeCase) -> None:
    draft = make_case("borrador", live=False)
    private = make_case("reservado")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(draft.url).status_code == 404
    assert client.get(private.url).status_code == 302
    for address in ("/casos/", "/casos/tema/ansiedad-e-insomnio/", "/casos/feed/", "/buscar/?q=dormir", "/"):
        page = html(client, address)
        assert draft.title not in page, address
        assert private.title not in page, address


@pytest.mark.parametrize("slug", ["feed", "tema"])
def test_case_cannot_take_an_address_of_the_library(make_case: MakeCase, slug: str) -> None:
    with pytest.raises(ValidationError):
        make_case(slug)


def test_related_cases_share_topics_and_the_closest_comes_first(
    make_case: MakeCase, topic: Topic, other_topic: Topic
) -> None:
    case = make_case("este", topics=[topic, other_topic])
    make_case("uno", topics=[topic], published_on=datetime.date(2026, 5, 5))
    make_case("dos", topics=[other_topic, topic], published_on=datetime.date(2026, 1, 1))
    make_case("ajeno", topics=[Topic.objects.create(name="Otro", slug="otro")])
    assert [each.slug for each in related_cases(case)] == ["dos", "uno"]


def test_related_cases_of_a_case_without_topics_are_none(make_case: MakeCase) -> None:
    case = make_case("este")
    make_case("otro")
    case.topic_links.all().delete()
    assert list(related_cases(CasePage.objects.get(pk=case.pk))) == []


def test_visits_are_recorded_each_with_its_own_touchpoint(client: Client, case: CasePage) -> None:
    for address in ("/casos/", "/casos/tema/ansiedad-e-insomnio/", case.url):
        html(client, address)
    assert list(TouchpointLog.objects.order_by("pk").values_list("name", flat=True)) == [
        "cases_listed",
        "cases_listed",
        "case_read",
    ]


def test_arrival_from_a_search_engine_is_recorded_with_the_case(client: Client, case: CasePage) -> None:
    client.get(case.url, headers={"referer": "https://www.google.cl/"})
    assert set(TouchpointLog.objects.values_list("name", "channel")) == {
        ("search_engine_arrival", "google"),
        ("case_read", "google"),
    }


def test_feed_is_atom_with_absolute_addresses(client: Client, case: CasePage) -> None:
    feed = ElementTree.fromstring(html(client, "/casos/feed/"))  # noqa: S314 (our own)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://localhost:8000{case.url}"
    assert entry.find(f"{ATOM}title").text == case.title
    assert entry.find(f"{ATOM}summary").text == case.summary
    assert entry.find(f"{ATOM}category").attrib["term"] == "No puedo dormir por la ansiedad"
