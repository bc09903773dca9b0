"""Repeating to Google Analytics what happened on the server, for who agreed to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django_q.tasks import async_task

from home import google_analytics
from home.enums import ConsentPurpose
from home.models import Consent

MINUTE = 60


def mirror(event: str, *, user_id: int | None, facts: Mapping[str, Any]) -> None:
    """Queue one event of this person's, where Google Analytics is configured and they agreed to it.

    It carries the consent's own random id and no more than the minute: neither leads to the touchpoint log.
    """
    if user_id is None or event not in google_analytics.SERVER_EVENTS or not google_analytics.is_configured():
        return
    live = Consent.objects.filter(user_id=user_id, purpose=ConsentPurpose.ANALYTICS, withdrawn_at=None)
    client_id = live.values_list("analytics_id", flat=True).first()
    if not client_id:
        return
    micros = int(timezone.now().timestamp()) // MINUTE * MINUTE * 1_000_000
    # Not kept once sent: the queue's own records tell the time to the microsecond.
    async_task("home.jobs.send_analytics_event", event, client_id, micros, dict(facts), save=False)
