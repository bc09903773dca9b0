"""What each public page asks of the database: a literal number, the same for one case and for thirty."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.enums import CommentStatus
from casestudies.models import Topic
from home.models import User
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db
QUERIES = {
    "/casos/": 5,
    "/casos/tema/ansiedad-e-insomnio/": 4,
    # One less when its neighbours have been computed.
    "/casos/caso-00/": 6,
    "/buscar/?q=dormir": 3,
    "/buscar/?q=dormir&tema=duelo": 3,
    "/buscar/?q=puedo+dormir": 5,
    "/buscar/?q=inexistente+tampoco": 4,
    "/casos/feed/": 2,
}
MOST = 12


@pytest.mark.parametrize("cases", [1, 3, 30])
def test_public_pages_cost_the_same_with_any_number_of_cases(
    client: Client, make_case: MakeCase, topic: Topic, other_topic: Topic, cases: int
) -> None:
    for number in range(cases):
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=number)
        make_case(f"caso-{number:02}", topics=[topic, other_topic], published_on=day)
    assert {address: queries_of(client, address) for address in QUERIES} == QUERIES
    assert max(QUERIES.values()) <= MOST


@pytest.mark.parametrize("comments", [1, 3, 40])
def test_case_costs_the_same_with_any_number_of_comments(
    client: Client, make_case: MakeCase, client_user: User, moderator: User, comments: int
) -> None:
    case = make_case("caso-00")
    make_case("caso-01")
    for number in range(comments):
        comment = post_comment(by=client_user, page=case, body=f"Comentario {number}")
        moderate_comment(by=moderator, comment=comment, status=CommentStatus.APPROVED)
    assert queries_of(client, case.url) == QUERIES[case.url]


def queries_of(client: Client, address: str) -> int:
    """How many queries a second visit takes: what the first one leaves in the cache stays there."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
