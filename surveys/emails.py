"""The e-mails of the follow-up. None says how anybody is, or what was answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from home.emails import send_once
from home.permissions import PSYCHOLOGISTS
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
    """To the psychologist of the consultation and to everybody on duty: somebody is to be read first."""
    consultation = notice.invitation.consultation
    for pk, address in _recipients(consultation.psychologist_id):
        url = reverse("consultations:desk")
        if pk == consultation.psychologist_id:
            url = reverse("consultations:desk_detail", args=[consultation.pk])
        send_once(
            "survey_risk",
            to=address,
            key=f"survey-risk-{notice.pk}-{pk}",
            context={"url": settings.SITE_URL + url},
        )


def _recipients(psychologist_id: int | None) -> list[tuple[int, str]]:
    """Active psychologists, whoever knows the person first."""
    people = get_user_model().objects.filter(is_active=True, groups__name=PSYCHOLOGISTS)
    found = people.values_list("pk", "email")
    return sorted(found, key=lambda each: (each[0] != psychologist_id, each[0]))
