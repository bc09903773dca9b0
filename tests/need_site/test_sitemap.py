"""The map of the site: every public page once, in sections, with the times at which texts changed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from casestudies.models import PageTopic, Topic
from home.models import BlogPage, SitemapSection
from home.models.sitemap_section import PAGES_A_SECTION
from tests.fixtures.pages import SiteTree
from tests.home.conftest import add_post

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r"<loc>([^<]+)</loc>", answer.content.decode())


def sections(client: Client) -> list[str]:
    return [each.removeprefix(SITE) for each in locations(client, "/sitemap.xml")]


def listed(client: Client) -> list[str]:
    return [each.removeprefix(SITE) for address in sections(client) for each in locations(client, address)]


def entry_of(client: Client, page: Page) -> str:
    answer = client.get(f"/sitemap-paginas-{page.pk // PAGES_A_SECTION}.xml").content.decode()
    return next(each for each in answer.split("<url>") if f"<loc>{SITE}{page.url}</loc>" in each)


def test_map_holds_what_anybody_may_read_once(client: Client, site_tree: SiteTree) -> None:
    post, secret = add_post(site_tree, 1), add_post(site_tree, 2)
    add_post(site_tree, 3, live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    topic = Topic.objects.create(name="Duelo", slug="duelo")

    assert sorted(listed(client)) == sorted(
        [
            "/",
            "/casos/",
            "/blog/",
            post.url,
            "/orientacion/",
            "/equipo/",
            "/equipo/elena-rojas/",
            topic.get_absolute_url(),
        ]
    )


def test_page_says_when_its_text_changed(client: Client, site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    BlogPage.objects.update(first_published_at=datetime.datetime(2026, 2, 3, 15, tzinfo=datetime.UTC))
    assert "<lastmod>2026-02-03T15:00:00+00:00</lastmod>" in entry_of(client, post)

    BlogPage.objects.update(text_changed_at=datetime.datetime(2026, 5, 6, 16, tzinfo=datetime.UTC))
    assert "<lastmod>2026-05-06T16:00:00+00:00</lastmod>" in entry_of(client, post)


def test_page_names_its_picture(client: Client, site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    assert "image:loc" not in entry_of(client, post)

    BlogPage.objects.update(share_picture="tarjetas/a.png")

    assert f"<image:loc>{SITE}/media/tarjetas/a.png</image:loc>" in entry_of(client, post)


def test_section_changes_with_what_is_published_not_with_drafts(client: Client, site_tree: SiteTree) -> None:
    post = add_post(site_tree)
    long_ago = timezone.now() - datetime.timedelta(days=9)
    SitemapSection.objects.update(changed_at=long_ago)

    post.title = "Otra"
    revision = post.save_revision()
    assert SitemapSection.objects.get(number=post.pk // PAGES_A_SECTION).changed_at == long_ago

    revision.publish()
    assert SitemapSection.objects.get(number=post.pk // PAGES_A_SECTION).changed_at > long_ago


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_section_goes_with_its_last_page(client: Client, site_tree: SiteTree, way: str) -> None:
    post = add_post(site_tree)
    Page.objects.filter(pk__lt=post.pk, live=True).update(live=False)

    getattr(BlogPage.objects.get(pk=post.pk), way)()

    number = post.pk // PAGES_A_SECTION
    assert not SitemapSection.objects.filter(number=number).exists()
    assert client.get(f"/sitemap-paginas-{number}.xml").status_code == 404


def test_map_costs_the_same_however_many_pages_a_section_has(client: Client, site_tree: SiteTree) -> None:
    costs = []
    for number in (1, 2, 3):
        post = add_post(site_tree, number)
        client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as index:
            client.get("/sitemap.xml")
        with CaptureQueriesContext(connection) as section:
            client.get(f"/sitemap-paginas-{post.pk // PAGES_A_SECTION}.xml")
        costs.append((len(index), len(section)))

    assert costs == [(2, 4)] * 3


def test_map_says_that_nothing_changed(client: Client, site_tree: SiteTree) -> None:
    first = client.get("/sitemap.xml")

    again = client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


LONG_AGO = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Duelo", slug="duelo")


def post_about(site_tree: SiteTree, topic: Topic) -> BlogPage:
    """A post about `topic`, which then has not changed for long."""
    post = add_post(site_tree, topic_links=[PageTopic(topic=topic)])
    Topic.objects.update(changed_at=LONG_AGO)
    return BlogPage.objects.get(pk=post.pk)


def changed(topic: Topic) -> bool:
    """Whether `topic` changed since then."""
    return Topic.objects.get(pk=topic.pk).changed_at != LONG_AGO


def test_topic_says_when_it_changed(client: Client, topic: Topic) -> None:
    Topic.objects.update(changed_at=LONG_AGO)

    for address in ("/sitemap-temas.xml", "/sitemap.xml"):
        assert "<lastmod>2026-01-02T03:04:05+00:00</lastmod>" in client.get(address).content.decode()

    Topic.objects.update(changed_at=None)
    assert "<lastmod>" not in client.get("/sitemap-temas.xml").content.decode()


def test_topic_changes_by_its_own_words_and_not_by_its_picture(topic: Topic) -> None:
    Topic.objects.update(changed_at=LONG_AGO)
    topic.refresh_from_db()

    topic.share_picture, topic.sort_order = "tarjetas/b.png", 3
    topic.save()
    assert not changed(topic)

    topic.introduction = "Otra presentación."
    topic.save()
    assert changed(topic)


def by_publishing(post: BlogPage) -> None:
    post.save_revision().publish()


def by_unpublishing(post: BlogPage) -> None:
    post.unpublish()


def by_deleting(post: BlogPage) -> None:
    post.delete()


def by_leaving_the_topic(post: BlogPage) -> None:
    post.topic_links = []
    post.save_revision().publish()


@pytest.mark.parametrize("way", [by_publishing, by_unpublishing, by_deleting, by_leaving_the_topic])
def test_topic_changes_with_what_it_lists(
    site_tree: SiteTree, topic: Topic, way: Callable[[BlogPage], None]
) -> None:
    post = post_about(site_tree, topic)

    way(post)

    assert changed(topic)


def test_topic_does_not_change_with_drafts(site_tree: SiteTree, topic: Topic) -> None:
    post = post_about(site_tree, topic)
    post.title = "Otra"
    post.save_revision()
    links = [PageTopic(topic=Topic.objects.create(name="Otro", slug="otro"))]
    Topic.objects.update(changed_at=LONG_AGO)
    draft = add_post(site_tree, 2, live=False, topic_links=links)
    draft.save_revision()
    draft.delete()

    assert not changed(topic)
    assert not changed(Topic.objects.get(slug="otro"))


def test_map_of_topics_costs_the_same_however_many_there_are(
    client: Client, site_tree: SiteTree, topic: Topic
) -> None:
    costs = []
    for number in range(3):
        another = Topic.objects.create(name=f"Tema {number}", slug=f"tema-{number}")
        add_post(site_tree, number + 1, topic_links=[PageTopic(topic=another), PageTopic(topic=topic)])
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap-temas.xml")
        costs.append(len(queries))

    assert costs == [1] * 3


def test_existing_topics_take_their_time_from_their_pages(site_tree: SiteTree, topic: Topic) -> None:
    from importlib import import_module

    from django.apps import apps

    post = post_about(site_tree, topic)
    alone = Topic.objects.create(name="Solo", slug="solo")
    Page.objects.filter(pk=post.pk).update(last_published_at=LONG_AGO)
    Topic.objects.update(changed_at=None)

    import_module("casestudies.migrations.0006_topic_changed_at").take_from_their_pages(apps, None)

    assert Topic.objects.get(pk=topic.pk).changed_at == LONG_AGO
    assert Topic.objects.get(pk=alone.pk).changed_at is None


def test_moved_room_takes_its_pages_along(
    client: Client, site_tree: SiteTree, django_capture_on_commit_callbacks: Any
) -> None:
    post = add_post(site_tree)
    SitemapSection.objects.update(changed_at=timezone.now() - datetime.timedelta(days=9))
    site_tree.blog.slug = "diario"
    with django_capture_on_commit_callbacks(execute=True):
        site_tree.blog.save_revision().publish()

    assert "/diario/entrada-1/" in listed(client)
    section = SitemapSection.objects.get(number=post.pk // PAGES_A_SECTION)
    assert section.changed_at > timezone.now() - datetime.timedelta(days=1)


def test_existing_pages_are_listed_by_the_migration(site_tree: SiteTree, client: Client) -> None:
    from importlib import import_module

    from django.apps import apps

    pages = Page.objects.filter(live=True, depth__gt=1).values_list("pk", flat=True)
    SitemapSection.objects.all().delete()
    import_module("home.migrations.0008_shared_pages_and_sitemap").list_live_pages(apps, None)

    numbers = set(SitemapSection.objects.values_list("number", flat=True))
    assert numbers == {pk // PAGES_A_SECTION for pk in pages}
