"""What those who may not see anybody's answers may know: how many were asked and how many answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.enums import Wave
from surveys.models import Invitation

SMALLEST_GROUP = 10


@dataclass(frozen=True, slots=True)
class WaveTotal:
    """How many invitations of a wave went out and were answered; None hides a number below ten."""

    wave: Wave
    sent: int | None
    answered: int | None


def totals_by_wave() -> tuple[WaveTotal, ...]:
    """One total a wave, in order. Scores take no part in it."""
    counted = {
        row["wave"]: row
        for row in Invitation.objects.order_by("wave")
        .values("wave")
        .annotate(
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
        )
    }
    nobody = {"sent": 0, "answered": 0}
    return tuple(
        WaveTotal(wave, _shown(row["sent"]), _shown(row["answered"]))
        for wave, row in ((wave, counted.get(wave, nobody)) for wave in Wave)
    )


def _shown(count: int) -> int | None:
    return count if count >= SMALLEST_GROUP else None
