"""Who sees whose evolution, which way on it offers, and what those may know who see nobody's."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from home.models import TouchpointLog
from surveys.actions.answering import acknowledge_risk, answer_survey
from surveys.enums import WayOn
from surveys.evolution import evolutions_of, is_light, way_on
from surveys.models import Invitation, Response, RiskNotice
from surveys.totals import WaveTotal, totals_by_wave
from tests.surveys.conftest import DANGER, PHQ_9, SHORT, answer_wave

TAG = Template("{% load surveys %}{% evolution_of consultation %}")
NOTICES = Template("{% load surveys %}{% risk_notices %}")


def shown_to(template, user, **context):
    request = RequestFactory().get("/profesional/")
    request.user = user
    return template.render(Context({"request": request, **context}))


def total_of(points):
    """Answers of the PHQ-9 that add up to `points`, with nothing in item 9."""
    return [*(min(3, max(0, points - 3 * item)) for item in range(8)), 0]


def answered(invitation, *totals):
    waves = invitation.consultation.invitations.order_by("wave")
    for number, (wave, total) in enumerate(zip(waves, totals, strict=False)):
        answer_wave(wave, total_of(total), days_ago=14 * (len(totals) - number))
    return evolutions_of(invitation.user)


def test_own_evolution_asks_to_sign_in(client):
    page = client.get("/cuenta/evolucion/")
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/cuenta/ingresar/")


def test_own_evolution_shows_all_waves(invitation, client):
    answered(invitation, 16, 12, 9)
    client.force_login(invitation.user)
    text = client.get("/cuenta/evolucion/").content.decode()

    assert "Respondiste 3 veces" in text
    assert "Tu puntaje bajó 7 puntos" in text
    assert "<svg" in text
    assert text.count("<tr>") == 2 * (1 + 3)
    assert TouchpointLog.objects.filter(name="evolution_viewed").count() == 1


def test_own_evolution_is_empty_before_the_first_answer(other_client, client):
    client.force_login(other_client)
    page = client.get("/cuenta/evolucion/")
    assert page.status_code == 200
    assert "Aquí verás cómo has estado" in page.content.decode()


def test_nobody_sees_anothers_answers_as_their_own(answered_invitation, other_client, client):
    client.force_login(other_client)
    assert "de 27 puntos" not in client.get("/cuenta/evolucion/").content.decode()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("client_user", True),
        ("psychologist", True),
        ("colleague", False),
        ("other_client", False),
        ("editor", False),
        ("moderator", False),
        ("marketer", False),
        ("administrator", False),
    ],
)
def test_the_desk_shows_an_evolution_to_its_two_people_only(answered_invitation, request, who, sees):
    shown = shown_to(TAG, request.getfixturevalue(who), consultation=answered_invitation.consultation)
    assert ("de 27 puntos" in shown) is sees
    assert bool(shown.strip()) is sees


def test_desk_speaks_of_the_client_and_the_client_is_spoken_to(
    answered_invitation, psychologist, client_user
):
    consultation = answered_invitation.consultation
    assert "Respondió una vez" in shown_to(TAG, psychologist, consultation=consultation)
    assert "Respondiste una vez" in shown_to(TAG, client_user, consultation=consultation)


def test_leaving_the_group_closes_the_evolution(answered_invitation, psychologist):
    psychologist.groups.clear()
    assert shown_to(TAG, psychologist, consultation=answered_invitation.consultation).strip() == ""


def test_the_desk_says_when_the_last_answer_marks_danger(invitation, psychologist, client_user):
    answer_wave(invitation, DANGER)
    assert "Pide atención" in shown_to(TAG, psychologist, consultation=invitation.consultation)
    assert "Pide atención" not in shown_to(TAG, client_user, consultation=invitation.consultation)


def test_notices_are_listed_for_the_assigned_psychologist_only(
    invitation, psychologist, colleague, administrator
):
    answer_wave(invitation, DANGER)
    own = shown_to(NOTICES, psychologist)
    assert invitation.user.pseudonym in own
    assert f"/profesional/{invitation.consultation_id}/" in own
    for other in (colleague, administrator, invitation.user):
        assert shown_to(NOTICES, other).strip() == ""


def test_notices_of_a_psychologist_who_left_are_listed_for_all_without_the_answer(
    invitation, psychologist, colleague, administrator
):
    answer_wave(invitation, DANGER)
    psychologist.groups.clear()
    shown = shown_to(NOTICES, colleague)
    assert invitation.user.pseudonym in shown
    assert f"/profesional/{invitation.consultation_id}/" in shown
    assert [word for word in ("muert", "lastim", "Me hago cargo") if word in shown] == []
    for other in (psychologist, administrator, invitation.user):
        assert shown_to(NOTICES, other).strip() == ""


def test_notice_a_colleague_took_charge_of_still_stands_for_the_assigned(invitation, psychologist, colleague):
    answer_wave(invitation, DANGER)
    RiskNotice.objects.update(acknowledged_by=colleague, acknowledged_at=timezone.now())
    assert invitation.user.pseudonym in shown_to(NOTICES, psychologist)
    assert acknowledge_risk(by=psychologist, notice=RiskNotice.objects.get())
    assert shown_to(NOTICES, psychologist).strip() == ""


@pytest.mark.parametrize(
    ("totals", "way"),
    [
        ((3,), WayOn.CONTINUE),
        ((7,), WayOn.CONTINUE),
        ((14,), WayOn.CONTINUE),
        ((15,), WayOn.THERAPY),
        ((14, 13), WayOn.THERAPY),
        ((9, 8), WayOn.CONTINUE),
        ((18, 12), WayOn.CONTINUE),
        ((3, 9), WayOn.THERAPY),
        ((24, 16), WayOn.THERAPY),
    ],
)
def test_way_on_fits_how_the_person_is(invitation, totals, way):
    assert way_on(answered(invitation, *totals)) == way


def test_way_on_after_danger_is_therapy_whatever_the_total(invitation):
    answer_wave(invitation, [0] * 8 + [1])
    assert way_on(evolutions_of(invitation.user)) == WayOn.THERAPY


def test_little_distress_is_offered_nothing(invitation):
    assert is_light(answered(invitation, 4))
    assert not is_light(answered(invitation, 4, 5))


@pytest.mark.parametrize(
    ("choice", "target", "touchpoint"),
    [
        ("continuar", "/consultas/nueva/", "continue_chosen"),
        ("terapia", "/como-encontrar-terapia/", "therapy_chosen"),
    ],
)
def test_a_way_on_is_counted_and_leads_there(client, db, choice, target, touchpoint):
    page = client.get(f"/encuestas/seguir/{choice}/")
    assert (page.status_code, page.headers["Location"]) == (302, target)
    assert TouchpointLog.objects.filter(name=touchpoint).count() == 1


def test_an_unknown_way_on_is_not_found(client, db):
    assert client.get("/encuestas/seguir/otra/").status_code == 404


def test_answers_to_a_version_that_is_gone_do_not_break_the_page(answered_invitation, client):
    Response.objects.filter(instrument="phq-9").update(instrument_version="es-0")
    client.force_login(answered_invitation.user)
    assert client.get("/cuenta/evolucion/").status_code == 200


def test_own_evolution_asks_the_database_the_same_for_one_and_for_three(
    answered_invitation, client, django_assert_num_queries
):
    client.force_login(answered_invitation.user)
    client.get("/cuenta/evolucion/")
    with django_assert_num_queries(9):
        client.get("/cuenta/evolucion/")
    for waiting in Invitation.objects.filter(answered_at=None)[:2]:
        Invitation.objects.filter(pk=waiting.pk).update(claimed_at=timezone.now())
        answer_survey(by=waiting.user, invitation=waiting, answers={"phq-9": PHQ_9, "need-breve": SHORT})
    with django_assert_num_queries(9):
        client.get("/cuenta/evolucion/")


def test_totals_hide_groups_below_ten(closed_consultation):
    assert totals_by_wave()[0] == WaveTotal(0, None, None)


def test_totals_count_invitations_and_answers_by_wave(monkeypatch, answered_invitation):
    monkeypatch.setattr("surveys.totals.SMALLEST_GROUP", 1)
    assert totals_by_wave() == (
        WaveTotal(0, 1, 1),
        WaveTotal(1, None, None),
        WaveTotal(2, None, None),
        WaveTotal(3, None, None),
    )
