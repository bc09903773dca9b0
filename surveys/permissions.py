"""Who sees survey answers: the person, and the psychologist of their consultation. Nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consultations.permissions import may_read
from home.permissions import is_psychologist

if TYPE_CHECKING:
    from consultations.models import Consultation


def may_see_evolution(user: Any, consultation: Consultation) -> bool:
    """Whether this person may see how the client of `consultation` has been since."""
    return may_read(user, consultation)


def may_acknowledge_risk(user: Any) -> bool:
    """Any psychologist may take charge of somebody in danger, whoever answered the consultation."""
    return is_psychologist(user)
