"""The e-mails about a review. None names the page: a draft's title may still say whose story it is."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from home.emails import send_once
from home.models import User


def page_to_review(state: TaskState, sent_by: int | None) -> None:
    """To whoever may approve this step, but not to whoever sent it there: a page waits."""
    url = _url(state.workflow_state.content_object)
    for reader in _approvers(state).exclude(pk=sent_by or 0):
        if UserProfile.get_for_user(reader).submitted_notifications:
            send_once(
                "page_to_review", to=reader.email, key=f"review-{state.pk}-{reader.pk}", context={"url": url}
            )


def page_reviewed(state: WorkflowState) -> None:
    """To whoever sent the page: it was decided upon."""
    reader = state.requested_by
    if reader is None or not reader.is_active:
        return
    profile = UserProfile.get_for_user(reader)
    wanted = {
        WorkflowState.STATUS_APPROVED: profile.approved_notifications,
        WorkflowState.STATUS_NEEDS_CHANGES: profile.rejected_notifications,
    }
    if wanted.get(state.status):
        key = f"reviewed-{state.pk}-{state.status}-{state.current_task_state_id}"
        send_once("page_reviewed", to=reader.email, key=key, context={"url": _url(state.content_object)})


def _approvers(state: TaskState) -> QuerySet[User]:
    groups = getattr(state.task.specific, "groups", None)
    if groups is None:
        return User.objects.none()
    return User.objects.filter(is_active=True, groups__in=groups.all()).distinct().order_by("pk")


def _url(page: Page) -> str:
    return settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
