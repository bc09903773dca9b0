"""What surveys does when something happens in consultations: closing one plans its follow-up."""

from __future__ import annotations

from consultations.models import Consultation
from consultations.touchpoints import CONSULTATION_CLOSED
from home.touchpoints import Recorded, subscribe
from surveys.actions.planning import plan_follow_up


def subscribe_to_consultations() -> None:
    """Called once, when the app is ready."""
    subscribe(CONSULTATION_CLOSED, plan_when_closed)


def plan_when_closed(event: Recorded) -> None:
    """Runs in the transaction that closes the consultation: both happen, or neither."""
    consultation = Consultation.objects.select_related("client").get(pk=event.subject_id)
    plan_follow_up(by=consultation.client, consultation=consultation)
