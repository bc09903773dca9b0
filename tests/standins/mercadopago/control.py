"""The addresses under `/__control__/`: what only the demo and tests do. JSON in and out, no token.

    GET  /__control__/                         a page to decide pending payments by hand
    GET  /__control__/ledger                   everything kept; ?external_reference=… for one order
    POST /__control__/payments                 {"preference_id", "status", "method", "notify", "hide", …}
    POST /__control__/payments/ID              {"status", "notify", "hide", …}
    POST /__control__/payments/ID/refunds      {"amount"}: a refund made in the panel
    POST /__control__/chargebacks              {"payment_id", "deadline", "notify"}
    POST /__control__/webhook                  {"data_id", "action", "type", "times", "signature", …}
    POST /__control__/fail                     {"next", "mode", "match", "seconds", "retry_after"}
    GET  /__control__/failures                 the thirty-four failures of docs/payments.md
    POST /__control__/failures/NUMBER          {"preference_id", …}: produces one of them
    POST /__control__/settings                 {"webhook_url", "webhook_secret", "muted", "delays"}
    POST /__control__/reset                    forgets everything, and every planned failure

Payments take any other field of the API too, to make payments that should not be. `hide` lists where a
payment is missing though it exists: `search`, `merchant_orders`. `signature` is `valid`, `forged`, `none`,
`malformed` or `non-ascii`; a webhook also takes `body_id`, `data` (more of the body's), `stamp_unit` (`s`,
`ms`) and `url`, and has no `data.id` when `data_id` is empty, as an alert of fraud. The modes of `fail` stand
in `failures`, what each number of `/__control__/failures` does in `numbered`.
"""

import re
from html import escape
from typing import Any
from urllib.parse import parse_qs

from tests.standins.mercadopago import numbered, pages, records
from tests.standins.mercadopago.api import Request
from tests.standins.mercadopago.failures import Failure, Failures
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.pages import Page
from tests.standins.mercadopago.rules import ApiError
from tests.standins.mercadopago.service import Service
from tests.standins.mercadopago.webhooks import Notification

_OPEN = ("pending", "in_process", "authorized")
_DECISIONS = (
    ("approved", "Aprobar", ' class="main"'),
    ("rejected", "Rechazar", ""),
    ("cancelled", "Dejar vencer", ""),
)
_PAYMENT = re.compile(r"/__control__/payments/([^/]+)(/refunds)?")
_NUMBERED = re.compile(r"/__control__/failures/([1-9]|[12]\d|3[0-4])")


