from __future__ import annotations

import secrets
import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultations.enums import Currency, Money, OrderKind
from consultations.models.discounts import Discount
from consultations.models.services import Service
from home.personal_data import OnErasure, PersonalFields


def new_reference() -> str:
    """A random name for an order, shown to people and to Mercado Pago: 16 letters and digits."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "N-" + "".join(secrets.choice(alphabet) for _ in range(16))


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Order(models.Model):
    """What a client bought, with price and terms as they were on that day.

    `money` is written by `consultations.actions.payments.recompute` alone, from all payments.
    """

    personal_fields: ClassVar[PersonalFields] = {"client": OnErasure.KEEP}
    # Who bought what belongs in no list of usages, and each payment waited for it to be written.
    wagtail_reference_index_ignore = True

    reference = models.CharField(
        "referencia", max_length=32, unique=True, default=new_reference, editable=False
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="cliente", on_delete=models.PROTECT, related_name="orders"
    )
    service = models.ForeignKey(
        Service, verbose_name="servicio", on_delete=models.PROTECT, related_name="orders"
    )
    # One attempt is one form: a double click finds the order of the first click.
    attempt = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField("clase", max_length=12, choices=OrderKind, default=OrderKind.OWN)
    # As it was on that day, like `amount`, which is what is to be paid: the list price less the discount.
    list_price = models.DecimalField("precio de lista", max_digits=12, decimal_places=2)
    discount = models.ForeignKey(
        Discount,
        verbose_name="descuento",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
    )
    discount_reason = models.CharField("por qué el descuento", max_length=80, blank=True)
    amount = models.DecimalField("precio", max_digits=12, decimal_places=2)
    currency = models.CharField("moneda", max_length=3, choices=Currency)
    turnaround_hours = models.PositiveSmallIntegerField("plazo de respuesta, en horas")
    replies_included = models.PositiveSmallIntegerField("réplicas incluidas")
    money = models.CharField("dinero", max_length=20, choices=Money, default=Money.UNPAID)
    attention = models.CharField("por qué debe mirarla una persona", max_length=200, blank=True)
    return_token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    preference_id = models.CharField("preferencia", max_length=100, blank=True)
    checkout_url = models.URLField(max_length=500, blank=True)
    # When a link was first asked for: from then on one may exist, whether or not its answer arrived.
    link_asked_at = models.DateTimeField("enlace pedido", null=True, blank=True)
    link_made_at = models.DateTimeField("enlace creado", null=True, blank=True)
    # The account whose link this is, as the link itself said.
    collector_id = models.BigIntegerField("cobrador", null=True, blank=True)
    fraud_alert_at = models.DateTimeField("alerta de fraude", null=True, blank=True)
    fraud_cleared_at = models.DateTimeField("alerta de fraude descartada", null=True, blank=True)
    dispute_deadline = models.DateTimeField("plazo de la disputa", null=True, blank=True)
    created_at = models.DateTimeField("creada", default=timezone.now)
    expires_at = models.DateTimeField("vence")
    paid_at = models.DateTimeField("pagada", null=True, blank=True)
    fulfilled_at = models.DateTimeField("consulta abierta", null=True, blank=True)
    # Who sends the receipt claims it here first: two at once would send two.
    receipt_claimed_at = models.DateTimeField("recibo en envío", null=True, blank=True)
    next_check_at = models.DateTimeField("próxima revisión", null=True, blank=True)
    checks = models.PositiveSmallIntegerField("revisiones", default=0)

    class Meta:
        verbose_name = "orden"
        verbose_name_plural = "órdenes"
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "attempt"], name="one_order_an_attempt"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, amount__lte=models.F("list_price")),
                name="order_amount_from_nothing_to_the_list_price",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=OrderKind.REDEMPTION) | models.Q(amount=0),
                name="redemption_costs_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(fulfilled_at__isnull=True) | models.Q(paid_at__isnull=False),
                name="fulfilled_only_when_paid",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "-created_at"]),
            models.Index(fields=["next_check_at"]),
            models.Index(fields=["money", "-created_at"]),
            models.Index(
                fields=["link_asked_at"],
                condition=models.Q(link_asked_at__isnull=False),
                name="order_first_link",
            ),
        ]
        permissions: ClassVar = [("refund_order", "Puede devolver el dinero de una orden")]

    def __str__(self) -> str:
        return self.reference

    @property
    def taken_off(self) -> Decimal:
        return self.list_price - self.amount

    @property
    def is_under_fraud_alert(self) -> bool:
        return self.fraud_alert_at is not None and self.fraud_cleared_at is None


class Payment(models.Model):
    """What Mercado Pago says of one payment, as last read from its API; older news is ignored."""

    personal_fields: ClassVar[PersonalFields] = {}

    payment_id = models.BigIntegerField("pago", unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments", verbose_name="orden")
    status = models.CharField("estado", max_length=40)
    status_detail = models.CharField("detalle", max_length=80, blank=True)
    amount = models.DecimalField("monto", max_digits=12, decimal_places=2)
    refunded = models.DecimalField("devuelto", max_digits=12, decimal_places=2, default=0)
    currency = models.CharField("moneda", max_length=3)
    collector_id = models.BigIntegerField("cobrador", null=True)
    live_mode = models.BooleanField("real", default=False)
    payment_type = models.CharField("medio", max_length=40, blank=True)
    # What groups the attempts at one payment link; notifications name it too.
    merchant_order_id = models.BigIntegerField("orden en Mercado Pago", null=True, blank=True)
    last_updated = models.DateTimeField("según Mercado Pago al")
    first_seen_at = models.DateTimeField("visto por primera vez", default=timezone.now)
    # When it was last read, whether or not that was news.
    read_at = models.DateTimeField("leído", null=True, blank=True)
    # For the accounts alone, as Mercado Pago told them; empty where it did not.
    made_at = models.DateTimeField("hecho", null=True, blank=True)
    approved_at = models.DateTimeField("aprobado", null=True, blank=True)
    net_received = models.DecimalField(
        "neto recibido", max_digits=12, decimal_places=2, null=True, blank=True
    )
    fees = models.DecimalField("comisión", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "pago"
        verbose_name_plural = "pagos"
        ordering: ClassVar = ["first_seen_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["made_at"]),
            models.Index(fields=["approved_at"]),
            models.Index(fields=["first_seen_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.status}"


class PaymentHint(models.Model):
    """A webhook that arrived with a valid signature: a hint to read something again, never a fact."""

    personal_fields: ClassVar[PersonalFields] = {}

    topic = models.CharField("asunto", max_length=60)
    data_id = models.CharField("identificador", max_length=64)
    # What the body names beside it: not signed, good for reading again and for stopping, never for paying.
    payment_id = models.BigIntegerField("pago", null=True, blank=True)
    request_id = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField("recibida", default=timezone.now)
    processed_at = models.DateTimeField("procesada", null=True, blank=True)
    outcome = models.CharField("qué se hizo", max_length=60, blank=True)
    next_check_at = models.DateTimeField("próximo intento", null=True, blank=True)
    checks = models.PositiveSmallIntegerField("intentos", default=0)

    class Meta:
        verbose_name = "aviso de pago"
        verbose_name_plural = "avisos de pago"
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["processed_at", "next_check_at"]),
            models.Index(fields=["data_id"]),
            models.Index(fields=["payment_id"]),
            models.Index(
                fields=["received_at"],
                condition=models.Q(processed_at__isnull=True),
                name="hint_not_worked_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.data_id}"
