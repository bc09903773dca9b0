"""Closing a consultation plans its follow-up: with consent, once, or not at all."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from consultations.actions.consultations import close
from consultations.enums import PublicationWish
from consultations.touchpoints import CONSULTATION_CLOSED
from home.actions.consents import give_consent, has_consented
from home.enums import ConsentPurpose
from home.touchpoints import record
from surveys.actions.planning import plan_follow_up, stop_follow_up
from surveys.enums import Wave
from surveys.models import Invitation

WEEK = datetime.timedelta(weeks=1)


def close_now(consultation, *, follow_up):
    close(
        by=consultation.client,
        consultation=consultation,
        follow_up=follow_up,
        publication=PublicationWish.NO,
    )


def test_closing_plans_four_waves_from_the_moment_of_closing(closed_consultation):
    closed_consultation.refresh_from_db()
    planned = Invitation.objects.order_by("wave").values_list("wave", "due_at", "user")
    closed, person = closed_consultation.closed_at, closed_consultation.client_id
    assert list(planned) == [
        (Wave.AFTER_CLOSING, closed, person),
        (Wave.TWO_WEEKS, closed + 2 * WEEK, person),
        (Wave.SIX_WEEKS, closed + 6 * WEEK, person),
        (Wave.TWELVE_WEEKS, closed + 12 * WEEK, person),
    ]


def test_closing_sends_the_first_invitation_without_waiting_for_the_recurring_job(
    closed_consultation, run_jobs, mailoutbox
):
    mailoutbox.clear()
    assert "surveys.jobs.send_invitation" in run_jobs()
    to_client = [mail for mail in mailoutbox if mail.to == [closed_consultation.client.email]]
    assert [mail.subject for mail in to_client if "preguntas" in mail.subject] == [
        "Unas preguntas breves de Need"
    ]


def test_closing_twice_plans_once(closed_consultation, run_jobs):
    run_jobs()
    record(CONSULTATION_CLOSED, user=closed_consultation.client, subject_id=closed_consultation.pk)

    assert Invitation.objects.count() == 4
    assert not OrmQ.objects.exists()


def test_closing_without_consent_plans_nothing(answered_consultation):
    close_now(answered_consultation, follow_up=False)
    assert not Invitation.objects.exists()


def test_follow_up_of_an_open_consultation_is_not_planned(answered_consultation):
    person = answered_consultation.client
    give_consent(by=person, purpose=ConsentPurpose.FOLLOW_UP)
    assert plan_follow_up(by=person, consultation=answered_consultation) == 0
    assert not Invitation.objects.exists()


def test_a_rolled_back_closing_plans_and_queues_nothing(answered_consultation, run_jobs, mailoutbox):
    run_jobs()
    mailoutbox.clear()
    with transaction.atomic():
        close_now(answered_consultation, follow_up=True)
        transaction.set_rollback(True)

    assert not Invitation.objects.exists()
    assert run_jobs() == []
    assert mailoutbox == []


def test_stopping_withdraws_consent_and_cancels_what_is_open(answered_invitation):
    person = answered_invitation.user
    assert stop_follow_up(by=person) == 3
    assert not has_consented(person, ConsentPurpose.FOLLOW_UP)
    answered_invitation.refresh_from_db()
    assert answered_invitation.cancelled_at is None
    assert not Invitation.objects.filter(next_reminder_at__isnull=False).exists()


def test_stopping_twice_is_calm(invitation):
    stop_follow_up(by=invitation.user)
    assert stop_follow_up(by=invitation.user) == 0


@pytest.mark.parametrize(
    "half_written",
    [
        {"sent_at": timezone.now()},
        {"answered_at": timezone.now()},
        {"claimed_at": timezone.now(), "answered_at": timezone.now(), "cancelled_at": timezone.now()},
        {"next_reminder_at": timezone.now()},
        {"reminders": 3},
        {"wave": 9},
    ],
)
def test_the_database_refuses_half_written_invitations(closed_consultation, half_written):
    untouched = Invitation.objects.filter(wave=Wave.TWELVE_WEEKS)
    with pytest.raises(IntegrityError), transaction.atomic():
        untouched.update(**half_written)
