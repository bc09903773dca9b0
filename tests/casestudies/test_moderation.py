"""Deciding about comments in the back office: for moderators and administrators alone, with a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.actions.errors import NotAllowed
from casestudies.enums import TRANSITIONS, CommentStatus
from casestudies.models import CasePage, Comment
from home.models import User
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db
BODY = "A mí me sirvió escribir la lista antes de acostarme."
LIST = "/admin/comentarios/"
MODERATING = ["moderator", "administrator"]
OTHERS = ["client_user", "other_client", "psychologist", "colleague", "editor", "marketer"]


@pytest.fixture
def comment(case: CasePage, client_user: User) -> Comment:
    return post_comment(by=client_user, page=case, body=BODY)


def decide(client: Client, comment: Comment, status: str, *, follow: bool = True) -> Any:
    return client.post(f"{LIST}decidir/{comment.pk}/", {"status": status}, follow=follow)


@pytest.mark.parametrize("role", MODERATING)
def test_moderator_reads_publishes_and_hides(
    role: str, client: Client, comment: Comment, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert BODY[:50] in client.get(LIST).content.decode()
    page = client.get(f"{LIST}inspect/{comment.pk}/").content.decode()
    assert BODY in page
    assert 'value="approved"' in page
    decide(client, comment, "approved")
    comment.refresh_from_db()
    assert (comment.status, comment.moderator_id) == ("approved", person.pk)
    assert comment.moderated_at is not None
    decide(client, comment, "hidden")
    comment.refresh_from_db()
    assert comment.status == "hidden"


def test_others_neither_see_nor_decide(
    client: Client, comment: Comment, request: pytest.FixtureRequest
) -> None:
    for role in OTHERS:
        client.force_login(request.getfixturevalue(role))
        for address in (LIST, f"{LIST}inspect/{comment.pk}/"):
            answer = client.get(address)
            assert answer.status_code in (302, 403), (role, address)
            assert BODY not in answer.content.decode(), (role, address)
        assert decide(client, comment, "approved", follow=False).status_code in (302, 403), role
        comment.refresh_from_db()
        assert comment.status == CommentStatus.PENDING, role


def test_visitor_is_sent_to_sign_in(client: Client, comment: Comment) -> None:
    assert client.get(LIST)["Location"].startswith("/cuenta/ingresar/")
    decide(client, comment, "approved")
    comment.refresh_from_db()
    assert comment.status == CommentStatus.PENDING


def test_decision_cannot_be_made_by_following_a_link(
    client: Client, moderator: User, comment: Comment
) -> None:
    client.force_login(moderator)
    assert client.get(f"{LIST}decidir/{comment.pk}/?status=approved").status_code == 405
    comment.refresh_from_db()
    assert comment.status == CommentStatus.PENDING


def test_unknown_decision_changes_nothing(client: Client, moderator: User, comment: Comment) -> None:
    client.force_login(moderator)
    for status in ("", "pending", "deleted", "approved'--"):
        assert "Elige publicar u ocultar." in decide(client, comment, status).content.decode()
        comment.refresh_from_db()
        assert comment.status == CommentStatus.PENDING


def test_decision_leads_to_the_next_that_waits_and_then_to_the_list(
    client: Client, moderator: User, comment: Comment, other_client: User
) -> None:
    second = post_comment(by=other_client, page=comment.page, body="El segundo.")
    client.force_login(moderator)
    assert decide(client, comment, "approved").request["PATH_INFO"] == f"{LIST}inspect/{second.pk}/"
    assert decide(client, second, "hidden").request["PATH_INFO"] == LIST


def test_list_shows_what_waits_first(
    client: Client, moderator: User, comment: Comment, other_client: User
) -> None:
    moderate_comment(by=moderator, comment=comment, status=CommentStatus.APPROVED)
    post_comment(by=other_client, page=comment.page, body="Espera todavía.")
    client.force_login(moderator)
    page = client.get(LIST).content.decode()
    assert page.index("Espera todavía.") < page.index(BODY[:40])


def test_list_filters_by_status_and_page(
    client: Client, moderator: User, comment: Comment, make_case: MakeCase, other_client: User
) -> None:
    other = make_case("otro")
    post_comment(by=other_client, page=other, body="Bajo el otro caso.")
    client.force_login(moderator)
    page = client.get(f"{LIST}?pagina={other.pk}").content.decode()
    assert "Bajo el otro caso." in page
    assert BODY[:40] not in page
    assert BODY[:40] not in client.get(f"{LIST}?status__exact=approved").content.decode()
    assert client.get(f"{LIST}?pagina=x").status_code == 200


def test_list_costs_the_same_for_one_and_three(
    client: Client, moderator: User, comment: Comment, make_case: MakeCase, django_assert_num_queries: Any
) -> None:
    client.force_login(moderator)
    client.get(LIST)
    with django_assert_num_queries(15):
        client.get(LIST)
    for number in range(2):
        post_comment(by=comment.author, page=make_case(f"otro-{number}"), body=f"Comentario {number}")
    with django_assert_num_queries(15):
        client.get(LIST)


def test_nobody_adds_edits_or_deletes_comments_by_hand(
    client: Client, administrator: User, comment: Comment
) -> None:
    client.force_login(administrator)
    for address in ("create/", f"edit/{comment.pk}/", f"delete/{comment.pk}/"):
        assert client.post(f"{LIST}{address}", {"body": "cambiado"}).status_code == 302
    comment.refresh_from_db()
    assert comment.body == BODY


def test_moderators_do_not_see_drafts(client: Client, moderator: User, make_case: MakeCase) -> None:
    draft = make_case("borrador", live=False)
    client.force_login(moderator)
    for address in (f"/admin/pages/{draft.pk}/edit/", f"/admin/pages/{draft.pk}/view_draft/"):
        answer = client.get(address)
        assert answer.status_code in (302, 403), address
        assert draft.title not in answer.content.decode()


def test_action_refuses_who_is_no_moderator(comment: Comment, request: pytest.FixtureRequest) -> None:
    for role in OTHERS:
        with pytest.raises(NotAllowed):
            moderate_comment(by=request.getfixturevalue(role), comment=comment, status=CommentStatus.APPROVED)
    comment.refresh_from_db()
    assert comment.status == CommentStatus.PENDING


def test_action_takes_only_the_steps_of_the_table(comment: Comment, moderator: User) -> None:
    for start in CommentStatus:
        for end in CommentStatus:
            set_status(comment, start, moderator)
            if end in TRANSITIONS[start]:
                moderate_comment(by=moderator, comment=comment, status=end)
                assert comment.status == end
            else:
                with pytest.raises(NotAllowed):
                    moderate_comment(by=moderator, comment=comment, status=end)


def test_action_of_two_moderators_at_once_lets_the_first_decide(
    comment: Comment, moderator: User, administrator: User
) -> None:
    as_the_second_sees_it = Comment.objects.get(pk=comment.pk)
    moderate_comment(by=moderator, comment=comment, status=CommentStatus.HIDDEN)
    with pytest.raises(NotAllowed, match="Otra persona"):
        moderate_comment(by=administrator, comment=as_the_second_sees_it, status=CommentStatus.APPROVED)
    comment.refresh_from_db()
    assert (comment.status, comment.moderator_id) == ("hidden", moderator.pk)


def set_status(comment: Comment, status: CommentStatus, moderator: User) -> None:
    decided = status is not CommentStatus.PENDING
    Comment.objects.filter(pk=comment.pk).update(
        status=status,
        moderator_id=moderator.pk if decided else None,
        moderated_at=comment.created_at if decided else None,
    )
    comment.refresh_from_db()
