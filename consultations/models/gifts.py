from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from consultations.models.orders import Order
from home.encryption import EncryptedTextField
from home.personal_data import OnErasure, PersonalFields


class Gift(models.Model):
    """A code that is worth the orientation its order paid for.

    Whoever redeems it gets an order of their own, `redemption`, which costs nothing: their consultation
    hangs on that one, and no way leads from it to the buyer's, but through this row.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "code": OnErasure.KEEP,
        "first_redeemed_at": OnErasure.KEEP,
        "kept_for": OnErasure.KEEP,
    }

    order = models.OneToOneField(Order, verbose_name="orden", on_delete=models.PROTECT, related_name="gift")
    # For the buyer to see again; found by its digest (consultations.gift_codes).
    code = EncryptedTextField("código")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("creado", default=timezone.now)
    expires_at = models.DateTimeField("vence")
    redemption = models.OneToOneField(
        Order,
        verbose_name="canje",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="redeemed_gift",
    )
    # Stays when whoever redeemed it withdraws: its buyer is told "used" from then on, and notices nothing.
    first_redeemed_at = models.DateTimeField("canjeado por primera vez", null=True, blank=True)
    # Who withdrew what they opened with it: the code works again for them, and for nobody else.
    kept_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vuelve a servir a",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("anulado", null=True, blank=True)

    class Meta:
        verbose_name = "regalo"
        verbose_name_plural = "regalos"
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(redemption__isnull=True) | Q(withdrawn_at__isnull=True),
                name="withdrawn_gift_is_not_redeemed",
            ),
            models.CheckConstraint(
                condition=Q(redemption__isnull=True) | Q(first_redeemed_at__isnull=False),
                name="redeemed_gift_has_its_first_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Regalo {self.pk}"
