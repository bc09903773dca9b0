"""What people do in the shop while it talks to the other Mercado Pago, and what the shop then says."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from consultations.models import Order, PaymentHint, Refund, Service
from home.models import User
from tests.consultations.browsing import NEW, form_for, order_page, signed_in
from tests.fixtures.queue import drain_queue
from tests.othermercadopago.notifications import Notification
from tests.othermercadopago.server import OtherMercadoPago

WEBHOOK = "/mercadopago/notificaciones/"


class Shop:
    """One buyer's order, through the pages, the webhook address and the commands alone."""

    def __init__(self, other: OtherMercadoPago, buyer: User, service: Service) -> None:
        self.other, self.service = other, service
        self.browser = signed_in(buyer)
        self.pk = 0

    @property
    def order(self) -> Order:
        return Order.objects.get(pk=self.pk)

    def order_something(self) -> str:
        """Buy, up to leaving for the payment page; gives where the buyer is led."""
        answer = self.browser.post(NEW, form_for(self.service, uuid.uuid4()))
        self.pk = Order.objects.latest("pk").pk
        return str(answer["Location"])

    def try_again(self) -> str:
        return str(self.browser.post(order_page(self.order))["Location"])

    def pay(self, *status: str, told: bool = True, **fields: Any) -> int:
        """Pay on the payment page; `told` says whether the webhooks arrive."""
        payment_id = self.other.books.pay(self.order.preference_id, *status, **fields)
        if told:
            self.hear(*self.other.notifications.of_payment(payment_id))
        return payment_id

    def change(self, payment_id: int, status: str, detail: str, *, later: bool = False) -> None:
        self.other.books.change(payment_id, status, detail, later=later)
        self.hear(*self.other.notifications.of_payment(payment_id))

    def hear(self, *notifications: Notification) -> None:
        """Do what is queued, then receive webhooks and do what they ask for, one after another."""
        drain_queue()
        for each in notifications:
            assert self.receive(each) == 200
            drain_queue()

    def receive(self, each: Notification) -> int:
        headers = {name.title(): value for name, value in each.headers.items()}
        kind = headers.pop("Content-Type")
        target = f"{WEBHOOK}?{each.query}"
        return Client().post(target, data=each.body, content_type=kind, headers=headers).status_code

    def reconcile(self) -> None:
        """One pass of the recurring job when everything is due."""
        now = timezone.now()
        Order.objects.update(next_check_at=now)
        PaymentHint.objects.filter(processed_at=None).update(next_check_at=now)
        Refund.objects.exclude(next_try_at=None).update(next_try_at=now)
        call_command("reconcile_payments", stdout=io.StringIO())
        drain_queue()

    def finish_refunds(self) -> None:
        """What takes Mercado Pago time is done by now, and the next pass finds out."""
        self.other.books.settle_refunds()
        self.reconcile()

    def shown(self) -> dict[str, Any]:
        out = io.StringIO()
        call_command("show_order", self.order.reference, stdout=out)
        shown: dict[str, Any] = json.loads(out.getvalue())
        return shown

    def summary(self) -> tuple[str, int, bool]:
        shown = self.shown()
        return shown["money"], shown["fulfilled"], shown["attention"]

    def payments(self) -> set[tuple[int, str, str, str]]:
        """Every payment: its id, status, amount and what went back."""
        rows = self.shown()["payments"]
        return {(each["id"], each["status"], each["amount"], each["refunded"]) for each in rows}
