"""The HTTP of this Mercado Pago, on a free port of this machine."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.othermercadopago import bodies
from tests.othermercadopago.books import COLLECTOR, Books, Refusal
from tests.othermercadopago.habits import Habits
from tests.othermercadopago.notifications import Notifications

TOKEN = "APP_USR-6295877106812064-081514-0c4bd8f8a4a1b0a1b9f00d5a1b1f00aa-5117000042"
SECRET = "the-secret-of-another-server"
HTML = b"<!doctype html><title>Volvemos pronto</title><p>Estamos haciendo mejoras.</p>"
PAGE = b'<!doctype html><html lang="es"><title>Pagar</title><h1>Elige como pagar</h1></html>'


class OtherMercadoPago:
    """A server from `with` to its end. `broken` and `lost` make it answer badly, or not at all."""

    def __init__(self, seed: int) -> None:
        self.habits = Habits(seed)
        self.books = Books(self.habits)
        self.notifications = Notifications(self.habits, self.books, SECRET)
        self.token = TOKEN
        self.secret = SECRET
        self.broken = ""  # "html", "unauthorized"
        self.lost: list[str] = []  # the next request of this method and path is done and never answered
        self.asked: list[str] = []
        handler = type("Handler", (_Handler,), {"other": self, "protocol_version": self.habits.protocol})
        # Buyers pay on another host than the one shops talk to.
        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), each) for each in (handler, _Pages)]
        ports = [each.server_address[1] for each in self._servers]
        self.url = f"http://127.0.0.1:{ports[0]}" + self.habits.choose("", "/", "")
        self.pages = f"http://localhost:{ports[1]}"

    def __enter__(self) -> OtherMercadoPago:
        for each in self._servers:
            threading.Thread(target=each.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._servers:
            each.shutdown()
            each.server_close()

    def answer(self, request: Request) -> tuple[int, Any]:
        if request.authorization != f"Bearer {self.token}" or self.broken == "unauthorized":
            raise Refusal(self.habits.choose(401, 403, 401), "unauthorized", "invalid access token")
        for method, pattern, view in ROUTES:
            if found := method == request.method and re.fullmatch(pattern, request.path):
                return view(self, request, *found.groups())
        raise Refusal(404, "not_found", "Resource not found")


class Request:
    def __init__(self, method: str, target: str, authorization: str, headers: Any, body: bytes) -> None:
        parts = urlsplit(target)
        self.method, self.path = method, parts.path.replace("//", "/")
        self.query = dict(parse_qsl(parts.query))
        self.authorization, self.headers = authorization, headers
        self.fields: dict[str, Any] = json.loads(body) if body else {}


def _create_preference(other: OtherMercadoPago, request: Request) -> tuple[int, Any]:
    if not request.fields.get("items"):
        raise Refusal(400, "invalid_items", "unit_price invalid")
    made = other.books.open_preference(request.fields)
    return other.habits.created, bodies.preference(other.habits, other.pages, made)


def _preference(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    return 200, bodies.preference(other.habits, other.pages, other.books.preference(number))


def _change_preference(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    changed = other.books.change_preference(number, request.fields)
    return 200, bodies.preference(other.habits, other.pages, changed)


def _find_preferences(other: OtherMercadoPago, request: Request) -> tuple[int, Any]:
    wanted = request.query.get("external_reference")
    found = [each for each in other.books.preferences.values() if each.reference == wanted]
    return 200, _elements(other, request, [bodies.found_preference(other.habits, each) for each in found])


def _payment(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    return 200, bodies.payment(other.habits, other.books.payment(int(number)))


def _find_payments(other: OtherMercadoPago, request: Request) -> tuple[int, Any]:
    found = other.books.payments_of(request.query.get("external_reference", ""))
    if other.habits.searches_late == "payments":
        found = [each for each in found if each.id not in other.books.fresh]
    limit, offset = _limits(other, request)
    rows = [bodies.payment(other.habits, each) for each in found[offset : offset + limit]]
    if other.habits.choose(False, True, True):
        rows = [row | {"id": str(row["id"])} for row in rows]
    paging = {"total": len(found), "limit": limit, "offset": offset}
    return 200, {"results": other.habits.shuffled(rows), "paging": paging}


def _refund(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    amount = request.fields.get("amount")
    made = other.books.give_back(
        int(number),
        None if amount is None else Decimal(str(amount)),
        request.headers.get("X-Idempotency-Key", ""),
        renders=_renders(request),
    )
    return other.habits.created, bodies.refund(other.habits, other.books.payments[int(number)], made)


def _renders(request: Request) -> bool:
    return request.headers.get("X-Render-In-Process-Refunds", "").lower() == "true"


def _refunds(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    payment = other.books.payment(int(number))
    shown = [each for each in payment.refunds if each.status == "approved" or _renders(request)]
    return 200, [bodies.refund(other.habits, payment, each) for each in other.habits.shuffled(shown)]


def _merchant_order(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    for each in other.books.preferences.values():
        if each.order_id == int(number):
            payments = [row for row in other.books.payments.values() if row.order_id == each.order_id]
            return 200, bodies.merchant_order(other.habits, each, payments)
    raise Refusal(404, "not_found", "merchant order not found")


def _find_merchant_orders(other: OtherMercadoPago, request: Request) -> tuple[int, Any]:
    wanted = request.query.get("external_reference")
    found = [each for each in other.books.preferences.values() if each.reference == wanted]
    if other.habits.searches_late == "merchant_orders" and other.books.fresh:
        found = []
    rows = [_merchant_order(other, request, str(each.order_id))[1] for each in found]
    return 200, _elements(other, request, rows)


def _chargeback(other: OtherMercadoPago, request: Request, number: str) -> tuple[int, Any]:
    if int(number) not in other.books.chargebacks:
        raise Refusal(404, "not_found", "chargeback not found")
    payment = other.books.payments[other.books.chargebacks[int(number)]]
    return 200, bodies.chargeback(other.habits, int(number), payment)


def _me(other: OtherMercadoPago, request: Request) -> tuple[int, Any]:
    return 200, other.habits.body(id=COLLECTOR, nickname="ÑANDÚ", site_id="MLC", country_id="CL")


def _elements(other: OtherMercadoPago, request: Request, rows: list[Any]) -> dict[str, Any]:
    limit, offset = _limits(other, request)
    page = other.habits.shuffled(rows[offset : offset + limit])
    shown: Any = page or other.habits.choose([], None, None)
    return {"elements": shown, "next_offset": offset + len(page), "total": len(rows)}


def _limits(other: OtherMercadoPago, request: Request) -> tuple[int, int]:
    wanted = int(request.query.get("limit", 30))
    return min(wanted, other.habits.most_rows), int(request.query.get("offset", 0))


ROUTES: tuple[tuple[str, str, Callable[..., tuple[int, Any]]], ...] = (
    ("POST", r"/checkout/preferences", _create_preference),
    ("GET", r"/checkout/preferences/search", _find_preferences),
    ("GET", r"/checkout/preferences/([^/]+)", _preference),
    ("PUT", r"/checkout/preferences/([^/]+)", _change_preference),
    ("GET", r"/v1/payments/search", _find_payments),
    ("GET", r"/v1/payments/(\d+)", _payment),
    ("POST", r"/v1/payments/(\d+)/refunds", _refund),
    ("GET", r"/v1/payments/(\d+)/refunds", _refunds),
    ("GET", r"/merchant_orders/search", _find_merchant_orders),
    ("GET", r"/merchant_orders/(\d+)", _merchant_order),
    ("GET", r"/v1/chargebacks/(\d+)", _chargeback),
    ("GET", r"/users/me", _me),
)


class _Handler(BaseHTTPRequestHandler):
    other: OtherMercadoPago

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        other, length = self.other, int(self.headers.get("Content-Length") or 0)
        told = self.headers.get("Authorization", "")
        request = Request(self.command, self.path, told, self.headers, self.rfile.read(length))
        other.asked.append(f"{request.method} {request.path}")
        if other.broken == "html":
            return self._send(200, HTML, {"Content-Type": "text/html"})
        with other.books.lock:
            try:
                status, body = other.answer(request)
            except Refusal as refusal:
                status, body = refusal.status, other.habits.error(refusal.status, refusal.code, str(refusal))
        if f"{request.method} {request.path}" in other.lost:
            other.lost.remove(f"{request.method} {request.path}")
            self.close_connection = True
            return None
        if request.method == "POST":
            time.sleep(other.habits.slow_first_byte)
        text = json.dumps(
            body, ensure_ascii=other.habits.choose(True, False), indent=other.habits.choose(None, 2)
        )
        return self._send(status, text.encode(), other.habits.headers())

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        chunked = self.other.habits.chunked
        self.send_header(
            *(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(body))))
        )
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


class _Pages(BaseHTTPRequestHandler):
    """The payment page: what is done on it is `Books.pay`."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""
