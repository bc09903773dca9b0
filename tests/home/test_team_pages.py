"""A psychologist's public page: which account is behind it is for administrators to say."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from home.models import User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def edit_page(client: Client, by: User, tree: SiteTree) -> str:
    client.force_login(by)
    return client.get(f"/admin/pages/{tree.professional.pk}/edit/").content.decode()


def test_editor_sees_no_account(
    client: Client, editor: User, client_user: User, psychologist: User, site_tree: SiteTree
) -> None:
    page = edit_page(client, editor, site_tree)

    assert 'name="registration"' in page
    assert 'name="user"' not in page
    assert client_user.pseudonym not in page
    assert psychologist.pseudonym not in page


def test_administrator_chooses_among_psychologists(
    client: Client, administrator: User, client_user: User, psychologist: User, site_tree: SiteTree
) -> None:
    page = edit_page(client, administrator, site_tree)

    choice = re.search(r'<select name="user".*?</select>', page, re.DOTALL)
    assert choice is not None
    assert re.findall(r'value="(\d+)"', choice.group()) == [str(psychologist.pk)]
    assert client_user.pseudonym not in page


def test_editors_changes_keep_the_account(
    client: Client, editor: User, psychologist: User, other_client: User, site_tree: SiteTree
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    client.force_login(editor)
    fields = ("title", "slug", "job_title", "registration", "country", "bio")
    form = {name: getattr(site_tree.professional, name) for name in fields}

    address = f"/admin/pages/{site_tree.professional.pk}/edit/"
    client.post(
        address,
        {
            **form,
            "bio": "Otra biografía.",
            "user": other_client.pk,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
    )

    site_tree.professional.refresh_from_db()
    draft = site_tree.professional.get_latest_revision_as_object()
    assert draft.bio == "Otra biografía."
    assert draft.user == psychologist
