"""What client and psychologist do with a consultation. `move` is the one entry of its state machine."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from consultations.actions.errors import ConsentMissing, NotAllowed
from consultations.actions.pausing import must_be_answerable, must_go_on
from consultations.enums import FROM_CLIENT, TRANSITIONS, PublicationWish, Status, TurnKind
from consultations.models import Consultation, Draft, PlanStep, Turn
from consultations.permissions import is_client_of, is_left_alone, is_psychologist_of
from consultations.risk import assess
from consultations.touchpoints import (
    ANSWER_SENT,
    CASE_SUBMITTED,
    CASE_TAKEN,
    CONSULTATION_CLOSED,
    REPLY_SENT,
)
from home.actions.consents import give_consent, has_consented, withdraw_consent
from home.actions.moods import count_mood
from home.enums import ConsentPurpose, Mood, Phase
from home.models import User
from home.permissions import is_psychologist
from home.touchpoints import record

# What a handover changes.
HANDS = frozenset({"psychologist", "taken_at"})


def move(consultation: Consultation, to: Status, *, by: User, **changes: Any) -> None:
    """Take a consultation to another status, with the fields that change along; the only writer of `status`.

    Raises NotAllowed when TRANSITIONS has no such step, or somebody else was faster. A step that stays in its
    status is a handover: it changes who is in charge, once nobody is, and changes nothing else.
    """
    stays = to == consultation.status
    hands_over = set(changes) == HANDS and is_left_alone(consultation)
    if to not in TRANSITIONS[Status(consultation.status)] or (stays and not hands_over):
        raise NotAllowed("Esta consulta ya cambió de estado.")
    unchanged = Consultation.objects.filter(pk=consultation.pk, status=consultation.status)
    if stays:
        unchanged = unchanged.filter(psychologist=consultation.psychologist_id)
    if not unchanged.update(status=to, **changes):
        raise NotAllowed("Esta consulta ya cambió de estado.")
    consultation.refresh_from_db()


@transaction.atomic
def submit_case(
    *, by: User, consultation: Consultation, content: dict[str, str], mood: Mood | None, agrees: bool = False
) -> Turn:
    """Send the written case: from here on somebody at Need owes an answer, until `due_at`.

    Nobody may read it without the client's consent to be attended: given when buying, or with `agrees` by
    who withdrew it since. Raises ConsentMissing without it, and Paused while the money is in doubt.
    """
    _must(is_client_of(by, consultation))
    if agrees:
        give_consent(by=by, purpose=ConsentPurpose.ATTENTION)
    if not has_consented(by, ConsentPurpose.ATTENTION):
        raise ConsentMissing("Sin tu acuerdo nadie puede leer lo que escribas, ni responderte.")
    must_go_on(consultation)
    move(
        consultation,
        Status.WAITING,
        by=by,
        submitted_at=timezone.now(),
        mood_before="" if mood is None else str(int(mood)),
        **_waiting(consultation),
    )
    if mood is not None:
        count_mood(phase=Phase.ACQUISITION, mood=mood)
    turn = write_turn(consultation, TurnKind.CASE, by, content)
    record(CASE_SUBMITTED, user=by, subject_id=consultation.pk)
    async_task("consultations.jobs.send_case_waiting", turn.pk)
    return turn


@transaction.atomic
def take(*, by: User, consultation: Consultation) -> None:
    """A psychologist takes a waiting consultation, never their own; of two who try at once, one gets it."""
    _must(is_psychologist(by) and not is_client_of(by, consultation))
    if consultation.status == Status.WITHDRAWN:
        raise NotAllowed("La persona retiró esta consulta antes.")
    if consultation.status != Status.WAITING:
        raise NotAllowed("Otra persona tomó esta consulta antes.")
    must_be_answerable(consultation)
    move(consultation, Status.IN_CARE, by=by, psychologist=by, taken_at=timezone.now())
    record(CASE_TAKEN, user=by, subject_id=consultation.pk)


@transaction.atomic
def release(*, by: User, consultation: Consultation) -> None:
    """Give a consultation back to those waiting; its place in the line and its deadline stay."""
    _must(is_psychologist_of(by, consultation))
    Draft.objects.filter(consultation=consultation, author=by).delete()
    move(consultation, Status.WAITING, by=by, psychologist=None, taken_at=None)


@transaction.atomic
def answer(*, by: User, consultation: Consultation, text: str, steps: Sequence[str]) -> Turn:
    """Send the orientation and its plan of action, and tell the client by e-mail that it is there."""
    _must(is_psychologist_of(by, consultation))
    must_be_answerable(consultation)
    move(consultation, Status.ANSWERED, by=by, waiting_since=None, due_at=None, priority=False)
    turn = write_turn(consultation, TurnKind.ORIENTATION, by, {"text": text})
    PlanStep.objects.bulk_create(
        PlanStep(turn=turn, number=number, text=step) for number, step in enumerate(steps, start=1)
    )
    record(ANSWER_SENT, user=consultation.client, subject_id=consultation.pk)
    async_task("consultations.jobs.send_answer_ready", turn.pk)
    return turn


@transaction.atomic
def reply(*, by: User, consultation: Consultation, text: str) -> Turn:
    """Send a réplica, while the service has one left; the psychologist gets a new deadline."""
    _must(is_client_of(by, consultation))
    if consultation.replies_left <= 0:
        raise NotAllowed("Ya usaste las réplicas que incluye tu servicio.")
    must_go_on(consultation)
    move(consultation, Status.REPLIED, by=by, replies_used=F("replies_used") + 1, **_waiting(consultation))
    turn = write_turn(consultation, TurnKind.REPLY, by, {"text": text})
    record(REPLY_SENT, user=by, subject_id=consultation.pk)
    async_task("consultations.jobs.send_reply_arrived", turn.pk)
    return turn


@transaction.atomic
def close(*, by: User, consultation: Consultation, follow_up: bool, publication: PublicationWish) -> None:
    """The client ends the conversation, and says whether to be followed up and to be published."""
    _must(is_client_of(by, consultation))
    move(consultation, Status.CLOSED, by=by, closed_at=timezone.now(), publication_wish=publication)
    Draft.objects.filter(consultation=consultation).delete()
    _set_consent(by, ConsentPurpose.FOLLOW_UP, "", follow_up)
    _set_consent(by, ConsentPurpose.PUBLICATION, str(consultation.pk), publication == PublicationWish.YES)
    record(CONSULTATION_CLOSED, user=by, subject_id=consultation.pk)


def publication_wish_now(consultation: Consultation) -> PublicationWish:
    """What holds today: a yes whose consent was withdrawn elsewhere, on the account page, is a no."""
    wish = PublicationWish(consultation.publication_wish)
    if wish != PublicationWish.YES:
        return wish
    stands = has_consented(consultation.client, ConsentPurpose.PUBLICATION, str(consultation.pk))
    return wish if stands else PublicationWish.NO


@transaction.atomic
def change_publication_wish(*, by: User, consultation: Consultation, wish: PublicationWish) -> None:
    """Change one's mind about publishing; the consent is given or withdrawn along with it."""
    _must(is_client_of(by, consultation))
    if consultation.status != Status.CLOSED:
        raise NotAllowed("Te lo preguntaremos cuando cierres la consulta.")
    consultation.publication_wish = wish
    consultation.save(update_fields=["publication_wish"])
    _set_consent(by, ConsentPurpose.PUBLICATION, str(consultation.pk), wish == PublicationWish.YES)


def _set_consent(by: User, purpose: ConsentPurpose, subject: str, wanted: bool) -> None:
    change = give_consent if wanted else withdraw_consent
    change(by=by, purpose=purpose, subject=subject)


def write_turn(consultation: Consultation, kind: TurnKind, author: User, content: dict[str, str]) -> Turn:
    """Add the next letter; what a client writes is looked through for danger, and never held back for it."""
    text = "\n".join(content.values())
    reasons = list(assess(text).reasons) if kind in FROM_CLIENT else []
    turn = Turn.objects.create(
        consultation=consultation,
        number=consultation.turns.count() + 1,
        kind=kind,
        author=author,
        content=content,
        risk_reasons=reasons,
    )
    Draft.objects.filter(consultation=consultation, author=author).delete()
    if reasons:
        Consultation.objects.filter(pk=consultation.pk).update(priority=True)
        async_task("consultations.jobs.send_risk_notice", turn.pk)
    return turn


def _waiting(consultation: Consultation) -> dict[str, datetime.datetime]:
    now = timezone.now()
    return {"waiting_since": now, "due_at": now + datetime.timedelta(hours=consultation.turnaround_hours)}


def _must(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed("Esta consulta no está en tus manos.")
