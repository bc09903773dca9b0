"""Jobs of the queue that belong to the library. Each may run twice without harm."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from casestudies import emails
from casestudies.actions.letters import forget_published_letters
from casestudies.actions.related import relate
from casestudies.actions.traces import forget_stale_form_states

logger = logging.getLogger(__name__)


def send_page_to_review(task_state_id: int, sent_by: int | None) -> None:
    """Tell of a step that still waits; whatever was withdrawn or decided meanwhile needs nobody."""
    state = TaskState.objects.filter(pk=task_state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if state is not None and isinstance(state.workflow_state.content_object, Page):
        emails.page_to_review(state, sent_by)


def send_page_reviewed(workflow_state_id: int) -> None:
    state = WorkflowState.objects.select_related("requested_by").filter(pk=workflow_state_id).first()
    if state is not None and isinstance(state.content_object, Page):
        emails.page_reviewed(state)


def publish_due() -> int:
    """Publish what was scheduled for now and take down what has ended. Gives how many pages changed.

    One page that fails does not hold up the others. (Wagtail's own command stops at the first error.)
    """
    ended = Page.objects.filter(live=True, expire_at__lt=timezone.now())
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    return sum([*map(_take_down, ended), *map(_publish, due)])


def _take_down(page: Page) -> bool:
    try:
        with transaction.atomic():
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception as error:
        _tell(page.pk, error)
        return False
    return True


def _publish(revision: Revision) -> bool:
    """Publish it; where the page refuses, its schedule is taken off and the draft stays.

    Any other failure may pass: the next run tries again.
    """
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refused:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        _tell(revision.object_id, refused)
        return False
    except Exception as error:
        _tell(revision.object_id, error)
        return False
    return True


def _tell(page_id: object, error: Exception) -> None:
    """Which page, and what kind of error: a message may quote what somebody wrote."""
    logger.warning("A schedule was not kept: page %s, %s", page_id, type(error).__name__)


def forget_raw_texts() -> int:
    """Recurring: delete what the office holds of letters and nothing needs any more; give how many."""
    return forget_stale_form_states() + forget_published_letters()


def relate_case(case_id: int) -> None:
    """Compute a case's nearest ones, and theirs. A case that is gone or not live has none."""
    relate(case_id)
