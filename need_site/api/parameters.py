"""Reads what is asked in an address: a value of the right kind, or an answer 400 that says what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError

# What the databases' own numbers hold.
LARGEST_ID = 2**31 - 1


def refuse_unknown(asked: QueryDict, known: Collection[str]) -> None:
    """Refuse names that mean nothing here, and characters that no database takes."""
    if unknown := sorted(set(asked) - set(known)):
        raise BadRequestError(f"unknown query parameters: {', '.join(unknown)}")
    for name in asked:
        if any("\x00" in value for value in asked.getlist(name)):
            raise BadRequestError(f"{name} must not hold null characters")


def whole_number(text: str, name: str, *, least: int = 0, most: int = LARGEST_ID) -> int:
    """The number in `text`, within its bounds."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else -1
    if not least <= number <= most:
        raise BadRequestError(f"{name} must be a whole number from {least} to {most}")
    return number


def day(text: str, name: str) -> datetime.date:
    """The day in `text`, as in 2026-03-31."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadRequestError(f"{name} must be a date such as 2026-03-31") from None


def truth(text: str, name: str) -> bool:
    if text not in ("true", "false"):
        raise BadRequestError(f"{name} must be true or false")
    return text == "true"


def one_of(text: str, name: str, choices: Collection[str]) -> str:
    if text not in choices:
        raise BadRequestError(f"{name} must be one of {', '.join(sorted(choices))}")
    return text
