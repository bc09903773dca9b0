"""Signing for a case: the one way to the signature that publishing asks for."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Revision, TaskState

from casestudies.actions.publishing import PublicationRefused
from casestudies.digests import review_digest
from casestudies.models import CasePage, ReviewSignature
from home.models import ProfessionalPage

# How long a review holds before readers are told that it is due again.
REVIEW_HOLDS = datetime.timedelta(days=365)
CHANGED = "Otra persona cambió el texto: léelo y guárdalo antes de aprobarlo."


def sign(*, task_state: TaskState, by: Any) -> None:
    """Write the reviewer and the dates of the review into the version that is being approved, and sign it.

    Somebody without a page of their own signs nothing: the gate then finds the case without its review.
    Raises PublicationRefused where `by` cannot have read what they would sign.
    """
    revision = _reviewed(task_state, by)
    case = revision.as_object()
    if not isinstance(case, CasePage):
        return
    today = timezone.localdate()
    case.reviewer = ProfessionalPage.objects.filter(user=by).first()
    case.reviewed_on = today
    if case.next_review_on is None or case.next_review_on <= today:
        case.next_review_on = today + REVIEW_HOLDS
    revision.content = case.serializable_data()
    revision.save(update_fields=["content"])
    if case.reviewer is not None:
        _store(case)


def _reviewed(task_state: TaskState, by: Any) -> Revision:
    """What is being approved: the version that was sent, or the reviewer's own touches on it.

    Whoever approves has the latest version on the screen. One that another person saved since it was sent,
    also over the very version that was sent, they may never have read.
    """
    case = task_state.workflow_state.content_object
    latest = case.get_latest_revision()
    if latest.user_id == by.pk:
        task_state.revision = latest
        task_state.save(update_fields=["revision"])
    elif latest.pk != task_state.revision_id or latest.created_at > task_state.started_at:
        raise PublicationRefused(case, [CHANGED])
    return task_state.revision


def sign_as_reviewed(*cases: CasePage) -> None:
    """Sign what `cases` show now, without any review, in the name and for the day that each bears.

    For invented texts that come with the program: the demonstration's, generated ones, the tests'. Nothing
    that answers a request calls it.
    """
    _store(*cases)


def _store(*cases: CasePage) -> None:
    signed = [ReviewSignature(page_id=case.pk, digest=review_digest(case)) for case in cases]
    ReviewSignature.objects.bulk_create(signed, ignore_conflicts=True)
