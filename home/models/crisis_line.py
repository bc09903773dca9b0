from __future__ import annotations

import re
from typing import ClassVar

from django.db import models
from wagtail.snippets.models import register_snippet

from home.enums import Country
from home.personal_data import PersonalFields


@register_snippet
class CrisisLine(models.Model):
    """A telephone line for somebody in danger now, with where the number was read and when."""

    personal_fields: ClassVar[PersonalFields] = {}

    country = models.CharField("país", max_length=2, choices=Country)
    name = models.CharField("nombre", max_length=120)
    number = models.CharField("número, como se lee", max_length=40)
    hours = models.CharField("horario y costo", max_length=120, blank=True)
    source = models.CharField("fuente", max_length=200)
    checked_on = models.DateField("revisado el")
    sort_order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "línea de ayuda en crisis"
        verbose_name_plural = "líneas de ayuda en crisis"
        ordering: ClassVar = ["country", "sort_order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["country", "number"], name="one_line_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_country_display()}: {self.name} {self.number}"

    @property
    def tel(self) -> str:
        """What a telephone dials: the first number of `number`, digits and * only."""
        first = re.split(r",| opción | op\. ", self.number)[0]
        return re.sub(r"[^0-9*+#]", "", first)

    @property
    def country_name(self) -> str:
        return str(self.get_country_display())
