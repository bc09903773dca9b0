"""The site map in sections of two hundred pages by their number, each knowing when it last changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from home.personal_data import PersonalFields

PAGES_A_SECTION = 200


class SitemapSection(models.Model):
    """One section: the pages whose id begins at `number` times two hundred, as many as are live.

    Kept by receivers as pages come, change and go, so that the index of the site map counts nothing.
    """

    personal_fields: ClassVar[PersonalFields] = {}

    number = models.PositiveIntegerField("número", primary_key=True)
    changed_at = models.DateTimeField("cambió")

    class Meta:
        verbose_name = "sección del mapa del sitio"
        verbose_name_plural = "secciones del mapa del sitio"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def touch(cls, page_ids: Iterable[int]) -> None:
        """Note that these pages changed, came or moved: one statement for all."""
        now = timezone.now()
        rows = [cls(number=number, changed_at=now) for number in {pk // PAGES_A_SECTION for pk in page_ids}]
        cls.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["number"], update_fields=["changed_at"]
        )

    @classmethod
    def leave(cls, page_id: int) -> None:
        """Note that a page went; a section without any goes with its last one."""
        number = page_id // PAGES_A_SECTION
        if pages_of_section(number).live().exclude(pk=page_id).exists():
            cls.touch([page_id])
        else:
            cls.objects.filter(number=number).delete()


def pages_of_section(number: int) -> Any:
    """Every page whose id lies in this section, live or not."""
    first = number * PAGES_A_SECTION
    return Page.objects.filter(pk__gte=first, pk__lt=first + PAGES_A_SECTION)
