"""What the tests of the content API share: the library's own fixtures, and short ways to ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from home.models import User
from tests.casestudies.conftest import (  # noqa: F401 (fixtures)
    MakeCase,
    case,
    make_case,
    other_topic,
    post,
    second_professional,
    topic,
)
from tests.fixtures.pages import SiteTree

ROOT = "/api/v2/"


class Reader:
    """Another front end: asks, and takes JSON."""

    def __init__(self) -> None:
        self.client = Client()

    def answer(self, address: str, **headers: str) -> Any:
        return self.client.get(f"{ROOT}{address}", headers=headers)

    def __call__(self, address: str) -> Any:
        answer = self.answer(address)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def api(site_tree: SiteTree) -> Reader:
    return Reader()


@pytest.fixture
def office(administrator: User, client: Client) -> Client:
    """The back office, as somebody who may edit pages."""
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    return client
