"""`mercadopago_standin`: the stand-in Mercado Pago in a process of its own; tests speak to it over HTTP.

One process serves a whole test run; each test begins with an empty ledger and the settings it needs:

    def test_something(mercadopago_standin):
        preference = create_preference(...)
        location = mercadopago_standin.pay(preference.id, "approve")
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.standins.mercadopago.webhooks import signature_headers

ACCESS_TOKEN = "TEST-standin-token"
SECRET = "standin-webhook-secret"

_ROOT = Path(__file__).resolve().parents[2]


class StandIn:
    """A running stand-in: its `url`, `access_token` and webhook `secret`, and the means to steer it."""

    access_token = ACCESS_TOKEN
    secret = SECRET

    def __init__(self, url: str) -> None:
        self.url = url

    def control(self, path: str, wish: dict[str, Any] | None = None) -> dict[str, Any]:
        """Calls `/__control__/PATH`: GET without `wish`, POST with it. ValueError when it is refused."""
        body = None if wish is None else json.dumps(wish).encode()
        headers = {"Content-Type": "application/json"}
        answer = self.request("GET" if body is None else "POST", f"/__control__/{path}", body, headers)
        read: dict[str, Any] = json.loads(answer.body)
        if answer.status >= 400:
            raise ValueError(read["message"])
        return read

    def reset(self) -> None:
        """Forgets everything: payments, planned failures, the webhook address."""
        self.control("reset", {})

    def send_webhooks_to(self, url: str | None, *, delays: tuple[float, ...] = (0.1, 0.1)) -> None:
        """From now on, notifications go to `url`, and are repeated after `delays` seconds."""
        self.control("settings", {"webhook_url": url, "delays": delays})

    def pay(self, preference_id: str, outcome: str) -> str:
        """What a buyer does on the payment page: `approve`, `reject`, `pending` or `leave`. Gives the address
        the buyer is sent to."""
        form = urlencode({"pref_id": preference_id, "outcome": outcome}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.request("POST", "/checkout/pay", form, headers)
        if answer.status != 303:
            raise ValueError(f"the payment page answered {answer.status}")
        return answer.headers["location"]

    def create_payment(self, preference_id: str, **fields: Any) -> dict[str, Any]:
        """A payment with any fields of the API (`status`, `transaction_amount`, …), `hide` and `notify`."""
        return self.control("payments", {"preference_id": preference_id, **fields})

    def change_payment(self, payment_id: int, **fields: Any) -> dict[str, Any]:
        """Changes a payment as the bank, the buyer or Mercado Pago would, and notifies."""
        return self.control(f"payments/{payment_id}", fields)

    def refund_in_panel(self, payment_id: int, amount: float | None = None) -> dict[str, Any]:
        """A refund that was not made through the site."""
        return self.control(f"payments/{payment_id}/refunds", {} if amount is None else {"amount": amount})

    def charge_back(self, payment_id: int, **fields: Any) -> dict[str, Any]:
        """The buyer's bank takes a payment back; `deadline` is until when documents are taken."""
        return self.control("chargebacks", {"payment_id": payment_id, **fields})

    def send_webhook(self, data_id: object, **fields: Any) -> None:
        """A notification about any id; `signature` may be `valid`, `forged`, `none` or `non-ascii`."""
        self.control("webhook", {"data_id": str(data_id), **fields})

    def fail(self, mode: str, *, times: int = 1, **fields: Any) -> None:
        """The next calls of the API fail: `500`, `429`, `html`, `timeout`, `reset`, `lost`."""
        self.control("fail", {"next": times, "mode": mode, **fields})

    def ledger(self, external_reference: str | None = None) -> dict[str, Any]:
        """Preferences, payments, merchant orders and webhooks, as the stand-in keeps them."""
        query = f"?{urlencode({'external_reference': external_reference})}" if external_reference else ""
        return self.control(f"ledger{query}")

    def signed_headers(self, data_id: object, **fields: Any) -> dict[str, str]:
        """`x-signature` and `x-request-id` for a notification that a test delivers itself."""
        return signature_headers(self.secret, str(data_id), **fields)

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> "Answer":
        """A plain HTTP request to the stand-in. Redirects are not followed."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()


class Answer:
    """An HTTP answer, read to its end; header names are in lower case."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read().decode()


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], StandIn]]:
    """The stand-in as a process on a free port, ready, and ended afterwards."""
    command = [sys.executable, "-m", "tests.standins.mercadopago", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        try:
            if " on http" not in line:
                raise RuntimeError("the stand-in Mercado Pago did not start")
            yield process, StandIn(line.split()[-1])
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def mercadopago_process() -> Iterator[str]:
    """The address of the one stand-in of this test run."""
    with running("--access-token", ACCESS_TOKEN, "--webhook-secret", SECRET) as (_, standin):
        yield standin.url


@pytest.fixture
def mercadopago_standin(mercadopago_process: str, settings: Any) -> StandIn:
    """A fresh stand-in, and the site's settings pointing to it."""
    standin = StandIn(mercadopago_process)
    standin.reset()
    settings.MERCADOPAGO_API_URL = standin.url
    settings.MERCADOPAGO_ACCESS_TOKEN = standin.access_token
    settings.MERCADOPAGO_WEBHOOK_SECRET = standin.secret
    return standin
