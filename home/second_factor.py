"""Whether a person has a second step at sign-in, and whether this very session passed it."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

SECOND_STEP = "mfa"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the signed-in person set up an application for codes. Recovery codes alone are none."""
    return bool(is_mfa_enabled(request.user, [Authenticator.Type.TOTP]))


def passed_second_factor(request: HttpRequest) -> bool:
    """Whether this session gave a code. One signed in with no more than a password did not."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == SECOND_STEP for record in records)
