"""Old addresses: each leads to where its page stands now."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from casestudies.models import CasePage, Topic
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = pytest.mark.django_db


def leads_to(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, answer.status_code
    return str(answer.url).removeprefix("http://localhost")


def test_case_with_another_slug_is_found_at_the_old_one(
    client: Client, case: CasePage, django_capture_on_commit_callbacks: Any
) -> None:
    case.slug = "otra-direccion"
    with django_capture_on_commit_callbacks(execute=True):
        reviewed(case).save_revision().publish()

    assert leads_to(client, "/casos/no-puedo-dormir/") == "/casos/otra-direccion/"


def test_room_with_another_slug_takes_its_cases_along(
    client: Client, case: CasePage, site_tree: SiteTree, django_capture_on_commit_callbacks: Any
) -> None:
    site_tree.cases.slug = "historias"
    with django_capture_on_commit_callbacks(execute=True):
        site_tree.cases.save_revision().publish()

    assert leads_to(client, "/casos/no-puedo-dormir/") == "/historias/no-puedo-dormir/"
    assert leads_to(client, "/casos/") == "/historias/"


def test_moved_page_is_found_at_the_old_address(client: Client, case: CasePage, site_tree: SiteTree) -> None:
    Page.objects.get(pk=site_tree.cases.pk).specific.move(site_tree.blog, pos="last-child")

    assert leads_to(client, "/casos/no-puedo-dormir/") == "/blog/casos/no-puedo-dormir/"


def test_topic_with_another_slug_is_found_at_the_old_one(
    client: Client, case: CasePage, topic: Topic
) -> None:
    for slug in ("insomnio", "noches", "insomnio"):
        topic.slug = slug
        topic.save()

    for old in ("ansiedad-e-insomnio", "noches"):
        assert client.get(f"/casos/tema/{old}/", follow=True).status_code == 200, old
    assert leads_to(client, "/casos/tema/noches/") == "/casos/tema/insomnio/"
    assert client.get("/casos/tema/insomnio/").status_code == 200
