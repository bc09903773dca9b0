from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from consultations.enums import Currency, DiscountKind
from consultations.models.services import Service
from home.personal_data import OnErasure, PersonalFields


class Discount(models.Model):
    """A code that anybody may type, or an offer for one person, who finds it without typing anything.

    Who uses it, and how often, stands in the orders: one that is paid, or can still be, holds a use.
    """

    personal_fields: ClassVar[PersonalFields] = {"client": OnErasure.BLANK}

    # As consultations.offers.normal_code gives it; empty for a personal offer.
    code = models.CharField("código", max_length=40, blank=True)
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="para quién",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
    )
    note = models.CharField(
        "para qué es", max_length=120, blank=True, help_text="Lo lee solo el equipo. No nombres a nadie."
    )
    kind = models.CharField("clase", max_length=10, choices=DiscountKind, default=DiscountKind.PERCENT)
    value = models.DecimalField(
        "cuánto", max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField("moneda", max_length=3, choices=Currency, blank=True)
    services = models.ManyToManyField(Service, verbose_name="servicios", blank=True, related_name="+")
    valid_from = models.DateTimeField("vale desde", null=True, blank=True)
    valid_until = models.DateTimeField("vale hasta", null=True, blank=True)
    most_uses = models.PositiveIntegerField("usos en total", null=True, blank=True)
    most_uses_each = models.PositiveIntegerField("usos por persona", null=True, blank=True, default=1)
    active = models.BooleanField("activo", default=True)

    class Meta:
        verbose_name = "descuento"
        verbose_name_plural = "descuentos"
        ordering: ClassVar = ["-active", "code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="one_discount_a_code",
                violation_error_message="Ya existe un descuento con ese código.",
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(client__isnull=True), name="personal_offer_has_no_code"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="discount_takes_something_off"),
            models.CheckConstraint(
                condition=~Q(kind=DiscountKind.PERCENT) | Q(value__lte=100), name="at_most_a_hundred_percent"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DiscountKind.AMOUNT) | ~Q(currency=""), name="fixed_discount_has_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"Oferta personal {self.pk}"
