"""What surveys does when something happens in consultations: closing one plans its follow-up.

And when somebody changes their mind about being followed up, wherever they say so.
"""

from __future__ import annotations

from typing import Any

from consultations.models import Consultation
from consultations.touchpoints import CONSULTATION_CLOSED
from home.enums import ConsentPurpose
from home.models import User
from home.signals import consent_changed
from home.touchpoints import Recorded, subscribe
from surveys.actions.planning import cancel_follow_up, plan_follow_up, resume_follow_up


def subscribe_to_consultations() -> None:
    """Called once, when the app is ready."""
    subscribe(CONSULTATION_CLOSED, plan_when_closed)


def subscribe_to_consents() -> None:
    """Called once, when the app is ready."""
    consent_changed.connect(follow_consent)


def plan_when_closed(event: Recorded) -> None:
    """Runs in the transaction that closes the consultation: both happen, or neither."""
    consultation = Consultation.objects.select_related("client").get(pk=event.subject_id)
    plan_follow_up(by=consultation.client, consultation=consultation)


def follow_consent(*, user: User, purpose: ConsentPurpose, stands: bool, **_: Any) -> None:
    """Runs in the transaction of the change: what is planned always fits the consent."""
    if purpose == ConsentPurpose.FOLLOW_UP:
        (resume_follow_up if stands else cancel_follow_up)(by=user)
