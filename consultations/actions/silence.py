"""When Mercado Pago leaves calls hanging, look-ups stand back for a while: the queue has other work to do.

Kept in the cache. Without Redis each process finds out by itself, at the price of one hanging call.
"""

from __future__ import annotations

import time
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
    """Notice when what is done inside hung until it was given up; an answer that fails at once is none."""
    began = time.monotonic()
    try:
        yield
    except mercadopago.Unavailable:
        if time.monotonic() - began >= mercadopago.TIMEOUT_SECONDS:
            cache.set(KEY, 1, LASTS)
        raise
