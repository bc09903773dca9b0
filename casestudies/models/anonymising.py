"""What the anonymiser keeps of a case: the original letters, encrypted and apart, and what people decided."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone

from casestudies.enums import Decision
from casestudies.models.cases import CasePage
from home.encryption import EncryptedJSONField, EncryptedTextField
from home.personal_data import OnErasure, PersonalFields

LONGEST_SHIFT = 45


def random_shift() -> int:
    """Days by which the dates of one case move, never none: between 10 and 45, either way."""
    days = 10 + secrets.randbelow(LONGEST_SHIFT - 9)
    return days if secrets.randbelow(2) else -days


class CaseOriginal(models.Model):
    """The letters as they were written. Who may read them is said in `actions/letters.py`.

    `letters` is a list of {"kind", "text"}. `applied_at` says when their anonymised form last went into the
    draft; before that the draft's own letters are not theirs.
    """

    personal_fields: ClassVar[PersonalFields] = {"letters": OnErasure.DELETE_ROW}

    page = models.OneToOneField(CasePage, on_delete=models.CASCADE, related_name="original")
    letters = EncryptedJSONField("cartas originales", default=list)
    date_shift = models.SmallIntegerField("días que se corren las fechas", default=random_shift)
    saved_at = models.DateTimeField("guardado", default=timezone.now)
    applied_at = models.DateTimeField("llevado al caso", null=True, blank=True)

    class Meta:
        verbose_name = "original de un caso"
        verbose_name_plural = "originales de casos"

    def __str__(self) -> str:
        return f"Original de {self.page_id}"


class FindingDecision(models.Model):
    """What a person decided about one finding of one case.

    `key` is a keyed hash, so that the table tells nothing of the text: of the value for a replacement, which
    then holds throughout the case; of the finding with its surroundings for one that stays.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "replacement": OnErasure.UNLINKED,
        "reason": OnErasure.BLANK,
        "decided_by_id": OnErasure.KEEP,
    }

    page = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="finding_decisions")
    key = models.CharField("clave", max_length=64)
    kind = models.CharField("clase", max_length=20)
    choice = models.CharField("decisión", max_length=12, choices=Decision)
    replacement = EncryptedTextField("reemplazo", blank=True, default="")
    reason = EncryptedTextField("razón", blank=True, default="")
    # A plain number: it must never block the deletion of an account.
    decided_by_id = models.BigIntegerField("quién decidió", null=True, blank=True)
    decided_at = models.DateTimeField("decidido", default=timezone.now)

    class Meta:
        verbose_name = "decisión del anonimizador"
        verbose_name_plural = "decisiones del anonimizador"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "key"], name="one_decision_a_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.kind}"


class WithdrawnAddress(models.Model):
    """The address of a case that is gone for good: it answers 410, whatever is published later."""

    personal_fields: ClassVar[PersonalFields] = {}

    slug = models.SlugField("dirección", max_length=255, unique=True)
    withdrawn_at = models.DateTimeField("retirado", default=timezone.now)

    class Meta:
        verbose_name = "caso retirado"
        verbose_name_plural = "casos retirados"

    def __str__(self) -> str:
        return self.slug
