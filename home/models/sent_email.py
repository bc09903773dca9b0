from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from home.personal_data import OnErasure, PersonalFields


class SentEmail(models.Model):
    """That an e-mail went out, so that a job that runs twice sends it once. Holds no address and no text."""

    personal_fields: ClassVar[PersonalFields] = {"key": OnErasure.UNLINKED}

    key = models.CharField(max_length=120, unique=True)
    template = models.CharField("correo", max_length=60)
    sent_at = models.DateTimeField("enviado", default=timezone.now)

    class Meta:
        verbose_name = "correo enviado"
        verbose_name_plural = "correos enviados"

    def __str__(self) -> str:
        return f"{self.template} {self.sent_at:%Y-%m-%d}"
