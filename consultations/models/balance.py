from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from consultations.enums import DifferenceKind
from home.personal_data import PersonalFields


class BalanceDay(models.Model):
    """One day of the site's time zone, as the site and Mercado Pago each know its payments.

    `complete` says that everything could be read the last time. Written by `consultations.actions.balance`
    alone. The figures are of the payments made on that day; what went back of them may have gone later.
    """

    personal_fields: ClassVar[PersonalFields] = {}

    day = models.DateField("día", unique=True)
    complete = models.BooleanField("completo", default=False)
    problem = models.CharField("qué faltó", max_length=60, blank=True)
    checked_at = models.DateTimeField("comparado", null=True, blank=True)
    # Since when a comparison is under way; what was read since then is not read again.
    round_began_at = models.DateTimeField("comparación en curso desde", null=True, blank=True)
    next_check_at = models.DateTimeField("próxima comparación", null=True, blank=True, default=timezone.now)
    payments_here = models.PositiveIntegerField("pagos en el sitio", default=0)
    payments_there = models.PositiveIntegerField("pagos en Mercado Pago", default=0)
    # By currency: {"CLP": {"payments": 2, "amount": "50000", "refunded": "0"}}, of payments with money alone.
    sums_here = models.JSONField("sumas en el sitio", default=dict)
    sums_there = models.JSONField("sumas en Mercado Pago", default=dict)

    class Meta:
        verbose_name = "día de balance"
        verbose_name_plural = "días de balance"
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(complete=False) | models.Q(checked_at__isnull=False),
                name="complete_day_was_checked",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["next_check_at"])]

    def __str__(self) -> str:
        return self.day.isoformat()


class BalanceDifference(models.Model):
    """A payment that was not the same here and there when its day was compared.

    What reading the payment again put right is healed at once, and stays written down.
    """

    personal_fields: ClassVar[PersonalFields] = {}

    day = models.ForeignKey(
        BalanceDay, verbose_name="día", on_delete=models.PROTECT, related_name="differences"
    )
    payment_id = models.BigIntegerField("pago")
    kind = models.CharField("diferencia", max_length=20, choices=DifferenceKind)
    here = models.CharField("en el sitio", max_length=120, blank=True)
    there = models.CharField("en Mercado Pago", max_length=120, blank=True)
    found_at = models.DateTimeField("encontrada", default=timezone.now)
    times = models.PositiveIntegerField("veces", default=1)
    healed_at = models.DateTimeField("resuelta", null=True, blank=True)

    class Meta:
        verbose_name = "diferencia de balance"
        verbose_name_plural = "diferencias de balance"
        ordering: ClassVar = ["payment_id", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "payment_id", "kind"], name="one_difference_of_a_kind")
        ]
        indexes: ClassVar = [models.Index(fields=["healed_at"])]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.get_kind_display()}"
