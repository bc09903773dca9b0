from __future__ import annotations

import datetime
import secrets
from typing import ClassVar

from django.core.cache import cache
from django.db import models
from django.utils import timezone

from home.enums import Channel, Mood, Phase
from home.personal_data import OnErasure, PersonalFields

DAY_IN_SECONDS = 86400


class TouchpointLog(models.Model):
    """One row a touchpoint: no foreign key, no page, no text.

    `visitor` and `person` are one-way keys, the first of one day, the second lasting. Visits of public pages
    have the first alone, acts of the service the second; only signing up, which happens once, has both.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "visitor": OnErasure.UNLINKED,
        "person": OnErasure.BLANK,
    }

    name = models.CharField("punto de contacto", max_length=50)
    at = models.DateTimeField("cuándo", default=timezone.now)
    channel = models.CharField("canal", max_length=20, choices=Channel, blank=True)
    visitor = models.CharField(max_length=32, blank=True)
    person = models.CharField(max_length=32, blank=True)
    demo = models.BooleanField("de demostración", default=False)

    class Meta:
        verbose_name = "punto de contacto registrado"
        verbose_name_plural = "puntos de contacto registrados"
        indexes: ClassVar = [models.Index(fields=["at", "name"]), models.Index(fields=["person"])]
        permissions: ClassVar = [("view_journey", "Puede ver el mapa del viaje y los informes")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class DailySalt(models.Model):
    """The random salt of one day's visitor keys; deleting it makes that day's keys meaningless."""

    personal_fields: ClassVar[PersonalFields] = {}

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"

    @classmethod
    def today(cls) -> str:
        """The salt of this day (UTC), the same on every process."""
        day = datetime.datetime.now(tz=datetime.UTC).date()
        return str(cache.get_or_set(f"daily-salt:{day}", lambda: cls._of(day), DAY_IN_SECONDS))

    @classmethod
    def _of(cls, day: datetime.date) -> str:
        row, _ = cls.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
        return row.salt


class MoodTally(models.Model):
    """How many people tapped which mood in which phase on a day: counts only, nobody's row."""

    personal_fields: ClassVar[PersonalFields] = {}

    day = models.DateField("día")
    phase = models.CharField("fase", max_length=20, choices=Phase)
    mood = models.PositiveSmallIntegerField("ánimo", choices=Mood)
    count = models.PositiveIntegerField("cuántas veces", default=0)
    demo = models.BooleanField("de demostración", default=False)

    class Meta:
        verbose_name = "ánimo contado"
        verbose_name_plural = "ánimos contados"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "phase", "mood", "demo"], name="one_tally_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.phase} {self.mood}: {self.count}"
