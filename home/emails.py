"""Sends the e-mails of every room: one template trio each, never a word of what anybody wrote.

`templates/emails/<name>_subject.txt`, `<name>.txt` and `<name>.html`. Called from jobs only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

from home.models import SentEmail

HANGS = "mail-server-hangs"
HANGS_FOR = 60  # seconds

logger = logging.getLogger(__name__)


class EmailNotSent(Exception):
    """An e-mail could not be handed over. Says what kind of failure it was, never to whom."""


def send_once(
    name: str,
    *,
    to: str,
    key: str,
    context: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Send the e-mail `name` unless one with this `key` went out before; say whether it was sent now.

    A crash between sending and noting it sends twice rather than never. Raises EmailNotSent, so that the
    queue tries again.
    """
    if SentEmail.objects.filter(key=key).exists():
        return False
    deliver(build(name, to=to, context=context, headers=headers))
    SentEmail.objects.get_or_create(key=key, defaults={"template": name})
    return True


def deliver(message: EmailMessage) -> None:
    """Send `message` now. Raises EmailNotSent, naming no more than the kind of failure.

    What mail servers and providers answer quotes addresses, and the queue keeps a failed job's exception.
    After one that hung until it was given up the others fail at once for a while: the queue has other work.
    """
    if cache.get(HANGS) is not None:
        raise EmailNotSent("the server hangs")
    began = time.monotonic()
    try:
        message.send()
    except Exception as error:
        failure = type(error).__name__
        if time.monotonic() - began >= settings.EMAIL_TIMEOUT:
            cache.set(HANGS, 1, HANGS_FOR)
    else:
        return
    # Outside of the handler: the first exception is then not even its context.
    logger.warning("An e-mail was not sent: %s", failure)
    raise EmailNotSent(failure)


def build(
    name: str, *, to: str, context: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """Render the e-mail `name` in text and HTML."""
    full = {"site_url": settings.SITE_URL, **(context or {})}
    subject = " ".join(render_to_string(f"emails/{name}_subject.txt", full).split())
    message = EmailMultiAlternatives(
        subject, render_to_string(f"emails/{name}.txt", full), to=[to], headers=dict(headers or {})
    )
    message.attach_alternative(render_to_string(f"emails/{name}.html", full), "text/html")
    return message
