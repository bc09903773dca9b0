"""`{% structured_data %}`: what search engines are told of the page that is being drawn."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.structured_data import graph_of, script_of

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """One script element of JSON-LD; nothing where no page of the site is drawn."""
    page = context.get("page")
    if not isinstance(page, Page):
        return SafeString("")
    shown: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return script_of(graph_of(page, shown))
