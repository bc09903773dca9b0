"""Who sees survey answers: the person, and the psychologist of their consultation. Nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consultations.permissions import is_psychologist_of, may_read

if TYPE_CHECKING:
    from consultations.models import Consultation


def may_see_evolution(user: Any, consultation: Consultation) -> bool:
    """Whether this person may see how the client of `consultation` has been since."""
    return may_read(user, consultation)


def may_acknowledge_risk(user: Any, consultation: Consultation) -> bool:
    """Whoever can read the person and write to them; a colleague takes the consultation over first."""
    return is_psychologist_of(user, consultation)
