"""The load that the payments' benchmark makes is what it says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from consultations.mercadopago import verify_signature
from tests.benchmarks.load import Sender, Webhook, percentile

SECRET = "secret"


class Site(ThreadingHTTPServer):
    """Keeps whether each request was signed, and answers the first ones with the statuses it was given."""

    daemon_threads = True

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.signed: list[bool] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_POST(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.server.signed.append(
            verify_signature(
                x_signature=self.headers["X-Signature"],
                x_request_id=self.headers["X-Request-Id"],
                data_id=query["data.id"][0],
                secrets=[SECRET],
            )
        )
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


def test_webhooks_are_signed_and_taken(site: Site) -> None:
    load = [Webhook(0.0, number) for number in (1, 2, 3)]
    Sender(site.server_port, SECRET).send(load)
    assert site.signed == [True] * 3
    assert all(each.taken and each.latency > 0 for each in load)


def test_webhook_that_was_not_taken_is_sent_again(site: Site) -> None:
    site.statuses = [500, 503]
    load = [Webhook(0.0, 1)]
    Sender(site.server_port, SECRET, repeats=(0.01,)).send(load)
    assert (load[0].taken, load[0].tries) == (True, 3)


def test_without_repeats_it_counts_as_lost(site: Site) -> None:
    site.statuses = [500]
    load = [Webhook(0.0, 1)]
    Sender(site.server_port, SECRET).send(load)
    assert (load[0].taken, load[0].tries) == (False, 1)


def test_webhook_does_not_leave_before_its_moment(site: Site) -> None:
    load = [Webhook(0.2, 1)]
    Sender(site.server_port, SECRET).send(load)
    assert load[0].late >= 0


def test_percentile_is_the_value_that_so_many_do_not_pass() -> None:
    assert percentile([*range(100)], 0.99) == 99
    assert percentile([*range(1000)], 0.5) == 500
    assert percentile([7.0], 0.99) == 7.0
