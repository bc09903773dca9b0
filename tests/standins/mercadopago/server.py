"""HTTP around the stand-in: reads requests, shows the failures that were asked for, writes answers."""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.standins.mercadopago import pages
from tests.standins.mercadopago.api import Api, Request
from tests.standins.mercadopago.control import Control
from tests.standins.mercadopago.failures import Failure, Failures
from tests.standins.mercadopago.pages import Page
from tests.standins.mercadopago.service import Service

_LARGEST_BODY = 1_000_000


class StandinServer(ThreadingHTTPServer):
    """The stand-in behind one port. `stopping` ends the silences of planned failures."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int]) -> None:
        self.stopping = threading.Event()
        super().__init__(address, _Handler)

    def serve(self, service: Service, token: str | None) -> None:
        """Answers until `shutdown`."""
        self.service = service
        self.failures = Failures()
        self.api, self.control = Api(service, token), Control(service, self.failures)
        self.serve_forever(poll_interval=0.1)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one packet
    server: StandinServer

    def _answer(self) -> None:
        request = self._request()
        if request is None:
            return
        if request.path == "/healthz":
            self._write_json(200, {"status": "ok"})
        elif request.path == "/checkout/checkout.css":
            self._write(200, pages.STYLE, {"Content-Type": "text/css; charset=utf-8"})
        elif request.path == "/checkout/pay":
            handler = pages.choose if request.method == "POST" else pages.show
            self._write_page(handler(self.server.service, request))
        elif request.path.startswith("/__control__/"):
            self._write_any(self.server.control.answer(request))
        else:
            self._answer_api(request)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def _answer_api(self, request: Request) -> None:
        failure = self.server.failures.take(request.method, request.path)
        if failure is None:
            self._write_json(*self.server.api.answer(request))
        elif failure.mode == "lost":
            self.server.api.answer(request)
            self.close_connection = True
        else:
            self._fail(failure)

    def _fail(self, failure: Failure) -> None:
        if failure.mode == "html":
            self._write(200, b"<html><body>Mantenimiento</body></html>", {"Content-Type": "text/html"})
        elif failure.mode in ("timeout", "reset"):
            self.server.stopping.wait(failure.seconds if failure.mode == "timeout" else 0)
            self.close_connection = True
        else:
            status = int(failure.mode)
            body = {"message": "planned failure", "error": "planned_failure", "status": status, "cause": []}
            headers = {"Retry-After": str(failure.retry_after)} if status in (429, 503) else {}
            self._write_json(status, body, headers)

    def _request(self) -> Request | None:
        """The request as read, or None after answering that it cannot be."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self._write_json(413, {"message": "body too large", "status": 413})
            return None
        parts = urlsplit(self.path)
        return Request(
            self.command,
            unquote(parts.path),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(length)),
        )

    def _write_any(self, answer: Page | tuple[int, Any]) -> None:
        if isinstance(answer, Page):
            self._write_page(answer)
        else:
            self._write_json(*answer)

    def _write_page(self, page: Page) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        self._write(page.status, page.html.encode(), headers | page.headers)

    def _write_json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        kind = {"Content-Type": "application/json; charset=utf-8"}
        self._write(status, json.dumps(body, ensure_ascii=False).encode(), kind | (headers or {}))

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(HTTPStatus(status))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what happened is in the ledger, and the demo's terminal stays readable."""
