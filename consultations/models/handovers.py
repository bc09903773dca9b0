from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from consultations.models.consultations import Consultation
from home.personal_data import PersonalFields


class Handover(models.Model):
    """That a psychologist took over the consultation of one who is no longer there, and when."""

    personal_fields: ClassVar[PersonalFields] = {}

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="handovers")
    # Without foreign keys, as in the log of emergency accesses: it must never block a deletion.
    previous_id = models.BigIntegerField("antes a cargo de")
    psychologist_id = models.BigIntegerField("a cargo de")
    taken_over_at = models.DateTimeField("cuándo", default=timezone.now)

    class Meta:
        verbose_name = "traspaso"
        verbose_name_plural = "traspasos"
        ordering: ClassVar = ["-taken_over_at", "-pk"]

    def __str__(self) -> str:
        return f"Traspaso {self.pk}"
