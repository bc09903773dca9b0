"""The pages anybody may read: home, blog, posts, plain pages, team; what they cost and what they load."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage, PlainPage, TouchpointLog, User
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

pytestmark = pytest.mark.django_db
VIDEO = {
    "youtube_id": "XiCrniLQGYc",
    "title": "Respirar antes de dormir",
    "description": "Un ejercicio de dos minutos.",
}


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def without_data(page: str) -> str:
    """The page without what only search engines read, which no browser runs or follows."""
    return re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", page)


def touchpoints() -> list[str]:
    return list(TouchpointLog.objects.order_by("pk").values_list("name", flat=True))


# --- what they cost -------------------------------------------------------------------------------
# Warm, as every visit but a process's first: the day's salt, the crisis lines and the sites are remembered.
@pytest.mark.parametrize("posts", [1, 13])
@pytest.mark.parametrize(
    ("address", "queries"), [("/", 3), ("/blog/", 4), ("/blog/entrada-1/", 3), ("/privacidad/", 2)]
)
def test_pages_cost_the_same_however_many_posts_there_are(
    client: Client,
    site_tree: SiteTree,
    plain_page: PlainPage,
    django_assert_num_queries: Any,
    address: str,
    queries: int,
    posts: int,
) -> None:
    for number in range(1, posts + 1):
        add_post(site_tree, number)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


# --- what they say --------------------------------------------------------------------------------
def test_home_leads_to_reading_feeling_and_buying(client: Client, site_tree: SiteTree) -> None:
    page = read(client, "/")

    assert f"<h1>{site_tree.home.lead}</h1>" in page
    for way in ('href="/casos/"', 'href="/orientacion/"', 'action="/animo/"', 'href="/ayuda-ahora/"'):
        assert way in page


def test_blog_lists_newest_first_twelve_a_page(client: Client, site_tree: SiteTree) -> None:
    for number in range(1, 14):
        add_post(site_tree, number)

    first, second = read(client, "/blog/"), read(client, "/blog/?pagina=2")

    assert re.findall(r">Entrada (\d+)<", first) == [str(number) for number in range(13, 1, -1)]
    assert re.findall(r">Entrada (\d+)<", second) == ["1"]
    assert '<link rel="canonical" href="http://localhost:8000/blog/?pagina=2">' in second


@pytest.mark.parametrize("number", ["99", "0", "-1", "abc"])
def test_a_page_of_the_blog_that_is_not_there_shows_a_near_one(
    client: Client, site_tree: SiteTree, number: str
) -> None:
    add_post(site_tree)

    assert "Entrada 1" in read(client, f"/blog/?pagina={number}")


def test_post_says_who_wrote_it_with_which_registration(client: Client, site_tree: SiteTree) -> None:
    add_post(
        site_tree, body=[("quote", {"text": "Respira.", "attribution": "Elena"}), ("list", ["Uno", "Dos"])]
    )

    page = read(client, "/blog/entrada-1/")

    for words in ("Elena Rojas", "Psicóloga clínica", "RNPI 000000", "2 de enero de 2026", "<li>Dos</li>"):
        assert words in page
    assert "ref=compartido" in page


def test_drafts_are_read_by_nobody(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree, live=False)

    assert client.get("/blog/entrada-1/").status_code == 404
    assert "Entrada 1" not in read(client, "/blog/")
    assert "Entrada 1" not in read(client, "/blog/feed/")


def test_help_page_lists_every_country(client: Client, site_tree: SiteTree) -> None:
    site_tree.home.add_child(
        instance=PlainPage(title="Ayuda ahora", slug="ayuda-ahora", shows_crisis_lines=True)
    )

    page = read(client, "/ayuda-ahora/")

    for country, number in (("Chile", "*4141"), ("España", "024"), ("México", "8009112000")):
        assert f">{country}<" in page
        assert f'href="tel:{number}"' in page


def test_team_and_professional_pages(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree)

    assert "Elena Rojas" in read(client, "/equipo/")
    page = read(client, "/equipo/elena-rojas/")
    for words in ("RNPI 000000", "Chile", "doce años", "Entrada 1"):
        assert words in page


@pytest.mark.parametrize(
    "address", ["/", "/blog/", "/blog/entrada-1/", "/privacidad/", "/equipo/elena-rojas/"]
)
def test_pages_carry_what_search_engines_and_shared_links_need(
    client: Client, site_tree: SiteTree, plain_page: PlainPage, address: str
) -> None:
    add_post(site_tree)
    page = read(client, f"{address}?ref=compartido")

    assert f'<link rel="canonical" href="http://localhost:8000{address}">' in page
    assert re.search(r'<meta name="description" content="[^"]{10,}">', page)
    for name in ("og:title", "og:description", "og:image", "og:url"):
        assert re.search(rf'<meta property="{name}" content="[^"]+">', page), name
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert "noindex" not in page


def test_pages_bring_no_script_or_style_of_their_own(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree, body=[("video", VIDEO)])

    for address in ("/", "/blog/", "/blog/entrada-1/", "/blog/entrada-1/video/", "/equipo/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert not re.search(r"<script(?![^>]* src=)", without_data(page))
        assert "<style" not in page
        assert " style=" not in page
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


# --- the video ------------------------------------------------------------------------------------
def test_post_asks_nothing_of_youtube(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree, body=[("video", VIDEO)], illustration="dibujo")

    page = read(client, "/blog/entrada-1/")

    assert VIDEO["title"] in page
    assert 'href="/blog/entrada-1/video/"' in page
    assert not re.search(r"youtube[.-]|youtu\.be|ytimg", without_data(page))


def test_video_plays_on_a_page_of_its_own(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree, body=[("video", VIDEO)])

    page = read(client, "/blog/entrada-1/video/")

    assert 'src="https://www.youtube-nocookie.com/embed/XiCrniLQGYc"' in page
    assert 'href="/blog/entrada-1/"' in page
    assert 'content="noindex, follow"' in page
    assert "video_watched" in touchpoints()


def test_post_without_a_video_has_no_such_page(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree)

    assert client.get("/blog/entrada-1/video/").status_code == 404


def test_video_outside_the_blog_is_a_plain_link(client: Client, site_tree: SiteTree) -> None:
    site_tree.home.add_child(instance=PlainPage(title="Taller", slug="taller", body=[("video", VIDEO)]))

    page = read(client, "/taller/")

    assert 'href="https://www.youtube.com/watch?v=XiCrniLQGYc"' in page
    assert "<iframe" not in page


# --- the touchpoints ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "referrer", "recorded"),
    [
        ("/", "", ["home_visited"]),
        ("/", "https://www.google.com/", ["search_engine_arrival", "home_visited"]),
        ("/blog/entrada-1/", "https://m.facebook.com/", ["facebook_arrival", "post_read"]),
        ("/blog/entrada-1/?ref=compartido", "", ["circle_arrival", "post_read"]),
        ("/blog/entrada-1/", "http://testserver/blog/", ["post_read"]),
    ],
)
def test_visit_is_recorded_with_how_it_came(
    client: Client, site_tree: SiteTree, address: str, referrer: str, recorded: list[str]
) -> None:
    add_post(site_tree)
    read(client, address, referer=referrer)

    assert touchpoints() == recorded


def test_robots_are_not_counted(client: Client, site_tree: SiteTree) -> None:
    read(client, "/", **{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})

    assert touchpoints() == []


@pytest.mark.parametrize("address", ["/", "/casos/", "/blog/entrada-1/", "/orientacion/"])
@pytest.mark.parametrize("referrer", ["http://[", "//[a]/", "http://\uff0f"])
def test_page_opens_whatever_address_the_browser_says_it_came_from(
    client: Client, site_tree: SiteTree, address: str, referrer: str
) -> None:
    add_post(site_tree)
    read(client, address, referer=referrer)

    assert TouchpointLog.objects.get().channel == "direct"


def test_looking_at_a_draft_is_no_visit(client: Client, site_tree: SiteTree, administrator: User) -> None:
    client.force_login(administrator)
    for page in (site_tree.home, site_tree.cases, site_tree.blog, add_post(site_tree), site_tree.orientation):
        page.save_revision()
        read(client, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert touchpoints() == []


# --- when something is not there ------------------------------------------------------------------
def test_missing_page_is_calm_and_ours(client: Client, site_tree: SiteTree, settings: Any) -> None:
    settings.DEBUG = False

    answer = client.get("/no-existe/")

    assert answer.status_code == 404
    assert "Volver al inicio" in answer.content.decode()


def test_failure_is_calm_and_stands_alone(
    site_tree: SiteTree, settings: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    settings.DEBUG = False
    client = Client(raise_request_exception=False)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the words of somebody")

    monkeypatch.setattr(HomePage, "get_context", fail)
    answer = client.get("/")

    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in answer.content.decode()
    assert "the words of somebody" not in answer.content.decode()


def test_a_signed_in_person_finds_their_own_places(
    client: Client, client_user: User, site_tree: SiteTree
) -> None:
    client.force_login(client_user)
    page = read(client, "/")

    assert 'href="/consultas/"' in page
    assert 'href="/cuenta/"' in page
    assert client_user.email not in page
