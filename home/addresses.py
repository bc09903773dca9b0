"""Addresses that browsers name in headers. Whoever sends a request writes them, so they may be anything."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host (and port, where there is one) of an address; empty where it has none or makes no sense."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        # A bracket that is never closed, an IPv6 address that is none, a character that turns into a slash.
        return ""
