"""Writing a comment: who may, what is refused beside the field, and that a moderator sees it first."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from casestudies.actions.comments import moderate_comment, post_comment
from casestudies.actions.errors import NotAllowed
from casestudies.enums import CommentStatus
from casestudies.models import CasePage, Comment
from home.models import BlogPage, TouchpointLog, User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
BODY = "A mí me sirvió escribir la lista antes de acostarme."


def post_to(client: Client, page: Any, body: str = BODY) -> Any:
    return client.post(f"/comentarios/{page.pk}/", {"body": body})


@pytest.fixture
def signed_in(client: Client, client_user: User) -> Client:
    client.force_login(client_user)
    return client


@pytest.fixture
def approved(case: CasePage, client_user: User, moderator: User) -> Comment:
    comment = post_comment(by=client_user, page=case, body=BODY)
    moderate_comment(by=moderator, comment=comment, status=CommentStatus.APPROVED)
    return comment


def test_comment_waits_for_a_moderator_and_says_so(
    signed_in: Client, client_user: User, case: CasePage
) -> None:
    answer = signed_in.post(f"/comentarios/{case.pk}/", {"body": BODY}, follow=True)
    assert answer.redirect_chain == [(f"{case.url}?comentario=recibido#comentarios", 302)]
    page = answer.content.decode()
    assert "Tu comentario llegó. Alguien del equipo lo lee antes de publicarlo." in page
    assert BODY not in page
    comment = Comment.objects.get()
    assert (comment.status, comment.pseudonym, comment.author) == (
        "pending",
        client_user.pseudonym,
        client_user,
    )
    assert "comment_posted" in TouchpointLog.objects.values_list("name", flat=True)


def test_comment_under_a_post_is_taken_too(signed_in: Client, post: BlogPage) -> None:
    assert post_to(signed_in, post).status_code == 302
    assert Comment.objects.get().page_id == post.pk


def test_refused_comment_under_a_post_shows_the_post_again(signed_in: Client, post: BlogPage) -> None:
    answer = post_to(signed_in, post, "Escríbeme a ana@example.com")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert post.title in page
    assert "Quítalo antes de enviarlo" in page


def test_only_approved_comments_are_shown_under_the_pseudonym(
    client: Client, case: CasePage, approved: Comment, other_client: User, moderator: User
) -> None:
    waiting = post_comment(by=other_client, page=case, body="Esto nadie lo ha leído.")
    hidden = post_comment(by=other_client, page=case, body="Esto se ocultó.")
    moderate_comment(by=moderator, comment=hidden, status=CommentStatus.HIDDEN)
    page = client.get(case.url).content.decode()
    assert BODY in page
    assert approved.pseudonym in page
    for secret in (waiting.body, hidden.body, other_client.pseudonym, approved.author.email):
        assert secret not in page


def test_comment_keeps_the_pseudonym_it_was_written_under(
    client: Client, case: CasePage, approved: Comment
) -> None:
    User.objects.filter(pk=approved.author_id).update(pseudonym="Otro Nombre 9999")
    page = client.get(case.url).content.decode()
    assert approved.pseudonym in page
    assert "Otro Nombre 9999" not in page


def test_comment_of_another_page_is_not_shown(client: Client, make_case: MakeCase, approved: Comment) -> None:
    assert BODY not in client.get(make_case("otro").url).content.decode()


def test_comment_text_is_never_markup(
    client: Client, case: CasePage, client_user: User, moderator: User
) -> None:
    body = "<img src=x onerror=alert(1)> [ver](javascript:alert(1))"
    comment = post_comment(by=client_user, page=case, body=body)
    moderate_comment(by=moderator, comment=comment, status=CommentStatus.APPROVED)
    page = client.get(case.url).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_visitor_sees_how_to_sign_in_and_no_form(client: Client, case: CasePage) -> None:
    page = client.get(case.url).content.decode()
    assert f"/cuenta/ingresar/?next={case.url}%23comentarios" in page
    assert "<textarea" not in page
    assert "csrftoken" not in client.cookies


def test_visitor_who_posts_nothing_signs_in_first(client: Client, case: CasePage) -> None:
    answer = post_to(client, case, " ")
    assert answer.status_code == 302
    assert answer["Location"] == f"/cuenta/ingresar/?next={case.url}%23comentarios"
    assert not Comment.objects.exists()


def test_comment_of_a_lost_session_comes_back_in_its_field(client: Client, case: CasePage) -> None:
    answer = post_to(client, case, "Me sirvió <mucho>.")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    assert "Tu sesión terminó, tu texto sigue aquí" in page
    assert ">\nMe sirvió &lt;mucho&gt;.</textarea>" in page
    assert f'href="/cuenta/ingresar/?next={case.url}%23comentarios"' in page
    assert not Comment.objects.exists()


def token_in(answer: Any) -> str:
    page = str(answer.content.decode())
    form = page.partition("/comentarios/")[2] or page
    return form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_lost_session_loses_no_word_of_a_comment(case: CasePage, client_user: User) -> None:
    """As a browser does it: the session ends, signing in changes the token, the text is sent at last."""
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    browser.force_login(client_user)
    where = f"/comentarios/{case.pk}/"
    form = {"body": BODY, "csrfmiddlewaretoken": token_in(browser.get(case.url))}
    del browser.cookies["need_session"]
    lost = browser.post(where, form)
    assert BODY in lost.content.decode()
    form["csrfmiddlewaretoken"] = token_in(lost)
    signing_in = {"login": client_user.email, "password": PASSWORD}
    signing_in["csrfmiddlewaretoken"] = token_in(browser.get("/cuenta/ingresar/"))
    assert browser.post("/cuenta/ingresar/", signing_in).status_code == 302
    once_more = browser.post(where, form)
    assert once_more.status_code == 403, "the token is from before signing in"
    assert "todavía no se envió" in once_more.content.decode()
    assert BODY in once_more.content.decode()
    assert not Comment.objects.exists()
    form["csrfmiddlewaretoken"] = token_in(once_more)
    assert browser.post(where, form).status_code == 302
    assert Comment.objects.get().body == BODY


@pytest.mark.parametrize("signed", [True, False])
def test_comment_forged_by_another_site_is_not_shown(signed: bool, case: CasePage, client_user: User) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://malo.example"})
    if signed:
        browser.force_login(client_user)
    answer = post_to(browser, case)
    assert answer.status_code == 403
    assert BODY not in answer.content.decode()
    assert not Comment.objects.exists()


def test_unverified_person_cannot_comment(signed_in: Client, client_user: User, case: CasePage) -> None:
    EmailAddress.objects.filter(user=client_user).update(verified=False)
    answer = post_to(signed_in, case)
    assert answer.status_code == 403
    assert "confirma tu correo" in answer.content.decode()
    assert not Comment.objects.exists()


REFUSED = [
    ("", "Escribe algo antes de enviar."),
    (" \n\t ", "Escribe algo antes de enviar."),
    ("\u200b\u200d\ufeff", "Escribe algo antes de enviar."),
    ("x" * 1501, "sobran 1 caracteres"),
    ("palabra " * 6_250, "sobran"),
    ("Escríbeme a ana@example.com", "Quítalo antes de enviarlo"),
    ("Mi número es 9 1234 5678", "Quítalo antes de enviarlo"),
    ("Todo en www.example.com", "Quítalo antes de enviarlo"),
    ("hola\0mundo", "Los caracteres nulos no están permitidos"),
]


def test_comment_that_cannot_be_taken_says_why_and_keeps_the_text(signed_in: Client, case: CasePage) -> None:
    for body, message in REFUSED:
        answer = post_to(signed_in, case, body)
        page = answer.content.decode()
        assert (answer.status_code, message in page, 'aria-invalid="true"' in page) == (422, True, True), (
            message
        )
        if body.strip() and "\0" not in body:
            assert body.strip() in page
    assert not Comment.objects.exists()


def test_comment_of_the_longest_length_counts_a_line_break_once(signed_in: Client, case: CasePage) -> None:
    body = "a" * 749 + "\r\n" + "b" * 750
    assert post_to(signed_in, case, body).status_code == 302
    assert len(Comment.objects.get().body) == 1500


def test_comment_sent_twice_is_one_comment(signed_in: Client, case: CasePage) -> None:
    for _ in range(2):
        assert post_to(signed_in, case).status_code == 302
    assert Comment.objects.count() == 1
    assert TouchpointLog.objects.filter(name="comment_posted").count() == 1


def test_same_words_a_day_later_are_another_comment(client_user: User, case: CasePage) -> None:
    post_comment(by=client_user, page=case, body=BODY)
    Comment.objects.update(created_at=timezone.now() - datetime.timedelta(days=1))
    post_comment(by=client_user, page=case, body=BODY)
    assert Comment.objects.count() == 2


def test_sixth_comment_within_an_hour_is_asked_to_wait(
    signed_in: Client, case: CasePage, settings: Any, other_client: User
) -> None:
    settings.RATELIMIT_ENABLE = True
    codes = [post_to(signed_in, case, f"Comentario {number}").status_code for number in range(5)]
    assert codes == [302] * 5
    answer = post_to(signed_in, case, "El sexto")
    assert answer.status_code == 429
    assert "envíalo dentro de una hora" in answer.content.decode()
    assert "El sexto" in answer.content.decode()
    signed_in.force_login(other_client)
    assert post_to(signed_in, case, "De otra persona").status_code == 302


def test_refused_comments_do_not_count_towards_the_limit(
    signed_in: Client, case: CasePage, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE = True
    for _ in range(7):
        assert post_to(signed_in, case, "").status_code == 422
    assert post_to(signed_in, case).status_code == 302


def test_pages_that_take_no_comments_are_not_found(
    signed_in: Client, site_tree: SiteTree, make_case: MakeCase
) -> None:
    private = make_case("reservado")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    draft = make_case("borrador", live=False)
    pages: list[Page] = [site_tree.home, site_tree.cases, site_tree.orientation, private, draft]
    for page in pages:
        assert post_to(signed_in, page).status_code == 404, page
    for number in (0, 999_999, 10**30):
        assert signed_in.post(f"/comentarios/{number}/", {"body": BODY}).status_code == 404
    assert not Comment.objects.exists()


def test_draft_is_not_found_for_visitors_either(client: Client, make_case: MakeCase) -> None:
    assert post_to(client, make_case("borrador", live=False)).status_code == 404


def test_reloading_the_address_of_a_refused_comment_leads_back(signed_in: Client, case: CasePage) -> None:
    answer = signed_in.get(f"/comentarios/{case.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"{case.url}#comentarios")


def test_forged_post_is_refused(case: CasePage, client_user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(client_user)
    assert post_to(strict, case).status_code == 403
    assert not Comment.objects.exists()


def test_refused_comment_does_not_count_as_a_reading(signed_in: Client, case: CasePage) -> None:
    post_to(signed_in, case, "")
    assert not TouchpointLog.objects.filter(name="case_read").exists()


def test_comment_is_not_logged(signed_in: Client, case: CasePage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        post_to(signed_in, case)
        post_to(signed_in, case, f"{BODY} ana@example.com")
    assert BODY not in caplog.text


def test_many_comments_have_pages(client: Client, case: CasePage, client_user: User, moderator: User) -> None:
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            page=case,
            author=client_user,
            pseudonym="Nube",
            body=f"Número {number:02}.",
            status=CommentStatus.APPROVED,
            moderator_id=moderator.pk,
            moderated_at=now,
            created_at=now + datetime.timedelta(seconds=number),
        )
        for number in range(31)
    )
    assert "Número 30." not in client.get(case.url).content.decode()
    assert "Número 30." in client.get(f"{case.url}?comentarios=2").content.decode()


def test_comments_go_with_the_person_who_wrote_them(case: CasePage, approved: Comment) -> None:
    approved.author.delete()
    assert not Comment.objects.exists()


def test_deleting_a_moderator_is_not_blocked_by_what_they_decided(moderator: User, approved: Comment) -> None:
    moderator.delete()
    approved.refresh_from_db()
    assert approved.status == CommentStatus.APPROVED
    assert approved.moderator is None


HALF_WRITTEN: list[dict[str, Any]] = [
    {"status": "approved"},
    {"status": "approved", "moderator_id": 1},
    {"status": "hidden", "moderated_at": timezone.now()},
    {"status": "pending", "moderator_id": 1, "moderated_at": timezone.now()},
]


def test_database_refuses_a_half_written_decision(case: CasePage, client_user: User) -> None:
    for half in HALF_WRITTEN:
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(page=case, author=client_user, pseudonym="Nube", body=BODY, **half)


def test_action_refuses_pages_without_comments(client_user: User, site_tree: SiteTree) -> None:
    with pytest.raises(NotAllowed):
        post_comment(by=client_user, page=site_tree.home, body=BODY)
    assert not Comment.objects.exists()
