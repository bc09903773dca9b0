"""Jobs of the queue that belong to the person and the log. Each may run twice without harm."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.utils import timezone

from home.models import DailySalt


def send_account_email(template_prefix: str, email: str, context: dict[str, Any]) -> None:
    """Render and send one of allauth's e-mails (verification, password). Raises what the backend raises."""
    get_adapter().render_mail(template_prefix, email, context).send()


def forget_daily_salts() -> int:
    """Delete the salts of past days, so that their visitor keys cannot be made again; give how many."""
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    deleted, _ = DailySalt.objects.filter(day__lt=yesterday).delete()
    return deleted
