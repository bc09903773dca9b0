"""The sections that Wagtail restricts (to a group, by a password), and conditions that leave them out."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import PageViewRestriction

from home.page_cache import remember


def restricted_sections() -> list[str]:
    """The paths of those sections. They are few, and pages get old when they change: asked for once."""

    def find() -> list[str]:
        return list(PageViewRestriction.objects.values_list("page__path", flat=True))

    return remember("restricted", find)


def not_restricted(path: str = "path") -> Q:
    """A condition on pages: outside those sections. `path` leads to the page's path.

    Wagtail's own `public()` asks for the sections each time.
    """
    condition = Q()
    for section in restricted_sections():
        condition &= ~Q(**{f"{path}__startswith": section})
    return condition
