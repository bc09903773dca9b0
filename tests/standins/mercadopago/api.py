"""The official addresses: who may call, what is asked, and the answer in its official shape."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.standins.mercadopago import records
from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.rules import ApiError, wrong_state
from tests.standins.mercadopago.service import Service

_RELATIVE = re.compile(r"NOW(?:-(\d+)(HOURS?|DAYS?|MONTHS?))?")
_DATED = {"date_created", "date_last_updated", "date_approved", "money_release_date"}


@dataclass
class Request:
    """An HTTP request; header names are in lower case, `query` holds the last value of each name."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise ApiError(400, "bad_request", "The request body is not valid JSON", "invalid_json") from None


Handler = Callable[[Service, Request, str], tuple[int, Any]]


class Api:
    """Answers for the official API. With `token`, no other is accepted; without, any bearer token is."""

    def __init__(self, service: Service, token: str | None = None) -> None:
        self._service, self._token = service, token

    def answer(self, request: Request) -> tuple[int, Any]:
        """Status and JSON body."""
        try:
            self._check_token(request)
            return self._once(request)
        except ApiError as error:
            return error.status, error.body

    def _check_token(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise ApiError(401, "unauthorized", "authorization value not present", 1)
        if self._token is not None and token.strip() != self._token:
            raise ApiError(401, "invalid_token", "invalid access token", 1)

    def _once(self, request: Request) -> tuple[int, Any]:
        """The same idempotency key at the same address gets the same answer, also when both ask at once."""
        key = request.headers.get("x-idempotency-key")
        if request.method != "POST" or not key:
            return self._route(request)
        ledger, name = self._service.ledger, f"{request.path} {key}"
        with ledger.transaction():
            known = ledger.answer_to(name)
            if known is None:
                known = self._route(request)
                ledger.remember_answer(name, *known)
            return known

    def _route(self, request: Request) -> tuple[int, Any]:
        for method, pattern, handler in _ROUTES:
            match = pattern.fullmatch(request.path)
            if match and method == request.method:
                return handler(self._service, request, match[1] if match.groups() else "")
        raise ApiError(404, "not_found", "resource not found")


def _create_preference(service: Service, request: Request, _: str) -> tuple[int, Any]:
    live_mode = not request.headers["authorization"].partition(" ")[2].strip().startswith("TEST-")
    return 201, records.public(service.create_preference(request.json(), live_mode=live_mode))


def _get_preference(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, records.public(service.preference(key))


def _update_preference(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, records.public(service.update_preference(key, request.json()))


def _search_preferences(service: Service, request: Request, _: str) -> tuple[int, Any]:
    found = service.ledger.find("preference", reference=request.query.get("external_reference"))
    return 200, _elements([records.in_search(preference) for preference in found], request)


def _get_payment(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, records.public(service.payment(key))


def _update_payment(service: Service, request: Request, key: str) -> tuple[int, Any]:
    is_open = service.payment(key)["status"] in ("pending", "in_process", "authorized")
    if request.json() != {"status": "cancelled"} or not is_open:
        raise wrong_state()
    changes = {"status": "cancelled", "status_detail": "by_collector"}
    return 200, records.public(service.change_payment(key, changes))


def _search_payments(service: Service, request: Request, _: str) -> tuple[int, Any]:
    query = request.query
    found = service.ledger.find("payment", reference=query.get("external_reference"))
    found = [payment for payment in found if _matches(payment, query)]
    order = query.get("sort", "date_created")
    found.sort(key=lambda payment: payment.get(order) or "", reverse=query.get("criteria", "desc") == "desc")
    limit, offset = _window(request, limit=30, most=1000)
    page = [records.public(payment) for payment in found[offset : offset + limit]]
    return 200, {"paging": {"total": len(found), "limit": limit, "offset": offset}, "results": page}


def _matches(payment: Document, query: dict[str, str]) -> bool:
    if "search" in payment["_hidden"] or query.get("status", payment["status"]) != payment["status"]:
        return False
    if "range" not in query and "begin_date" not in query:
        return True
    name = query.get("range", "date_created")
    if name not in _DATED:
        raise ApiError(400, "bad_request", "Invalid range parameter", 12)
    if not payment.get(name):
        return False
    begin, end = _moment(query.get("begin_date", "NOW-12MONTHS")), _moment(query.get("end_date", "NOW"))
    return begin <= datetime.fromisoformat(payment[name]) <= end


def _moment(value: str) -> datetime:
    relative = _RELATIVE.fullmatch(value)
    if relative:
        count, unit = int(relative[1] or 0), (relative[2] or "DAYS")[0]
        return records.now() - count * {"H": timedelta(hours=1), "D": timedelta(1), "M": timedelta(30)}[unit]
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ApiError(400, "bad_request", "Invalid date parameter", 12) from None
    return moment if moment.tzinfo else moment.astimezone()


def _create_refund(service: Service, request: Request, key: str) -> tuple[int, Any]:
    if not request.headers.get("x-idempotency-key"):
        raise ApiError(400, "bad_request", "Header X-Idempotency-Key can't be null", 4292)
    wish = request.json() or {}
    return 201, service.refund(key, wish.get("amount"))


def _list_refunds(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, service.payment(key)["refunds"]


def _get_merchant_order(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, service.merchant_order(key)


def _search_merchant_orders(service: Service, request: Request, _: str) -> tuple[int, Any]:
    query = request.query
    found = service.ledger.find("merchant_order", reference=query.get("external_reference"))
    wanted = [o for o in found if query.get("preference_id", o["_preference_id"]) == o["_preference_id"]]
    return 200, _elements([service.shown_order(order) for order in wanted], request)


def _get_chargeback(service: Service, request: Request, key: str) -> tuple[int, Any]:
    return 200, service.chargeback(key)


def _elements(found: list[Document], request: Request) -> dict[str, Any]:
    limit, offset = _window(request, limit=20, most=50)
    page = found[offset : offset + limit]
    return {"elements": page or None, "next_offset": offset + len(page), "total": len(found)}


def _window(request: Request, *, limit: int, most: int) -> tuple[int, int]:
    try:
        asked, offset = int(request.query.get("limit", limit)), int(request.query.get("offset", 0))
    except ValueError:
        raise ApiError(400, "bad_request", "Invalid limit or offset") from None
    return min(max(asked, 0), most), max(offset, 0)


_ROUTES: list[tuple[str, re.Pattern[str], Handler]] = [
    (method, re.compile(pattern), handler)
    for method, pattern, handler in (
        ("POST", "/checkout/preferences", _create_preference),
        ("GET", "/checkout/preferences/search", _search_preferences),
        ("GET", "/checkout/preferences/([^/]+)", _get_preference),
        ("PUT", "/checkout/preferences/([^/]+)", _update_preference),
        ("GET", "/v1/payments/search", _search_payments),
        ("GET", "/v1/payments/([^/]+)", _get_payment),
        ("PUT", "/v1/payments/([^/]+)", _update_payment),
        ("GET", "/v1/payments/([^/]+)/refunds", _list_refunds),
        ("POST", "/v1/payments/([^/]+)/refunds", _create_refund),
        ("GET", "/merchant_orders/search", _search_merchant_orders),
        ("GET", "/merchant_orders/([^/]+)", _get_merchant_order),
        ("GET", "/v1/chargebacks/([^/]+)", _get_chargeback),
    )
]
