"""Notifications: signed as documented, delivered in the background, repeated when they are not taken."""

import hashlib
import heapq
import hmac
import http.client
import itertools
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.standins.mercadopago import records
from tests.standins.mercadopago.ledger import Document

_TIMEOUT = 22.0  # seconds Mercado Pago waits for an answer
_LOG_LENGTH = 5_000
_SENT_ONCE = ("stop_delivery_op_wh",)  # never repeated, whatever is answered
_TURNS = itertools.count()


def signature_headers(
    secret: str, data_id: str | None, *, request_id: str | None = None, ts: int | str | None = None
) -> dict[str, str]:
    """`x-signature` and `x-request-id` for a notification about `data_id`, signed with `secret`.

    `ts` is the stamp as it is to appear, now in seconds by default.
    """
    request_id = str(uuid.uuid4()) if request_id is None else request_id
    ts = int(time.time()) if ts is None else ts
    pairs = {"id": data_id, "request-id": request_id, "ts": ts}
    text = "".join(f"{name}:{value};" for name, value in pairs.items() if value)
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {"x-signature": f"ts={ts},v1={digest}", "x-request-id": request_id}


@dataclass(eq=False)
class Notification:
    """One notification and how its deliveries went. `signature`: `valid`, `forged`, `none`, `malformed`,
    `non-ascii`. `secret` signs it instead of the courier's; `as_sent` are headers of an earlier delivery."""

    number: int
    data_id: str
    action: str
    topic: str = "payment"
    body_id: str | None = None
    live_mode: bool = False
    signature: str = "valid"
    stamp_unit: str = "s"
    url: str = ""
    user_id: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    secret: str = ""
    as_sent: dict[str, str] = field(default_factory=dict)
    repeats: bool = True
    created: str = field(default_factory=records.stamp)
    first: "Future[None] | None" = None
    answers: list[int | str] = field(default_factory=list)

    @property
    def target(self) -> str:
        parts = urlsplit(self.url)
        pairs = {"data.id": self.data_id, "type": self.topic}
        hint = urlencode({name: value for name, value in pairs.items() if value})
        return f"{parts.path or '/'}?{parts.query}&{hint}" if parts.query else f"{parts.path or '/'}?{hint}"

    def body(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "api_version": "v1",
            "data": {"id": self.body_id or self.data_id, **self.data},
            "date_created": self.created,
            "id": self.number,
            "live_mode": self.live_mode,
            "type": self.topic,
            "user_id": str(self.user_id),
        }

    def headers(self, secret: str) -> dict[str, str]:
        ts = int(time.time() * (1000 if self.stamp_unit == "ms" else 1))
        secret = self.secret or secret
        headers = dict(self.as_sent) or signature_headers(secret, self.data_id, ts=ts)
        if self.signature == "forged":
            headers = signature_headers(f"not {secret}", self.data_id, ts=ts)
        elif self.signature == "non-ascii":
            headers["x-signature"] = f"ts={ts},v1=ñandú"
        elif self.signature == "malformed":
            headers["x-signature"] = f"ts={ts}"
        elif self.signature == "none":
            del headers["x-signature"]
        return headers | {
            "Content-Type": "application/json",
            "User-Agent": "MercadoPago WebHook v1.0 payment",
        }


class Agenda:
    """Hands notifications over when they are due: one thread, however many wait."""

    def __init__(self, hand_over: Callable[[Notification], None]) -> None:
        self._hand_over = hand_over
        self._waiting: list[tuple[float, int, Notification]] = []
        self._changed = threading.Condition()
        self._stopped = False
        threading.Thread(target=self._run, name="repeats", daemon=True).start()

    def add(self, delay: float, notification: Notification) -> None:
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + delay, next(_TURNS), notification))
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _run(self) -> None:
        while (notification := self._next()) is not None:
            self._hand_over(notification)

    def _next(self) -> Notification | None:
        with self._changed:
            while not self._stopped:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
        return None


