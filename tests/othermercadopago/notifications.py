"""The requests this Mercado Pago sends to the shop's webhook; the test delivers them, or does not."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

from tests.othermercadopago.books import COLLECTOR, Books
from tests.othermercadopago.habits import Habits


@dataclass(frozen=True)
class Notification:
    query: str
    headers: dict[str, str]
    body: bytes

    def send(self, webhook: str) -> int:
        """Deliver it over HTTP; gives the answer's status."""
        request = urllib.request.Request(f"{webhook}?{self.query}", self.body, self.headers)
        with urllib.request.urlopen(request, timeout=22) as answer:
            return int(answer.status)


class Notifications:
    def __init__(self, habits: Habits, books: Books, secret: str) -> None:
        self.habits, self.books, self.secret = habits, books, secret

    def of_payment(self, payment_id: int) -> list[Notification]:
        """The merchant order's before the payment's, one in the older form, and one of them twice."""
        order_id = self.books.payments[payment_id].order_id
        own = self.payment(payment_id)
        return [self.merchant_order(order_id), self.older(payment_id), own, own]

    def payment(self, payment_id: int) -> Notification:
        number = self.habits.vary(str(payment_id), payment_id)
        body = {"action": self.habits.vary("payment.created", "payment.updated"), "data": {"id": number}}
        return self._signed("payment", str(payment_id), body)

    def merchant_order(self, order_id: int) -> Notification:
        """Its body names the order beside the data, not in it."""
        body = {"action": "update", "id": str(order_id), "status": "closed", "version": 3}
        data = {"currency_id": "CLP", "marketplace": "NONE", "status": "closed"}
        return self._signed("topic_merchant_order_wh", str(order_id), {**body, "data": data})

    def chargeback(self, chargeback_id: int) -> Notification:
        payment_id = self.books.chargebacks[chargeback_id]
        data = {"id": str(chargeback_id), "payment_id": payment_id, "checkout": "PRO", "site_id": "MLC"}
        body = {"actions": ["changed_case_status"], "application_id": 6295877106812064, "data": data}
        return self._signed("topic_chargebacks_wh", str(chargeback_id), body)

    def fraud_alert(self, payment_id: int) -> Notification:
        """It names no data.id; whether its address does, nobody says."""
        order_id = self.books.payments[payment_id].order_id
        data = {"description": "desc", "merchant_order": order_id, "payment_id": payment_id, "site_id": "MLC"}
        body = {"action": "Created", "id": str(payment_id), "version": 1, "data": data}
        return self._signed("stop_delivery_op_wh", self.habits.choose("", str(payment_id), ""), body)

    def older(self, payment_id: int) -> Notification:
        """The older form (IPN) is signed with what nobody can check."""
        body = json.dumps({"resource": f"https://api.mercadolibre.com/collections/{payment_id}"})
        headers = {"X-Signature": f"ts=1704908010,v1={'0' * 64}", "Content-Type": "application/json"}
        return Notification(f"id={payment_id}&topic=payment", headers, body.encode())

    def _signed(self, topic: str, data_id: str, body: dict[str, Any]) -> Notification:
        request_id = self.habits.choose(str(uuid.uuid4()), "bb56a2f1-6aae-46ac-982e-9dcd3581d08e", "")
        headers = {"content-type": self.habits.choose("application/json", "application/json;charset=UTF-8")}
        headers["x-signature"] = self._signature(data_id, request_id)
        if request_id:
            headers["x-request-id"] = request_id
        kind = self.habits.choose("type", "type", "topic")
        pairs = [f"data.id={data_id}", f"{kind}={topic}"] if data_id else [f"{kind}={topic}"]
        whole = {
            "api_version": "v1",
            "id": 12345,
            "user_id": COLLECTOR,
            "live_mode": True,
            kind: topic,
            **body,
        }
        return Notification("&".join(self.habits.shuffled(pairs)), headers, json.dumps(whole).encode())

    def _signature(self, data_id: str, request_id: str) -> str:
        stamp = str(self.habits.choose(int(time.time()), int(time.time() * 1000)))
        pairs = (("id", data_id), ("request-id", request_id), ("ts", stamp))
        manifest = "".join(f"{name}:{value};" for name, value in pairs if value)
        mark = hmac.new(self.secret.encode(), manifest.encode(), hashlib.sha256).hexdigest()
        return self.habits.choose(f"ts={stamp},v1={mark}", f"v1={mark}, ts={stamp}")
