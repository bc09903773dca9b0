"""Planning the follow-up of a closed consultation, and stopping it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultations.models import Consultation
from home.actions.consents import has_consented, withdraw_consent
from home.enums import ConsentPurpose
from home.models import User
from surveys.actions.sending import queue_due
from surveys.enums import WAVE_DELAYS
from surveys.models import Invitation


@transaction.atomic
def plan_follow_up(*, by: User, consultation: Consultation) -> int:
    """Plan the waves of a consultation its client has just closed; give how many e-mails were queued at once.

    Plans nothing without the client's consent. Twice is once.
    """
    if consultation.closed_at is None or not has_consented(by, ConsentPurpose.FOLLOW_UP):
        return 0
    Invitation.objects.bulk_create(_waves(consultation), ignore_conflicts=True)
    return queue_due(Invitation.objects.filter(consultation=consultation))


@transaction.atomic
def resume_follow_up(*, by: User) -> int:
    """Plan again, after a new yes, the waves whose day is still to come; give how many were planned.

    What came due in between is not made up for: nobody is written to at once for having agreed.
    """
    if not has_consented(by, ConsentPurpose.FOLLOW_UP):
        return 0
    now = timezone.now()
    closed = Consultation.objects.filter(client=by, closed_at__gt=now - max(WAVE_DELAYS.values()))
    planned = Invitation.objects.filter(user=by, due_at__gt=now, cancelled_at=None)
    before = planned.count()
    to_come = (wave for each in closed for wave in _waves(each) if wave.due_at > now)
    Invitation.objects.bulk_create(to_come, ignore_conflicts=True)
    Invitation.objects.filter(user=by, due_at__gt=now, claimed_at=None).update(cancelled_at=None)
    return planned.count() - before


@transaction.atomic
def stop_follow_up(*, by: User) -> int:
    """Withdraw the consent to be followed up and cancel what was planned; give how many were cancelled."""
    cancelled = cancel_follow_up(by=by)
    withdraw_consent(by=by, purpose=ConsentPurpose.FOLLOW_UP)
    return cancelled


@transaction.atomic
def cancel_follow_up(*, by: User) -> int:
    """Cancel everything planned for somebody whose consent no longer stands; give how many."""
    pending = Invitation.objects.filter(user=by, answered_at=None, cancelled_at=None)
    return pending.update(cancelled_at=timezone.now(), next_reminder_at=None)


def _waves(consultation: Consultation) -> list[Invitation]:
    """Every wave of a closed consultation, unsaved."""
    if consultation.closed_at is None:
        return []
    return [
        Invitation(
            consultation=consultation,
            user_id=consultation.client_id,
            wave=wave,
            due_at=consultation.closed_at + delay,
        )
        for wave, delay in WAVE_DELAYS.items()
    ]
