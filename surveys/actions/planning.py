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
    Invitation.objects.bulk_create(
        (
            Invitation(consultation=consultation, user=by, wave=wave, due_at=consultation.closed_at + delay)
            for wave, delay in WAVE_DELAYS.items()
        ),
        ignore_conflicts=True,
    )
    return queue_due(Invitation.objects.filter(consultation=consultation))


@transaction.atomic
def stop_follow_up(*, by: User) -> int:
    """Withdraw the consent to be followed up and cancel what was planned; give how many were cancelled."""
    withdraw_consent(by=by, purpose=ConsentPurpose.FOLLOW_UP)
    pending = Invitation.objects.filter(user=by, answered_at=None, cancelled_at=None)
    return pending.update(cancelled_at=timezone.now(), next_reminder_at=None)
