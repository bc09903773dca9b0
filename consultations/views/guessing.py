"""Codes are guessed by trying: whoever typed many wrong ones is not told about the next, right or wrong.

Many people share an address behind a provider's router. Who signed in and typed no wrong code is stopped by
nobody else's: another account for each guess costs an e-mail address that somebody confirms.
"""

from __future__ import annotations

from django.http import HttpRequest
from django_ratelimit.core import get_usage

# Somebody who reads a code aloud to somebody else gets it right before that.
WRONG_CODES_ALLOWED = "10/h"
WRONG_CODES_OF_A_HOUSE = "60/h"
TOO_MANY = "Hubo muchos intentos con códigos que no sirven. Espera una hora y vuelve a probar."


def too_many_guesses(request: HttpRequest) -> bool:
    own, over = _own(request)
    _, house_is_over = _of_the_house(request)
    blameless = request.user.is_authenticated and not own
    return over or (house_is_over and not blameless)


def note_guess(request: HttpRequest) -> None:
    """Count one wrong code."""
    _own(request, increment=True)
    _of_the_house(request, increment=True)


def _own(request: HttpRequest, *, increment: bool = False) -> tuple[int, bool]:
    return _count(request, "user_or_ip", WRONG_CODES_ALLOWED, increment)


def _of_the_house(request: HttpRequest, *, increment: bool = False) -> tuple[int, bool]:
    return _count(request, "ip", WRONG_CODES_OF_A_HOUSE, increment)


def _count(request: HttpRequest, key: str, rate: str, increment: bool) -> tuple[int, bool]:
    """How many wrong codes there were, and whether they were too many. None without rate limits."""
    usage = get_usage(request, group=f"codes-{key}", key=key, rate=rate, increment=increment)
    return (usage["count"], usage["should_limit"]) if usage else (0, False)
