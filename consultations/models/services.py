from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from wagtail.snippets.models import register_snippet

from consultations.enums import Currency
from home.personal_data import PersonalFields


@register_snippet
class Service(models.Model):
    """Something one can buy: an orientation with a price, a turnaround and a number of réplicas."""

    personal_fields: ClassVar[PersonalFields] = {}

    name = models.CharField("nombre", max_length=80)
    slug = models.SlugField(unique=True)
    summary = models.CharField("resumen", max_length=240)
    description = models.TextField("descripción")
    what_you_get = models.TextField("qué incluye", help_text="Un punto por línea.", blank=True)
    price = models.DecimalField(
        "precio", max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(1))]
    )
    currency = models.CharField("moneda", max_length=3, choices=Currency, default=Currency.CLP)
    turnaround_hours = models.PositiveSmallIntegerField("plazo de respuesta, en horas", default=72)
    replies_included = models.PositiveSmallIntegerField("réplicas incluidas", default=1)
    active = models.BooleanField("a la venta", default=True)
    sort_order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "servicio"
        verbose_name_plural = "servicios"
        ordering: ClassVar = ["sort_order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(price__gt=0), name="service_has_a_price")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.what_you_get.splitlines() if line.strip()]
