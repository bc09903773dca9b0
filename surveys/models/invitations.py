from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from home.personal_data import OnErasure, PersonalFields
from surveys.enums import MAX_REMINDERS, Wave


class Invitation(models.Model):
    """One wave of the follow-up of one consultation: when it is due, and what became of it.

    The moments are written by `surveys.actions` alone, each by a conditional UPDATE.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "consultation": OnErasure.DELETE_ROW,
        "user": OnErasure.DELETE_ROW,
        "answered_at": OnErasure.DELETE_ROW,
    }

    consultation = models.ForeignKey(
        "consultations.Consultation",
        verbose_name="consulta",
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="persona",
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    wave = models.PositiveSmallIntegerField("momento", choices=Wave)
    due_at = models.DateTimeField("corresponde enviar", db_index=True)
    # Taken by a run of the job, which then queues the e-mail in the same transaction.
    claimed_at = models.DateTimeField("en envío desde", null=True, blank=True)
    sent_at = models.DateTimeField("enviada", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("recordatorios", default=0)
    next_reminder_at = models.DateTimeField("próximo recordatorio", null=True, blank=True, db_index=True)
    answered_at = models.DateTimeField("respondida", null=True, blank=True)
    cancelled_at = models.DateTimeField("cancelada", null=True, blank=True)

    class Meta:
        verbose_name = "invitación a la encuesta"
        verbose_name_plural = "invitaciones a la encuesta"
        ordering: ClassVar = ["-due_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "wave"], name="one_invitation_a_wave"),
            models.CheckConstraint(condition=Q(wave__in=Wave.values), name="invitation_has_a_known_wave"),
            models.CheckConstraint(
                condition=Q(reminders__lte=MAX_REMINDERS),
                name="invitation_reminders_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_at__isnull=False),
                name="invitation_sent_was_claimed",
            ),
            # Claimed, not sent: a crash may lose the note that an e-mail went out, and its link still works.
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(claimed_at__isnull=False, cancelled_at__isnull=True),
                name="invitation_answered_was_open",
            ),
            models.CheckConstraint(
                condition=Q(next_reminder_at__isnull=True)
                | Q(
                    sent_at__isnull=False,
                    answered_at__isnull=True,
                    cancelled_at__isnull=True,
                ),
                name="invitation_reminds_only_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitación {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered_at is None and self.cancelled_at is None
