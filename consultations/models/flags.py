from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultations.enums import Reason
from consultations.models.orders import Order
from home.encryption import EncryptedTextField
from home.personal_data import OnErasure, PersonalFields


class PaymentFlag(models.Model):
    """That a person must look at an order, or at a payment that belongs to none.

    It stands until the facts behind it are gone (`cleared_at`); a person may settle it before
    (`resolved_at`), and is not asked again while `about` stays the same. Written by
    `consultations.actions.flags` and `.resolving` alone.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "resolved_by": OnErasure.KEEP,
        "resolution": OnErasure.KEEP,
    }

    # What it is about: one flag of a reason stands for each.
    subject = models.CharField("de qué se trata", max_length=60)
    reason = models.CharField("razón", max_length=30, choices=Reason)
    about = models.CharField("detalle", max_length=120, blank=True)
    order = models.ForeignKey(
        Order, verbose_name="orden", on_delete=models.PROTECT, null=True, blank=True, related_name="flags"
    )
    payment_id = models.BigIntegerField("pago", null=True, blank=True)
    raised_at = models.DateTimeField("desde", default=timezone.now)
    cleared_at = models.DateTimeField("dejó de ocurrir", null=True, blank=True)
    resolved_at = models.DateTimeField("resuelta", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="quién la resolvió",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolved_flags",
    )
    resolution = EncryptedTextField("qué se decidió", blank=True, default="")

    class Meta:
        verbose_name = "pago por mirar"
        verbose_name_plural = "pagos por mirar"
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "reason"],
                condition=models.Q(cleared_at__isnull=True),
                name="one_standing_flag_a_reason",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["resolved_at", "cleared_at", "-raised_at"]),
            models.Index(fields=["reason", "-raised_at"]),
            models.Index(fields=["payment_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_reason_display()}"
