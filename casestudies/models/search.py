"""What search and related cases look up: made from published pages, and made anew from them at any time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.models import Page

from home.personal_data import PersonalFields


class SearchTerm(models.Model):
    """That a live case or post contains a term, and how much it is about it.

    The first index answers "the pages most about this term" from its beginning, without reading the rest;
    the constraint's index answers "what of these terms does this page contain".
    """

    personal_fields: ClassVar[PersonalFields] = {}
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["term", "-weight", "page"], name="search_by_impact")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "term"], name="search_term_once_a_page")
        ]

    def __str__(self) -> str:
        return f"{self.term}: {self.weight}"


class RelatedCase(models.Model):
    """That `other` is the case `rank`-th nearest to `case`; computed when either is published."""

    personal_fields: ClassVar[PersonalFields] = {}
    wagtail_reference_index_ignore = True

    case = models.ForeignKey("casestudies.CasePage", on_delete=models.CASCADE, related_name="nearest")
    other = models.ForeignKey("casestudies.CasePage", on_delete=models.CASCADE, related_name="near_to")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "other"], name="related_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.other_id}"
