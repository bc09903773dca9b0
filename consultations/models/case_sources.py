from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from casestudies.models import CasePage
from consultations.models.consultations import Consultation
from home.personal_data import OnErasure, PersonalFields


class CaseSource(models.Model):
    """That a case is being made, or was made, from a consultation. The case itself knows nothing of it.

    `approved_text` is a keyed hash of the text the client approved: another text asks for another approval.
    `page` is empty once the case was withdrawn.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "consultation": OnErasure.DELETE_ROW,
        "approved_text": OnErasure.DELETE_ROW,
        "approved_at": OnErasure.DELETE_ROW,
    }

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="case_source")
    page = models.OneToOneField(CasePage, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_text = models.CharField("texto aprobado", max_length=64, blank=True, default="")
    approved_at = models.DateTimeField("aprobado", null=True, blank=True)
    prepared_at = models.DateTimeField("preparado", default=timezone.now)

    class Meta:
        verbose_name = "origen de un caso"
        verbose_name_plural = "orígenes de casos"

    def __str__(self) -> str:
        return f"Caso de la consulta {str(self.consultation_id)[:8]}"
