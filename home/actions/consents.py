"""Giving and withdrawing consent: one row a purpose, never overwritten."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from home.enums import ConsentPurpose
from home.models import Consent, User
from home.signals import consent_changed

# The version of the texts people agree to; raise it when a text changes its meaning.
CONSENT_VERSION = "2026-11-22"


@transaction.atomic
def give_consent(*, by: User, purpose: ConsentPurpose, subject: str = "") -> Consent:
    """Record that `by` agrees to `purpose`; giving it twice is one consent."""
    defaults = {"version": CONSENT_VERSION}
    if purpose == ConsentPurpose.ANALYTICS:
        defaults["analytics_id"] = secrets.token_hex(16)
    consent, is_new = Consent.objects.get_or_create(
        user=by, purpose=purpose, subject=subject, withdrawn_at=None, defaults=defaults
    )
    if is_new:
        consent_changed.send(Consent, user=by, purpose=purpose, subject=subject, stands=True)
    return consent


@transaction.atomic
def adopt_browsers_yes(*, by: User) -> None:
    """Record the yes to being measured that `by` said in this browser, as nobody yet.

    What they said before as themselves, be it a yes taken back, weighs more than a browser's cookie.
    """
    if not Consent.objects.filter(user=by, purpose=ConsentPurpose.ANALYTICS).exists():
        give_consent(by=by, purpose=ConsentPurpose.ANALYTICS)


@transaction.atomic
def withdraw_consent(*, by: User, purpose: ConsentPurpose, subject: str = "") -> bool:
    """Record that `by` no longer agrees; say whether there was anything to withdraw."""
    live = Consent.objects.filter(user=by, purpose=purpose, subject=subject, withdrawn_at=None)
    if not live.update(withdrawn_at=timezone.now(), analytics_id=""):
        return False
    consent_changed.send(Consent, user=by, purpose=purpose, subject=subject, stands=False)
    return True


def has_consented(user: User, purpose: ConsentPurpose, subject: str = "") -> bool:
    """Whether this consent stands now."""
    return Consent.objects.filter(user=user, purpose=purpose, subject=subject, withdrawn_at=None).exists()
