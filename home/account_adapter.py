"""How django-allauth behaves at Need: its e-mails go through the queue, and it never shows an address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django_q.tasks import async_task

PLAIN = (str, int, bool)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter, with e-mails sent by the worker instead of inside the request."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue an account e-mail. Only plain values of the context travel: links, codes, no objects."""
        plain = {key: value for key, value in context.items() if isinstance(value, PLAIN)}
        async_task("home.jobs.send_account_email", template_prefix, email, plain)

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL
