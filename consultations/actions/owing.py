"""What is still owed of a price after what somebody gave back of it on purpose: pure, from dated moves.

A part of the price that went back stays off it, whatever is paid later. What went back while more than the
price was there only made the excess smaller. So it matters what was there at that moment, and not of which
payment it went back, nor when the site read of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from consultations.money import ZERO


@dataclass(frozen=True)
class Move:
    """Money that came, or, with an amount below zero, went back."""

    at: datetime.datetime
    amount: Decimal
    on_purpose: bool = False


def owed_after(price: Decimal, moves: Iterable[Move]) -> Decimal:
    """The price, less what was given back of it on purpose. Of two moves at one moment money comes first."""
    owed, kept = price, ZERO
    for move in sorted(moves, key=lambda each: (each.at, each.amount < ZERO)):
        kept += move.amount
        if move.on_purpose:
            owed -= max(min(-move.amount, owed - kept), ZERO)
    return max(owed, ZERO)
