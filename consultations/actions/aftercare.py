"""What a psychologist can still do after the consultation was closed, when something speaks of danger."""

from __future__ import annotations

from django.db import transaction
from django_q.tasks import async_task

from consultations.actions.consultations import write_turn
from consultations.actions.errors import NotAllowed
from consultations.enums import Status, TurnKind
from consultations.models import Consultation, Turn
from consultations.permissions import is_client_of, is_psychologist_of
from home.models import User


@transaction.atomic
def put_first(*, by: User, consultation: Consultation) -> None:
    """Mark a consultation to be read first: its client said something, anywhere, that speaks of danger."""
    if not is_client_of(by, consultation):
        raise NotAllowed("Esta consulta no está en tus manos.")
    Consultation.objects.filter(pk=consultation.pk).update(priority=True)
    consultation.priority = True


def may_write_note(by: User, consultation: Consultation) -> bool:
    """Whether this psychologist may write to the client although the consultation is closed."""
    closed = consultation.status == Status.CLOSED
    return closed and consultation.priority and is_psychologist_of(by, consultation)


@transaction.atomic
def write_note(*, by: User, consultation: Consultation, text: str) -> Turn:
    """Write to the client of a closed consultation, once for each time that it is to be read first.

    It opens nothing and costs nothing: no state changes, no réplica is used, nobody owes an answer.
    """
    if not may_write_note(by, consultation):
        raise NotAllowed("Esta consulta no está en tus manos.")
    due = Consultation.objects.filter(pk=consultation.pk, status=Status.CLOSED, priority=True)
    if not due.update(priority=False):
        raise NotAllowed("Este mensaje ya estaba enviado.")
    consultation.refresh_from_db()
    turn = write_turn(consultation, TurnKind.NOTE, by, {"text": text})
    async_task("consultations.jobs.send_answer_ready", turn.pk)
    return turn
