"""The e-mails of the follow-up. None says how anybody is, or what was answered."""

from __future__ import annotations

from consultations.emails import readers_of
from home.emails import send_once
from surveys import links
from surveys.enums import LINK_LASTS
from surveys.models import Invitation, RiskNotice


def survey_invitation(invitation: Invitation, *, reminder: int) -> bool:
    """To the person: the survey is open. `reminder` is 0 for the invitation itself, then 1 and 2."""
    stop = links.unsubscribe_url(invitation)
    return send_once(
        "survey_invitation",
        to=invitation.user.email,
        key=f"survey-{invitation.pk}-{reminder}",
        context={
            "url": links.answer_url(invitation),
            "unsubscribe_url": stop,
            "reminder": reminder,
            "days": LINK_LASTS.days,
        },
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def survey_risk(notice: RiskNotice) -> None:
    """To the psychologist of the consultation, who alone reads the answers; if they left, to the others."""
    for reader in readers_of(notice.invitation.consultation):
        send_once(
            "survey_risk",
            to=reader.email,
            key=f"survey-risk-{notice.pk}-{reader.pk}",
            context={"url": reader.url},
        )
