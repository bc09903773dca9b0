"""Whose the letters of a case are that was prepared from a consultation, and when they go."""

from __future__ import annotations

from typing import Any

from casestudies.actions.letters import entrust
from consultations.models import CaseSource
from consultations.permissions import is_psychologist_of


@entrust
def may_read_letters_of_consultation(user: Any, case: Any) -> bool | None:
    """Its psychologist alone, as they read the consultation itself; a case from elsewhere is not ours."""
    related = CaseSource.objects.select_related("consultation")
    source = related.filter(page_id=case.pk).first() if case.pk else None
    return None if source is None else is_psychologist_of(user, source.consultation)
