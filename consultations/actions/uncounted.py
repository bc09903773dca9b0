"""Money that came for an order and counts for nothing: other currency or account, test, unknown status.

Until a person has looked nobody is told that nothing was paid, or led to pay again.
"""

from __future__ import annotations

from consultations.actions.payments import expected_of
from consultations.models import Order
from consultations.money import is_uncounted


def has_uncounted(order: Order) -> bool:
    """Whether such money stands; asks for the order's payments unless they were read with it."""
    expected = expected_of(order)
    return any(is_uncounted(expected, each) for each in order.payments.all())
