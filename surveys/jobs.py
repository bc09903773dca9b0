"""Jobs of the queue. Each takes ids, fetches, delegates, and may run twice without harm."""

from __future__ import annotations

from surveys import emails
from surveys.actions import sending
from surveys.actions.answering import open_notices
from surveys.models import Invitation


def send_due_invitations() -> int:
    """Recurring: queue the invitations and reminders that are due; give how many."""
    return sending.queue_due() + sending.queue_reminders()


def send_invitation(invitation_id: int) -> None:
    """Send one invitation, unless the person answered or changed their mind since it was queued."""
    invitation = _invitation(invitation_id)
    if invitation is None:
        return
    if not sending.may_be_sent(invitation):
        sending.cancel(invitation)
        return
    emails.survey_invitation(invitation, reminder=0)
    sending.mark_sent(invitation)


def send_reminder(invitation_id: int, reminder: int) -> None:
    """Send the first or second reminder, unless it is no longer called for."""
    invitation = _invitation(invitation_id)
    if invitation is None:
        return
    if not sending.may_be_sent(invitation):
        sending.cancel(invitation)
        return
    emails.survey_invitation(invitation, reminder=reminder)


def send_risk(notice_id: int) -> None:
    """Tell whoever can read it, unless they have taken charge already."""
    related = ("invitation__consultation__psychologist",)
    notice = open_notices().select_related(*related).filter(pk=notice_id).first()
    if notice is not None:
        emails.survey_risk(notice)


def _invitation(pk: int) -> Invitation | None:
    # Whoever asked to be erased takes their invitations along; a job left behind has nothing to do.
    return Invitation.objects.select_related("user").filter(pk=pk).first()
