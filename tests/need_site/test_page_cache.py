"""What the page cache keeps, for whom, and what it sends."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from redis import Redis
from wagtail.models import PageViewRestriction

from casestudies.models import CasePage
from home.enums import Phase
from home.generations import LocalGenerations, entry_key
from home.models import TouchpointLog, User
from home.page_cache import CountedAs
from home.touchpoints import record_page_view
from need_site.page_cache.keys import encoding_for
from need_site.page_cache.stores import LocalStore, RedisStore
from tests.casestudies.conftest import *  # noqa: F403  (cases and topics)
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post
from tests.need_site.visiting import CachedSite

pytestmark = pytest.mark.django_db
KEPT = [
    *("/", "/casos/", "/casos/tema/ansiedad-e-insomnio/", "/casos/no-puedo-dormir/", "/blog/"),
    *("/blog/entrada-1/", "/orientacion/", "/equipo/", "/equipo/elena-rojas/"),
    *("/casos/feed/", "/blog/feed/", "/robots.txt"),
]
MADE_EACH_TIME = [
    *("/cuenta/ingresar/", "/cuenta/registro/", "/buscar/?q=dormir", "/buscar/", "/privacidad/preferencias/"),
    *("/healthz", "/no-existe/", "/api/v2/pages/", "/admin/"),
]
UNKNOWN = ["x=1", "animo=gracias", "comentario=recibido", "pagina=dos", "pagina=1&pagina=2", "comentarios="]
ENCODINGS = [
    *(("", ""), ("br;q=0, gzip", "gzip"), ("gzip;q=0.5", "gzip"), ("identity", "")),
    *(("BR", "br"), ("gzip; q=0.0", "")),
]


@pytest.fixture
def site(site_tree: SiteTree) -> CachedSite:
    return CachedSite()


@pytest.mark.parametrize("address", KEPT)
def test_second_visitor_gets_the_same_without_django(
    site: CachedSite, site_tree: SiteTree, case: CasePage, client: Client, address: str
) -> None:
    add_post(site_tree)

    first, second = site.get(address), site.get(address)

    assert (first.status, first.made_anew, second.made_anew) == (200, True, False)
    assert (second.body, second.headers) == (first.body, first.headers)
    plain = client.get(address)
    assert second.body == plain.content
    kept = {k: v for k, v in second.headers.items() if k not in ("ETag", "Content-Length", "Vary")}
    policy = "Content-Security-Policy"
    assert set(kept) == set(plain.headers) - {"ETag", "Content-Length", "Vary"}
    assert sorted(kept.get(policy, "").split("; ")) == sorted(plain.headers.get(policy, "").split("; "))
    assert "nonce" not in kept.get(policy, "")


@pytest.mark.parametrize("address", MADE_EACH_TIME)
def test_everything_else_is_made_each_time(site: CachedSite, address: str) -> None:
    site.get(address)

    assert site.get(address).made_anew


@pytest.mark.parametrize("cookie", ["need_session=abc", "a=1; need_session=abc", "messages=abc"])
def test_somebodys_own_page_is_neither_kept_nor_given_to_others(
    site: CachedSite, case: CasePage, client_user: User, client: Client, cookie: str
) -> None:
    client.force_login(client_user)
    own = site.get(case.url, cookie=f"need_session={client.cookies['need_session'].value}")
    assert client_user.pseudonym in own.text

    assert client_user.pseudonym not in site.get(case.url).text
    assert site.get(case.url, cookie=cookie).made_anew


@pytest.mark.parametrize("spelling", ["need_session ={}", "a=1;\tneed_session\t={}", "\u00a0need_session={}"])
def test_session_cookie_is_seen_however_it_is_spelt(
    site: CachedSite, site_tree: SiteTree, client_user: User, client: Client, spelling: str
) -> None:
    client.force_login(client_user)
    cookie = spelling.format(client.cookies["need_session"].value)

    site.get("/casos/", cookie=cookie.encode().decode("latin-1"))

    assert site.get("/casos/").made_anew
    assert "Mi cuenta" not in site.get("/casos/").text


@pytest.mark.parametrize(
    "address",
    ["/casos/?pagina=2", "/casos/?comentarios=1", "/?pagina=1", "/robots.txt?pagina=1", "/casos/?pagina=01"],
)
def test_address_that_asks_for_a_part_that_is_not_shown_is_not_kept(
    site: CachedSite, case: CasePage, address: str
) -> None:
    assert site.get(address).status == 200

    assert site.get(address).made_anew


def test_other_headers_that_ask_for_more_go_past_the_cache(site: CachedSite, case: CasePage) -> None:
    site.get(case.url)

    assert site.get(case.url, authorization="Basic abc").made_anew
    assert site.get(case.url, range="bytes=0-10").made_anew
    assert site.get(case.url, method="POST").made_anew


@pytest.mark.parametrize("query", ["ref=compartido", "utm_source=x&utm_medium=y", "fbclid=1", "gclid=1"])
def test_how_one_came_makes_no_other_page(site: CachedSite, case: CasePage, query: str) -> None:
    site.get(case.url)

    assert not site.get(f"{case.url}?{query}").made_anew


@pytest.mark.parametrize("query", UNKNOWN)
def test_unknown_parameters_go_past_the_cache(site: CachedSite, query: str) -> None:
    site.get(f"/casos/?{query}")

    assert site.get(f"/casos/?{query}").made_anew


def test_every_page_of_a_list_is_its_own(site: CachedSite, site_tree: SiteTree) -> None:
    for number in range(14):
        add_post(site_tree, number)

    first, second = site.get("/blog/").text, site.get("/blog/?pagina=2").text

    assert ("Entrada 13" in first, "Entrada 13" in second) == (True, False)
    assert not site.get("/blog/?pagina=2&ref=compartido").made_anew


def test_hosts_and_schemes_do_not_mix(site: CachedSite) -> None:
    site.get("/")

    assert site.get("/", host="localhost").made_anew
    assert site.get("/", host="evil.example").status == 400
    assert site.get("/", host="evil.example").made_anew


def test_question_about_measuring_is_asked_until_answered(site: CachedSite, settings: Any) -> None:
    settings.GA_MEASUREMENT_ID = settings.GOOGLE_ANALYTICS_GTAG_PROPERTY_ID = "G-TEST123"
    settings.GA_API_SECRET = "not-a-secret"
    question = "¿Nos dejas contar tu visita?"
    site.get("/")

    assert question in site.get("/").text
    assert question not in site.get("/", cookie="need_consent=none").text
    assert question not in site.get("/", cookie="need_consent=none").text


def test_pages_are_kept_compressed(site: CachedSite, case: CasePage) -> None:
    plain = site.get(case.url)
    small = site.get(case.url, accept_encoding="gzip, deflate, br")
    zipped = site.get(case.url, accept_encoding="gzip")

    assert brotli.decompress(small.body) == gzip.decompress(zipped.body) == plain.body
    assert (small.headers["Content-Encoding"], zipped.headers["Content-Encoding"]) == ("br", "gzip")
    assert len({plain.headers["ETag"], small.headers["ETag"], zipped.headers["ETag"]}) == 3
    assert all("Accept-Encoding" in each.headers["Vary"] for each in (plain, small, zipped))
    assert not site.get(case.url, accept_encoding="br").made_anew


@pytest.mark.parametrize(("accepted", "encoding"), ENCODINGS)
def test_encoding_is_one_the_browser_takes(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding


def test_browser_that_has_the_page_is_told_so(site: CachedSite, case: CasePage) -> None:
    etag = site.get(case.url).headers["ETag"]

    again = site.get(case.url, if_none_match=f'"other", W/{etag}')

    assert (again.status, again.body, again.made_anew) == (304, b"", False)
    assert again.headers["ETag"] == etag
    assert "Content-Length" not in again.headers
    assert site.get(case.url, if_none_match='"other"').status == 200


def test_head_tells_of_the_page_without_it(site: CachedSite, case: CasePage) -> None:
    page = site.get(case.url)
    head = site.get(case.url, method="HEAD")

    assert (head.status, head.body, head.made_anew, head.headers) == (200, b"", False, page.headers)


def test_restricted_page_is_not_kept(site: CachedSite, site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    PageViewRestriction.objects.create(page=post, restriction_type="login")

    assert site.get(post.url).status == 302
    assert site.get(post.url).made_anew


def test_only_the_most_recent_pages_stay_in_memory(site_tree: SiteTree, tmp_path: Path) -> None:
    site = CachedSite(store=LocalStore(LocalGenerations(tmp_path / "marks")))
    site.store.recent.most = 2
    for address in ("/", "/blog/", "/casos/", "/blog/"):
        site.get(address)

    assert (site.get("/blog/").made_anew, site.get("/").made_anew) == (False, True)


# --- counting -------------------------------------------------------------------------------------
VISITS = [
    ("/casos/no-puedo-dormir/", {}),
    ("/casos/no-puedo-dormir/?ref=compartido", {}),
    ("/casos/no-puedo-dormir/", {"referer": "https://www.google.cl/"}),
    ("/casos/no-puedo-dormir/", {"referer": "http://testserver/casos/"}),
    ("/", {"referer": "https://l.facebook.com/"}),
    ("/equipo/", {}),
]


def rows() -> list[tuple[str, str, str, str]]:
    return list(TouchpointLog.objects.order_by("pk").values_list("name", "channel", "visitor", "person"))


@pytest.mark.parametrize(("address", "headers"), VISITS)
def test_visits_to_kept_pages_are_counted_as_others_are(
    site: CachedSite, case: CasePage, client: Client, address: str, headers: dict[str, str]
) -> None:
    client.get(
        address,
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", **headers},
        REMOTE_ADDR="203.0.113.9",
    )
    uncached = rows()
    TouchpointLog.objects.all().delete()

    site.get(address, **headers)
    site.views.flush()
    made = rows()
    TouchpointLog.objects.all().delete()
    assert not site.get(address, **headers).made_anew
    site.views.flush()

    assert rows() == made == uncached


def test_robots_are_not_counted_on_kept_pages(site: CachedSite, case: CasePage) -> None:
    for _ in range(2):
        site.get(case.url, user_agent="Googlebot/2.1")
    site.get(case.url, method="HEAD")

    assert site.views.flush() == 0


def test_three_visits_are_written_in_one_statement(
    site: CachedSite, case: CasePage, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        site.get(case.url)
    site.views.flush()
    for _ in range(3):
        site.get(case.url)

    with django_assert_num_queries(1):
        assert site.views.flush() == 3


def test_visits_wait_while_the_database_is_gone(
    site: CachedSite, case: CasePage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import DatabaseError

    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("203.0.113.9")

    site.get(case.url)
    with monkeypatch.context() as broken:
        broken.setattr(TouchpointLog.objects, "bulk_create", fail)
        assert site.views.flush() == 0
    assert "203.0.113.9" not in caplog.text

    assert site.views.flush() == 1


@pytest.mark.parametrize("query", ["&" * 1001, "ref=compartido&" * 1001])
def test_address_with_a_thousand_parameters_costs_no_other_visit(
    query: str, site: CachedSite, case: CasePage
) -> None:
    for address in (case.url, f"{case.url}?{query}", case.url):
        site.get(address)

    assert site.views.flush() == 2


def test_visit_that_nobody_can_read_is_left_out_alone(
    site: CachedSite, case: CasePage, caplog: pytest.LogCaptureFixture
) -> None:
    site.get(case.url)
    site.views.note({"QUERY_STRING": "&" * 1001}, CountedAs("case_read", Phase.RESEARCH))
    site.get(case.url)

    assert site.views.flush() == 2
    assert "A page view was not counted" in caplog.text


def test_moment_is_that_of_the_visit(rf: RequestFactory) -> None:
    import datetime

    from home.enums import Phase
    from home.touchpoints import HOME_VISITED

    at, into = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC), []
    record_page_view(rf.get("/"), HOME_VISITED, lands_in=Phase.NEED, at=at, into=into)

    assert [row.at for row in into] == [at]
    assert not TouchpointLog.objects.exists()


def test_entry_that_another_version_left_in_redis_is_drawn_anew(site: CachedSite) -> None:
    if not isinstance(site.store, RedisStore):
        pytest.skip("needs Redis: without it, entries live as long as their process")
    site.get("/")
    client: Any = Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter(entry_key("*")):
        client.set(key, b"another format")

    other_process = CachedSite()

    assert (other_process.get("/").status, other_process.get("/").made_anew) == (200, False)
    assert other_process.made == 1
