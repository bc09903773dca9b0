"""Storing what somebody answered, and what follows when an answer speaks of danger."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from consultations.actions.aftercare import put_first
from home.enums import Channel
from home.models import User
from home.touchpoints import record
from surveys.instruments import get_instrument
from surveys.models import Invitation, Response, RiskNotice
from surveys.permissions import may_acknowledge_risk
from surveys.scoring import Score, score
from surveys.touchpoints import SURVEY_ANSWERED


class NotAllowed(Exception):
    """This person may not do this."""


@transaction.atomic
def answer_survey(*, by: User, invitation: Invitation, answers: Mapping[str, Sequence[int]]) -> bool:
    """Store the answers (by instrument key, in the order of its items) once; say whether that was now.

    Raises NotAllowed for somebody else's invitation and surveys.scoring.ScoringError for answers that do not
    fit the instrument.
    """
    if by.pk != invitation.user_id:
        raise NotAllowed
    scores = {key: score(get_instrument(key), values) for key, values in answers.items()}
    now = timezone.now()
    unanswered = Invitation.objects.filter(
        pk=invitation.pk, answered_at=None, cancelled_at=None, claimed_at__isnull=False
    )
    if not unanswered.update(answered_at=now, next_reminder_at=None):
        return False
    Response.objects.bulk_create(
        _response(invitation, scores[key], values, now) for key, values in answers.items()
    )
    if any(each.risk for each in scores.values()):
        raise_risk(by=by, invitation=invitation)
    record(SURVEY_ANSWERED, user=by, subject_id=invitation.pk, channel=Channel.EMAIL)
    return True


@transaction.atomic
def raise_risk(*, by: User, invitation: Invitation) -> RiskNotice:
    """Put a notice on the desk and have the psychologists told; once an invitation."""
    if by.pk != invitation.user_id:
        raise NotAllowed
    notice, is_new = RiskNotice.objects.get_or_create(invitation=invitation)
    if is_new:
        put_first(by=by, consultation=invitation.consultation)
        async_task("surveys.jobs.send_risk", notice.pk)
    return notice


@transaction.atomic
def acknowledge_risk(*, by: User, notice: RiskNotice) -> bool:
    """The psychologist of the consultation takes charge of a notice, whoever did before; say whether anew."""
    if not may_acknowledge_risk(by, notice.invitation.consultation):
        raise NotAllowed
    untaken = RiskNotice.objects.filter(pk=notice.pk).exclude(acknowledged_by=by)
    return untaken.update(acknowledged_by=by, acknowledged_at=timezone.now()) > 0


def open_notices() -> QuerySet[RiskNotice]:
    """Notices that whoever is in charge of the consultation has not taken charge of; a colleague's word for
    them does not count."""
    in_charge = F("invitation__consultation__psychologist")
    return RiskNotice.objects.filter(Q(acknowledged_by=None) | ~Q(acknowledged_by=in_charge))


def _response(
    invitation: Invitation, scored: Score, values: Sequence[int], now: datetime.datetime
) -> Response:
    fields: dict[str, Any] = {
        "instrument": scored.instrument,
        "instrument_version": scored.version,
        "answers": list(values),
        "total": str(scored.total),
    }
    return Response(invitation=invitation, user_id=invitation.user_id, answered_at=now, **fields)
