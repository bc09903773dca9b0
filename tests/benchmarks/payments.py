"""Measures the promises about payments and ends with 1 where one is broken: `make bench`.

    python -m tests.benchmarks.payments [--part webhooks|duplicates|kills|outage]… [--rate 200]
        [--seconds 60] [--orders 10000] [--kills 100] [--seed 7]

Need runs as in production, with two web and two worker processes, on a PostgreSQL cluster of its own (fsync
on) and with the Redis of REDIS_URL. Everything random follows the seed. The load comes from this process: it
shares the machine with what it measures.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.house import SECRET, House, house
from tests.benchmarks.load import REPEATS, Sender, Webhook, percentile
from tests.benchmarks.programs import Keeper
from tests.benchmarks.promises import Promise, say

if TYPE_CHECKING:
    from tests.benchmarks.purchases import Shop

PARTS = ("webhooks", "duplicates", "kills", "outage")
MILLISECONDS_ALLOWED = 100.0
# Mercado Pago tells of a payment a few times: the first one is new, the others are soon.
TOLD_TIMES = 4
AT_ONCE = 64
TAIL = 60.0
SECONDS_BETWEEN_KILLS = 5.0
LOST = 0.05
PATIENCE = 1800.0


def main() -> int:
    options = _options()
    # Whoever ends this ends all that it started; who reads it from a file reads along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    promises: list[Promise] = []
    with tempfile.TemporaryDirectory(prefix="need-payments-") as folder, house(Path(folder)) as site:
        from tests.benchmarks.outage import outage
        from tests.benchmarks.purchases import Shop

        shop = Shop(site)
        where = "Redis" if os.environ.get("REDIS_URL") else "memory"
        print(f"\nPayments, PostgreSQL, {where}: {' '.join(sys.argv[1:])}", flush=True)
        parts: dict[str, Callable[[], Iterator[Promise]]] = {
            "webhooks": lambda: webhooks(site, shop, options.rate, options.seconds),
            "duplicates": lambda: duplicates(site, shop, options),
            "kills": lambda: kills(site, shop, options),
            "outage": lambda: outage(site, shop, options.orders // 10, options.seed),
        }
        for name in options.part or PARTS:
            promises += say(parts[name]())
    return 0 if all(each.kept for each in promises) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.payments")
    parser.add_argument("--part", choices=PARTS, action="append", help="all without it")
    parser.add_argument("--rate", type=int, default=200, help="webhooks a second")
    parser.add_argument("--seconds", type=int, default=60, help="of webhooks at that rate")
    parser.add_argument("--orders", type=int, default=10_000, help="of duplicates and kills; outage: a tenth")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


# --- acknowledged in time, none lost ------------------------------------------------------------------
def webhooks(site: House, shop: Shop, rate: int, seconds: int) -> Iterator[Promise]:
    """`rate` webhooks a second, four a payment, while the workers read the payments they tell of."""
    total = rate * seconds
    orders = shop.make_orders([0.0] * max(1, total // TOLD_TIMES))
    ids = [5_000_000_000_000 + time.time_ns() // 1_000_000 % 10**9 * 1000 + at for at in range(len(orders))]
    with shop.ledger.transaction():
        for order, payment_id in zip(orders, ids, strict=True):
            shop.pay(order, payment_id, "approved")
    Sender(site.port, SECRET).send([Webhook(each * 0.05, ids[0]) for each in range(40)])
    # Until the workers are there, too.
    _until_empty()
    load = [Webhook(at / rate, ids[at // TOLD_TIMES % len(ids)]) for at in range(total)]
    Sender(site.port, SECRET).send(load)
    backlog = _waiting()
    slow = percentile([each.latency * 1000 for each in load], 0.99)
    late = percentile([each.late * 1000 for each in load], 0.99)
    middle = percentile([each.latency * 1000 for each in load], 0.5)
    print(f"acknowledged: median {middle:.1f} ms; the client itself was late by {late:.1f} ms (99 %)")
    yield Promise(
        f"{rate}/s for {seconds} s, ms at the 99 %",
        f"{slow:.1f} ms of {len(load)}",
        slow,
        MILLISECONDS_ALLOWED,
    )
    lost = len(load) - _stored(load)
    yield Promise("webhooks that were lost", f"{lost} of {len(load)}", lost, 0)
    print(f"queue: {backlog} jobs when the load ended, empty {_until_empty():.0f} s later")


def _stored(load: Sequence[Webhook]) -> int:
    """How many of these were taken and are there, each by the request it came with."""
    from consultations.models import PaymentHint

    taken = {each.request_id for each in load if each.taken}
    there = PaymentHint.objects.filter(topic="payment").values_list("request_id", flat=True)
    return len(taken & set(there))


# --- duplicates in any order --------------------------------------------------------------------------
def duplicates(site: House, shop: Shop, options: argparse.Namespace) -> Iterator[Promise]:
    """Orders whose payments are told of 1 to 20 times, in any order: every consultation is opened once."""
    dice = random.Random(options.seed)
    span = _span(options.orders, options.rate)
    plan = shop.plan(options.orders, seconds=span, tail=min(TAIL, span), lost=0.0, dice=dice)
    changes, began = plan.changing(), time.monotonic()
    Sender(site.port, SECRET, repeats=REPEATS, most_at_once=AT_ONCE).send(plan.webhooks)
    changes.join()
    sent = time.monotonic() - began
    waited = _until_empty()
    print(f"{len(plan.webhooks)} webhooks of {options.orders} orders in {sent:.0f} s")
    print(f"queue empty {waited:.0f} s after the last of them")
    yield from _agreement(shop, plan.webhooks)


def _span(orders: int, rate: int) -> float:
    return orders * 10.5 / rate


def _agreement(shop: Shop, load: Sequence[Webhook]) -> Iterator[Promise]:
    from consultations.models import Consultation, Order
    from home.models import TouchpointLog
    from tests.benchmarks.purchases import disagreements

    lost = len(load) - _stored(load)
    yield Promise("webhooks that were lost", f"{lost} of {len(load)}", lost, 0)
    different, total = disagreements(shop.ledger), Order.objects.count()
    yield Promise("orders that differ from the ledger", f"{len(different)} of {total}", len(different), 0)
    opened, told = Consultation.objects.count(), TouchpointLog.objects.filter(name="order_paid").count()
    yield Promise("consultations not opened just once", f"{told} openings of {opened}", abs(told - opened), 0)


# --- killed again and again ---------------------------------------------------------------------------
def kills(site: House, shop: Shop, options: argparse.Namespace) -> Iterator[Promise]:
    """The same load while web, worker, database and stand-in are killed; some webhooks never leave."""
    dice = random.Random(options.seed + 1)
    span = max(_span(options.orders, options.rate), options.kills * SECONDS_BETWEEN_KILLS)
    plan = shop.plan(options.orders, seconds=span - min(TAIL, span / 2), tail=TAIL, lost=LOST, dice=dice)
    moments = sorted(dice.uniform(0, span) for _ in range(options.kills))
    began = time.monotonic()
    with Keeper(site.programs) as keeper:
        changes = plan.changing()
        killing = _Killing(site, keeper, moments, dice)
        killing.start()
        sender = Sender(site.port, SECRET, repeats=REPEATS, most_at_once=8 * AT_ONCE)
        sender.give_up = lambda: time.monotonic() - began > span + PATIENCE
        sender.send(plan.webhooks)
        changes.join()
        killing.join()
        print(f"{len(plan.webhooks)} webhooks in {time.monotonic() - began:.0f} s; killed: {killing}")
        print(f"all orders agreed {_until_agreed(shop):.0f} s after the last was delivered")
        print(f"queue empty {_until_empty():.0f} s later")
        yield Promise("kills", f"{sum(killing.done.values())}", options.kills - sum(killing.done.values()), 0)
        yield from _agreement(shop, plan.webhooks)


class _Killing(threading.Thread):
    """Kills one of the programs at each of the moments: all of its processes, or one that it started."""

    def __init__(self, site: House, keeper: Keeper, moments: Sequence[float], dice: random.Random) -> None:
        super().__init__(daemon=True)
        self._keeper, self._moments, self._dice = keeper, moments, dice
        # Each of the programs as often as any other, in any order.
        self._victims = [site.programs[at % len(site.programs)] for at in range(len(moments))]
        dice.shuffle(self._victims)
        self.done: Counter[str] = Counter()

    def run(self) -> None:
        began = time.monotonic()
        for moment, program in zip(self._moments, self._victims, strict=True):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            whole = self._dice.random() < 0.5
            with self._keeper.lock:
                if not whole and program.kill_one(self._dice):
                    self.done[f"one process of {program.name}"] += 1
                else:
                    program.kill()
                    self.done[program.name] += 1

    def __str__(self) -> str:
        return ", ".join(f"{name} {times}" for name, times in sorted(self.done.items()))


# --- what is left to do -------------------------------------------------------------------------------
def _waiting() -> int:
    from django_q.models import OrmQ

    return int(_answered(OrmQ.objects.count))


def _open_hints() -> int:
    from consultations.models import PaymentHint

    return int(_answered(PaymentHint.objects.filter(processed_at=None).count))


def _until_empty() -> float:
    """The seconds until no job waits and every hint was worked off."""
    return _until(lambda: not _waiting() and not _open_hints(), "The queue did not empty")


def _until_agreed(shop: Shop) -> float:
    from tests.benchmarks.purchases import disagreements

    return _until(lambda: not _answered(lambda: len(disagreements(shop.ledger))), "Orders do not agree", 5.0)


def _until(done: Callable[[], bool], otherwise: str, every: float = 1.0) -> float:
    """Give up without an error: what is promised is checked afterwards."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > PATIENCE:
            print(f"{otherwise} within {PATIENCE:.0f} s.")
            break
        time.sleep(every)
    return time.monotonic() - began


def _answered(ask: Callable[[], int]) -> int:
    """What the database says, once it is back if it was killed."""
    from django.db import InterfaceError, OperationalError, connection

    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
