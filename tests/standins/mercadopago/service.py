"""What can happen at Mercado Pago: a preference is made, a payment begins, changes, is given back.

Every change is kept before the notification leaves, as with the real one.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.standins.mercadopago import records, rules
from tests.standins.mercadopago.ledger import Document, Ledger
from tests.standins.mercadopago.records import Account
from tests.standins.mercadopago.rules import ApiError
from tests.standins.mercadopago.webhooks import Courier

_REFUND_PERIOD = timedelta(days=180)


class Service:
    """One seller's account: its ledger and the courier that tells the seller what changed."""

    def __init__(self, account: Account, ledger: Ledger, courier: Courier) -> None:
        self.account, self.ledger, self.courier = account, ledger, courier

    # Preferences

    def create_preference(self, wish: Any, *, live_mode: bool) -> Document:
        rules.check_preference(wish)
        preference = records.new_preference(wish, self.account, live_mode=live_mode)
        self.ledger.save("preference", preference)
        return preference

    def preference(self, key: str) -> Document:
        found = self.ledger.get("preference", key)
        if found is None:
            raise ApiError(404, "not_found", "preference not found", "preference_not_found")
        return found

    def update_preference(self, key: str, wish: Any) -> Document:
        with self.ledger.transaction():
            before = self.preference(key)
            changed = before | (wish if isinstance(wish, dict) else {})
            rules.check_preference(changed)
            kept = {name: before[name] for name in ("id", "collector_id", "init_point", "date_created")}
            self.ledger.save("preference", changed | kept)
            return changed | kept

    # Payments

    def payment(self, key: object) -> Document:
        found = self.ledger.get("payment", key)
        if found is None:
            raise ApiError(404, "not_found", "Payment not found", 2000)
        return found

    def begin_payment(
        self,
        preference_id: str,
        *,
        status: str,
        method: str = "credit_card",
        changes: Mapping[str, Any] | None = None,
        notify: bool = True,
    ) -> Document:
        """A buyer's attempt. `changes` overwrite any field, to make payments that should not be."""
        with self.ledger.transaction():
            preference = self.preference(preference_id)
            order = self._order_of(preference)
            payment = records.new_payment(
                preference, key=self.ledger.next_id(), order_id=order["id"], status=status, method=method
            ) | dict(changes or {})
            order["_payments"].append(payment["id"])
            self.ledger.save("merchant_order", order)
            self.ledger.save("payment", payment)
        if notify:
            self.courier.announce("payment.created", payment, self.address_for(payment))
        return payment

    def change_payment(self, key: object, changes: Mapping[str, Any], *, notify: bool = True) -> Document:
        """What the bank, the buyer or Mercado Pago itself does later to a payment."""
        with self.ledger.transaction():
            payment = self.payment(key)
            status = changes.get("status", payment["status"])
            if status == "refunded" and payment["status"] == "approved":
                self._give_back(payment, None)
            elif status != payment["status"]:
                payment["status_detail"] = records.DETAILS.get(status, "")
            payment["date_last_updated"] = _after(payment["date_last_updated"])
            if status == "approved" and not payment["date_approved"]:
                payment["date_approved"] = payment["date_last_updated"]
            payment |= dict(changes)
            self.ledger.save("payment", payment)
        if notify:
            self.courier.announce("payment.updated", payment, self.address_for(payment))
        return payment

    def refund(self, key: object, amount: Any, *, notify: bool = True) -> Document:
        """Gives back an amount, or the rest without one."""
        with self.ledger.transaction():
            payment = self.payment(key)
            refund = self._give_back(payment, amount)
            payment["date_last_updated"] = _after(payment["date_last_updated"])
            self.ledger.save("payment", payment)
        if notify:
            self.courier.announce("payment.updated", payment, self.address_for(payment))
        return refund

    def open_chargeback(self, key: object, *, deadline: str | None, notify: bool = True) -> Document:
        """A buyer's bank takes a payment back; documents against it are taken until `deadline`, if any."""
        with self.ledger.transaction():
            payment = self.payment(key)
            payment |= {"status": "charged_back", "status_detail": "in_process"}
            payment["date_last_updated"] = _after(payment["date_last_updated"])
            self.ledger.save("payment", payment)
            chargeback = records.new_chargeback(payment, key=self.ledger.next_id(), deadline=deadline)
            self.ledger.save("chargeback", chargeback)
        if notify:
            self.courier.announce_chargeback(chargeback, payment)
        return chargeback

    def chargeback(self, key: object) -> Document:
        found = self.ledger.get("chargeback", key)
        if found is None:
            raise ApiError(404, "not_found", "Chargeback not found", "chargeback_not_found")
        return found

    def _give_back(self, payment: Document, amount: Any) -> Document:
        rest = round(payment["transaction_amount"] - payment["transaction_amount_refunded"], 2)
        amount = rest if amount is None else amount
        if payment["status"] != "approved":
            raise rules.wrong_state()
        if records.now() - datetime.fromisoformat(payment["date_approved"]) > _REFUND_PERIOD:
            raise ApiError(400, "bad_request", "Payment too old to be refunded", 2024)
        rules.check_amount(amount, payment["currency_id"], "amount")
        if amount > rest:
            raise ApiError(400, "bad_request", "Amount exceeds what is left of the payment", 2063)
        refund = records.new_refund(payment, key=self.ledger.next_id(), amount=amount)
        payment["refunds"].append(refund)
        payment["transaction_amount_refunded"] = round(payment["transaction_amount_refunded"] + amount, 2)
        payment["status"] = "refunded" if amount == rest else "approved"
        payment["status_detail"] = "refunded" if amount == rest else "partially_refunded"
        return refund

    def address_for(self, payment: Document) -> str | None:
        """The preference's own notification address comes before the account's."""
        address: str | None = self.preference(payment["_preference_id"])["notification_url"]
        return address

    # Merchant orders

    def merchant_order(self, key: object) -> Document:
        order = self.ledger.get("merchant_order", key)
        if order is None:
            raise ApiError(404, "not_found", "Order not found", "merchant_order_not_found")
        return self.shown_order(order)

    def shown_order(self, order: Document) -> Document:
        payments = [self.payment(key) for key in order["_payments"]]
        visible = [payment for payment in payments if "merchant_orders" not in payment["_hidden"]]
        return records.merchant_order(order, self.preference(order["_preference_id"]), visible)

    def _order_of(self, preference: Document) -> Document:
        for order in self.ledger.find("merchant_order", reference=preference["external_reference"]):
            if order["_preference_id"] == preference["id"]:
                return order
        return {
            "id": self.ledger.next_id(),
            "external_reference": preference["external_reference"],
            "date_created": records.stamp(),
            "_preference_id": preference["id"],
            "_payments": [],
        }


def _after(moment: str) -> str:
    """Now, but later than `moment` even within one millisecond: two changes never carry the same date."""
    earliest = datetime.fromisoformat(moment) + timedelta(milliseconds=1)
    return records.stamp(max(records.now(), earliest))
