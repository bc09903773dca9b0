"""Everything that Mercado Pago's search gives between two moments: all of it, or an error.

The SDK's own paging takes an error for the end. Here a page that is missing, a total that changes between two
pages, or a payment told twice in place of another is `Unavailable`: whoever compares must not take half for
all. Even all of it may omit real payments; what is missing is to be read by its id.
"""

from __future__ import annotations

import datetime
import time
from typing import Final

from consultations import mercadopago
from consultations.actions.silence import is_silent, noticed
from consultations.mercadopago import PaymentReport, Unavailable

PAGE: Final = 100
CREATED: Final = "date_created"
CHANGED: Final = "date_last_updated"


def payments_between(
    moment: str, begin: datetime.datetime, end: datetime.datetime, *, ends: float
) -> dict[int, PaymentReport]:
    """By id, what the search knows from `begin` up to, not including, `end`. Raises MercadoPagoError.

    After `ends` (of the monotonic clock) nothing more is asked for.
    """
    last = end - datetime.timedelta(milliseconds=1)
    rows, total = _page(moment, begin, last, 0, ends)
    while len(rows) < total:
        more, now = _page(moment, begin, last, len(rows), ends)
        if not more or now != total:
            raise Unavailable("search_page")
        rows += more
    found = {row.id: row for row in rows}
    if len(found) != total:
        raise Unavailable("search_page")
    return found


def _page(
    moment: str, begin: datetime.datetime, last: datetime.datetime, offset: int, ends: float
) -> tuple[list[PaymentReport], int]:
    if is_silent() or time.monotonic() >= ends:
        raise Unavailable("search_page")
    with noticed():
        return mercadopago.search_page(moment=moment, begin=begin, end=last, limit=PAGE, offset=offset)


def read_payment(payment_id: int) -> PaymentReport:
    """One payment by its id, unless calls are left hanging. Raises MercadoPagoError."""
    if is_silent():
        raise Unavailable("get_payment")
    with noticed():
        return mercadopago.get_payment(payment_id)
