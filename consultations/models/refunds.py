from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consultations.enums import RefundReason, RefundState
from consultations.models.orders import Payment
from home.encryption import EncryptedTextField
from home.personal_data import OnErasure, PersonalFields


class Refund(models.Model):
    """Money of one payment that goes back to whoever paid: asked for here, or made in Mercado Pago's panel.

    `state` is written by `consultations.actions.refunds.settle` alone. The key is made with the row, before
    Mercado Pago hears of it, and never changes: another key would pay back twice.
    """

    personal_fields: ClassVar[PersonalFields] = {"by": OnErasure.KEEP, "note": OnErasure.KEEP}

    payment = models.ForeignKey(
        Payment, verbose_name="pago", on_delete=models.PROTECT, related_name="refunds"
    )
    amount = models.DecimalField("monto", max_digits=12, decimal_places=2)
    reason = models.CharField("razón", max_length=20, choices=RefundReason)
    note = EncryptedTextField("nota", blank=True, default="")
    # Nobody: the site itself, or somebody in Mercado Pago's panel.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pedida por",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField("estado", max_length=10, choices=RefundState, default=RefundState.ASKED)
    refund_id = models.BigIntegerField("devolución en Mercado Pago", unique=True, null=True, blank=True)
    asked_at = models.DateTimeField("pedida el", default=timezone.now)
    settled_at = models.DateTimeField("resuelta el", null=True, blank=True)
    # As Mercado Pago told it; empty where it did not.
    made_at = models.DateTimeField("hecha el", null=True, blank=True)
    # Until Mercado Pago has answered and the payment was read again.
    next_try_at = models.DateTimeField("próximo intento", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("intentos", default=0)

    class Meta:
        verbose_name = "devolución"
        verbose_name_plural = "devoluciones"
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_has_an_amount"),
            models.CheckConstraint(
                condition=Q(state=RefundState.ASKED, settled_at__isnull=True)
                | (~Q(state=RefundState.ASKED) & Q(settled_at__isnull=False)),
                name="settled_refund_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=RefundState.DONE) | Q(refund_id__isnull=False),
                name="refund_done_is_known_at_mercado_pago",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"]),
            models.Index(fields=["made_at"]),
            models.Index(fields=["settled_at"]),
            models.Index(fields=["state", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"Devolución {self.pk}"
