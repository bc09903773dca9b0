"""Jobs of the queue that belong to the person and the log. Each may run twice without harm."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.utils import timezone

from home import google_analytics
from home.models import DailySalt


def send_account_email(template_prefix: str, email: str, context: dict[str, Any]) -> None:
    """Render and send one of allauth's e-mails (verification, password). Raises what the backend raises."""
    get_adapter().render_mail(template_prefix, email, context).send()


def forget_daily_salts() -> int:
    """Delete the salts of past days, so that their visitor keys cannot be made again; give how many."""
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    deleted, _ = DailySalt.objects.filter(day__lt=yesterday).delete()
    return deleted


def send_analytics_event(event: str, client_id: str, timestamp_micros: int, params: dict[str, Any]) -> None:
    """Mirror one touchpoint to Google Analytics. Raises AnalyticsError when it cannot be reached."""
    if google_analytics.is_configured():
        google_analytics.send(
            google_analytics.payload(
                event=event, client_id=client_id, timestamp_micros=timestamp_micros, params=params
            )
        )
