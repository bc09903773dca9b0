"""What an approved review leads to. Wagtail imports this before any model: so it imports none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from home.models import User


NOBODY_APPROVED = "Ningún psicólogo o psicóloga aprobó este texto."


def publish_reviewed(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish what was approved (WAGTAIL_FINISH_WORKFLOW_ACTION).

    Not the latest version, as Wagtail does, but the one the reviewer signed; and without asking whether they
    may publish by themselves: a psychologist publishes by reviewing, and only so.

    Wagtail ends a workflow as approved, too, when its last step was disabled. Raises PublicationRefused then.
    """
    from casestudies.actions.publishing import PublicationRefused

    step = workflow_state.current_task_state
    if step is None or step.status != step.STATUS_APPROVED:
        raise PublicationRefused(workflow_state.content_object, [NOBODY_APPROVED])
    step.revision.publish(user=user, skip_permission_checks=True)
