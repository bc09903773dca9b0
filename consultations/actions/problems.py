from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from consultations import mercadopago

T = TypeVar("T")


class Problems:
    """Goes on past what Mercado Pago does not answer and remembers it, within a budget of seconds if any."""

    # What tells most about the others comes last.
    WORST = (mercadopago.NotFound, mercadopago.Refused, mercadopago.Unavailable, mercadopago.BadCredentials)

    def __init__(self, seconds: float | None = None) -> None:
        self._ends = None if seconds is None else time.monotonic() + seconds
        self._caught: list[mercadopago.MercadoPagoError] = []

    def catch(self, call: Callable[..., T], *args: Any, **kwargs: Any) -> T | None:
        """What `call` gives, or None when it failed or its time was over."""
        try:
            if self._ends is not None and time.monotonic() >= self._ends:
                raise mercadopago.Unavailable("out of time")
            return call(*args, **kwargs)
        except mercadopago.MercadoPagoError as error:
            self._caught.append(error)
            return None

    def raise_worst(self) -> None:
        if self._caught:
            raise max(self._caught, key=self._how_bad)

    def _how_bad(self, error: mercadopago.MercadoPagoError) -> tuple[int, bool]:
        return self.WORST.index(type(error)), getattr(error, "hung", False)
