from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.enums import WAITS_FOR_CLIENT, Status
from consultations.models import Consultation, Draft
from consultations.permissions import is_client_of, is_psychologist_of
from home.models import User


@transaction.atomic
def save_draft(*, by: User, consultation: Consultation, content: dict[str, object]) -> Draft:
    """Keep what somebody is writing, encrypted, while it is their turn. Raises NotAllowed otherwise."""
    if not may_write(by, consultation):
        raise NotAllowed("Ya no puedes escribir aquí.")
    draft, _ = Draft.objects.update_or_create(
        consultation=consultation, author=by, defaults={"content": content, "saved_at": timezone.now()}
    )
    return draft


def may_write(by: User, consultation: Consultation) -> bool:
    """Whether it is this person's turn to write."""
    if is_client_of(by, consultation):
        return consultation.status in WAITS_FOR_CLIENT
    return is_psychologist_of(by, consultation) and consultation.status in (Status.IN_CARE, Status.REPLIED)


def draft_of(by: User, consultation: Consultation) -> Draft | None:
    return Draft.objects.filter(consultation=consultation, author=by).first()
