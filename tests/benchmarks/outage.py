"""The stand-in down for an hour. Time is moved in this process, minute by minute; nothing waits for it.

Web and workers stand still: webhooks, pages, the queue's jobs and the recurring reconciliation run here, one
after another, as one worker would do them, for no more than a real minute in each moved one.
Import after Django is set up.
"""

from __future__ import annotations

import datetime
import pydoc
import random
import time
from collections.abc import Iterator

from django.db.models import Q
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from consultations import jobs
from consultations.enums import Money
from consultations.models import Consultation, Order, PaymentHint
from tests.benchmarks import clock
from tests.benchmarks.house import SECRET, House
from tests.benchmarks.load import Webhook
from tests.benchmarks.promises import Promise
from tests.benchmarks.purchases import Shop, disagreements
from tests.standins.mercadopago.webhooks import signature_headers

MINUTE = datetime.timedelta(minutes=1)
DOWN_FOR, BACK_WITHIN = 60, 10  # minutes
TOLD = 0.7  # of the payments; the webhooks of the others are lost
LOOKED_AT = 5  # pages in each minute
TRUE = "Estamos confirmando tu pago"
UNTRUE = ("Tu pago está confirmado", "El pago no pasó", "El enlace de pago venció")


def outage(site: House, shop: Shop, count: int, seed: int) -> Iterator[Promise]:
    """People pay while Mercado Pago's API answers nobody; then it is back."""
    dice = random.Random(seed + 2)
    site.worker.stop()
    site.web.stop()
    site.standin.stop()
    orders, told, lies = [], 0, 0
    for minute in range(DOWN_FOR):
        new = _pay(shop, count * (minute + 1) // DOWN_FOR - count * minute // DOWN_FOR, dice)
        orders += new
        for webhook in (each for each in new if dice.random() < TOLD):
            told += _deliver(webhook)
        lies += sum(not _is_true(dice.choice(orders)[0]) for _ in range(LOOKED_AT) if orders)
        _one_minute()
    opened = Consultation.objects.filter(order__in=[order.pk for order, _ in orders]).count()
    site.standin.start()
    site.standin.wait_until_ready()
    minutes = _until_reconciled([order for order, _ in orders])
    yield Promise("pages that did not tell the truth", f"{lies} of {DOWN_FOR * LOOKED_AT}", lies, 0)
    yield Promise("opened while nothing was known", f"{opened} of {len(orders)}", opened, 0)
    yield Promise("minutes until all was reconciled", f"{len(orders)} orders", minutes, BACK_WITHIN)
    different = set(disagreements(shop.ledger)) & {order.reference for order, _ in orders}
    yield Promise(
        "orders that differ from the ledger", f"{len(different)} of {len(orders)}", len(different), 0
    )
    stored = PaymentHint.objects.filter(data_id__in=[str(payment) for _, payment in orders])
    yield Promise("webhooks that were lost", f"{told} taken", told - stored.count(), 0)


def _pay(shop: Shop, count: int, dice: random.Random) -> list[tuple[Order, int]]:
    """Orders placed and paid in this minute."""
    paid = []
    for order in shop.make_orders([0.0] * count):
        payment_id = dice.randrange(6 * 10**12, 7 * 10**12)
        shop.pay(order, payment_id, "approved")
        paid.append((order, payment_id))
    return paid


def _deliver(paid: tuple[Order, int]) -> bool:
    webhook = Webhook(0.0, paid[1])
    headers = signature_headers(SECRET, str(webhook.payment_id), request_id=webhook.request_id)
    address = f"/mercadopago/notificaciones/?data.id={webhook.payment_id}&type=payment"
    answer = Client(headers=headers).post(address, "{}", content_type="application/json")
    return answer.status_code == 200


def _is_true(order: Order) -> bool:
    """Whether the buyer who comes back from paying reads that it is being confirmed, and nothing else."""
    answer = Client().get(f"/consultas/orden/{order.return_token}/?status=approved")
    page = answer.content.decode()
    return answer.status_code == 200 and TRUE in page and not any(each in page for each in UNTRUE)


def _one_minute() -> None:
    """What one worker does in a minute: the jobs that are due and one regular pass."""
    ends = time.monotonic() + MINUTE.total_seconds()
    jobs.reconcile_payments()
    while time.monotonic() < ends and _run_next_job():
        pass
    clock.move(MINUTE)


def _run_next_job() -> bool:
    row = OrmQ.objects.filter(Q(lock__lte=timezone.now())).order_by("lock", "pk").first()
    if row is None:
        return False
    task = SignedPackage.loads(row.payload)
    try:
        pydoc.locate(task["func"])(*task["args"], **task["kwargs"])  # type: ignore[operator]
    except Exception:
        # As the queue does: again after a while.
        OrmQ.objects.filter(pk=row.pk).update(lock=timezone.now() + datetime.timedelta(seconds=90))
    else:
        row.delete()
    return True


def _until_reconciled(orders: list[Order]) -> int:
    """The moved minutes until every one of these orders is paid and open, at most twice what is promised."""
    paid = Order.objects.filter(pk__in=[each.pk for each in orders], money=Money.PAID)
    for minute in range(BACK_WITHIN * 2):
        if paid.filter(consultation__isnull=False).count() == len(orders):
            return minute
        _one_minute()
    return BACK_WITHIN * 2
