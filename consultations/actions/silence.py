"""When Mercado Pago leaves calls hanging, look-ups stand back for a while: the queue has other work to do.

Kept in the cache. Without Redis each process finds out by itself, at the price of one hanging call.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from consultations import mercadopago

KEY = "mercadopago-silent"
LASTS = 30  # seconds


def is_silent() -> bool:
    return cache.get(KEY) is not None


@contextmanager
def noticed() -> Iterator[None]:
    """Notice when a call inside hung until it was given up. Failing at once is no silence; many answers that
    take long together are none either."""
    try:
        yield
    except mercadopago.Unavailable as error:
        if error.hung:
            cache.set(KEY, 1, LASTS)
        raise
