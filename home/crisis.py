"""The crisis lines as every page needs them: one look-up, remembered until an editor changes a line."""

from __future__ import annotations

from home.models import CrisisLine
from home.page_cache import remember


def all_lines() -> list[CrisisLine]:
    """Every line, by country and order."""
    return remember("crisis-lines", lambda: list(CrisisLine.objects.all()))


def lines_of(country: str) -> list[CrisisLine]:
    """The lines of one country (ISO code); none where it has none: another country's number is no help."""
    return [each for each in all_lines() if each.country == country]
