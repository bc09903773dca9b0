"""Danger after closing: in a rating's comment, and the one message a psychologist may then write."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from consultations.actions.aftercare import put_first, write_note
from consultations.actions.errors import NotAllowed
from consultations.actions.reading import rate
from consultations.enums import Status, TurnKind
from consultations.jobs import send_rating_risk_notice
from consultations.models import Consultation, Rating, Turn
from home.models import TouchpointLog
from tests.consultations.browsing import DANGER, address, signed_in, text_of

pytestmark = pytest.mark.django_db
NOTE = "Leí tu encuesta. Llama al *4141 ahora, por favor."


@pytest.fixture
def dangerous_rating(closed_consultation, client_user, run_jobs):
    run_jobs()
    mail.outbox.clear()
    return rate(by=client_user, consultation=closed_consultation, stars=2, comment=f"Igual {DANGER}.")


def test_danger_in_a_rating_reaches_the_psychologist_without_a_word_of_it(
    dangerous_rating, psychologist, colleague, run_jobs
):
    assert run_jobs() == ["consultations.jobs.send_rating_risk_notice"]
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Hay algo que leer primero en Need", [psychologist.email])
    assert address("desk_detail", dangerous_rating.consultation) in message.body
    assert DANGER not in message.body + str(message.alternatives[0][0])
    assert Consultation.objects.get().priority


def test_calm_rating_raises_nothing(closed_consultation, client_user, run_jobs):
    run_jobs()
    rate(by=client_user, consultation=closed_consultation, stars=5, comment="Me ayudó a dormir.")
    assert run_jobs() == []
    assert not Consultation.objects.get().priority


def test_danger_in_a_second_comment_is_told_of_again_and_each_one_once(
    dangerous_rating, client_user, run_jobs
):
    run_jobs()
    rate(by=client_user, consultation=dangerous_rating.consultation, stars=1, comment=f"Aún {DANGER}.")
    run_jobs()
    assert len(mail.outbox) == 2
    send_rating_risk_notice(dangerous_rating.pk)
    send_rating_risk_notice(0)
    assert len(mail.outbox) == 2


def test_desk_shows_the_rating_and_its_comment_to_the_assigned_psychologist_alone(
    dangerous_rating, psychologist, colleague, administrator
):
    where = address("desk_detail", dangerous_rating.consultation)
    page = text_of(signed_in(psychologist).get(where))
    assert "Su calificación: 2 de 5" in page
    assert f"Igual {DANGER}." in page
    assert "Puede haber un riesgo" in page
    desk = text_of(signed_in(psychologist).get(reverse("consultations:desk")))
    assert "Leer primero" in desk
    assert DANGER not in desk
    for other in (colleague, administrator):
        assert signed_in(other).get(where).status_code == 404


def test_colleague_who_may_take_over_sees_no_comment_before(dangerous_rating, psychologist, colleague):
    psychologist.groups.clear()
    offer = text_of(signed_in(colleague).get(address("desk_detail", dangerous_rating.consultation)))
    assert "Tomar esta consulta" in offer
    assert DANGER not in offer


def test_note_reaches_the_client_and_opens_nothing(dangerous_rating, psychologist, client_user, run_jobs):
    consultation = dangerous_rating.consultation
    run_jobs()
    mail.outbox.clear()
    before = Consultation.objects.get()
    browser = signed_in(psychologist)
    page = text_of(browser.post(address("desk_note", consultation), {"text": NOTE}, follow=True))
    assert NOTE in page
    assert "Enviar el mensaje" not in page

    after = Consultation.objects.get()
    assert (after.status, after.replies_used, after.due_at) == (Status.CLOSED, before.replies_used, None)
    assert not after.priority
    run_jobs()
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Tienes un mensaje en Need", [client_user.email])
    assert "encuesta" not in message.body
    reader = signed_in(client_user)
    shown = text_of(reader.get(address("detail", consultation)))
    assert NOTE in shown
    assert "Te escribieron después de cerrar" in shown
    turn = Turn.objects.get(kind=TurnKind.NOTE)
    assert turn.read_at is not None
    assert f'href="#carta-{turn.number}"' in shown


def test_note_is_stored_encrypted_and_logged_nowhere(dangerous_rating, psychologist, client_user):
    reader, where = signed_in(client_user), address("detail", dangerous_rating.consultation)
    reader.get(where)
    logged = TouchpointLog.objects.count()
    write_note(by=psychologist, consultation=dangerous_rating.consultation, text=NOTE)
    reader.get(where)
    assert Turn.objects.get(kind=TurnKind.NOTE).read_at is not None
    assert TouchpointLog.objects.count() == logged
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM consultations_turn WHERE kind = 'note'")
        [[stored]] = cursor.fetchall()
    assert "4141" not in str(stored)


def test_note_is_written_once_for_each_danger(dangerous_rating, psychologist, client_user):
    consultation = Consultation.objects.get()
    stale = Consultation.objects.get()
    write_note(by=psychologist, consultation=consultation, text=NOTE)
    with pytest.raises(NotAllowed):
        write_note(by=psychologist, consultation=stale, text=NOTE)
    put_first(by=client_user, consultation=consultation)
    write_note(by=psychologist, consultation=Consultation.objects.get(), text="Otra vez yo.")
    assert Turn.objects.filter(kind=TurnKind.NOTE).count() == 2


def test_note_without_danger_or_before_closing_is_refused(answered_consultation, psychologist, client_user):
    with pytest.raises(NotAllowed):
        write_note(by=psychologist, consultation=answered_consultation, text=NOTE)
    put_first(by=client_user, consultation=answered_consultation)
    answered_consultation.refresh_from_db()
    with pytest.raises(NotAllowed):
        write_note(by=psychologist, consultation=answered_consultation, text=NOTE)
    assert "Enviar el mensaje" not in text_of(
        signed_in(psychologist).get(address("desk_detail", answered_consultation))
    )


@pytest.mark.parametrize("role", ["client_user", "colleague", "administrator"])
def test_note_is_written_by_the_assigned_psychologist_alone(role, dangerous_rating, request):
    browser = signed_in(request.getfixturevalue(role))
    assert (
        browser.post(address("desk_note", dangerous_rating.consultation), {"text": NOTE}).status_code == 404
    )
    assert not Turn.objects.filter(kind=TurnKind.NOTE).exists()


@pytest.mark.parametrize("text", ["", "a" * 1501])
def test_note_that_does_not_fit_comes_back_whole(text, dangerous_rating, psychologist):
    answer = signed_in(psychologist).post(address("desk_note", dangerous_rating.consultation), {"text": text})
    assert answer.status_code == 422
    assert answer.context["note_form"]["text"].value() == text
    assert Consultation.objects.get().priority


def test_only_its_client_puts_a_consultation_first(closed_consultation, psychologist):
    with pytest.raises(NotAllowed):
        put_first(by=psychologist, consultation=closed_consultation)


def test_rating_of_somebody_erased_leaves_a_job_with_nothing_to_do(dangerous_rating, run_jobs):
    Rating.objects.all().delete()
    run_jobs()
    assert mail.outbox == []
