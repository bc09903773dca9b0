"""What the case's own form shows an editor before publishing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CasePage
from home.models import User
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    case = make_case("borrador", live=False, owner=editor, takeaways="Camila es el nombre de la canción.")
    case.save_revision(user=editor)
    return case


def test_panel_shows_what_is_missing_and_where(client: Client, draft: CasePage, editor: User) -> None:
    client.force_login(editor)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()

    assert "<li>El anonimizador tiene un hallazgo sin resolver.</li>" in page
    assert ">Camila</mark> es el nombre de la canción." in page


def test_panel_checks_the_draft_once(client: Client, draft: CasePage, editor: User) -> None:
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    asked = [each["sql"] for each in queries.captured_queries if "findingdecision" in each["sql"]]
    assert len(asked) == 1
