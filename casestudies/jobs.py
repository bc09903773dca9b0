"""Jobs of the queue that belong to the library. Each may run twice without harm."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from casestudies.actions.letters import forget_published_letters
from casestudies.actions.publishing import PublicationRefused
from casestudies.actions.related import relate
from casestudies.actions.traces import forget_stale_form_states

logger = logging.getLogger(__name__)


def publish_due() -> int:
    """Publish what was scheduled for now and take down what has ended. Gives how many pages changed.

    One refused case does not hold up the others: its schedule is taken off, and the draft stays. (Wagtail's
    own command stops at the first error.)
    """
    ended = Page.objects.filter(live=True, expire_at__lt=timezone.now())
    for page in ended:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    return len(ended) + sum(_publish(revision) for revision in due)


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except PublicationRefused as refused:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        logger.warning("A scheduled case was not published: page %s", refused.case_id)
        return False
    return True


def forget_raw_texts() -> int:
    """Recurring: delete what the office holds of letters and nothing needs any more; give how many."""
    return forget_stale_form_states() + forget_published_letters()


def relate_case(case_id: int) -> None:
    """Compute a case's nearest ones, and theirs. A case that is gone or not live has none."""
    relate(case_id)
