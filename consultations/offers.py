"""What a service costs after a discount, and for whom and when a discount holds. Pure, and the only place.

A discount never takes more off than it says, nor more than the price: what is left is rounded up to what the
currency has, and is never below nothing. Discounts are not added to one another.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Protocol, TypeVar

from consultations.enums import CURRENCIES_WITHOUT_DECIMALS, DiscountKind, Refusal

ZERO = Decimal(0)
CENT = Decimal("0.01")
UNIT = Decimal(1)
HUNDRED = Decimal(100)


class Cut(Protocol):
    """How much a discount takes off."""

    kind: str
    value: Decimal
    currency: str


class Terms(Cut, Protocol):
    """For whom, for what and when."""

    active: bool
    valid_from: datetime.datetime | None
    valid_until: datetime.datetime | None
    most_uses: int | None
    most_uses_each: int | None


@dataclass(frozen=True)
class Quote:
    """What is paid for a service, and what it costs without a discount."""

    list_price: Decimal
    taken_off: Decimal
    currency: str

    @property
    def amount(self) -> Decimal:
        return self.list_price - self.taken_off


T = TypeVar("T", bound=Cut)


def normal_code(text: str) -> str:
    """A code as it is stored: its letters and digits in capitals, whatever else was typed around them."""
    bare = unicodedata.normalize("NFKD", text).upper()
    return "".join(sign for sign in bare if sign.isascii() and sign.isalnum())


def whole(price: Decimal, currency: str) -> Decimal:
    """A list price as Mercado Pago takes it: without cents where the currency has none."""
    return price.to_integral_value() if currency in CURRENCIES_WITHOUT_DECIMALS else price


def quote(price: Decimal, currency: str, cut: Cut | None = None) -> Quote:
    """The one computation of what is paid."""
    listed = whole(price, currency)
    return Quote(listed, ZERO if cut is None else _taken_off(listed, currency, cut), currency)


def best(price: Decimal, currency: str, cuts: Iterable[T]) -> tuple[Quote, T | None]:
    """The lowest price that one of these gives, and which; of two alike the first."""
    offered: tuple[Quote, T | None] = quote(price, currency), None
    for cut in cuts:
        other = quote(price, currency, cut)
        if other.amount < offered[0].amount:
            offered = other, cut
    return offered


def refusal(
    terms: Terms, *, now: datetime.datetime, uses: int, own_uses: int, fits: Collection[bool]
) -> Refusal | None:
    """Why a discount does not hold now, None when it does. `fits`: whether it fits each service asked for."""
    if not terms.active:
        return Refusal.UNKNOWN
    if terms.valid_from is not None and now < terms.valid_from:
        return Refusal.NOT_YET
    if terms.valid_until is not None and now >= terms.valid_until:
        return Refusal.OVER
    if terms.most_uses_each is not None and own_uses >= terms.most_uses_each:
        return Refusal.USED_BY_YOU
    if terms.most_uses is not None and uses >= terms.most_uses:
        return Refusal.USED_UP
    return None if any(fits) else Refusal.OTHER_SERVICE


def fits_currency(cut: Cut, currency: str) -> bool:
    """A fixed amount is of one currency; a percentage, of any."""
    return cut.kind == DiscountKind.PERCENT or cut.currency == currency


def _taken_off(listed: Decimal, currency: str, cut: Cut) -> Decimal:
    if not fits_currency(cut, currency):
        return ZERO
    part = listed * cut.value / HUNDRED if cut.kind == DiscountKind.PERCENT else cut.value
    step = UNIT if currency in CURRENCIES_WITHOUT_DECIMALS else CENT
    return max(ZERO, min(part.quantize(step, rounding=ROUND_DOWN), listed))
