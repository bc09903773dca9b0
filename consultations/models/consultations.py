from __future__ import annotations

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from consultations.enums import PublicationWish, Status, TurnKind
from consultations.models.orders import Order
from home.encryption import EncryptedJSONField, EncryptedTextField
from home.personal_data import OnErasure, PersonalFields


class Consultation(models.Model):
    """One case and its conversation, from the paid order to the rating.

    `status` is written by `consultations.actions.consultations.move` alone.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "client": OnErasure.DELETE_ROW,
        "mood_before": OnErasure.DELETE_ROW,
        "mood_after": OnErasure.DELETE_ROW,
    }
    # Whose consultation it is belongs in no list of usages either.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.OneToOneField(
        Order, verbose_name="orden", on_delete=models.PROTECT, related_name="consultation"
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="cliente",
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    psychologist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="psicólogo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_consultations",
    )
    status = models.CharField("estado", max_length=20, choices=Status, default=Status.WRITING)
    priority = models.BooleanField("primero", default=False)
    replies_included = models.PositiveSmallIntegerField("réplicas incluidas")
    replies_used = models.PositiveSmallIntegerField("réplicas usadas", default=0)
    turnaround_hours = models.PositiveSmallIntegerField("plazo de respuesta, en horas")
    mood_before = EncryptedTextField("ánimo al escribir", blank=True, default="")
    mood_after = EncryptedTextField("ánimo al leer", blank=True, default="")
    publication_wish = models.CharField(
        "publicación", max_length=10, choices=PublicationWish, blank=True, default=PublicationWish.NOT_ASKED
    )
    opened_at = models.DateTimeField("abierta", default=timezone.now)
    submitted_at = models.DateTimeField("enviada", null=True, blank=True)
    # Since when somebody at Need owes the client an answer, and until when.
    waiting_since = models.DateTimeField("espera desde", null=True, blank=True)
    due_at = models.DateTimeField("respuesta a más tardar", null=True, blank=True)
    taken_at = models.DateTimeField("tomada", null=True, blank=True)
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirada", null=True, blank=True)

    class Meta:
        verbose_name = "consulta"
        verbose_name_plural = "consultas"
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.WRITING, Status.WAITING, Status.WITHDRAWN])
                | Q(psychologist__isnull=False),
                name="in_care_has_a_psychologist",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True)),
                name="closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="withdrawn_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(replies_used__lte=F("replies_included")), name="replies_within_the_service"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "-opened_at"]),
            models.Index(fields=["status", "-priority", "waiting_since"]),
            models.Index(fields=["psychologist", "status"]),
        ]
        permissions: ClassVar = [
            ("answer_consultation", "Puede tomar y responder consultas"),
            ("break_glass", "Puede abrir una consulta ajena, con una razón que queda registrada"),
        ]

    def __str__(self) -> str:
        return f"Consulta {str(self.pk)[:8]}"

    @property
    def replies_left(self) -> int:
        return self.replies_included - self.replies_used


class Turn(models.Model):
    """One letter of the conversation. Sent is sent: it is never edited.

    `content` holds the guided fields of a case (happening, since, tried, hopes) or one `text`.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "content": OnErasure.DELETE_ROW,
        "risk_reasons": OnErasure.DELETE_ROW,
    }

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField("turno")
    kind = models.CharField("clase", max_length=20, choices=TurnKind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="turns")
    content = EncryptedJSONField("texto")
    risk_reasons = EncryptedJSONField("señales de riesgo", default=list)
    sent_at = models.DateTimeField("enviado", default=timezone.now)
    read_at = models.DateTimeField("leído", null=True, blank=True)

    class Meta:
        verbose_name = "turno"
        verbose_name_plural = "turnos"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_turn_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class PlanStep(models.Model):
    """A step of a plan of action, which the client ticks."""

    personal_fields: ClassVar[PersonalFields] = {
        "text": OnErasure.DELETE_ROW,
        "done_at": OnErasure.DELETE_ROW,
    }

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("paso")
    text = EncryptedTextField("qué hacer")
    done_at = models.DateTimeField("hecho", null=True, blank=True)

    class Meta:
        verbose_name = "paso del plan"
        verbose_name_plural = "pasos del plan"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["turn", "number"], name="one_step_a_number")]

    def __str__(self) -> str:
        return f"Paso {self.number}"


class Draft(models.Model):
    """What somebody is writing and has not sent: one a person and consultation."""

    personal_fields: ClassVar[PersonalFields] = {"content": OnErasure.DELETE_ROW}

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    content = EncryptedJSONField("texto", default=dict)
    saved_at = models.DateTimeField("guardado", default=timezone.now)

    class Meta:
        verbose_name = "borrador"
        verbose_name_plural = "borradores"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "author"], name="one_draft_a_person")
        ]

    def __str__(self) -> str:
        return f"Borrador {self.pk}"

    @property
    def version(self) -> str:
        """Tells this text from what is saved after it; says nothing of its contents."""
        return self.saved_at.astimezone(datetime.UTC).isoformat()


class Rating(models.Model):
    """What the client thought of the service. The comment stays between the client and the team."""

    personal_fields: ClassVar[PersonalFields] = {
        "stars": OnErasure.DELETE_ROW,
        "comment": OnErasure.DELETE_ROW,
    }

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="rating")
    stars = models.PositiveSmallIntegerField("nota")
    comment = EncryptedTextField("comentario", blank=True, default="")
    rated_at = models.DateTimeField("calificada", default=timezone.now)

    class Meta:
        verbose_name = "calificación"
        verbose_name_plural = "calificaciones"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="one_to_five_stars")
        ]

    def __str__(self) -> str:
        return f"{self.stars} de 5"


class BreakGlassAccess(models.Model):
    """That an administrator opened a consultation that is not theirs, when, and for what stated reason."""

    personal_fields: ClassVar[PersonalFields] = {"reason": OnErasure.KEEP}

    # Without foreign keys: this log must never block a deletion, nor go with it.
    consultation_id = models.UUIDField("consulta", db_index=True)
    administrator_id = models.BigIntegerField("administrador")
    reason = EncryptedTextField("razón")
    opened_at = models.DateTimeField("cuándo", default=timezone.now)

    class Meta:
        verbose_name = "acceso de emergencia"
        verbose_name_plural = "accesos de emergencia"
        ordering: ClassVar = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M}"
