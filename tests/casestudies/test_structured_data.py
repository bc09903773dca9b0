"""What each page says of itself to search engines, held against what they require and recommend of it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.models import CasePage, Topic
from consultations.models import Service
from home.models import BlogPage, PlainPage
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
HOSTILE = "</script><script>alert(1)</script> <!-- & \u2028\u2029 \" ' \\"
BLOCK = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
VIDEO = {"youtube_id": "XiCrniLQGYc", "title": "Respirar", "description": "Dos minutos."}

# Of each type: what is required, and what is recommended and Need knows. `a.b` looks within `a`.
PROPERTIES: dict[str, str] = {
    "Article": "headline image datePublished dateModified author author.name author.url publisher "
    "publisher.name publisher.logo.url mainEntityOfPage description inLanguage about.name",
    "MedicalWebPage": "name url lastReviewed reviewedBy reviewedBy.name reviewedBy.url reviewedBy.jobTitle "
    "about inLanguage dateModified datePublished mainEntity description",
    "BlogPosting": "headline image datePublished dateModified author author.name author.url publisher "
    "publisher.name mainEntityOfPage description inLanguage",
    "VideoObject": "name description thumbnailUrl uploadDate embedUrl",
    "ProfilePage": "mainEntity mainEntity.name mainEntity.url mainEntity.jobTitle mainEntity.description "
    "mainEntity.identifier.value mainEntity.worksFor dateCreated dateModified",
    "Organization": "name url logo.url description",
    "WebSite": "name url inLanguage potentialAction.target.urlTemplate potentialAction.query-input",
    "CollectionPage": "name url inLanguage mainEntity.itemListElement",
    "WebPage": "name url inLanguage dateModified publisher",
    "Service": "name description provider.name offers.price offers.priceCurrency offers.url serviceType",
    "BreadcrumbList": "itemListElement.position itemListElement.name itemListElement.item",
}
TYPES = {
    "/": ["Organization", "WebSite"],
    "/casos/": ["CollectionPage", "BreadcrumbList"],
    "/casos/tema/ansiedad-e-insomnio/": ["CollectionPage", "BreadcrumbList"],
    "/casos/no-puedo-dormir/": ["Article", "MedicalWebPage", "BreadcrumbList"],
    "/blog/": ["CollectionPage", "BreadcrumbList"],
    "/blog/noche-de-ansiedad/": ["BlogPosting", "VideoObject", "BreadcrumbList"],
    "/orientacion/": ["WebPage", "Service", "BreadcrumbList"],
    "/equipo/": ["CollectionPage", "BreadcrumbList"],
    "/equipo/elena-rojas/": ["ProfilePage", "BreadcrumbList"],
    "/privacidad/": ["WebPage", "BreadcrumbList"],
}
# Dates that mean a moment must say in which zone; a bare day is a date too.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


@pytest.fixture
def everything(site_tree: SiteTree, case: CasePage, post: BlogPage) -> None:
    """One page of each kind, with whatever it may hold."""
    post.body = [("paragraph", "<p>La ola.</p>"), ("video", VIDEO)]
    post.save()
    site_tree.home.add_child(instance=PlainPage(title="Privacidad", slug="privacidad"))
    for page in (site_tree.professional, *site_tree.home.get_children().specific()):
        page.save_revision().publish()
    Service.objects.create(name="Orientación", slug="una", summary="Una respuesta.", price=25000)


def graph(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    [block] = BLOCK.findall(answer.content.decode())
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node_of(client: Client, address: str, kind: str) -> dict[str, Any]:
    return next(node for node in graph(client, address) if node["@type"] == kind)


def values(node: Any, path: str) -> list[Any]:
    """What stands at `path`, in every item of the lists on the way."""
    found = [node]
    for name in path.split("."):
        found = [each[name] for each in found if isinstance(each, dict) and name in each]
        found = [one for each in found for one in (each if isinstance(each, list) else [each])]
    return found


def every_node(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for each in value for node in every_node(each)]
    if isinstance(value, dict):
        return [value, *(node for each in value.values() for node in every_node(each))]
    return []


@pytest.mark.parametrize(("address", "kinds"), TYPES.items())
def test_page_has_every_required_and_recommended_property(
    client: Client, everything: None, address: str, kinds: list[str]
) -> None:
    nodes = graph(client, address)

    assert [node["@type"] for node in nodes] == kinds
    for node in nodes:
        wanted = PROPERTIES[node["@type"]].split()
        missing = [path for path in wanted if values(node, path) in ([], [""], [None])]
        assert missing == [], node["@type"]
    for node in every_node(nodes):
        for name in ("url", "item", "embedUrl", "@id"):
            assert str(node.get(name, "https://")).startswith(("http://", "https://")), (name, node)
        for name in ("datePublished", "dateModified", "lastReviewed", "uploadDate", "dateCreated"):
            assert MOMENT.fullmatch(node.get(name, "2026-01-01")), (name, node)


@pytest.mark.parametrize("address", TYPES)
def test_page_claims_nothing_it_may_not(client: Client, everything: None, address: str) -> None:
    text = json.dumps(graph(client, address))

    for wrong in ("QAPage", "FAQPage", "DiscussionForumPosting", "AggregateRating", 'Review"', "testserver"):
        assert wrong not in text


@pytest.mark.parametrize("address", [each for each in TYPES if each != "/privacidad/"])
def test_no_title_gets_out_of_the_data(
    client: Client,
    everything: None,
    site_tree: SiteTree,
    case: CasePage,
    post: BlogPage,
    address: str,
) -> None:
    for page in (case, post, site_tree.professional, site_tree.home, site_tree.cases, site_tree.blog):
        type(page).objects.filter(pk=page.pk).update(title=HOSTILE, search_description=HOSTILE)
    Topic.objects.update(name=HOSTILE[:80], introduction=HOSTILE)
    Service.objects.update(name=HOSTILE[:80], summary=HOSTILE)

    page = client.get(address).content.decode()

    assert "<script>alert" not in page
    assert "\u2028" not in BLOCK.findall(page)[0]
    assert "alert(1)" in json.dumps(graph(client, address)), "it is told as it is, as text"


def test_names_stand_without_credentials(client: Client, everything: None) -> None:
    article = node_of(client, "/casos/no-puedo-dormir/", "Article")

    assert values(article, "author.name") == ["Elena Rojas"]
    assert values(article, "author.jobTitle") == ["Psicóloga clínica"]
    assert values(article, "author.url") == [f"{SITE}/equipo/elena-rojas/"]


def test_case_says_when_it_was_reviewed_and_by_whom(client: Client, make_case: MakeCase) -> None:
    make_case("caso", reviewed_on=datetime.date(2026, 3, 4))

    page = node_of(client, "/casos/caso/", "MedicalWebPage")

    assert (page["lastReviewed"], page["reviewedBy"]["name"]) == ("2026-03-04", "Elena Rojas")


def test_case_that_asks_for_care_tells_its_note_and_not_its_summary(
    client: Client, make_case: MakeCase
) -> None:
    make_case("duelo", content_note="Habla de una muerte.", summary="Palabras que duelen.")

    assert node_of(client, "/casos/duelo/", "Article")["description"] == "Habla de una muerte."


def test_case_without_people_says_nothing_of_them(client: Client, case: CasePage) -> None:
    CasePage.objects.update(author=None, reviewer=None, reviewed_on=None)

    nodes = graph(client, case.url)

    assert not any({"reviewedBy", "lastReviewed", "author"} & node.keys() for node in nodes)


def test_date_of_change_moves_only_with_the_text(client: Client, case: CasePage) -> None:
    def modified() -> str:
        return str(node_of(client, case.url, "Article")["dateModified"])

    published = case.published_on.isoformat()
    assert modified() == published
    case.next_review_on = timezone.localdate() + datetime.timedelta(days=400)
    case.save_revision().publish()
    assert modified() == published, "a review is no change of the text"

    case.refresh_from_db()
    old = case.save_revision()
    case.summary = "Otro resumen."
    reviewed(case).save_revision().publish()
    changed = modified()
    assert changed.startswith(timezone.localdate().isoformat())
    assert len(changed) > len(published)

    CasePage.objects.get(pk=case.pk).save_revision().publish()
    assert modified() == changed, "the same text again"
    CasePage.objects.filter(pk=case.pk).update(text_changed_at=timezone.now() - datetime.timedelta(days=9))
    before = modified()
    old.publish()
    assert modified() > before, "an older text is another text too"


def test_second_page_of_a_list_counts_on(client: Client, make_case: MakeCase) -> None:
    for number in range(13):
        make_case(f"caso-{number:02}", published_on=datetime.date(2026, 1, 1 + number))

    second = node_of(client, "/casos/?pagina=2", "CollectionPage")

    assert second["url"] == f"{SITE}/casos/?pagina=2"
    assert values(second, "mainEntity.itemListElement.position") == [13]
    assert "página 2" in second["name"]


def test_page_of_the_video_and_missing_pages_say_nothing(client: Client, everything: None) -> None:
    for address in ("/blog/noche-de-ansiedad/video/", "/no-existe/", "/buscar/?q=dormir"):
        assert "ld+json" not in client.get(address).content.decode()


def test_picture_is_the_pages_own_once_it_is_drawn(
    client: Client, case: CasePage, run_jobs: Callable[[], list[str]], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert "og-default" in node_of(client, case.url, "Article")["image"][0]
    case.save_revision().publish()
    run_jobs()

    assert f"{SITE}/media/tarjetas/" in node_of(client, case.url, "Article")["image"][0]
