"""Sends webhooks as Mercado Pago does: at moments fixed beforehand, a connection each, again until taken.

The load is open: a webhook is sent at its moment whether or not the ones before were answered, and its
latency counts from that moment, so that a server that stalls is charged for everybody who waited.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.standins.mercadopago.webhooks import signature_headers

PATIENCE = 22.0  # seconds, Mercado Pago's own
TAKEN = (200, 201)
# Mercado Pago's fifteen minutes and more, compressed.
REPEATS = (1.0, 2.0, 4.0, 8.0)


@dataclass
class Webhook:
    """One notification: when it is to leave, in seconds from the beginning, and what became of it."""

    at: float
    payment_id: int
    action: str = "payment.updated"
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    latency: float = 0.0
    late: float = 0.0
    tries: int = 0
    taken: bool = False

    def request(self, host: str, secret: str) -> bytes:
        signed = signature_headers(secret, str(self.payment_id), request_id=self.request_id)
        body = json.dumps({"action": self.action, "data": {"id": str(self.payment_id)}, "type": "payment"})
        head = [
            f"POST /mercadopago/notificaciones/?data.id={self.payment_id}&type=payment HTTP/1.1",
            f"Host: {host}",
            "Content-Type: application/json",
            "Connection: close",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in signed.items()),
        ]
        return "\r\n".join([*head, "", body]).encode()


class Sender:
    """Delivers webhooks to a port of this machine. `repeats` waits follow a failure; the last one lasts."""

    def __init__(
        self, port: int, secret: str, *, repeats: Sequence[float] = (), most_at_once: int = 2000
    ) -> None:
        self._address, self._secret, self._repeats = ("127.0.0.1", port), secret, repeats
        self._most_at_once = most_at_once
        self.give_up: Callable[[], bool] = lambda: False

    def send(self, webhooks: Sequence[Webhook]) -> None:
        """Send them all, and come back when each was taken or given up."""
        asyncio.run(self._send(webhooks))

    async def _send(self, webhooks: Sequence[Webhook]) -> None:
        room = asyncio.Semaphore(self._most_at_once)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for webhook in sorted(webhooks, key=lambda each: each.at):
                wait = began + webhook.at - time.perf_counter()
                if wait > 0:
                    await asyncio.sleep(wait)
                await room.acquire()
                delivery = group.create_task(self._deliver(webhook, began + webhook.at))
                delivery.add_done_callback(lambda _: room.release())

    async def _deliver(self, webhook: Webhook, planned: float) -> None:
        webhook.late = time.perf_counter() - planned
        while not webhook.taken and not self.give_up():
            status = await self._post(webhook)
            webhook.taken, webhook.tries = status in TAKEN, webhook.tries + 1
            webhook.latency = time.perf_counter() - planned
            if webhook.taken or not self._repeats:
                return
            await asyncio.sleep(self._repeats[min(webhook.tries, len(self._repeats)) - 1])

    async def _post(self, webhook: Webhook) -> int:
        """The status of the answer; 0 where there was none."""
        loop = asyncio.get_running_loop()
        with socket.socket() as connection:
            connection.setblocking(False)
            try:
                async with asyncio.timeout(PATIENCE):
                    await loop.sock_connect(connection, self._address)
                    host = f"{self._address[0]}:{self._address[1]}"
                    await loop.sock_sendall(connection, webhook.request(host, self._secret))
                    answer = await loop.sock_recv(connection, 4096)
                return int(answer.split(b" ", 2)[1])
            except (OSError, TimeoutError, IndexError, ValueError):
                return 0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
