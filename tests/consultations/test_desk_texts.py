"""What a psychologist writes is never lost: not to a second tab, a lost session, nor an old token."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.actions import consultations as actions
from consultations.models import Consultation, Draft
from home.models import User
from tests.consultations.browsing import DANGER, address, kept, signed_in, text_of
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
FORM = {"text": "Una orientación <larga> y pensada.", "steps": "Camina diez minutos.\nEscribe una línea."}
OTHER = {"text": "Lo que escribí en otra pestaña.", "steps": "Otro paso."}
BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def holds(page: str, form: dict[str, str]) -> bool:
    return all(kept(page, text) for text in form.values())


def token_in(page: str) -> str:
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


@pytest.mark.parametrize("form", [OTHER, {**FORM, "steps": "Otro paso."}, {"text": "", "steps": "Otro."}])
def test_another_orientation_after_the_first_is_not_sent_and_not_lost(
    form: dict[str, str], taken_consultation: Consultation, psychologist: User
) -> None:
    browser = signed_in(psychologist)
    browser.post(address("desk_answer", taken_consultation), FORM)
    answer = browser.post(address("desk_answer", taken_consultation), form)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Esta carta no se envió" in page
    assert holds(page, form)
    assert f'href="{address("desk_detail", taken_consultation)}"' in page
    assert taken_consultation.turns.count() == 2


@pytest.mark.parametrize("form", [FORM, {"text": " ", "steps": ""}])
def test_second_click_and_an_empty_form_lead_back_to_the_consultation(
    form: dict[str, str], taken_consultation: Consultation, psychologist: User
) -> None:
    browser = signed_in(psychologist)
    browser.post(address("desk_answer", taken_consultation), FORM)
    again = browser.post(address("desk_answer", taken_consultation), form)
    assert (again.status_code, again["Location"]) == (302, address("desk_detail", taken_consultation))


@pytest.mark.parametrize("name", ["desk_answer", "desk_draft"])
def test_text_posted_without_a_session_comes_back_and_leads_to_a_page(
    name: str, taken_consultation: Consultation, client: Client
) -> None:
    answer = client.post(address(name, taken_consultation), FORM)
    page = text_of(answer)
    assert answer.status_code == 403
    assert "Tu sesión terminó, tu texto sigue aquí" in page
    assert holds(page, FORM)
    assert f'href="/cuenta/ingresar/?next={address("desk_detail", taken_consultation)}"' in page
    assert f'action="{address(name, taken_consultation)}"' in page
    assert not Draft.objects.exists()


def test_lost_session_loses_no_word_of_an_orientation(
    taken_consultation: Consultation, psychologist: User
) -> None:
    """As a browser does it: the session ends, signing in changes the token, the text is sent at last."""
    where = address("desk_answer", taken_consultation)
    browser = Client(enforce_csrf_checks=True, headers=BROWSER)
    browser.force_login(psychologist)
    detail = text_of(browser.get(address("desk_detail", taken_consultation)))
    form = {**FORM, "csrfmiddlewaretoken": token_in(detail)}
    del browser.cookies["need_session"]
    page = text_of(browser.post(where, form))
    assert holds(page, FORM)
    form["csrfmiddlewaretoken"] = token_in(page)
    signing_in = {"login": psychologist.email, "password": PASSWORD}
    signing_in["csrfmiddlewaretoken"] = token_in(text_of(browser.get("/cuenta/ingresar/")))
    assert browser.post("/cuenta/ingresar/", signing_in).status_code == 302
    once_more = browser.post(where, form)
    assert once_more.status_code == 403, "the token is from before signing in"
    assert "todavía no se envió" in text_of(once_more)
    assert holds(text_of(once_more), FORM)
    form["csrfmiddlewaretoken"] = token_in(text_of(once_more))
    assert browser.post(where, form).status_code == 302
    assert taken_consultation.turns.last().content["text"] == FORM["text"]


@pytest.mark.parametrize("name", ["desk_answer", "desk_draft"])
def test_text_about_a_consultation_given_back_is_shown_and_tells_nothing(
    name: str, taken_consultation: Consultation, psychologist: User
) -> None:
    actions.release(by=psychologist, consultation=taken_consultation)
    browser = signed_in(psychologist)
    nowhere = reverse(f"consultations:{name}", args=[uuid.uuid4()])
    for where in (address(name, taken_consultation), nowhere):
        answer = browser.post(where, FORM)
        assert answer.status_code == 404
        assert holds(text_of(answer), FORM)
        assert 'href="/profesional/"' in text_of(answer)


def test_draft_without_a_script_is_kept_and_says_so(
    taken_consultation: Consultation, psychologist: User
) -> None:
    answer = signed_in(psychologist).post(address("desk_draft", taken_consultation), FORM, follow=True)
    assert "Guardado. Puedes cerrar y seguir después." in text_of(answer)
    assert holds(text_of(answer), FORM)


def test_draft_that_arrives_after_sending_stays_in_a_page_of_the_site(
    answered_consultation: Consultation, psychologist: User
) -> None:
    browser, where = signed_in(psychologist), address("desk_draft", answered_consultation)
    by_button = browser.post(where, OTHER)
    assert by_button.status_code == 409
    assert "text/html" in by_button["Content-Type"]
    assert holds(text_of(by_button), OTHER)
    by_script = browser.post(where, OTHER, headers=SCRIPT)
    assert (by_script.status_code, by_script["Content-Type"]) == (409, "application/json")
    assert not Draft.objects.exists()


def test_draft_too_long_to_keep_stays_in_the_page(
    taken_consultation: Consultation, psychologist: User
) -> None:
    form = {**FORM, "text": "a" * 100_001}
    answer = signed_in(psychologist).post(address("desk_draft", taken_consultation), form)
    assert answer.status_code == 413
    assert holds(text_of(answer), form)


def test_signed_out_script_is_told_so_without_looking_anything_up(
    taken_consultation: Consultation, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.post(address("desk_draft", taken_consultation), FORM, headers=SCRIPT)
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["desk_answer", "desk_draft"])
def test_forged_orientation_is_neither_obeyed_nor_shown(
    name: str, taken_consultation: Consultation, psychologist: User
) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://malo.example"})
    for signed in (False, True):
        if signed:
            browser.force_login(psychologist)
        answer = browser.post(address(name, taken_consultation), OTHER)
        assert answer.status_code == 403
        assert OTHER["text"] not in text_of(answer)
    assert taken_consultation.turns.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["desk_answer", "desk_draft"])
def test_own_page_without_a_token_is_not_obeyed_and_shown(
    name: str, taken_consultation: Consultation, psychologist: User
) -> None:
    browser = Client(enforce_csrf_checks=True, headers=BROWSER)
    browser.force_login(psychologist)
    answer = browser.post(address(name, taken_consultation), OTHER)
    assert answer.status_code == 403
    assert holds(text_of(answer), OTHER)
    assert taken_consultation.turns.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["desk_answer", "desk_draft"])
def test_address_that_only_takes_posts_leads_to_the_consultation(
    name: str, taken_consultation: Consultation, psychologist: User, client: Client
) -> None:
    answer = signed_in(psychologist).get(address(name, taken_consultation))
    assert (answer.status_code, answer["Location"]) == (302, address("desk_detail", taken_consultation))


@pytest.mark.parametrize(("country", "number"), [("", "*4141"), ("ES", "024")])
def test_desk_names_the_lines_that_the_client_was_shown(
    country: str, number: str, taken_consultation: Consultation, psychologist: User
) -> None:
    User.objects.filter(pk=taken_consultation.client_id).update(country=country)
    taken_consultation.turns.update(risk_reasons=["plan"])
    page = text_of(signed_in(psychologist).get(address("desk_detail", taken_consultation)))
    notice = page.partition("notice--risk")[2].partition("</ul>")[0]
    assert number in notice
    assert ("Chile" in notice) is (country == "")
    assert "Argentina" not in notice


def test_words_of_danger_in_an_orientation_are_not_taken_for_the_psychologists_own(
    taken_consultation: Consultation, client: Client
) -> None:
    page = text_of(client.post(address("desk_answer", taken_consultation), {"text": f"Dijo: {DANGER}."}))
    assert "notice--risk" not in page
