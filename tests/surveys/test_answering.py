"""Answering from the e-mail, signed out: once, with one's answers kept, and what each dead link says."""

from __future__ import annotations

import datetime
import json

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from django.utils import timezone

from home.models import TouchpointLog
from home.touchpoints import person_hash
from surveys.actions.answering import NotAllowed, answer_survey
from surveys.actions.planning import stop_follow_up
from surveys.links import answer_url, unsubscribe_token
from surveys.models import Invitation, Response
from surveys.scoring import MissingAnswers
from tests.surveys.conftest import PHQ_9, SHORT, form_data, survey_path


def names(page):
    return [template.name for template in page.templates]


def test_the_link_of_the_email_opens_signed_out(invitation, client, mailoutbox):
    (mail,) = [mail for mail in mailoutbox if "/encuestas/" in mail.body]
    address = next(line for line in mail.body.splitlines() if "?ref=correo" in line)
    page = client.get(address)

    assert page.status_code == 200
    text = page.content.decode()
    assert "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias" in text
    assert "9. Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera" in text
    assert "no validada" in text
    assert "Kroenke, Spitzer y Williams" in text
    assert text.count('type="radio"') == 9 * 4 + 4 * 5
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_shows_nothing_of_whose_it_is(invitation, client):
    text = client.get(survey_path(invitation)).content.decode()
    assert invitation.user.email not in text
    assert invitation.user.pseudonym not in text
    assert str(invitation.consultation_id) not in text


def test_answers_are_stored_and_the_same_address_shows_the_evolution(invitation, client):
    path = survey_path(invitation)
    done = client.post(path, form_data())
    assert (done.status_code, done.headers["Location"]) == (303, path)

    page = client.get(path)
    assert page.status_code == 200
    assert "surveys/results.html" in names(page)
    assert "9 de 27 puntos (molestias leves)" in page.content.decode()
    stored = Response.objects.order_by("instrument").values_list(
        "instrument", "instrument_version", "answers", "total"
    )
    assert list(stored) == [("need-breve", "es-1", SHORT, "3"), ("phq-9", "es-1", PHQ_9, "9")]
    invitation.refresh_from_db()
    assert invitation.answered_at is not None
    logged = TouchpointLog.objects.filter(name__in=["survey_answered", "evolution_viewed"]).order_by("pk")
    told = list(logged.values_list("name", "channel", "person"))
    me = person_hash(invitation.user_id)
    assert told == [("survey_answered", "email", me), ("evolution_viewed", "direct", me)]


def test_answering_twice_stores_the_first_answers_once(invitation, client):
    path = survey_path(invitation)
    client.post(path, form_data())
    again = client.post(path, form_data(phq=[3] * 9))

    assert again.status_code == 303
    assert Response.objects.count() == 2
    assert Response.objects.get(instrument="phq-9").answers == PHQ_9
    assert TouchpointLog.objects.filter(name="survey_answered").count() == 1


def test_of_two_who_read_the_form_at_once_one_is_stored(invitation):
    seen_by_both = Invitation.objects.get(pk=invitation.pk)
    answers = {"phq-9": PHQ_9, "need-breve": SHORT}
    assert answer_survey(by=invitation.user, invitation=invitation, answers=answers)
    assert not answer_survey(by=invitation.user, invitation=seen_by_both, answers=answers)


def test_missing_answers_are_named_and_the_given_ones_kept(invitation, client):
    data = form_data()
    del data["phq-9-4"], data["need-breve-2"]
    page = client.post(survey_path(invitation), data)

    assert page.status_code == 422
    text = page.content.decode()
    assert "Faltan 2 respuestas. Lo que marcaste sigue aquí" in text
    assert text.count(" checked") == 11
    assert page.context["form"].errors.keys() == {"phq-9-4", "need-breve-2"}
    assert not Response.objects.exists()


