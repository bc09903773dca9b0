"""Calls to Mercado Pago that follow each other share a connection, and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from consultations import mercadopago, mercadopago_http


class CountingServer(ThreadingHTTPServer):
    """Counts the connections it takes, gives a cookie with every answer and keeps those it is sent."""

    daemon_threads = True
    connections = 0

    def __init__(self) -> None:
        self.cookies: list[str | None] = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: CountingServer

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_GET(self) -> None:
        self.server.cookies.append(self.headers["Cookie"])
        body = json.dumps([]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "who=somebody; Path=/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(settings: Any) -> Iterator[CountingServer]:
    mercadopago_http._forget_session()
    with CountingServer() as counting:
        threading.Thread(target=counting.serve_forever, daemon=True).start()
        settings.MERCADOPAGO_API_URL = f"http://127.0.0.1:{counting.server_port}"
        yield counting
        counting.shutdown()
    mercadopago_http._forget_session()


def test_calls_that_follow_each_other_share_a_connection(server: CountingServer) -> None:
    for _ in range(3):
        assert mercadopago.list_refunds(7) == ()
    assert server.connections == 1


def test_connection_that_rested_is_not_used_again(
    server: CountingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mercadopago.list_refunds(7)
    monkeypatch.setattr(mercadopago_http._kept, "since", 0.0)
    mercadopago.list_refunds(7)
    assert server.connections == 2


def test_threads_share_no_connection(server: CountingServer) -> None:
    mercadopago.list_refunds(7)
    other = threading.Thread(target=mercadopago.list_refunds, args=(7,))
    other.start()
    other.join()
    assert server.connections == 2


def test_cookies_of_one_answer_are_not_sent_with_the_next_call(server: CountingServer) -> None:
    mercadopago.list_refunds(7)
    mercadopago.list_refunds(7)
    assert server.cookies == [None, None]
