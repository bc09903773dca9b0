from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.enums import ConsentPurpose
from home.personal_data import OnErasure, PersonalFields


class Consent(models.Model):
    """One purpose, agreed to at one moment, in one version of the text; withdrawing fills `withdrawn_at`.

    `subject` is the opaque id of what it is about where that is not the person as a whole, e.g. the
    consultation that may be published. `analytics_id` is by what Google Analytics knows whoever agreed to
    it: random, another one for each yes, and forgotten with the withdrawal.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "user": OnErasure.DELETE_ROW,
        "purpose": OnErasure.DELETE_ROW,
        "subject": OnErasure.DELETE_ROW,
        "given_at": OnErasure.DELETE_ROW,
        "withdrawn_at": OnErasure.DELETE_ROW,
        "analytics_id": OnErasure.DELETE_ROW,
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField("propósito", max_length=20, choices=ConsentPurpose)
    subject = models.CharField(max_length=64, blank=True)
    version = models.CharField("versión del texto", max_length=20)
    given_at = models.DateTimeField("dado", default=timezone.now)
    withdrawn_at = models.DateTimeField("retirado", null=True, blank=True)
    analytics_id = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "purpose", "subject"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_live_consent_a_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
