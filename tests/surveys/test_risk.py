"""Item 9 above 0: the crisis lines first, and the psychologists told, whatever the total."""

from __future__ import annotations

import pytest

from home.actions.people import set_country
from home.models import TouchpointLog
from surveys.actions.answering import NotAllowed, acknowledge_risk, answer_survey
from surveys.models import Response, RiskNotice
from tests.surveys.conftest import DANGER, PHQ_9, answer_wave, form_data, survey_path

ONLY_NINE = [0] * 8 + [1]


def check_says_nothing(messages, invitation):
    """No message names the person or says what was answered."""
    for mail in messages:
        told = f"{mail.subject} {mail.body} {mail.alternatives[0][0]}"
        assert invitation.user.pseudonym not in told
        assert invitation.user.email not in told
        assert [word for word in ("muerto", "lastim", "suicid", "riesgo") if word in told.lower()] == []


def test_the_crisis_lines_of_their_country_stand_first(invitation, client):
    set_country(by=invitation.user, country="PE")
    client.post(survey_path(invitation), form_data(phq=ONLY_NINE))
    text = client.get(survey_path(invitation)).content.decode()
    main = text[text.index("<main") :]

    assert main.index("notice--risk") < main.index("<h1")
    assert "113, opción 5" in main[: main.index("<h1")]
    assert main.index("Cómo encontrar terapia") < main.index("Seguir con Need")


def test_without_danger_no_notice_is_shown_or_raised(invitation, client, run_jobs):
    client.post(survey_path(invitation), form_data(phq=[2] * 8 + [0]))
    assert "notice--risk" not in client.get(survey_path(invitation)).content.decode()
    assert not RiskNotice.objects.exists()
    assert run_jobs() == []


def test_an_incomplete_form_opens_the_risk_path_already(invitation, client, run_jobs):
    page = client.post(survey_path(invitation), {"phq-9-9": "1"})
    text = page.content.decode()

    assert page.status_code == 422
    assert text.index("notice--risk") < text.index("notice--warning")
    assert not Response.objects.exists()
    assert run_jobs() == ["surveys.jobs.send_risk"]


def test_the_psychologists_are_told_without_content_and_once(
    invitation, client, psychologist, colleague, editor, run_jobs, mailoutbox
):
    mailoutbox.clear()
    client.post(survey_path(invitation), {"phq-9-9": "1"})
    client.post(survey_path(invitation), form_data(phq=DANGER))
    assert run_jobs() == ["surveys.jobs.send_risk"]

    assert [mail.to for mail in mailoutbox] == [[psychologist.email]]
    check_says_nothing(mailoutbox, invitation)
    assert f"/profesional/{invitation.consultation_id}/" in mailoutbox[0].body


def test_colleagues_are_told_when_the_psychologist_left(
    invitation, psychologist, colleague, administrator, run_jobs, mailoutbox
):
    psychologist.is_active = False
    psychologist.save()
    mailoutbox.clear()
    answer_wave(invitation, DANGER)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[colleague.email]]
    check_says_nothing(mailoutbox, invitation)


def test_administrators_are_told_when_nobody_is_on_duty(
    invitation, psychologist, administrator, editor, run_jobs, mailoutbox
):
    psychologist.groups.clear()
    mailoutbox.clear()
    answer_wave(invitation, DANGER)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[administrator.email]]
    assert f"/profesional/{invitation.consultation_id}/acceso/" in mailoutbox[0].body
    check_says_nothing(mailoutbox, invitation)


def test_danger_puts_the_closed_consultation_first_for_its_psychologist(invitation, client, psychologist):
    answer_wave(invitation, DANGER)
    client.force_login(psychologist)
    assert "Leer primero" in client.get("/profesional/").content.decode()
    assert (
        "Escribirle después de cerrar"
        in client.get(f"/profesional/{invitation.consultation_id}/").content.decode()
    )


def test_no_touchpoint_tells_of_danger(invitation, client, run_jobs):
    client.post(survey_path(invitation), form_data(phq=DANGER))
    run_jobs()
    names = set(TouchpointLog.objects.filter(name__contains="survey").values_list("name", flat=True))
    assert names == {"survey_sent", "survey_answered"}
    assert not TouchpointLog.objects.filter(name__contains="risk").exists()


def test_a_notice_is_taken_once_by_the_assigned_psychologist(invitation, psychologist):
    answer_wave(invitation, DANGER)
    notice = RiskNotice.objects.get()
    assert acknowledge_risk(by=psychologist, notice=notice)
    assert not acknowledge_risk(by=psychologist, notice=notice)
    notice.refresh_from_db()
    assert notice.acknowledged_by == psychologist


def test_a_notice_taken_in_time_sends_no_more_mail(invitation, psychologist, run_jobs, mailoutbox):
    mailoutbox.clear()
    answer_wave(invitation, DANGER)
    acknowledge_risk(by=psychologist, notice=RiskNotice.objects.get())
    run_jobs()
    assert mailoutbox == []


@pytest.mark.parametrize(
    "who", ["client_user", "other_client", "colleague", "editor", "moderator", "marketer", "administrator"]
)
def test_only_the_assigned_psychologist_takes_a_notice(invitation, client, request, who):
    answer_wave(invitation, DANGER)
    notice = RiskNotice.objects.get()
    person = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        acknowledge_risk(by=person, notice=notice)
    client.force_login(person)
    assert client.post(f"/profesional/avisos/{notice.pk}/").status_code == 404


def test_taking_a_notice_on_the_desk(invitation, client, psychologist):
    answer_wave(invitation, DANGER)
    notice = RiskNotice.objects.get()
    client.force_login(psychologist)
    assert client.get(f"/profesional/avisos/{notice.pk}/").status_code == 405
    done = client.post(f"/profesional/avisos/{notice.pk}/")
    assert (done.status_code, done.headers["Location"]) == (302, "/profesional/")
    notice.refresh_from_db()
    assert notice.acknowledged_by == psychologist


def test_a_later_calm_answer_lifts_the_notice_from_the_evolution(invitation, client):
    answer_wave(invitation, DANGER, days_ago=14)
    later = invitation.consultation.invitations.get(wave=1)
    answer_wave(later, PHQ_9)
    assert "notice--risk" not in client.get(survey_path(later)).content.decode()


ENCOURAGING = ("llevadera", "pesan menos", "es mejor", "altos y bajos", "Así te has sentido")


def test_nothing_encouraging_is_said_beside_an_answer_that_marks_danger(invitation, client):
    answers = {"phq-9": [3] * 9, "need-breve": [4, 4, 4, 4]}
    answer_survey(by=invitation.user, invitation=invitation, answers=answers)
    client.force_login(invitation.user)
    for address in (survey_path(invitation), "/cuenta/evolucion/"):
        page = client.get(address).content.decode()
        assert "fue 27 de 27 puntos" in page
        assert "tel:" in page
        for sentence in ENCOURAGING:
            assert sentence not in page, (address, sentence)


def test_without_danger_the_change_is_put_into_words(answered_invitation, client):
    page = client.get(survey_path(answered_invitation)).content.decode()
    assert "Así te has sentido" in page
    assert "molestias leves" in page
