"""What somebody types into the search field of an office's list."""

from __future__ import annotations

HIGHEST_ID = 2**63


def payment_number(term: str) -> int | None:
    """The number of a payment at Mercado Pago, if that is what was typed."""
    number = int(term) if term.isascii() and term.isdecimal() else HIGHEST_ID
    return number if number < HIGHEST_ID else None
