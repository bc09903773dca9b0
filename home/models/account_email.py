from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.encryption import EncryptedJSONField
from home.personal_data import OnErasure, PersonalFields


class AccountEmail(models.Model):
    """An account e-mail on its way out: address, template and link, encrypted, and gone once it is sent.

    The queue is given its id alone: what the queue keeps of a job that failed, it keeps readable.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "person": OnErasure.DELETE_ROW,
        "content": OnErasure.DELETE_ROW,
    }

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="persona",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )
    content = EncryptedJSONField("contenido")
    created_at = models.DateTimeField("pedido", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "correo de cuenta por enviar"
        verbose_name_plural = "correos de cuenta por enviar"

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
