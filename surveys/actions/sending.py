"""Which invitations and reminders are due, and handing each to the queue exactly once.

Nobody acts here: a recurring job does. A row is claimed by a conditional UPDATE in the transaction that
queues its e-mail, so parallel workers are harmless and a missed run is made up by the next one.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.touchpoints import record
from surveys.enums import CLAIM_LASTS, MAX_REMINDERS, REMINDER_DELAYS
from surveys.models import Invitation
from surveys.touchpoints import SURVEY_SENT

# How many one run hands out, so that it ends well within the queue's time limit; the next run goes on.
AT_ONCE = 500
OPEN = Q(answered_at=None, cancelled_at=None)


def queue_due(among: QuerySet[Invitation] | None = None, *, now: datetime.datetime | None = None) -> int:
    """Queue the e-mail of every invitation that is due (or only `among` these); give how many."""
    now = now or timezone.now()
    due = _due(Invitation.objects.all() if among is None else among, now)
    _cancel_overtaken(due, now)
    return sum(_claim(pk, now) for pk in due.values_list("pk", flat=True)[:AT_ONCE])


def queue_reminders(*, now: datetime.datetime | None = None) -> int:
    """Queue every reminder that is due; give how many."""
    now = now or timezone.now()
    due = Invitation.objects.filter(OPEN, next_reminder_at__lte=now).order_by("next_reminder_at")
    return sum(_claim_reminder(pk, sent, now) for pk, sent in due.values_list("pk", "reminders")[:AT_ONCE])


def may_be_sent(invitation: Invitation) -> bool:
    """Whether this person still wants it and has not answered, at the moment of sending."""
    if not invitation.is_open or not invitation.user.is_active:
        return False
    return has_consented(invitation.user, ConsentPurpose.FOLLOW_UP)


@transaction.atomic
def mark_sent(invitation: Invitation) -> None:
    """Note that the invitation went out and plan its first reminder; noting it twice counts once."""
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, sent_at=None).update(sent_at=now):
        return
    still_open = Invitation.objects.filter(OPEN, pk=invitation.pk)
    still_open.update(next_reminder_at=now + REMINDER_DELAYS[0])
    record(SURVEY_SENT, user=invitation.user, subject_id=invitation.pk)


@transaction.atomic
def cancel(invitation: Invitation) -> None:
    """Take back an invitation that must not go out any more."""
    still_open = Invitation.objects.filter(OPEN, pk=invitation.pk)
    still_open.update(cancelled_at=timezone.now(), next_reminder_at=None)


def _due(among: QuerySet[Invitation], now: datetime.datetime) -> QuerySet[Invitation]:
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS)
    return among.filter(OPEN, unclaimed, due_at__lte=now, sent_at=None).order_by("due_at", "pk")


def _cancel_overtaken(due: QuerySet[Invitation], now: datetime.datetime) -> None:
    """After a long pause several waves of one consultation are due: only the last is asked."""
    later = Invitation.objects.filter(
        OPEN, consultation=OuterRef("consultation"), wave__gt=OuterRef("wave"), due_at__lte=now
    )
    due.filter(Exists(later)).order_by().update(cancelled_at=now)


@transaction.atomic
def _claim(pk: int, now: datetime.datetime) -> bool:
    if not _due(Invitation.objects.filter(pk=pk), now).order_by().update(claimed_at=now):
        return False
    async_task("surveys.jobs.send_invitation", pk)
    return True


@transaction.atomic
def _claim_reminder(pk: int, sent: int, now: datetime.datetime) -> bool:
    unchanged = Invitation.objects.filter(OPEN, pk=pk, reminders=sent, next_reminder_at__lte=now)
    following = None
    if sent + 1 < MAX_REMINDERS:
        following = now + (REMINDER_DELAYS[sent + 1] - REMINDER_DELAYS[sent])
    if not unchanged.update(reminders=sent + 1, next_reminder_at=following):
        return False
    async_task("surveys.jobs.send_reminder", pk, sent + 1)
    return True
