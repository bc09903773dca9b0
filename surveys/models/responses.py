from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.encryption import EncryptedJSONField, EncryptedTextField
from home.personal_data import OnErasure, PersonalFields
from surveys.models.invitations import Invitation


class Response(models.Model):
    """What one person answered to one instrument: the points of each item in order, and their total."""

    personal_fields: ClassVar[PersonalFields] = {
        "user": OnErasure.DELETE_ROW,
        "answers": OnErasure.DELETE_ROW,
        "total": OnErasure.DELETE_ROW,
        "answered_at": OnErasure.DELETE_ROW,
    }

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="responses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="survey_responses",
    )
    instrument = models.CharField("instrumento", max_length=30)
    instrument_version = models.CharField("versión", max_length=20)
    answers = EncryptedJSONField("respuestas")
    total = EncryptedTextField("total")
    answered_at = models.DateTimeField("respondida", default=timezone.now)

    class Meta:
        verbose_name = "respuesta"
        verbose_name_plural = "respuestas"
        ordering: ClassVar = ["answered_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "answered_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "instrument"], name="one_response_an_instrument")
        ]

    def __str__(self) -> str:
        return f"Respuesta {self.pk}"
