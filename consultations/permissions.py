"""Who may reach which consultation. Strangers get a 404: they must not learn that it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from home.permissions import is_psychologist

if TYPE_CHECKING:
    from consultations.models import Consultation


def is_client_of(user: Any, consultation: Consultation) -> bool:
    return user.is_authenticated and consultation.client_id == user.pk


def is_psychologist_of(user: Any, consultation: Consultation) -> bool:
    """Assigned to it, and still a psychologist: leaving the group closes every door."""
    return (
        user.is_authenticated
        and consultation.psychologist_id is not None
        and consultation.psychologist_id == user.pk
        and is_psychologist(user)
    )


def may_read(user: Any, consultation: Consultation) -> bool:
    return is_client_of(user, consultation) or is_psychologist_of(user, consultation)
