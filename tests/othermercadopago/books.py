"""What this Mercado Pago has in its books, and what buyers, banks and the seller's panel do to it."""

from __future__ import annotations

import datetime
import threading
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.othermercadopago.habits import Habits

COLLECTOR = 5_117_000_042
ZERO = Decimal(0)


class Refusal(Exception):
    """What is answered with an error."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Refund:
    id: int
    amount: Decimal
    at: datetime.datetime
    status: str


@dataclass
class Payment:
    id: int
    preference_id: str
    order_id: int
    reference: str
    amount: Decimal
    currency: str
    status: str
    detail: str
    kind: str
    collector: int
    live_mode: bool
    created: datetime.datetime
    updated: datetime.datetime
    refunds: list[Refund] = field(default_factory=list)
    refunded: Decimal = ZERO
    names_reference: bool = True


@dataclass
class Preference:
    id: str
    order_id: int
    created: datetime.datetime
    wish: dict[str, Any]

    @property
    def reference(self) -> str:
        return str(self.wish["external_reference"])

    @property
    def price(self) -> Decimal:
        return sum((Decimal(str(each["unit_price"])) * each["quantity"] for each in self.wish["items"]), ZERO)

    @property
    def ends(self) -> datetime.datetime | None:
        until = self.wish.get("expiration_date_to") if self.wish.get("expires") else None
        return datetime.datetime.fromisoformat(until) if until else None


class Books:
    """Preferences, payments, refunds and chargebacks. A change has a later date, unless dates are kept."""

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self.lock = threading.RLock()
        self.preferences: dict[str, Preference] = {}
        self.payments: dict[int, Payment] = {}
        self.chargebacks: dict[int, int] = {}
        self.refunds_by_key: dict[str, Refund] = {}
        self.fresh: set[int] = set()
        self._now = datetime.datetime.now(datetime.UTC)
        self._number = 0

    def next_number(self, first: int) -> int:
        self._number += 7
        return first + self._number

    def next_moment(self) -> datetime.datetime:
        self._now += datetime.timedelta(seconds=2)
        return self._now

    # --- what the shop asks for ------------------------------------------------------------------
    def open_preference(self, wish: dict[str, Any]) -> Preference:
        """Ask for the same twice and there are two: nothing promises otherwise."""
        own = f"{COLLECTOR}-{uuid.uuid4()}"
        number = self.habits.choose(own, uuid.uuid4().hex.upper(), f"MLC-PRO_{uuid.uuid4().hex[:10]}")
        made = Preference(number, self.next_number(38_000_000_000), self.next_moment(), wish)
        self.preferences[number] = made
        return made

    def change_preference(self, number: str, wish: dict[str, Any]) -> Preference:
        found = self.preference(number)
        found.wish |= wish
        return found

    def preference(self, number: str) -> Preference:
        if number not in self.preferences:
            raise Refusal(404, "invalid_id", "preference_id not found")
        return self.preferences[number]

    def payment(self, number: int) -> Payment:
        if number not in self.payments:
            raise Refusal(404, "not_found", "Payment not found")
        return self.payments[number]

    def give_back(self, number: int, amount: Decimal | None, key: str, *, renders: bool) -> Refund:
        """A refund the shop asks for. Of one that takes time only they are told who `render` such."""
        if not key:
            raise Refusal(400, "bad_request", "Header X-Idempotency-Key can't be null")
        if key in self.refunds_by_key:
            return self.refunds_by_key[key]
        made = self._refund(self.payment(number), amount)
        self.refunds_by_key[key] = made
        if not self.habits.refunds_take_time:
            self._carry_out(self.payment(number), made)
        elif not renders:
            raise Refusal(400, "bad_request", "The refund could not be made at this moment")
        return made

    def _refund(self, payment: Payment, amount: Decimal | None) -> Refund:
        under_way = sum((each.amount for each in payment.refunds if each.status == "in_process"), ZERO)
        left = payment.amount - payment.refunded - under_way
        wanted = left if amount is None else amount
        if payment.status != "approved":
            raise Refusal(
                400, "bad_request", "The action requested is not valid for the current payment state"
            )
        if not ZERO < wanted <= left:
            raise Refusal(400, "bad_request", "Amount attribute must be a valid amount to refund")
        made = Refund(self.next_number(9_100_000_000), wanted, self.next_moment(), "in_process")
        payment.refunds.append(made)
        return made

    def _carry_out(self, payment: Payment, refund: Refund) -> None:
        refund.status = "approved"
        payment.refunded += refund.amount
        whole = payment.refunded == payment.amount
        status, detail = ("refunded", "refunded") if whole else ("approved", "partially_refunded")
        self.change(payment.id, status, detail)

    # --- what happens without the shop -----------------------------------------------------------
    def pay(
        self,
        preference_id: str,
        status: str = "approved",
        detail: str = "accredited",
        *,
        amount: Decimal | None = None,
        currency: str = "",
        collector: int = COLLECTOR,
        live_mode: bool = True,
        kind: str = "credit_card",
    ) -> int:
        """A buyer's attempt on the payment page; gives the payment's id."""
        preference, now = self.preferences[preference_id], self.next_moment()
        assert preference.ends is None or preference.ends > datetime.datetime.now(datetime.UTC), "expired"
        number = self.next_number(132_000_000_000)
        self.payments[number] = Payment(
            number,
            preference_id,
            preference.order_id,
            preference.reference,
            amount or preference.price,
            currency or preference.wish["items"][0]["currency_id"],
            status,
            detail,
            kind,
            collector,
            live_mode,
            created=now,
            updated=now,
        )
        self.fresh.add(number)
        return number

    def change(self, number: int, status: str, detail: str, *, later: bool = False) -> None:
        """Another state of a payment, with the same date where dates are kept and it is not `later`."""
        payment = self.payments[number]
        payment.status, payment.detail = status, detail
        now = self.next_moment()
        payment.updated = now if later or not self.habits.keeps_dates else payment.updated

    def give_back_in_panel(self, number: int, amount: Decimal | None = None) -> None:
        self._carry_out(self.payments[number], self._refund(self.payments[number], amount))

    def settle_refunds(self) -> None:
        """What took time is done."""
        for payment in self.payments.values():
            for refund in payment.refunds:
                if refund.status == "in_process":
                    self._carry_out(payment, refund)

    def charge_back(self, number: int) -> int:
        """The buyer's bank takes the money back; gives the chargeback's id."""
        self.change(number, "charged_back", "in_process")
        chargeback = self.next_number(234_000_062_890_459_000)
        self.chargebacks[chargeback] = number
        return chargeback

    def payments_of(self, reference: str) -> list[Payment]:
        return [each for each in self.payments.values() if each.reference == reference]
