"""Orders at Need, what their buyers do at the stand-in, and whether both sides agree in the end.

Ids of payments are decided beforehand, so that a webhook can be planned before its payment is made.
Import after Django is set up.
"""

from __future__ import annotations

import datetime
import itertools
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from consultations.actions.orders import FIRST_CHECK_AFTER, LINK_LIVES_FOR
from consultations.enums import Money
from consultations.models import Consultation, Order, Payment, Service
from home.models import User
from tests.benchmarks.house import House
from tests.benchmarks.load import Webhook
from tests.standins.mercadopago import records
from tests.standins.mercadopago import service as standin
from tests.standins.mercadopago.ledger import Ledger

PRICE = 25_000
BATCH = 1_000
# What becomes of an order, and how many of a hundred.
STORIES = {
    "approved": 70,
    "pending, approved": 10,
    "rejected, approved": 8,
    "rejected": 4,
    "pending": 3,
    "twice": 2,
    "refunded": 2,
    "nothing": 1,
}
ENDS_PAID = frozenset({"approved", "pending, approved", "rejected, approved"})
_payment_ids = itertools.count(9_000_000_000_001)


@dataclass
class Plan:
    """What happens at the stand-in and which webhooks leave, each in seconds from the beginning."""

    changes: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    webhooks: list[Webhook] = field(default_factory=list)

    def carry_out_changes(self) -> None:
        began = time.monotonic()
        for at, change in sorted(self.changes, key=lambda each: each[0]):
            time.sleep(max(0.0, began + at - time.monotonic()))
            change()

    def changing(self) -> threading.Thread:
        thread = threading.Thread(target=self.carry_out_changes)
        thread.start()
        return thread


class Shop:
    """Makes orders with their payment links, on both sides, and tells the stand-in what buyers do."""

    def __init__(self, site: House) -> None:
        self.ledger = Ledger(str(site.ledger))
        self._account = site.account
        # Nobody listens: the benchmark sends the webhooks itself.
        self._mercadopago = standin.Service(self._account, self.ledger, courier=None)  # type: ignore[arg-type]
        self._service, _ = Service.objects.get_or_create(
            slug="orientacion", defaults={"name": "Orientación por escrito", "price": PRICE}
        )
        self._client = User.objects.filter(email="cliente@example.com").first() or User.objects.create_user(
            "cliente@example.com"
        )

    def make_orders(self, moments: Sequence[float]) -> list[Order]:
        """One order for each of `moments`, the seconds from now at which it is placed."""
        now = timezone.now()
        orders = [self._order(now + datetime.timedelta(seconds=moment)) for moment in moments]
        with self.ledger.transaction():
            for order in orders:
                order.preference_id = self._preference(order)
        return Order.objects.bulk_create(orders, batch_size=BATCH)

    def _order(self, at: datetime.datetime) -> Order:
        return Order(
            client=self._client,
            service=self._service,
            list_price=Decimal(PRICE),
            amount=Decimal(PRICE),
            currency="CLP",
            turnaround_hours=72,
            replies_included=1,
            created_at=at,
            link_asked_at=at,
            expires_at=at + LINK_LIVES_FOR,
            next_check_at=at + FIRST_CHECK_AFTER,
            collector_id=self._account.collector_id,
            checkout_url=f"{self._account.public_url}/checkout/pay",
        )

    def _preference(self, order: Order) -> str:
        item = {"title": "Need", "quantity": 1, "currency_id": "CLP", "unit_price": PRICE}
        wish = {"items": [item], "external_reference": order.reference}
        preference = records.new_preference(wish, self._account, live_mode=True)
        self.ledger.save("preference", preference)
        return str(preference["id"])

    def pay(self, order: Order, payment_id: int, status: str) -> None:
        self._mercadopago.begin_payment(
            order.preference_id, status=status, changes={"id": payment_id}, notify=False
        )

    def approve(self, payment_id: int) -> None:
        self._mercadopago.change_payment(payment_id, {"status": "approved"}, notify=False)

    def give_back(self, payment_id: int) -> None:
        self._mercadopago.refund(payment_id, None, notify=False)

    def plan(self, orders: int, *, seconds: float, tail: float, lost: float, dice: random.Random) -> Plan:
        """Orders begun within `seconds`, each over after `tail` more, with 1 to 20 webhooks in any order.

        Of those that end paid, the share `lost` is never told of.
        """
        begins = sorted(dice.uniform(0, seconds) for _ in range(orders))
        plan = Plan()
        for begin, order in zip(begins, self.make_orders(begins), strict=True):
            story = dice.choices(list(STORIES), list(STORIES.values()))[0]
            steps = self._steps(order, story, begin, tail)
            plan.changes += [(at, change) for at, _, change in steps]
            if not (story in ENDS_PAID and dice.random() < lost):
                plan.webhooks += _webhooks(steps, begin + tail, dice)
        return plan

    def _steps(
        self, order: Order, story: str, at: float, tail: float
    ) -> list[tuple[float, int, Callable[[], object]]]:
        first, second, later = next(_payment_ids), next(_payment_ids), at + tail / 2
        begin = story.split(", ")[0]
        if begin == "nothing":
            return []
        status = begin if begin in ("pending", "rejected") else "approved"
        steps: list[tuple[float, int, Callable[[], object]]] = [
            (at, first, lambda: self.pay(order, first, status))
        ]
        if story == "pending, approved":
            steps.append((later, first, lambda: self.approve(first)))
        elif story in ("rejected, approved", "twice"):
            steps.append((later, second, lambda: self.pay(order, second, "approved")))
        elif story == "refunded":
            steps.append((later, first, lambda: self.give_back(first)))
        return steps


