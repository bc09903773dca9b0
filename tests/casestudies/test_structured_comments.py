"""What search engines learn of the comments: approved ones, a few, and never past a content note."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.enums import CommentStatus
from casestudies.models import CasePage, Comment
from home.models import BlogPage, User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.test_structured_data import HOSTILE, SITE, graph, node_of

pytestmark = pytest.mark.django_db
Comments = Callable[..., Comment]


@pytest.fixture
def leave(client_user: User, moderator: User) -> Comments:
    """A function that leaves a comment, approved or as `status` says."""

    def _leave(page: Any, body: str, status: CommentStatus | None = CommentStatus.APPROVED) -> Comment:
        comment = post_comment(by=client_user, page=page, body=body)
        if status is not None:
            moderate_comment(by=moderator, comment=comment, status=status)
        return comment

    return _leave


def test_comment_is_told_with_its_pseudonym_time_and_text(
    client: Client, case: CasePage, leave: Comments
) -> None:
    comment = leave(case, "Me sirvió.")

    article = node_of(client, case.url, "Article")

    assert article["commentCount"] == 1
    [told] = article["comment"]
    assert told["@type"] == "Comment"
    assert told["author"] == {"@type": "Person", "name": comment.pseudonym}
    assert told["text"] == "Me sirvió."
    written = timezone.localtime(comment.created_at).replace(microsecond=0)
    assert told["dateCreated"] == written.isoformat()
    assert told["url"] == f"{SITE}{case.url}#comentario-{comment.pk}"


def test_post_tells_its_comments_too(client: Client, post: BlogPage, leave: Comments) -> None:
    leave(post, "Gracias.")

    assert [each["text"] for each in node_of(client, post.url, "BlogPosting")["comment"]] == ["Gracias."]


@pytest.mark.parametrize("status", [None, CommentStatus.HIDDEN])
def test_only_approved_comments_are_told(
    client: Client, case: CasePage, leave: Comments, status: CommentStatus | None
) -> None:
    leave(case, "Nadie lo aprobó.", status)

    article = node_of(client, case.url, "Article")

    assert not {"comment", "commentCount"} & article.keys()


def test_comments_under_a_content_note_are_counted_and_not_told(
    client: Client, make_case: MakeCase, leave: Comments
) -> None:
    case = make_case("duelo", content_note="Habla de una muerte.")
    leave(case, "Yo también encontré a mi hermano.")

    nodes = graph(client, case.url)

    assert nodes[0]["commentCount"] == 1
    assert "encontré" not in json.dumps(nodes, ensure_ascii=False)


def test_few_comments_are_told_and_only_those_that_are_shown(
    client: Client, case: CasePage, leave: Comments
) -> None:
    for number in range(32):
        leave(case, f"Comentario {number:02}")

    def told(address: str) -> list[str]:
        return [each["text"][-2:] for each in node_of(client, address, "Article")["comment"]]

    assert told(case.url) == [f"{number:02}" for number in range(10)]
    assert told(f"{case.url}?comentarios=2") == ["30", "31"]
    assert node_of(client, case.url, "Article")["commentCount"] == 32


def test_no_comment_gets_out_of_the_data(client: Client, case: CasePage, leave: Comments) -> None:
    leave(case, HOSTILE)

    assert "<script>alert" not in client.get(case.url).content.decode()
    assert node_of(client, case.url, "Article")["comment"][0]["text"] == HOSTILE


def test_comments_are_asked_for_once(client: Client, case: CasePage, leave: Comments) -> None:
    leave(case, "Me sirvió.")

    with CaptureQueriesContext(connection) as queries:
        client.get(case.url)

    assert sum('FROM "casestudies_comment"' in each["sql"] for each in queries.captured_queries) == 1
