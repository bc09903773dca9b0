"""Addresses that another site can use as they are: with their host."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from wagtail.api.v2.utils import get_full_url


def full(request: HttpRequest, path: str) -> str:
    """`path` with the site's host before it, unless it has one."""
    return str(get_full_url(request, path))


def drawing(request: HttpRequest, folder: str, name: str) -> str | None:
    """The address of one of the site's drawings; None where there is none of that name."""
    if not name:
        return None
    try:
        return full(request, static(f"img/{folder}/{name}.svg"))
    except ValueError:
        # The built files know every name, and an editor may have mistyped one.
        return None


def page_detail(request: HttpRequest, page_id: int) -> str:
    return full(request, reverse("wagtailapi:pages:detail", args=[page_id]))
