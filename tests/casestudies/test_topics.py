"""Topic pages list cases and posts; one gets there by what one feels; editors say what a post is about."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from casestudies.models import PageTopic, Topic
from home.models import BlogPage, User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_topic_page_lists_cases_and_posts_about_it(
    client: Client, make_case: MakeCase, post: BlogPage, topic: Topic, other_topic: Topic
) -> None:
    case = make_case()
    PageTopic.objects.create(page=post, topic=topic)
    page = html(client, topic.get_absolute_url())
    assert topic.introduction in page
    assert page.index(case.title) < page.index(post.title)
    assert post.title not in html(client, other_topic.get_absolute_url())


def test_topic_page_shows_no_draft_or_restricted_post(client: Client, post: BlogPage, topic: Topic) -> None:
    PageTopic.objects.create(page=post, topic=topic)
    restriction = PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    assert post.title not in html(client, topic.get_absolute_url())
    restriction.delete()
    assert post.title in html(client, topic.get_absolute_url())
    post.unpublish()
    assert post.title not in html(client, topic.get_absolute_url())


def test_topic_page_shows_posts_beside_the_newest_cases_only(
    client: Client, make_case: MakeCase, post: BlogPage, topic: Topic
) -> None:
    PageTopic.objects.create(page=post, topic=topic)
    for number in range(13):
        make_case(f"caso-{number:02}", published_on=datetime.date(2026, 1, 1 + number))
    second = html(client, f"{topic.get_absolute_url()}?pagina=2")
    assert "No puedo dormir: caso-00" in second
    assert post.title not in second
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_home_leads_to_each_topic_once_by_what_one_feels(
    client: Client, topic: Topic, other_topic: Topic, site_tree: SiteTree
) -> None:
    for address in ("/", "/?animo=gracias"):
        page = html(client, address)
        assert topic.feeling in page
        for each in (topic, other_topic):
            assert page.count(f'href="{each.get_absolute_url()}"') == 1


def test_editor_sets_the_topics_of_a_post(client: Client, editor: User, post: BlogPage, topic: Topic) -> None:
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[post.pk])
    form: dict[str, Any] = {
        "title": post.title,
        "slug": post.slug,
        "introduction": post.introduction,
        "author": post.author_id,
        "published_on": "2026-01-02",
        "body-count": "1",
        "body-0-type": "heading",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value": "Respira",
        "topic_links-TOTAL_FORMS": "1",
        "topic_links-INITIAL_FORMS": "0",
        "topic_links-MIN_NUM_FORMS": "0",
        "topic_links-MAX_NUM_FORMS": "3",
        "topic_links-0-topic": str(topic.pk),
        "topic_links-0-ORDER": "1",
        "topic_links-0-DELETE": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert "topic_links-TOTAL_FORMS" in client.get(address).content.decode()
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = BlogPage.objects.get(pk=post.pk).get_latest_revision_as_object()
    assert [link.topic for link in draft.topic_links.all()] == [topic]