class Courier:
    """Delivers notifications from a few threads. What is answered otherwise than 200 or 201 is repeated after
    `delays` seconds (the real one starts at fifteen minutes)."""

    def __init__(
        self,
        *,
        url: str | None,
        secret: str,
        older_secrets: Sequence[str] = (),
        user_id: int = 0,
        delays: Sequence[float] = (1, 3, 10, 30, 60),
        workers: int = 16,
    ) -> None:
        self.url, self.secret, self.delays = url, secret, tuple(delays)
        self.older_secrets = tuple(older_secrets)  # those that the site still takes
        self.muted = False  # for webhooks that never arrive
        self._user_id = user_id
        self._numbers = itertools.count(int(time.time() * 1000))
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="webhook")
        self._repeats = Agenda(self._submit)
        self._log: deque[Notification] = deque(maxlen=_LOG_LENGTH)

    def announce(self, action: str, payment: Document, url: str | None = None) -> None:
        """Tells of a payment, unless nobody listens."""
        address = url or self.url
        if address and not self.muted:
            self.send(self.notice(action, payment, url=address))

    def notice(self, action: str, payment: Document, **changes: Any) -> Notification:
        """What is told of a payment. `changes` overwrite any of it."""
        number = self.next_number()
        told: dict[str, Any] = {
            "data_id": str(payment["id"]),
            "action": action,
            "live_mode": payment["live_mode"],
            # Both units occur in the wild, so both occur here.
            "stamp_unit": "ms" if number % 2 else "s",
            "url": self.url,
        }
        return Notification(number, **told | changes)

    def announce_chargeback(self, chargeback: Document, payment: Document) -> None:
        """Tells of a chargeback, with the payment it takes back."""
        if self.url and not self.muted:
            told = {"data_id": chargeback["id"], "topic": "topic_chargebacks_wh"}
            data = {"payment_id": payment["id"], "checkout": "PRO"}
            self.send(self.notice("", payment, data=data, **told))

    def send(self, notification: Notification) -> None:
        """Delivers in the background."""
        notification.user_id = self._user_id
        self._log.append(notification)
        notification.first = self._submit(notification)

    def since(self, number: int) -> list[Notification]:
        """What was sent after this number was given, each delivered at least once."""
        sent = [notification for notification in list(self._log) if notification.number > number]
        wait([notification.first for notification in sent if notification.first], _TIMEOUT)
        return sent

    def next_number(self) -> int:
        return next(self._numbers)

    def log(self) -> list[dict[str, Any]]:
        """What was sent, with the status of each answer."""
        return [
            {"id": n.number, "data_id": n.data_id, "action": n.action, "type": n.topic, "answers": n.answers}
            for n in list(self._log)
        ]

    def forget(self) -> None:
        self._log.clear()

    def stop(self) -> None:
        self._repeats.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, notification: Notification) -> "Future[None] | None":
        with suppress(RuntimeError):  # the pool takes nothing more once it is shut down
            return self._pool.submit(self._deliver, notification)
        return None

    def _deliver(self, notification: Notification) -> None:
        try:
            answer: int | str = _post(notification, self.secret)
        except (OSError, http.client.HTTPException) as error:
            answer = type(error).__name__
        notification.answers.append(answer)
        attempt = len(notification.answers) - 1
        if not notification.repeats or notification.topic in _SENT_ONCE:
            return
        if answer not in (200, 201) and attempt < len(self.delays):
            self._repeats.add(self.delays[attempt], notification)


def _post(notification: Notification, secret: str) -> int:
    # http.client follows no redirect and knows no proxy: a redirected webhook counts as undelivered.
    parts = urlsplit(notification.url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        headers = {name: value.encode("utf-8") for name, value in notification.headers(secret).items()}
        connection.request("POST", notification.target, json.dumps(notification.body()), headers)
        return connection.getresponse().status
    finally:
        connection.close()
