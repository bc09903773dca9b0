from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from home.personal_data import OnErasure, PersonalFields
from surveys.models.invitations import Invitation


class RiskNotice(models.Model):
    """That an answer opened the risk path, and which psychologist took charge last. Holds no answer."""

    personal_fields: ClassVar[PersonalFields] = {"invitation": OnErasure.DELETE_ROW}

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="risk_notice")
    raised_at = models.DateTimeField("levantado", default=timezone.now)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="a cargo de",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acknowledged_risk_notices",
    )
    acknowledged_at = models.DateTimeField("atendido", null=True, blank=True)

    class Meta:
        verbose_name = "aviso de riesgo"
        verbose_name_plural = "avisos de riesgo"
        ordering: ClassVar = ["raised_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Aviso {self.pk}"
