"""What home does when something happens: forgets crisis lines, counts sign-ups, mirrors to analytics."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in, user_signed_up
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django_q.tasks import async_task

from home import google_analytics
from home.crisis import forget_lines
from home.enums import ConsentPurpose
from home.models import Consent, CrisisLine
from home.touchpoints import (
    SIGNED_IN,
    SIGNED_UP,
    Recorded,
    person_hash,
    record,
    subscribe_to_all,
)


@receiver([post_save, post_delete], sender=CrisisLine)
def forget_remembered_lines(**kwargs: Any) -> None:
    forget_lines()


@receiver(user_signed_up)
def count_sign_up(request: Any, user: Any, **kwargs: Any) -> None:
    record(SIGNED_UP, request=request, user=user)


@receiver(user_logged_in)
def count_sign_in(request: Any, user: Any, **kwargs: Any) -> None:
    record(SIGNED_IN, request=request, user=user)


def mirror_to_analytics(recorded: Recorded) -> None:
    """Queue a touchpoint for Google Analytics, when it is configured and this person agreed to it."""
    event = recorded.touchpoint.ga_event
    if event not in google_analytics.SERVER_EVENTS or not google_analytics.is_configured():
        return
    if recorded.user_id is None:
        return
    live = Consent.objects.filter(
        user_id=recorded.user_id, purpose=ConsentPurpose.ANALYTICS, withdrawn_at=None
    )
    if not live.exists():
        return
    micros = int(timezone.now().timestamp() * 1_000_000)
    client_id = person_hash(recorded.user_id)
    async_task("home.jobs.send_analytics_event", event, client_id, micros, dict(recorded.facts))


subscribe_to_all(mirror_to_analytics)
