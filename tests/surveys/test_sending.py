"""What is due goes out once, heals after a pause, and stops when the person answers or changes their mind."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from home.actions.consents import withdraw_consent
from home.emails import EmailNotSent
from home.enums import ConsentPurpose
from home.models import TouchpointLog
from surveys import jobs
from surveys.actions import sending
from surveys.enums import Wave
from surveys.models import Invitation
from tests.fixtures.consultations import CASE, ORIENTATION
from tests.surveys.conftest import PHQ_9, answer_wave

DAY = datetime.timedelta(days=1)


def surveys_in(mailoutbox):
    return [mail for mail in mailoutbox if "List-Unsubscribe" in mail.extra_headers]


def make_due(wave):
    Invitation.objects.filter(wave=wave).update(due_at=timezone.now() - DAY)
    return Invitation.objects.get(wave=wave)


def test_the_job_run_twice_sends_once(invitation, run_jobs, mailoutbox):
    mailoutbox.clear()
    make_due(Wave.TWO_WEEKS)

    assert jobs.send_due_invitations() == 1
    assert jobs.send_due_invitations() == 0
    assert run_jobs() == ["surveys.jobs.send_invitation"]
    assert len(surveys_in(mailoutbox)) == 1


def test_an_email_job_run_twice_sends_and_counts_once(invitation, mailoutbox):
    mailoutbox.clear()
    jobs.send_invitation(invitation.pk)

    assert mailoutbox == []
    assert TouchpointLog.objects.filter(name="survey_sent").count() == 1


def test_an_invitation_not_yet_due_is_not_sent(invitation, run_jobs):
    assert jobs.send_due_invitations() == 0
    assert run_jobs() == []


def test_an_email_lost_with_its_worker_is_claimed_again(invitation, run_jobs, mailoutbox):
    mailoutbox.clear()
    lost = make_due(Wave.TWO_WEEKS)
    Invitation.objects.filter(pk=lost.pk).update(claimed_at=timezone.now() - DAY)

    jobs.send_due_invitations()
    run_jobs()
    lost.refresh_from_db()
    assert lost.sent_at is not None
    assert len(surveys_in(mailoutbox)) == 1


def test_a_mail_server_that_is_down_leaves_the_job_and_the_invitation(
    invitation, run_jobs, mailoutbox, monkeypatch
):
    mailoutbox.clear()
    due = make_due(Wave.TWO_WEEKS)
    jobs.send_due_invitations()
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", _refuse)
        with pytest.raises(EmailNotSent, match="ConnectionRefusedError"):
            run_jobs()
    due.refresh_from_db()
    assert due.sent_at is None
    assert OrmQ.objects.count() == 1

    run_jobs()
    assert len(surveys_in(mailoutbox)) == 1


def _refuse(self, *args, **kwargs):
    raise ConnectionRefusedError


def test_after_a_long_pause_only_the_last_wave_is_asked(closed_consultation, run_jobs, mailoutbox):
    Invitation.objects.update(claimed_at=None, due_at=timezone.now() - DAY)
    OrmQ.objects.all().delete()
    jobs.send_due_invitations()
    run_jobs()

    assert len(surveys_in(mailoutbox)) == 1
    assert list(Invitation.objects.filter(sent_at__isnull=False).values_list("wave", flat=True)) == [
        Wave.TWELVE_WEEKS
    ]
    assert Invitation.objects.filter(cancelled_at__isnull=False).count() == 3


def test_reminders_follow_after_three_and_seven_days_and_end(invitation, run_jobs, mailoutbox):
    invitation.refresh_from_db()
    mailoutbox.clear()
    sent = invitation.sent_at

    assert sending.queue_reminders(now=sent + 2 * DAY) == 0
    assert sending.queue_reminders(now=sent + 3 * DAY) == 1
    assert sending.queue_reminders(now=sent + 3 * DAY) == 0
    assert sending.queue_reminders(now=sent + 7 * DAY) == 1
    assert sending.queue_reminders(now=sent + 90 * DAY) == 0
    assert run_jobs() == ["surveys.jobs.send_reminder"] * 2
    assert [mail.subject for mail in surveys_in(mailoutbox)] == ["Las preguntas de Need siguen abiertas"] * 2


def test_answering_stops_the_reminders(answered_invitation):
    sent = answered_invitation.sent_at
    assert sending.queue_reminders(now=sent + 30 * DAY) == 0


def test_a_reminder_queued_before_the_answer_is_not_sent(invitation, run_jobs, mailoutbox):
    mailoutbox.clear()
    sending.queue_reminders(now=timezone.now() + 3 * DAY)
    answer_wave(invitation, PHQ_9)
    run_jobs()
    assert mailoutbox == []


def test_consent_withdrawn_before_sending_cancels_the_invitation(invitation, run_jobs, mailoutbox):
    mailoutbox.clear()
    due = make_due(Wave.TWO_WEEKS)
    withdraw_consent(by=invitation.user, purpose=ConsentPurpose.FOLLOW_UP)
    jobs.send_due_invitations()
    run_jobs()

    due.refresh_from_db()
    assert due.cancelled_at is not None
    assert mailoutbox == []


def test_jobs_of_deleted_rows_do_nothing(invitation, mailoutbox):
    mailoutbox.clear()
    Invitation.objects.all().delete()
    jobs.send_invitation(invitation.pk)
    jobs.send_reminder(invitation.pk, 1)
    jobs.send_risk(1)
    assert mailoutbox == []


def test_the_email_carries_no_content_and_one_click_headers(invitation, mailoutbox):
    answer_wave(invitation, PHQ_9)
    (mail,) = surveys_in(mailoutbox)
    html = mail.alternatives[0][0]
    told = f"{mail.subject} {mail.body} {html}".lower()

    said = [*CASE.values(), ORIENTATION, invitation.user.pseudonym, str(invitation.consultation_id)]
    assert [text for text in said if text.lower() in told] == []
    assert [word for word in ("puntaje", "phq", "ansiedad", "tristeza", "depres") if word in told] == []
    stop = mail.extra_headers["List-Unsubscribe"]
    assert stop.startswith("<http://localhost:8000/encuestas/baja/")
    assert stop.endswith("/>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop[1:-1] in mail.body
    assert stop[1:-1] in html


def test_sending_asks_the_database_twice_and_four_times_a_mail(invitation, django_assert_num_queries):
    with django_assert_num_queries(2):
        sending.queue_due()
    make_due(Wave.TWELVE_WEEKS)
    # A savepoint, the claim, the row in the queue, and the end of the savepoint.
    with django_assert_num_queries(6):
        sending.queue_due()


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_claim_each_invitation_once(invitation, mailoutbox, run_jobs):
    mailoutbox.clear()
    make_due(Wave.TWO_WEEKS)
    start = threading.Barrier(4)

    def work(_):
        start.wait()
        try:
            return jobs.send_due_invitations()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 1
    run_jobs()
    assert len(surveys_in(mailoutbox)) == 1
