"""What is there for machines: health, robots, sitemap, feed, the content API."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task
from wagtail.models import Page, PageViewRestriction

from home.health import PARTS, register_part
from home.models import PlainPage, User
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

pytestmark = pytest.mark.django_db


def fail(*args: Any, **kwargs: Any) -> None:
    raise DatabaseError("password=secret host=db.internal")


class BrokenCache:
    set = get = staticmethod(fail)


# --- health ---------------------------------------------------------------------------------------
def test_health_is_well(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "queue": "ok",
        "cache": "ok",
        "payments": "ok",
        "queue_age_seconds": 0,
    }
    assert "no-store" in answer.headers["Cache-Control"]
    assert not client.cookies


def test_health_fails_when_nobody_works_the_queue(client: Client) -> None:
    async_task("home.jobs.forget_daily_salts")
    assert client.get("/healthz").status_code == 200

    OrmQ.objects.update(lock=timezone.now() - datetime.timedelta(minutes=20))
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert (answer.json()["queue"], answer.json()["database"]) == ("failing", "ok")
    assert answer.json()["queue_age_seconds"] >= 1200


def test_health_fails_without_a_database_and_says_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "cursor", fail)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "failing",
        "database": "failing",
        "queue": "failing",
        "cache": "ok",
        "payments": "degraded",
        "queue_age_seconds": None,
    }
    assert b"secret" not in answer.content


def test_health_fails_without_a_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("home.views.health.cache", BrokenCache())

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["cache"]) == (503, "failing")


@pytest.fixture
def troubled_part() -> Iterator[None]:
    """A part that cannot even tell how it is."""
    register_part("lamps", fail)  # type: ignore[arg-type]
    yield
    del PARTS["lamps"]


def test_part_that_does_badly_does_not_take_the_site_down(client: Client, troubled_part: None) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["lamps"]) == ("degraded", "degraded")
    assert (answer.json()["database"], answer.json()["payments"]) == ("ok", "ok")
    assert b"secret" not in answer.content


def test_site_that_is_down_says_so_whatever_its_parts_do(
    client: Client, troubled_part: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("home.views.health.cache", BrokenCache())

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (503, "failing")


# --- search engines -------------------------------------------------------------------------------
def test_robots_stay_out_of_what_is_private(client: Client) -> None:
    answer = client.get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    for private in ("/consultas/", "/profesional/", "/encuestas/", "/admin/"):
        assert f"Disallow: {private}" in lines


@pytest.mark.parametrize(
    "address",
    ["/buscar/", "/buscar/?q=dormir", "/cuenta/ingresar/", "/cuenta/registro/", "/cuenta/", "/consultas/"],
)
def test_pages_that_are_not_to_be_listed_say_so_where_robots_can_read_it(
    client: Client, site_tree: SiteTree, address: str
) -> None:
    assert "noindex" in client.get(address).headers["X-Robots-Tag"]
    closed = re.findall(r"Disallow: (\S+)", client.get("/robots.txt").content.decode())
    linked_from_every_page = address.startswith(("/buscar/", "/cuenta/"))
    assert address.startswith(tuple(closed)) != linked_from_every_page


def test_favicon_leads_to_the_drawing(client: Client) -> None:
    assert client.get("/favicon.ico").url.startswith("/static/img/favicon")


# --- feed -----------------------------------------------------------------------------------------
def test_feed_is_atom_newest_first(client: Client, site_tree: SiteTree) -> None:
    for number in (1, 2):
        add_post(site_tree, number, title=f"Entrada {number} <b> & más")

    answer = client.get("/blog/feed/")

    atom = "{http://www.w3.org/2005/Atom}"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    titles = [entry.findtext(f"{atom}title") for entry in tree.iter(f"{atom}entry")]
    assert titles == ["Entrada 2 <b> & más", "Entrada 1 <b> & más"]
    assert tree.findtext(f"{atom}entry/{atom}author/{atom}name") == "Elena Rojas"


def test_feed_costs_the_same_for_one_post_and_for_many(
    client: Client, site_tree: SiteTree, django_assert_num_queries: Any
) -> None:
    add_post(site_tree)
    client.get("/blog/feed/")
    with django_assert_num_queries(1):
        client.get("/blog/feed/")
    for number in range(2, 25):
        add_post(site_tree, number)
    # What all pages have in common is asked for anew once something was published.
    client.get("/blog/feed/")

    with django_assert_num_queries(1):
        client.get("/blog/feed/")


def test_feed_says_that_nothing_changed(client: Client, site_tree: SiteTree) -> None:
    add_post(site_tree)
    first = client.get("/blog/feed/")

    same = client.get("/blog/feed/", headers={"if-none-match": first.headers["ETag"]})
    since = client.get("/blog/feed/", headers={"if-modified-since": first.headers["Last-Modified"]})
    add_post(site_tree, 2)
    other = client.get("/blog/feed/", headers={"if-none-match": first.headers["ETag"]})

    assert (same.status_code, since.status_code, other.status_code) == (304, 304, 200)


# --- content API ----------------------------------------------------------------------------------
def pages_of(answer: Any) -> set[str]:
    return {item["title"] for item in answer.json()["items"]}


def test_api_gives_public_pages_to_anybody(client: Client, site_tree: SiteTree) -> None:
    post = add_post(site_tree)

    listed = client.get("/api/v2/pages/?type=home.BlogPage&fields=introduction,author")
    alone = client.get(f"/api/v2/pages/{post.pk}/")

    assert listed.json()["items"][0]["introduction"] == "Una entrada breve."
    assert listed.json()["items"][0]["author"]["title"] == "Elena Rojas"
    assert alone.json()["meta"]["slug"] == "entrada-1"


def test_api_gives_the_same_to_an_administrator(
    client: Client, administrator: User, site_tree: SiteTree
) -> None:
    secret, draft = add_post(site_tree, 1), add_post(site_tree, 2, live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    before = client.get("/api/v2/pages/").content
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)

    assert client.get("/api/v2/pages/").content == before
    assert pages_of(client.get("/api/v2/pages/")) == {
        "Need",
        "Casos",
        "Blog",
        "Orientación",
        "Equipo",
        "Elena Rojas",
    }
    for page in (secret, draft):
        assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404


def test_api_says_nothing_of_a_professionals_account(
    client: Client, psychologist: User, site_tree: SiteTree
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()

    answer = client.get(f"/api/v2/pages/{site_tree.professional.pk}/?fields=*")

    assert set(answer.json()) == {
        "id",
        "meta",
        "title",
        "job_title",
        "registration",
        "country",
        "experience",
        "languages",
        "portrait_url",
        "bio",
        "approach_points",
        "how_i_write",
    }
    assert psychologist.email not in json.dumps(answer.json())
    assert client.get("/api/v2/pages/?type=home.ProfessionalPage&user=1").status_code == 400


@pytest.mark.parametrize("address", ["/api/v2/images/", "/api/v2/documents/"])
def test_api_lists_files(client: Client, site_tree: SiteTree, address: str) -> None:
    assert client.get(address).json() == {"meta": {"total_count": 0}, "items": []}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_writes_nothing(client: Client, plain_page: PlainPage, method: str) -> None:
    answer = getattr(client, method)(f"/api/v2/pages/{plain_page.pk}/")

    assert answer.status_code in (403, 405)
    assert Page.objects.filter(pk=plain_page.pk).exists()


@pytest.mark.parametrize("model", ["users", "consultations", "orders", "invitations", "comments"])
def test_api_knows_no_confidential_model(client: Client, site_tree: SiteTree, model: str) -> None:
    assert client.get(f"/api/v2/{model}/").status_code == 404