class Control:
    """Answers for the control addresses."""

    def __init__(self, service: Service, failures: Failures) -> None:
        self._service, self._failures = service, failures
        self._first_settings = (service.courier.url, service.courier.secret, service.courier.delays)

    def answer(self, request: Request) -> Page | tuple[int, Any]:
        """A page for people, or status and JSON body."""
        try:
            if _is_form(request):
                return self._decide_by_form(request)
            return self._route(request)
        except ApiError as error:
            return error.status, error.body
        except (KeyError, TypeError, ValueError, re.error) as error:
            return 400, {"message": f"{type(error).__name__}: {error}", "status": 400}

    def _route(self, request: Request) -> Page | tuple[int, Any]:
        if request.method == "GET":
            return self._read(request)
        wish = request.json() or {}
        payment = _PAYMENT.fullmatch(request.path)
        if payment:
            return self._change(payment[1], wish, refund=bool(payment[2]))
        failure = _NUMBERED.fullmatch(request.path)
        if failure:
            return 200, numbered.produce(int(failure[1]), wish, self._service, self._failures)
        actions = {
            "payments": self._begin,
            "chargebacks": self._charge_back,
            "webhook": self._notify,
            "fail": self._fail,
            "settings": self._set,
            "reset": self._reset,
        }
        action = actions.get(request.path.removeprefix("/__control__/"))
        return (200, action(wish)) if action else (404, {"message": "unknown control address", "status": 404})

    def _read(self, request: Request) -> Page | tuple[int, Any]:
        if request.path == "/__control__/":
            return self._page()
        if request.path == "/__control__/failures":
            return 200, numbered.listed()
        if request.path == "/__control__/ledger":
            return 200, self._ledger(request.query.get("external_reference"))
        return 404, {"message": "unknown control address", "status": 404}

    def _ledger(self, reference: str | None) -> Document:
        ledger = self._service.ledger
        with ledger.transaction():
            orders = ledger.find("merchant_order", reference=reference)
            return {
                "preferences": [records.public(p) for p in ledger.find("preference", reference=reference)],
                "payments": [records.public(p) for p in ledger.find("payment", reference=reference)],
                "merchant_orders": [self._service.shown_order(order) for order in orders],
                "webhooks": self._service.courier.log(),
            }

    def _begin(self, wish: Document) -> Document:
        payment = self._service.begin_payment(
            wish.pop("preference_id"),
            status=wish.pop("status", "approved"),
            method=wish.pop("method", "credit_card"),
            notify=wish.pop("notify", True),
            changes=_stored(wish),
        )
        return records.public(payment)

    def _change(self, key: str, wish: Document, *, refund: bool) -> tuple[int, Any]:
        notify = wish.pop("notify", True)
        if refund:
            return 201, self._service.refund(key, wish.get("amount"), notify=notify)
        return 200, records.public(self._service.change_payment(key, _stored(wish), notify=notify))

    def _charge_back(self, wish: Document) -> Document:
        return self._service.open_chargeback(
            wish["payment_id"], deadline=wish.get("deadline"), notify=wish.get("notify", True)
        )

    def _notify(self, wish: Document) -> Document:
        courier, times = self._service.courier, int(wish.get("times", 1))
        address = wish.get("url") or courier.url
        if not address:
            raise ValueError("no webhook address is set")
        for _ in range(times):
            notification = Notification(
                courier.next_number(),
                data_id=str(wish["data_id"]),
                action=wish.get("action", "payment.updated"),
                topic=wish.get("type", "payment"),
                body_id=wish.get("body_id"),
                data=wish.get("data") or {},
                signature=wish.get("signature", "valid"),
                stamp_unit=wish.get("stamp_unit", "s"),
                url=address,
            )
            courier.send(notification)
        return {"sent": times}

    def _fail(self, wish: Document) -> Document:
        extra = {name: wish[name] for name in ("match", "seconds", "retry_after") if name in wish}
        failure = Failure(int(wish.get("next", 1)), str(wish["mode"]), **extra)
        self._failures.plan(failure)
        return {"planned": failure.remaining, "mode": failure.mode}

    def _set(self, wish: Document) -> Document:
        courier = self._service.courier
        courier.url = wish.get("webhook_url", courier.url)
        courier.secret = wish.get("webhook_secret", courier.secret)
        courier.muted = bool(wish.get("muted", courier.muted))
        courier.delays = tuple(wish.get("delays", courier.delays))
        return {"webhook_url": courier.url, "muted": courier.muted, "delays": courier.delays}

    def _reset(self, _: Document) -> Document:
        courier = self._service.courier
        courier.url, courier.secret, courier.delays = self._first_settings
        courier.muted = False
        courier.forget()
        self._failures.clear()
        self._service.ledger.clear()
        return {}

    def _decide_by_form(self, request: Request) -> Page:
        key = (_PAYMENT.fullmatch(request.path) or [None, ""])[1]
        form = parse_qs(request.body.decode("utf-8", "replace"))
        if self._service.payment(key)["status"] in _OPEN:
            self._service.change_payment(key, {"status": form["status"][0]})
        return Page(303, headers={"Location": "/__control__/"})

    def _page(self) -> Page:
        payments = [p for p in self._service.ledger.find("payment") if p["status"] in _OPEN]
        items = "".join(_decision(payment) for payment in reversed(payments[-50:]))
        empty = '<p class="lead">No hay pagos pendientes.</p>'
        content = f'<ul class="payments">{items}</ul>' if items else empty
        return pages.page("Pagos pendientes", f"<h1>Pagos pendientes</h1>{content}")


def _is_form(request: Request) -> bool:
    """A button of the page; curl calls JSON a form too, unless it is told otherwise."""
    kind = request.headers.get("content-type", "")
    return kind.startswith("application/x-www-form-urlencoded") and not request.body.startswith(b"{")


def _stored(wish: Document) -> Document:
    """Fields as the ledger keeps them."""
    hidden = wish.pop("hide", None)
    return wish if hidden is None else wish | {"_hidden": list(hidden)}


def _decision(payment: Document) -> str:
    amount = pages.money(payment["transaction_amount"], payment["currency_id"])
    about = f"{escape(payment['description'])}, pago {payment['id']}"
    buttons = "".join(
        f'<button name="status" value="{status}"{style} aria-label="{label}: {about}">{label}</button>'
        for status, label, style in _DECISIONS
    )
    form = f'<form method="post" action="/__control__/payments/{payment["id"]}">{buttons}</form>'
    return f"<li><p>{escape(payment['description'])}, {amount}<br>Pago {payment['id']}</p>{form}</li>"
