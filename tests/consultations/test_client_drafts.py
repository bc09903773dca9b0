"""What a client is still writing: kept as a draft, and through a lost session or an expired token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from consultations.enums import Status
from consultations.models import Consultation, Draft, Turn
from home.models import User
from tests.consultations.browsing import CASE_FORM, DANGER, LETTERS, address, kept, send, signed_in, text_of
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


def test_draft_waits_in_the_form_after_signing_in_again(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("detail", paid_consultation)
    saved = browser.post(address("draft", paid_consultation), CASE_FORM, headers=SCRIPT)
    assert (saved.status_code, saved.content) == (204, b"")
    browser.logout()
    signing_in = browser.get(where)["Location"]
    back = browser.post(signing_in, {"login": client_user.email, "password": PASSWORD, "next": where})
    assert back["Location"] == where
    page = text_of(browser.get(where))
    assert all(kept(page, CASE_FORM[name]) for name in LETTERS)
    assert 'value="2" id="id_mood_1" checked' in page


def test_button_saves_the_draft_without_a_script(paid_consultation: Consultation, client_user: User) -> None:
    answer = signed_in(client_user).post(address("draft", paid_consultation), CASE_FORM, follow=True)
    assert answer.redirect_chain == [(address("detail", paid_consultation), 302)]
    assert "Guardado. Puedes cerrar y seguir después." in text_of(answer)
    assert kept(text_of(answer), CASE_FORM["happening"])


def test_draft_too_long_to_send_is_kept(paid_consultation: Consultation, client_user: User) -> None:
    form = {**CASE_FORM, "happening": "a" * 50_000}
    browser = signed_in(client_user)
    assert browser.post(address("draft", paid_consultation), form, headers=SCRIPT).status_code == 204
    assert kept(text_of(browser.get(address("detail", paid_consultation))), "a" * 50_000)


def test_draft_too_long_to_keep_stays_in_the_page(paid_consultation: Consultation, client_user: User) -> None:
    form = {**CASE_FORM, "happening": "a" * 100_001}
    browser, where = signed_in(client_user), address("draft", paid_consultation)
    by_script = browser.post(where, form, headers=SCRIPT)
    assert by_script.status_code == 413
    assert "demasiado largo" in by_script.json()["message"]
    by_button = browser.post(where, form)
    assert by_button.status_code == 413
    assert kept(text_of(by_button), "a" * 100_001)


def test_draft_of_a_signed_out_script_is_refused_without_looking_anything_up(
    paid_consultation: Consultation, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.post(address("draft", paid_consultation), CASE_FORM, headers=SCRIPT)
    assert answer.status_code == 401
    assert answer.json() == {"message": "Tu sesión terminó. Tu texto sigue en la página: ingresa otra vez."}


def test_draft_that_arrives_after_sending_is_refused(
    waiting_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("draft", waiting_consultation)
    assert browser.post(where, CASE_FORM, headers=SCRIPT).status_code == 409
    by_button = browser.post(where, CASE_FORM)
    assert by_button.status_code == 409
    assert kept(text_of(by_button), CASE_FORM["happening"])
    assert not Draft.objects.exists()


def test_sending_forgets_the_draft(paid_consultation: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    browser.post(address("draft", paid_consultation), CASE_FORM)
    send(browser, paid_consultation)
    assert not Draft.objects.exists()


def test_draft_of_a_reply_waits_under_the_letters(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    browser.post(address("draft", answered_consultation), {"text": "A medio escribir"}, headers=SCRIPT)
    assert kept(text_of(browser.get(address("detail", answered_consultation))), "A medio escribir")


def test_text_sent_without_a_session_comes_back_in_its_fields(
    paid_consultation: Consultation, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):  # the frame of every page. No consultation.
        answer = client.post(address("detail", paid_consultation), CASE_FORM)
    page = text_of(answer)
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
    assert "Tu sesión terminó, tu texto sigue aquí" in page
    assert all(kept(page, CASE_FORM[name]) for name in LETTERS)
    assert 'value="2" id="id_mood_1" checked' in page
    assert f'href="/cuenta/ingresar/?next={address("detail", paid_consultation)}" target="_blank"' in page
    assert not Turn.objects.exists()
    assert not Draft.objects.exists()


def test_danger_in_a_text_that_was_not_sent_shows_the_lines(
    paid_consultation: Consultation, client: Client
) -> None:
    answer = client.post(address("detail", paid_consultation), {**CASE_FORM, "hopes": f"Yo {DANGER}."})
    notice = text_of(answer).partition("notice--risk")[2].partition("Tu sesión terminó")[0]
    assert "*4141" in notice
    assert "lo leerán primero" not in notice


def token_in(page: str) -> str:
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def test_lost_session_loses_no_word_of_a_case(paid_consultation: Consultation, client_user: User) -> None:
    """As a browser does it: the session ends, signing in changes the token, the text is sent at last."""
    where = address("detail", paid_consultation)
    browser = Client(enforce_csrf_checks=True, headers=BROWSER)
    browser.force_login(client_user)
    form = {**CASE_FORM, "csrfmiddlewaretoken": token_in(text_of(browser.get(where)))}
    del browser.cookies["need_session"]
    page = text_of(browser.post(where, form))
    assert kept(page, CASE_FORM["happening"])
    form["csrfmiddlewaretoken"] = token_in(page)
    _sign_in_in_another_tab(browser, client_user)
    once_more = browser.post(where, form)
    assert once_more.status_code == 403, "the token is from before signing in"
    assert "todavía no se envió" in text_of(once_more)
    assert kept(text_of(once_more), CASE_FORM["happening"])
    form["csrfmiddlewaretoken"] = token_in(text_of(once_more))
    assert browser.post(where, form).status_code == 302
    assert Turn.objects.get().content["happening"] == CASE_FORM["happening"]


def _sign_in_in_another_tab(browser: Client, user: User) -> None:
    page = text_of(browser.get("/cuenta/ingresar/"))
    form = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token_in(page)}
    assert browser.post("/cuenta/ingresar/", form).status_code == 302


@pytest.mark.parametrize("name", ["detail", "draft", "rate"])
def test_forged_form_of_another_site_is_neither_obeyed_nor_shown(
    name: str, paid_consultation: Consultation, client_user: User
) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://malo.example"})
    browser.force_login(client_user)
    words = {**CASE_FORM, "comment": CASE_FORM["happening"]}
    for signed in (True, False):
        if not signed:
            browser.logout()
        answer = browser.post(address(name, paid_consultation), words)
        assert answer.status_code == 403
        assert CASE_FORM["happening"] not in text_of(answer)
    assert not Turn.objects.exists()
    assert not Draft.objects.exists()


def test_script_with_an_old_token_is_told_to_renew_it(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser = Client(enforce_csrf_checks=True, headers={**BROWSER, **SCRIPT})
    browser.force_login(client_user)
    assert browser.post(address("draft", paid_consultation), CASE_FORM).status_code == 403
    assert not Draft.objects.exists()


def test_too_many_posts_are_slowed_down_and_keep_the_text(
    paid_consultation: Consultation, client_user: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("consultations.views.access.POSTS_ALLOWED", "2/m")
    browser = signed_in(client_user)
    for _ in range(2):
        browser.post(address("draft", paid_consultation), CASE_FORM, headers=SCRIPT)
    assert browser.post(address("draft", paid_consultation), CASE_FORM, headers=SCRIPT).status_code == 429
    answer = send(browser, paid_consultation)
    assert answer.status_code == 429
    assert kept(text_of(answer), CASE_FORM["happening"])


# --- closing while a réplica is still a draft ------------------------------------------------------
def test_closing_shows_the_unsent_reply_it_would_delete(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("close", answered_consultation)
    assert "sin enviar" not in text_of(browser.get(where))
    browser.post(address("draft", answered_consultation), {"text": "Una réplica <a medias>."})
    page = text_of(browser.get(where))
    assert "Tienes una réplica sin enviar" in page
    assert "Al cerrar la consulta se borra" in page
    assert kept(page, "Una réplica <a medias>.")
    browser.post(where, {"unsent": unsent_in(page)})
    answered_consultation.refresh_from_db()
    assert answered_consultation.status == Status.CLOSED


def unsent_in(page: str) -> str:
    return page.partition('name="unsent" value="')[2].partition('"')[0]


def test_closing_deletes_no_reply_that_was_written_since(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("close", answered_consultation)
    for unsent, text in (("", "Desde otra pestaña."), ("version", "Y todavía más.")):
        shown = unsent and unsent_in(text_of(browser.get(where)))
        browser.post(address("draft", answered_consultation), {"text": text}, headers=SCRIPT)
        answer = browser.post(where, {"unsent": shown, "follow_up": "on"})
        assert answer.status_code == 409
        assert kept(text_of(answer), text)
        assert "checked" in text_of(answer).partition('name="follow_up"')[2].partition(">")[0]
    answered_consultation.refresh_from_db()
    assert answered_consultation.status == Status.ANSWERED
    assert Draft.objects.exists()


def test_empty_draft_does_not_stand_in_the_way_of_closing(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("close", answered_consultation)
    browser.post(address("draft", answered_consultation), {"text": " \n"}, headers=SCRIPT)
    browser.post(where, {})
    answered_consultation.refresh_from_db()
    assert answered_consultation.status == Status.CLOSED


VERSION = "X-Draft-Version"


def test_draft_says_its_version_and_takes_the_next_one_after_it(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("draft", paid_consultation)
    first = browser.post(where, CASE_FORM, headers={**SCRIPT, VERSION: ""})
    assert first.status_code == 204
    assert f'data-draft-version="{first[VERSION]}"' in text_of(
        browser.get(address("detail", paid_consultation))
    )
    changed = {**CASE_FORM, "happening": "Más largo."}
    second = browser.post(where, changed, headers={**SCRIPT, VERSION: first[VERSION]})
    assert second.status_code == 204
    assert second[VERSION] != first[VERSION]


@pytest.mark.parametrize("stale", ["", "2020-01-01T00:00:00+00:00", "cualquier cosa"])
def test_draft_of_another_tab_is_not_overwritten(
    stale: str, paid_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("draft", paid_consultation)
    kept = browser.post(where, CASE_FORM, headers=SCRIPT)[VERSION]
    other = {**CASE_FORM, "happening": "Lo de la segunda pestaña."}
    refused = browser.post(where, other, headers={**SCRIPT, VERSION: stale})
    assert (refused.status_code, refused[VERSION]) == (409, kept)
    assert CASE_FORM["happening"] in text_of(browser.get(address("detail", paid_consultation)))
    assert browser.post(where, other, headers={**SCRIPT, VERSION: refused[VERSION]}).status_code == 204


def test_same_text_saved_again_after_a_lost_answer_is_no_conflict(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("draft", paid_consultation)
    for _ in range(2):
        assert browser.post(where, CASE_FORM, headers={**SCRIPT, VERSION: ""}).status_code == 204


def test_button_without_a_script_saves_as_before(paid_consultation: Consultation, client_user: User) -> None:
    browser, where = signed_in(client_user), address("draft", paid_consultation)
    browser.post(where, CASE_FORM, headers=SCRIPT)
    other = {**CASE_FORM, "happening": "Lo de la segunda pestaña."}
    assert "Guardado. Puedes cerrar" in text_of(browser.post(where, other, follow=True))
    assert other["happening"] in text_of(browser.get(address("detail", paid_consultation)))
