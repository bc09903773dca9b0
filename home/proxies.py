"""Where a request came from, behind as many proxies as the environment says there are."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 (an address that nobody has, not one to listen at)


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, for limits and for the day's visitor key; NOWHERE when it cannot be told.

    Each of our own proxies (`TRUSTED_PROXIES`) adds, at the right end of X-Forwarded-For, who called it,
    so that many entries from the right are true. Whatever stands before them a visitor may have made up.
    """
    count: int = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if count else []
    told = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return _ip_address(told) or _ip_address(request.META.get("REMOTE_ADDR", "")) or NOWHERE


def _ip_address(text: str) -> str:
    """The address in `text`, which some proxies write with a port; empty when there is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
