"""The workflow's one step: a psychologist who did not write the case reviews it, and signs for it."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState

from casestudies.models.cases import CasePage
from home.models import ProfessionalPage
from home.personal_data import PersonalFields

# How long a review holds before readers are told that it is due again.
REVIEW_HOLDS = datetime.timedelta(days=365)


class CaseReviewTask(AbstractGroupApprovalTask):
    """Approving signs the revision: reviewer, day of the review, day of the next one."""

    personal_fields: ClassVar[PersonalFields] = {}

    class Meta:
        verbose_name = "revisión de un caso por un psicólogo"
        verbose_name_plural = "revisiones de casos"

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "approve":
            sign(task_state, user)
        return super().on_action(task_state, user, action_name, **kwargs)


def _reviewed(task_state: TaskState, user: Any) -> Revision:
    """What is being approved: the version that was sent, or the reviewer's own touches on it."""
    latest = task_state.workflow_state.content_object.get_latest_revision()
    if latest.user_id == user.pk:
        task_state.revision = latest
        task_state.save(update_fields=["revision"])
    return task_state.revision


def sign(task_state: TaskState, user: Any) -> None:
    """Write the reviewer and the dates of the review into the revision that is being approved.

    Somebody without a page of their own signs nothing: the gate then finds the case without its review.
    """
    revision = _reviewed(task_state, user)
    case = revision.as_object()
    if not isinstance(case, CasePage):
        return
    today = timezone.localdate()
    case.reviewer = ProfessionalPage.objects.filter(user=user).first()
    case.reviewed_on = today
    if case.next_review_on is None or case.next_review_on <= today:
        case.next_review_on = today + REVIEW_HOLDS
    revision.content = case.serializable_data()
    revision.save(update_fields=["content"])
