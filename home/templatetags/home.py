"""Tags of the pages that home draws, and of the frame around every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from home.analytics_tag import tag

register = template.Library()


@register.simple_tag
def analytics_tag() -> SafeString:
    """django-analytical's Google Analytics tag; nothing at all where no measurement id is set."""
    return tag()
