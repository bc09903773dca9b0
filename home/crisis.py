"""The crisis lines as every page needs them: one look-up, remembered until an editor changes a line."""

from __future__ import annotations

from django.core.cache import cache

from home.models import CrisisLine

CACHE_KEY = "crisis-lines"
FIVE_MINUTES = 300


def all_lines() -> list[CrisisLine]:
    """Every line, by country and order. Another process sees an editor's change within five minutes."""
    return cache.get_or_set(CACHE_KEY, lambda: list(CrisisLine.objects.all()), FIVE_MINUTES) or []


def lines_of(country: str) -> list[CrisisLine]:
    """The lines of one country (ISO code); all of them where that country has none."""
    lines = all_lines()
    return [each for each in lines if each.country == country] or lines


def forget_lines() -> None:
    cache.delete(CACHE_KEY)
