from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultations.actions.errors import DraftChanged, NotAllowed
from consultations.enums import WAITS_FOR_CLIENT, Status
from consultations.models import Consultation, Draft
from consultations.permissions import is_client_of, is_psychologist_of
from home.models import User


@transaction.atomic
def save_draft(
    *, by: User, consultation: Consultation, content: dict[str, object], based_on: str | None = None
) -> Draft:
    """Keep what somebody is writing, encrypted, while it is their turn. Raises NotAllowed otherwise.

    `based_on` is the version the writer began with, "" for none: where another one has been saved since,
    nothing is written and DraftChanged is raised. Without it, the last one to save wins.
    """
    if not may_write(by, consultation):
        raise NotAllowed("Ya no puedes escribir aquí.")
    if based_on is not None:
        _refuse_to_overwrite(by, consultation, content, based_on)
    draft, _ = Draft.objects.update_or_create(
        consultation=consultation, author=by, defaults={"content": content, "saved_at": timezone.now()}
    )
    return draft


def _refuse_to_overwrite(
    by: User, consultation: Consultation, content: dict[str, object], based_on: str
) -> None:
    """The same text saved again, as after an answer that got lost, overwrites nothing."""
    kept = Draft.objects.select_for_update().filter(consultation=consultation, author=by).first()
    if kept is not None and kept.version != based_on and kept.content != content:
        raise DraftChanged(kept.version)


def may_write(by: User, consultation: Consultation) -> bool:
    """Whether it is this person's turn to write."""
    if is_client_of(by, consultation):
        return consultation.status in WAITS_FOR_CLIENT
    return is_psychologist_of(by, consultation) and consultation.status in (Status.IN_CARE, Status.REPLIED)


def draft_of(by: User, consultation: Consultation) -> Draft | None:
    return Draft.objects.filter(consultation=consultation, author=by).first()
