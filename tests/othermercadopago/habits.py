"""What Mercado Pago's reference leaves open, and how one server goes about it: chosen by a seed.

A manner (`choose`) is the same in every answer of a server; a whim (`vary`) changes from answer to answer.
"""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
ABSENT = object()
# What real answers hold besides what anybody reads; none of it may matter.
NOISE: dict[str, Any] = {
    "acquirer_reconciliation": [],
    "build_version": "3.142.0-rc-7",
    "charges_details": [{"name": "mercadopago_fee", "amounts": {"original": 1057.0, "refunded": 0}}],
    "corporation_id": None,
    "integrator_id": None,
    "metadata": {},
    "point_of_interaction": {"type": "CHECKOUT", "business_info": {"sub_unit": "checkout_pro"}},
    "sponsor_id": None,
    "statement_descriptor": "MERCADO PAGO *ÑANDÚ",
    "tags": None,
    "future_field": {"nobody": ["knows", 1, {"it": True}]},
}


class Habits:
    """The manners and whims of one server."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._random = random.Random(seed)
        self.created = self.choose(201, 200, 201)
        self.protocol = self.choose("HTTP/1.0", "HTTP/1.1", "HTTP/1.1")
        self.chunked = self.choose(False, False, True)
        self.slow_first_byte = self.choose(0.0, 0.2, 0.0)
        self.keeps_dates = self.choose(False, True, False)
        self.refunds_take_time = self.choose(False, False, True)
        self.searches_late = self.choose("", "payments", "merchant_orders")
        self.most_rows = self.choose(1000, 30, 7)
        self.tells_refunds = self.choose("with status", "without status", "elsewhere")

    def choose(self, *manners: T) -> T:
        return manners[self.seed % len(manners)]

    def vary(self, *whims: T) -> T:
        return self._random.choice(whims)

    def shuffled(self, things: list[T]) -> list[T]:
        return self._random.sample(things, len(things))

    def body(self, **fields: Any) -> dict[str, Any]:
        """An answer: these fields, without the absent ones, among others and in any order."""
        told = {**NOISE, **{name: value for name, value in fields.items() if value is not ABSENT}}
        return dict(self.shuffled(list(told.items())))

    def number(self, amount: Decimal) -> int | float:
        """Whole amounts come with and without decimals."""
        whole = amount == amount.to_integral_value()
        return int(amount) if whole and self.vary(True, False) else float(amount)

    def nothing_yet(self, amount: Decimal) -> Any:
        """How an amount that is still zero is told."""
        return self.number(amount) if amount else self.choose(0, None, ABSENT)

    def moment(self, at: datetime.datetime | None) -> str | None:
        """One precision in all dates of a server, in whichever offset."""
        if at is None:
            return None
        zone = datetime.timezone(datetime.timedelta(hours=self.vary(-4, -3, 0)))
        if self.choose(True, False, False):
            text = at.astimezone(zone).isoformat(timespec="milliseconds")
        elif self.choose(False, True, False):
            text = at.astimezone(zone).replace(microsecond=0).isoformat(timespec="milliseconds")
        else:
            text = at.astimezone(zone).isoformat(timespec="seconds")
        return text.replace("+00:00", self.vary("Z", "+00:00"))

    def headers(self) -> dict[str, str]:
        return {
            self.choose("Content-Type", "content-type", "CONTENT-TYPE"): self.choose(
                "application/json", "application/json;charset=UTF-8", "application/json; charset=utf-8"
            ),
            "X-Request-Id": "f0d1b1de-0000-4a4e-8fd5-5b8f0e0b6a11",
            "x-caller-id": "other",
        }

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        """The shapes of errors: the older one with its causes, and the gateway's own."""
        causes = [{"code": 2000 + status, "description": message, "data": None}]
        older = {"message": message, "error": code, "status": status, "cause": self.choose(causes, [], None)}
        newer = {"code": code, "message": message, "blocked_by": "PolicyAgent", "original_error": None}
        return self.choose(older, newer, older)
