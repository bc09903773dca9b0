"""What becomes of a consultation whose psychologist is gone: a colleague takes it over, on record."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.actions.consultations import move
from consultations.actions.errors import NotAllowed
from consultations.actions.pausing import must_be_answerable
from consultations.enums import Status
from consultations.models import Consultation, Draft, Handover
from consultations.permissions import may_take_over
from home.models import User
from home.permissions import psychologists_on_duty


@transaction.atomic
def take_over(*, by: User, consultation: Consultation) -> None:
    """Take charge of a consultation whose psychologist left, as it stands: its state and deadline stay.

    Of two who try at once, one gets it. Raises NotAllowed while the assigned psychologist is there.
    """
    # As it is now: the page may be hours old, and the psychologist back.
    consultation.refresh_from_db()
    previous = consultation.psychologist
    if previous is None or not may_take_over(by, consultation):
        raise NotAllowed("Esta consulta no está en tus manos.")
    must_be_answerable(consultation)
    move(consultation, Status(consultation.status), by=by, psychologist=by, taken_at=timezone.now())
    Draft.objects.filter(consultation=consultation, author=previous).delete()
    Handover.objects.create(consultation=consultation, previous_id=previous.pk, psychologist_id=by.pk)


def left_alone() -> QuerySet[Consultation]:
    """Consultations whose psychologist is gone. A closed one needs nobody, unless it is to be read first."""
    assigned = Consultation.objects.filter(psychologist__isnull=False)
    alone = assigned.exclude(psychologist__in=psychologists_on_duty())
    return alone.exclude(status=Status.CLOSED, priority=False)