def _webhooks(
    steps: Sequence[tuple[float, int, Callable[[], object]]], end: float, dice: random.Random
) -> Iterable[Webhook]:
    """One to twenty: each step is told of after it was taken, the rest says anything at any moment."""
    for at, payment_id, _ in steps:
        yield Webhook(dice.uniform(at, end), payment_id)
    for _ in range(dice.randint(1, 20) - len(steps) if steps else 0):
        at, payment_id, _ = dice.choice(steps)
        yield Webhook(dice.uniform(at, end), payment_id, dice.choice(["payment.created", "payment.updated"]))


# --- do both sides agree? ------------------------------------------------------------------------------
def disagreements(ledger: Ledger) -> list[str]:
    """References of orders whose money or consultation is not what the stand-in's ledger says."""
    theirs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for payment in ledger.find("payment"):
        theirs[payment["external_reference"]].append(payment)
    ours: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    facts = ("payment_id", "status", "amount", "refunded")
    for row in Payment.objects.values_list("order_id", *facts):
        ours[row[0]].add(row[1:])
    opened = set(Consultation.objects.values_list("order_id", flat=True))
    orders = Order.objects.values_list("pk", "reference", "money")
    return [
        reference
        for pk, reference, money in orders
        if not _agree(theirs[reference], ours[pk], money, opened=pk in opened)
    ]


def _agree(theirs: list[dict[str, Any]], ours: set[tuple[object, ...]], money: str, *, opened: bool) -> bool:
    told = {(each["id"], each["status"], *_amounts(each)) for each in theirs}
    if told != ours:
        return False
    kept = sum(_amounts(each)[0] - _amounts(each)[1] for each in theirs if each["status"] == "approved")
    if kept:
        return money == Money.PAID and kept == PRICE and opened
    if any(each["status"] == "refunded" for each in theirs):
        # Whether it was seen while it was paid is a matter of chance.
        return money == Money.REFUNDED
    pending = any(each["status"] == "pending" for each in theirs)
    return money == (Money.PENDING if pending else Money.UNPAID) and not opened


def _amounts(payment: dict[str, Any]) -> tuple[Decimal, Decimal]:
    return Decimal(payment["transaction_amount"]), Decimal(payment["transaction_amount_refunded"])
