"""`Play`: one order, the stand-in that makes failures of it, and the site's own part in them."""

from __future__ import annotations

import datetime
import json
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from consultations import jobs
from consultations.actions.refunds import ask_refund
from consultations.enums import RefundReason
from consultations.models import Order, PaymentHint, Refund
from home import permissions
from tests.consultations.browsing import order_page, signed_in
from tests.fixtures.people import make_person
from tests.fixtures.queue import drain_queue
from tests.standins.fixtures import StandIn

MOST_PASSES = 8
PANELS_TEST = "123456"


class Play:
    """What happens to an order. `answer` is what the stand-in said of the last failure."""

    def __init__(self, standin: StandIn, order: Order) -> None:
        self.standin, self.order = standin, order
        self.browser = signed_in(order.client)
        self.answer: dict[str, Any] = {}

    def produce(self, number: int, **wish: Any) -> None:
        """Has the stand-in produce a failure; every webhook it sends is answered when this ends."""
        self.answer = self.standin.control(f"failures/{number}", wish)

    def answers(self) -> list[int]:
        """How the site answered the webhooks of the last failure."""
        return [each["answer"] for each in self.answer["webhooks"]]

    def press_pay(self) -> str:
        """The client presses pay on the order's page, until that leads to a payment link; gives its id."""
        for _ in range(2):
            answer = self.browser.post(order_page(self.order))
            if answer["Location"] == self.order_now().checkout_url:
                break
        return self.order_now().preference_id

    def open(self, url: str, browser: Client | None = None) -> Any:
        """Opens the address that Mercado Pago sends the buyer to."""
        parts = urlsplit(url)
        return (browser or self.browser).get(f"{parts.path}?{parts.query}")

    def do_nothing(self) -> None:
        """Neither the site nor the buyer does anything of their own."""

    def pay_first(self) -> None:
        """The link is paid, and the site knows it, before anything fails."""
        self.press_pay()
        self.produce(1)
        self.settle()

    def pay_in_the_link(self) -> None:
        self.standin.pay(self.press_pay(), "approve")

    def come_back(self) -> None:
        assert self.open(self.answer["return_url"]).status_code == 200

    def come_back_as_nobody(self) -> None:
        assert self.open(self.answer["return_url"], Client()).status_code == 200

    def ask_refund(self) -> None:
        """An administrator asks for the newest payment of the order to go back."""
        administrator = make_person("oficina@example.com", group=permissions.ADMINISTRATORS)
        payment = self.order.payments.filter(status="approved").latest("pk")
        ask_refund(by=administrator, payment=payment, amount=payment.amount, reason=RefundReason.OTHER)

    def run_jobs(self) -> None:
        drain_queue()

    def settle(self) -> None:
        """Does what the queue holds, and one reconciliation after the other while something is left to do."""
        for _ in range(MOST_PASSES):
            drain_queue()
            self._time_passes()
            jobs.reconcile_payments()
            drain_queue()
            if not self._something_is_left():
                return
        raise AssertionError("it does not come to an end")

    def shown(self) -> dict[str, Any]:
        """The order as `manage.py show_order` tells it, without its payments."""
        out = StringIO()
        call_command("show_order", self.order.reference, stdout=out)
        told = json.loads(out.getvalue())
        return {name: told[name] for name in ("money", "fulfilled", "attention")}

    def order_now(self) -> Order:
        self.order.refresh_from_db()
        return self.order

    def _time_passes(self) -> None:
        past = timezone.now() - datetime.timedelta(seconds=1)
        Order.objects.update(next_check_at=past)
        PaymentHint.objects.filter(processed_at=None).update(next_check_at=past)
        Refund.objects.exclude(next_try_at=None).update(next_try_at=past)

    def _something_is_left(self) -> bool:
        hints = PaymentHint.objects.filter(processed_at=None).exclude(data_id=PANELS_TEST)
        return hints.exists() or Refund.objects.exclude(next_try_at=None).exists()
