"""A survey in each of its states."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from home.models import User
from surveys.actions.answering import answer_survey
from surveys.enums import Wave
from surveys.links import answer_token
from surveys.models import Invitation

# A total of 9 of 27, nothing in item 9; then 3 of 16.
PHQ_9 = [1, 1, 1, 1, 1, 1, 1, 2, 0]
SHORT = [1, 1, 1, 0]
DANGER = [*PHQ_9[:-1], 1]


def form_data(phq: list[int] | None = None, short: list[int] | None = None) -> dict[str, str]:
    """What the browser posts when these answers are marked."""
    data = {f"phq-9-{number}": str(value) for number, value in enumerate(phq or PHQ_9, 1)}
    return data | {f"need-breve-{number}": str(value) for number, value in enumerate(short or SHORT, 1)}


def survey_path(invitation: Invitation) -> str:
    return f"/encuestas/{answer_token(invitation)}/"


def answer_wave(invitation: Invitation, phq: list[int], *, days_ago: int = 0) -> None:
    """Have the person answer this invitation, as if `days_ago`."""
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(claimed_at=now, sent_at=now)
    answer_survey(by=invitation.user, invitation=invitation, answers={"phq-9": phq, "need-breve": SHORT})
    invitation.responses.update(answered_at=now - datetime.timedelta(days=days_ago))
    invitation.refresh_from_db()


@pytest.fixture
def invitation(closed_consultation: object, run_jobs: Callable[[], list[str]]) -> Invitation:
    """The first invitation of `client_user`, sent and open."""
    run_jobs()
    return Invitation.objects.select_related("user", "consultation").get(wave=Wave.AFTER_CLOSING)


@pytest.fixture
def answered_invitation(invitation: Invitation) -> Invitation:
    answer_wave(invitation, PHQ_9)
    return invitation


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("desconocida@example.com", pseudonym="Nube Leve 1003")
