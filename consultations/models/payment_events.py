from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consultations.enums import PaymentEventKind
from consultations.models.orders import Order
from home.personal_data import PersonalFields


class PaymentEvent(models.Model):
    """One step of a payment's life as Mercado Pago told it. `Payment` keeps the newest; this keeps them all.

    Only ever added to, by `consultations.actions.payment_events`. Says nothing of who paid, or what for.
    """

    personal_fields: ClassVar[PersonalFields] = {}

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="payment_events", verbose_name="orden"
    )
    payment_id = models.BigIntegerField("pago")
    kind = models.CharField("qué es", max_length=20, choices=PaymentEventKind)
    status = models.CharField("estado", max_length=40, blank=True)
    status_detail = models.CharField("detalle", max_length=80, blank=True)
    amount = models.DecimalField("monto", max_digits=12, decimal_places=2)
    refunded = models.DecimalField("devuelto", max_digits=12, decimal_places=2, default=0)
    currency = models.CharField("moneda", max_length=3)
    # Of a chargeback alone: its own id, and until when documents against it are taken.
    chargeback_id = models.BigIntegerField("contracargo", null=True, blank=True)
    deadline = models.DateTimeField("plazo", null=True, blank=True)
    # Mercado Pago's own date, and when it was read here.
    at = models.DateTimeField("según Mercado Pago al")
    seen_at = models.DateTimeField("visto", default=timezone.now)

    class Meta:
        verbose_name = "paso de un pago"
        verbose_name_plural = "pasos de los pagos"
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["payment_id", "at", "status", "status_detail", "refunded"],
                condition=Q(kind=PaymentEventKind.REPORT),
                name="one_event_a_report",
            ),
            models.CheckConstraint(
                condition=Q(kind=PaymentEventKind.REPORT) | Q(chargeback_id__isnull=False),
                name="chargeback_event_names_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "at"]),
            models.Index(fields=["at"]),
            # Those of reports are found by what keeps them apart.
            models.Index(
                fields=["payment_id"],
                condition=Q(kind=PaymentEventKind.CHARGEBACK),
                name="chargebacks_of_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.status or self.kind}"
