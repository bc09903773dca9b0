"""The workflow's one step: a psychologist who did not write the case reviews it, and signs for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, TaskState

from casestudies.models.cases import CasePage
from home.personal_data import PersonalFields

# Sent in the transaction of an approval, before it is carried out: `actions/signing.py` then signs the text.
approving = Signal()


class CaseReviewTask(AbstractGroupApprovalTask):
    """Approving signs the version: reviewer, day of the review, day of the next one."""

    personal_fields: ClassVar[PersonalFields] = {}

    class Meta:
        verbose_name = "revisión de un caso por un psicólogo"
        verbose_name_plural = "revisiones de casos"

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "approve":
            approving.send(sender=CaseReviewTask, task_state=task_state, user=user)
        return super().on_action(task_state, user, action_name, **kwargs)


class ReviewSignature(models.Model):
    """That a psychologist approved one text of a case: all that readers see, the reviewer, the day.

    `digest` is a keyed hash of it, so that the table tells nothing. Only `actions/signing.py` writes here.
    """

    personal_fields: ClassVar[PersonalFields] = {}
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="signatures", db_index=False)
    digest = models.CharField("clave del texto", max_length=64)
    signed_at = models.DateTimeField("firmado", default=timezone.now)

    class Meta:
        verbose_name = "firma de una revisión"
        verbose_name_plural = "firmas de revisiones"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "digest"], name="text_signed_once"),
        ]

    def __str__(self) -> str:
        return f"Firma de {self.page_id}"
