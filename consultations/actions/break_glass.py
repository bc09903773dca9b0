from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.models import BreakGlassAccess, Consultation
from home.models import User
from home.permissions import can_break_glass

OPEN_FOR = datetime.timedelta(minutes=30)


@transaction.atomic
def break_glass(*, by: User, consultation: Consultation, reason: str) -> BreakGlassAccess:
    """Record that an administrator opens a consultation, with the reason; it stays readable half an hour."""
    if not can_break_glass(by):
        raise NotAllowed("Esta consulta no está en tus manos.")
    return BreakGlassAccess.objects.create(
        consultation_id=consultation.pk, administrator_id=by.pk, reason=reason
    )


def has_broken_glass(by: User, consultation: Consultation) -> bool:
    """Whether this administrator gave a reason within the last half hour."""
    since = timezone.now() - OPEN_FOR
    return (
        can_break_glass(by)
        and BreakGlassAccess.objects.filter(
            consultation_id=consultation.pk, administrator_id=by.pk, opened_at__gte=since
        ).exists()
    )
