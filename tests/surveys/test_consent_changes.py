"""Changing one's mind about the follow-up, on the account page or elsewhere, changes what is planned."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from consultations.actions.consultations import close
from consultations.enums import PublicationWish
from consultations.models import Consultation
from home.actions.consents import give_consent, withdraw_consent
from home.enums import ConsentPurpose
from surveys.actions import sending
from surveys.actions.planning import stop_follow_up
from surveys.enums import Wave
from surveys.models import Invitation

FOLLOW_UP = ConsentPurpose.FOLLOW_UP
LATER = [Wave.TWO_WEEKS, Wave.SIX_WEEKS, Wave.TWELVE_WEEKS]


def planned():
    waiting = Invitation.objects.filter(claimed_at=None, cancelled_at=None)
    return list(waiting.order_by("wave").values_list("wave", flat=True))


def say(client, answer):
    client.post("/cuenta/consentimiento/", {"purpose": "follow_up", "agreed": answer})


def time_passes(**span):
    """Move the closing and all that is planned into the past."""
    for row in Consultation.objects.all():
        Consultation.objects.filter(pk=row.pk).update(closed_at=row.closed_at - datetime.timedelta(**span))
    for row in Invitation.objects.all():
        Invitation.objects.filter(pk=row.pk).update(due_at=row.due_at - datetime.timedelta(**span))


@pytest.fixture
def own(client, invitation):
    client.force_login(invitation.user)
    return client


def test_withdrawing_on_the_account_page_takes_back_the_promise_to_write(own):
    assert "Te escribiremos otra vez" in own.get("/cuenta/evolucion/").content.decode()
    say(own, "no")
    page = own.get("/cuenta/evolucion/").content.decode()
    assert "Te escribiremos otra vez" not in page
    assert planned() == []
    assert not Invitation.objects.filter(next_reminder_at__isnull=False).exists()


def test_agreeing_again_plans_what_is_still_to_come(own, run_jobs):
    say(own, "no")
    time_passes(weeks=3)
    say(own, "yes")
    assert planned() == [Wave.SIX_WEEKS, Wave.TWELVE_WEEKS]
    assert "Te escribiremos otra vez" in own.get("/cuenta/evolucion/").content.decode()
    assert run_jobs() == [], "nobody is written to at once for having agreed"


def test_agreeing_again_after_unsubscribing_by_mail_plans_again(own, invitation):
    stop_follow_up(by=invitation.user)
    say(own, "yes")
    assert planned() == LATER


def test_wave_planned_again_is_sent_when_its_day_comes(own, run_jobs, mailoutbox):
    say(own, "no")
    say(own, "yes")
    mailoutbox.clear()
    due = Invitation.objects.get(wave=Wave.TWO_WEEKS).due_at
    assert sending.queue_due(now=due) == 1
    run_jobs()
    assert len(mailoutbox) == 1


def test_agreeing_after_having_closed_without_it_plans_what_is_to_come(answered_consultation, client):
    person = answered_consultation.client
    close(
        by=person, consultation=answered_consultation, follow_up=False, publication=PublicationWish.NOT_ASKED
    )
    client.force_login(person)
    say(client, "yes")
    assert planned() == LATER


def test_agreeing_when_every_wave_has_passed_plans_nothing(own):
    say(own, "no")
    time_passes(weeks=13)
    say(own, "yes")
    assert planned() == []


def test_answered_and_sent_waves_stay_as_they_were(own, answered_invitation):
    answered = Invitation.objects.filter(pk=answered_invitation.pk).values().get()
    for answer in ("no", "yes", "yes"):
        say(own, answer)
    assert Invitation.objects.filter(pk=answered_invitation.pk).values().get() == answered
    assert Invitation.objects.count() == 4


def test_other_consents_and_other_people_change_nothing(invitation, stranger):
    withdraw_consent(by=invitation.user, purpose=ConsentPurpose.ATTENTION)
    give_consent(by=stranger, purpose=FOLLOW_UP)
    withdraw_consent(by=stranger, purpose=FOLLOW_UP)
    assert planned() == LATER


def test_withdrawal_that_is_rolled_back_cancels_nothing(invitation):
    with transaction.atomic():
        withdraw_consent(by=invitation.user, purpose=FOLLOW_UP)
        assert planned() == []
        transaction.set_rollback(True)
    assert planned() == LATER


def test_first_consultation_closed_with_consent_is_planned_once(closed_consultation):
    assert Invitation.objects.count() == 4
    assert OrmQ.objects.exists()
    assert Invitation.objects.get(wave=Wave.AFTER_CLOSING).due_at <= timezone.now()
