"""The waves of the follow-up, when each is due, and the ways on that a person is offered."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import models


class Wave(models.IntegerChoices):
    """How long after closing somebody is asked: four short waves."""

    AFTER_CLOSING = 0, "Al cerrar"
    TWO_WEEKS = 1, "A las dos semanas"
    SIX_WEEKS = 2, "A las seis semanas"
    TWELVE_WEEKS = 3, "A las doce semanas"


WAVE_DELAYS: Final[dict[Wave, datetime.timedelta]] = {
    Wave.AFTER_CLOSING: datetime.timedelta(0),
    Wave.TWO_WEEKS: datetime.timedelta(weeks=2),
    Wave.SIX_WEEKS: datetime.timedelta(weeks=6),
    Wave.TWELVE_WEEKS: datetime.timedelta(weeks=12),
}

# How long after the invitation each reminder goes out; there are no more than these.
REMINDER_DELAYS: Final = (datetime.timedelta(days=3), datetime.timedelta(days=7))
MAX_REMINDERS: Final = len(REMINDER_DELAYS)

# A claimed invitation whose e-mail never went out is claimed again after this long.
CLAIM_LASTS: Final = datetime.timedelta(hours=6)

LINK_LASTS: Final = datetime.timedelta(days=30)


class WayOn(models.TextChoices):
    """Where a person may go after answering; the values are words of the address."""

    CONTINUE = "continuar", "Seguir con Need"
    THERAPY = "terapia", "Cómo encontrar terapia"
