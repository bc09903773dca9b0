"""What consultations do when something happens elsewhere, and which of their rows show on public pages."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from consultations.actions.case_drafts import withdraw_consent_to_case
from consultations.models import Service
from home.enums import ConsentPurpose
from home.page_cache import purged_by
from home.signals import consent_changed

purged_by(Service)


@receiver(consent_changed)
def take_the_case_back(purpose: str, subject: str, stands: bool, **kwargs: Any) -> None:
    if purpose == ConsentPurpose.PUBLICATION and subject and not stands:
        withdraw_consent_to_case(consultation_id=subject)
