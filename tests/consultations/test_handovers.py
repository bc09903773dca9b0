"""When the assigned psychologist is gone: who is told, who may take over, and that nobody may before."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from consultations.actions import consultations as actions
from consultations.actions.errors import NotAllowed
from consultations.actions.handovers import take_over
from consultations.enums import PublicationWish, Status
from consultations.models import Consultation, Draft, Handover
from tests.consultations.browsing import DANGER, address, signed_in, text_of
from tests.fixtures.consultations import CASE, ORIENTATION, REPLY

pytestmark = pytest.mark.django_db
ASSIGNED = ["taken_consultation", "answered_consultation", "replied_consultation", "closed_consultation"]


def leave(psychologist, how):
    if how == "inactive":
        psychologist.is_active = False
        psychologist.save()
    else:
        psychologist.groups.clear()


def templates_sent(run_jobs):
    """Subject and address of what the queue sends now."""
    mail.outbox.clear()
    run_jobs()
    return sorted((message.subject, message.to[0]) for message in mail.outbox)


@pytest.mark.parametrize("how", ["inactive", "out of the group"])
def test_reply_and_danger_reach_everybody_on_duty(
    how, answered_consultation, client_user, psychologist, colleague, administrator, run_jobs
):
    run_jobs()
    leave(psychologist, how)
    actions.reply(by=client_user, consultation=answered_consultation, text=f"Hoy {DANGER}.")
    assert templates_sent(run_jobs) == [
        ("Hay algo que leer primero en Need", colleague.email),
        ("Hay una consulta en espera en Need", colleague.email),
    ]
    assert not [message for message in mail.outbox if DANGER in message.body]


def test_reply_and_danger_reach_the_administrators_when_nobody_is_on_duty(
    answered_consultation, client_user, psychologist, administrator, editor, run_jobs
):
    run_jobs()
    leave(psychologist, "inactive")
    actions.reply(by=client_user, consultation=answered_consultation, text=f"Hoy {DANGER}.")
    assert {to for _, to in templates_sent(run_jobs)} == {administrator.email}
    office = reverse("consultations:break_glass", args=[answered_consultation.pk])
    assert all(office in message.body for message in mail.outbox)
    assert signed_in(administrator).get(office).status_code == 200


def test_reply_reaches_the_assigned_psychologist_alone_while_they_are_there(
    replied_consultation, psychologist, colleague, administrator, run_jobs
):
    assert ("Tienes un mensaje en Need", psychologist.email) in templates_sent(run_jobs)
    assert administrator.email not in [message.to[0] for message in mail.outbox]


@pytest.mark.parametrize("state", ASSIGNED)
def test_colleague_takes_over_what_was_left_alone_as_it_stands(state, psychologist, colleague, request):
    consultation = request.getfixturevalue(state)
    before = Consultation.objects.get(pk=consultation.pk)
    leave(psychologist, "inactive")
    browser = signed_in(colleague)

    offer = text_of(browser.get(address("desk_detail", consultation)))
    assert "Tomar esta consulta" in offer
    assert not [text for text in (*CASE.values(), ORIENTATION, REPLY) if text in offer]
    page = text_of(browser.post(address("desk_take", consultation), follow=True))

    assert CASE["happening"] in page
    after = Consultation.objects.get(pk=consultation.pk)
    assert after.psychologist == colleague
    unchanged = ("status", "due_at", "waiting_since", "closed_at", "replies_used", "priority")
    assert [getattr(after, name) for name in unchanged] == [getattr(before, name) for name in unchanged]
    handover = Handover.objects.get()
    assert (handover.consultation_id, handover.previous_id, handover.psychologist_id) == (
        consultation.pk,
        psychologist.pk,
        colleague.pk,
    )


@pytest.mark.parametrize("state", ASSIGNED)
def test_no_colleague_takes_over_while_the_psychologist_is_there(state, psychologist, colleague, request):
    consultation = request.getfixturevalue(state)
    browser = signed_in(colleague)
    assert browser.get(address("desk_detail", consultation)).status_code == 404
    assert browser.post(address("desk_take", consultation)).status_code == 404
    for act in (take_over, actions.take):
        with pytest.raises(NotAllowed):
            act(by=colleague, consultation=consultation)
    with pytest.raises(NotAllowed):
        actions.move(
            consultation, Status(consultation.status), by=colleague, psychologist=colleague, taken_at=None
        )
    consultation.refresh_from_db()
    assert consultation.psychologist == psychologist
    assert not Handover.objects.exists()


def test_page_from_before_the_psychologist_came_back_takes_nothing(
    replied_consultation, psychologist, colleague
):
    leave(psychologist, "inactive")
    stale = Consultation.objects.select_related("psychologist").get(pk=replied_consultation.pk)
    psychologist.is_active = True
    psychologist.save()
    with pytest.raises(NotAllowed):
        take_over(by=colleague, consultation=stale)


@pytest.mark.parametrize("role", ["client_user", "other_client", "editor", "administrator", "psychologist"])
def test_nobody_but_a_psychologist_takes_over(role, replied_consultation, psychologist, request):
    leave(psychologist, "out of the group")
    with pytest.raises(NotAllowed):
        take_over(by=request.getfixturevalue(role), consultation=replied_consultation)


def test_psychologist_never_takes_over_their_own_consultation(
    replied_consultation, psychologist, client_user, colleague
):
    client_user.groups.set(colleague.groups.all())
    leave(psychologist, "inactive")
    with pytest.raises(NotAllowed):
        take_over(by=client_user, consultation=replied_consultation)
    assert "Sin quien las atienda" not in text_of(signed_in(client_user).get(reverse("consultations:desk")))


def test_desk_lists_what_was_left_alone_until_somebody_takes_it(
    replied_consultation, psychologist, colleague
):
    browser = signed_in(colleague)
    assert not browser.get(reverse("consultations:desk")).context["left_alone"]
    leave(psychologist, "out of the group")
    answer = browser.get(reverse("consultations:desk"))
    assert list(answer.context["left_alone"]) == [replied_consultation]
    assert not [text for text in (*CASE.values(), REPLY) if text in text_of(answer)]
    take_over(by=colleague, consultation=replied_consultation)
    assert not browser.get(reverse("consultations:desk")).context["left_alone"]


def test_desk_lists_a_closed_consultation_left_alone_only_when_it_is_to_be_read_first(
    closed_consultation, psychologist, colleague
):
    leave(psychologist, "inactive")
    browser = signed_in(colleague)
    assert not browser.get(reverse("consultations:desk")).context["left_alone"]
    Consultation.objects.update(priority=True)
    assert browser.get(reverse("consultations:desk")).context["left_alone"]


def test_handover_deletes_the_draft_of_who_left_and_the_new_one_answers(
    replied_consultation, psychologist, colleague
):
    Draft.objects.create(consultation=replied_consultation, author=psychologist, content={"text": "A medias"})
    leave(psychologist, "inactive")
    take_over(by=colleague, consultation=replied_consultation)
    assert not Draft.objects.exists()
    actions.answer(by=colleague, consultation=replied_consultation, text="Sigo yo.", steps=[])
    assert replied_consultation.status == Status.ANSWERED


def test_letters_keep_the_name_of_who_wrote_them(answered_consultation, psychologist, colleague, client_user):
    psychologist.last_name = colleague.last_name = "Soto"
    psychologist.save()
    colleague.save()
    leave(psychologist, "inactive")
    take_over(by=colleague, consultation=answered_consultation)
    page = signed_in(client_user).get(address("detail", answered_consultation))
    assert [letter["author"] for letter in page.context["letters"]] == ["Tú", "Elena Soto"]
    assert page.context["professional"]["name"] == "Tomás Soto"


def test_step_that_stays_changes_nothing_but_hands(answered_consultation, psychologist, client_user):
    with pytest.raises(NotAllowed):
        actions.answer(by=psychologist, consultation=answered_consultation, text="Otra", steps=[])
    actions.close(
        by=client_user, consultation=answered_consultation, follow_up=False, publication=PublicationWish.NO
    )
    with pytest.raises(NotAllowed):
        actions.close(
            by=client_user, consultation=answered_consultation, follow_up=True, publication=PublicationWish.NO
        )
