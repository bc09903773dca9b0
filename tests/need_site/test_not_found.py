"""`make run` answers with the site's own page where there is nothing, as production does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from consultations.models import Consultation
from home.models import User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
OWN = "Aquí se corta el hilo"


@pytest.fixture(autouse=True)
def _as_make_run_has_it(settings: Any) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*configured.MIDDLEWARE, "need_site.not_found.OwnNotFoundMiddleware"]


@pytest.mark.parametrize("address", ["/no-existe/", "/no-existe.php", "/casos/tema/nada/", "/media/nada.jpg"])
def test_nothing_is_told_in_the_sites_own_words(client: Client, site_tree: SiteTree, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert OWN in answer.content.decode()
    assert "DEBUG" not in answer.content.decode()


def test_address_without_its_last_slash_still_leads_on(client: Client, site_tree: SiteTree) -> None:
    assert client.get("/casos").headers["Location"] == "/casos/"


def test_consultation_of_somebody_else_looks_like_none(
    client: Client, other_client: User, paid_consultation: Consultation, site_tree: SiteTree
) -> None:
    client.force_login(other_client)
    pages = [client.get(f"/consultas/{pk}/") for pk in (paid_consultation.pk, uuid.uuid4())]
    assert [page.status_code for page in pages] == [404, 404]
    assert all(OWN in page.content.decode() for page in pages)