@pytest.mark.parametrize("value", ["4", "-1", "x", "1.5", "0" * 5000])
def test_an_answer_that_is_no_option_is_refused(invitation, client, value):
    page = client.post(survey_path(invitation), form_data() | {"phq-9-1": value})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"phq-9-1"}


def test_a_form_without_a_cookie_is_accepted(invitation):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(survey_path(invitation), form_data()).status_code == 303


def test_an_expired_link_says_so_and_shows_a_way_on(invitation, client, monkeypatch):
    path = survey_path(invitation)
    later = timezone.now() + datetime.timedelta(days=31)
    monkeypatch.setattr("time.time", later.timestamp)
    page = client.get(path)

    assert page.status_code == 410
    assert "surveys/link_expired.html" in names(page)
    assert "/cuenta/evolucion/" in page.content.decode()


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "9" + t, lambda t: t.replace(".", ":"), lambda t: "x"]
)
def test_a_tampered_link_is_unknown(invitation, client, spoil):
    token = survey_path(invitation).split("/")[2]
    page = client.post(f"/encuestas/{spoil(token)}/", form_data())
    assert page.status_code == 404
    assert "surveys/link_unknown.html" in names(page)
    assert not Response.objects.exists()


def test_tokens_are_only_good_for_what_they_were_signed_for(invitation, client):
    assert client.get(f"/encuestas/{unsubscribe_token(invitation)}/").status_code == 404
    assert client.get(f"/encuestas/{TimestampSigner(sep='.').sign(str(invitation.pk))}/").status_code == 404
    assert client.get(survey_path(invitation).replace("/encuestas/", "/encuestas/baja/")).status_code == 404


def test_a_link_whose_invitation_was_erased_is_unknown(invitation, client):
    path = survey_path(invitation)
    Invitation.objects.all().delete()
    assert client.get(path).status_code == 404


def test_a_cancelled_survey_is_closed(invitation, client):
    stop_follow_up(by=invitation.user)
    page = client.post(survey_path(invitation), form_data())
    assert page.status_code == 410
    assert "surveys/link_cancelled.html" in names(page)
    assert not Response.objects.exists()


def test_nobody_answers_for_somebody_else(invitation, other_client):
    with pytest.raises(NotAllowed):
        answer_survey(by=other_client, invitation=invitation, answers={"phq-9": PHQ_9})


def test_incomplete_answers_are_not_stored_by_the_action(invitation):
    with pytest.raises(MissingAnswers):
        answer_survey(by=invitation.user, invitation=invitation, answers={"phq-9": PHQ_9[:8]})
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_answers_and_totals_are_encrypted_at_rest(answered_invitation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, total FROM surveys_response")
        rows = cursor.fetchall()
    assert len(rows) == 2
    for answers, total in rows:
        assert answers.startswith("gAAAA")
        assert total.startswith("gAAAA")
        assert json.dumps(PHQ_9) not in answers


def test_the_address_carries_no_score(invitation):
    assert answer_url(invitation).startswith("http://localhost:8000/encuestas/")
    assert answer_url(invitation).endswith("/?ref=correo")


def test_the_survey_asks_the_database_little(invitation, client, django_assert_num_queries):
    client.get(survey_path(invitation))
    with django_assert_num_queries(3):
        client.get(survey_path(invitation))


def test_the_results_ask_the_database_the_same_for_one_and_for_three_waves(
    answered_invitation, client, django_assert_num_queries
):
    client.get(survey_path(answered_invitation))
    with django_assert_num_queries(6):
        client.get(survey_path(answered_invitation))
    for waiting in Invitation.objects.filter(answered_at=None)[:2]:
        Invitation.objects.filter(pk=waiting.pk).update(claimed_at=timezone.now())
        answer_survey(by=waiting.user, invitation=waiting, answers={"phq-9": PHQ_9, "need-breve": SHORT})
    with django_assert_num_queries(6):
        client.get(survey_path(answered_invitation))
