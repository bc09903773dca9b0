"""Codes are guessed by trying: whoever typed many wrong ones is not told about the next, right or wrong."""

from __future__ import annotations

from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

# Somebody who reads a code aloud to somebody else gets it right before that.
WRONG_CODES_ALLOWED = "10/h"
WRONG_CODES_OF_A_HOUSE = "60/h"
TOO_MANY = "Hubo muchos intentos con códigos que no sirven. Espera una hora y vuelve a probar."


def too_many_guesses(request: HttpRequest) -> bool:
    return _limited(request, increment=False)


def note_guess(request: HttpRequest) -> None:
    """Count one wrong code."""
    _limited(request, increment=True)


def _limited(request: HttpRequest, *, increment: bool) -> bool:
    keys = (("user_or_ip", WRONG_CODES_ALLOWED), ("ip", WRONG_CODES_OF_A_HOUSE))
    # Each is counted, also where the first is reached.
    over = [_is_over(request, key, rate, increment) for key, rate in keys]
    return any(over)


def _is_over(request: HttpRequest, key: str, rate: str, increment: bool) -> bool:
    over: bool = is_ratelimited(request, group=f"codes-{key}", key=key, rate=rate, increment=increment)
    return over
