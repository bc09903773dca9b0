"""The signed addresses that e-mails carry: the key to answer one invitation, and the one to stop them all.

A token is the invitation's id, the moment it was signed and a signature; it says nothing about the person.
An answering link lasts `LINK_LASTS` from each e-mail; the one that stops them never runs out.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from home.touchpoints import MAIL_LINK_VALUE, SHARED_LINK_PARAMETER
from surveys.enums import LINK_LASTS
from surveys.models import Invitation

# Dots, because mail programs cut addresses at a colon less gracefully.
ANSWERING = TimestampSigner(salt="surveys.answer", sep=".")
STOPPING = TimestampSigner(salt="surveys.unsubscribe", sep=".")


class LinkUnknown(LookupError):
    """Nobody signed this token, or what it opened is gone."""


class LinkExpired(LinkUnknown):
    """The token was good once."""


def answer_token(invitation: Invitation) -> str:
    return ANSWERING.sign(str(invitation.pk))


def unsubscribe_token(invitation: Invitation) -> str:
    return STOPPING.sign(str(invitation.pk))


def answer_url(invitation: Invitation) -> str:
    """The absolute address of the survey, as the e-mail gives it."""
    path = reverse("surveys:answer", args=[answer_token(invitation)])
    return f"{settings.SITE_URL}{path}?{SHARED_LINK_PARAMETER}={MAIL_LINK_VALUE}"


def unsubscribe_url(invitation: Invitation) -> str:
    return settings.SITE_URL + reverse("surveys:unsubscribe", args=[unsubscribe_token(invitation)])


def invitation_to_answer(token: str) -> Invitation:
    """The invitation of an answering token. Raises LinkExpired or LinkUnknown."""
    try:
        pk = ANSWERING.unsign(token, max_age=LINK_LASTS)
    except SignatureExpired:
        raise LinkExpired from None
    except BadSignature:
        raise LinkUnknown from None
    return _invitation(pk)


def invitation_to_stop(token: str) -> Invitation:
    """The invitation of an unsubscribing token, however old. Raises LinkUnknown."""
    try:
        pk = STOPPING.unsign(token)
    except BadSignature:
        raise LinkUnknown from None
    return _invitation(pk)


def _invitation(pk: str) -> Invitation:
    invitation = Invitation.objects.select_related("user").filter(pk=pk).first()
    if invitation is None:
        raise LinkUnknown
    return invitation
