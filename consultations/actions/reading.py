"""What changes while a client reads: letters seen, steps ticked, a mood tapped, a mark given."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from consultations.actions.aftercare import put_first
from consultations.actions.errors import NotAllowed
from consultations.enums import FROM_CLIENT, Status, TurnKind
from consultations.models import Consultation, PlanStep, Rating, Turn
from consultations.permissions import is_client_of
from consultations.risk import assess
from consultations.touchpoints import ANSWER_READ, ANSWER_READ_AGAIN, SERVICE_RATED
from home.actions.moods import count_mood
from home.enums import Mood, Phase
from home.models import User
from home.touchpoints import record


@transaction.atomic
def mark_read(*, by: User, consultation: Consultation) -> int:
    """Note that the client has the psychologist's letters on screen; gives how many were new."""
    if not is_client_of(by, consultation):
        return 0
    letters = list(consultation.turns.exclude(kind__in=FROM_CLIENT).order_by("number"))
    new = [each for each in letters if each.read_at is None]
    for turn in new:
        seen = Turn.objects.filter(pk=turn.pk, read_at=None).update(read_at=timezone.now())
        # A note answers to danger, of which the journey's log says nothing.
        if seen and turn.kind == TurnKind.ORIENTATION:
            again = turn.pk != letters[0].pk
            record(ANSWER_READ_AGAIN if again else ANSWER_READ, user=by, subject_id=consultation.pk)
    return len(new)


@transaction.atomic
def tick_step(*, by: User, step: PlanStep, done: bool) -> None:
    """Check a step of the plan off, or open it again."""
    _must_be_client(by, step.turn.consultation)
    PlanStep.objects.filter(pk=step.pk).update(done_at=timezone.now() if done else None)


@transaction.atomic
def note_mood_after(*, by: User, consultation: Consultation, mood: Mood) -> None:
    """Keep how the client is after reading, encrypted; only the first tap joins the day's anonymous tally."""
    _must_be_client(by, consultation)
    first = not consultation.mood_after
    consultation.mood_after = str(int(mood))
    consultation.save(update_fields=["mood_after"])
    if first:
        count_mood(phase=Phase.ACCOMPANIMENT, mood=mood)


@transaction.atomic
def rate(*, by: User, consultation: Consultation, stars: int, comment: str) -> Rating:
    """Give the service one to five stars, once it is closed; a second rating replaces the first."""
    _must_be_client(by, consultation)
    if consultation.status != Status.CLOSED:
        raise NotAllowed("Podrás calificar cuando cierres la consulta.")
    rating, created = Rating.objects.update_or_create(
        consultation=consultation, defaults={"stars": stars, "comment": comment, "rated_at": timezone.now()}
    )
    if created:
        record(SERVICE_RATED, user=by, subject_id=consultation.pk)
    if assess(comment).flag:
        put_first(by=by, consultation=consultation)
        async_task("consultations.jobs.send_rating_risk_notice", rating.pk)
    return rating


def _must_be_client(by: User, consultation: Consultation) -> None:
    if not is_client_of(by, consultation):
        raise NotAllowed("Esta consulta no está en tus manos.")
