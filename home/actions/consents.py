"""Giving and withdrawing consent: one row a purpose, never overwritten."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from home.enums import ConsentPurpose
from home.models import Consent, User

# The version of the texts people agree to; raise it when a text changes its meaning.
CONSENT_VERSION = "2026-11"


@transaction.atomic
def give_consent(*, by: User, purpose: ConsentPurpose, subject: str = "") -> Consent:
    """Record that `by` agrees to `purpose`; giving it twice is one consent."""
    consent, _ = Consent.objects.get_or_create(
        user=by, purpose=purpose, subject=subject, withdrawn_at=None, defaults={"version": CONSENT_VERSION}
    )
    return consent


@transaction.atomic
def withdraw_consent(*, by: User, purpose: ConsentPurpose, subject: str = "") -> bool:
    """Record that `by` no longer agrees; say whether there was anything to withdraw."""
    live = Consent.objects.filter(user=by, purpose=purpose, subject=subject, withdrawn_at=None)
    return live.update(withdrawn_at=timezone.now()) > 0


def has_consented(user: User, purpose: ConsentPurpose, subject: str = "") -> bool:
    """Whether this consent stands now."""
    return Consent.objects.filter(user=user, purpose=purpose, subject=subject, withdrawn_at=None).exists()
