"""A clock that can be moved: `timezone.now`, which is all that the product asks for the time of day."""

from __future__ import annotations

import datetime

from django.utils import timezone

_real_now = timezone.now
_ahead = datetime.timedelta()


def install() -> None:
    """Call before any model is imported: fields take `timezone.now` as their default by then."""
    timezone.now = _now


def move(by: datetime.timedelta) -> None:
    global _ahead
    _ahead += by


def _now() -> datetime.datetime:
    return _real_now() + _ahead
