"""Mercado Pago: the one module that knows how payments are asked for, read and given back.

Checkout Pro through the official SDK. A *preference* is a payment link for one order (`init_point` is its
page); the buyer's attempts are *payments*, grouped in a *merchant order*; all carry our
`external_reference`. Mercado Pago tells of changes by a signed webhook that only names a payment id: the
truth is always what `get_payment` reads.

What callers rely on:

- Every failure is a `MercadoPagoError`: `Unavailable` (ask again later, nothing is known), `Refused`,
  `NotFound`, `BadCredentials`. None carries what a person typed.
- One call is one request of at most ten seconds of silence. The SDK's own retries are off: they turn ten
  seconds into minutes and obey a `Retry-After` of hours. The queue retries.
- What creates something takes an idempotency key (1 to 64 characters) that the caller stored beforehand:
  after a lost answer, the same key gives the same result; a new key pays back twice.
- Searches may omit real payments. A found id is worth reading; an empty list proves nothing.
- Amounts are `Decimal` in the currency's main unit, whole in CLP and COP; floats stay at the SDK's edge.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from mercadopago import SDK
from mercadopago.config import Config, RequestOptions
from mercadopago.errors import MPServerError
from mercadopago.http import HttpClient

from consultations.mercadopago_reports import (
    BadCredentials,
    ChargebackReport,
    MercadoPagoError,
    NotFound,
    PaymentReport,
    Preference,
    RefundReport,
    Refused,
    Unavailable,
    error_code,
    read,
    read_chargeback,
    read_payment,
    read_payment_ids,
    read_preference,
    read_refund,
    read_refunds,
)
from consultations.mercadopago_signature import verify_signature, webhook_secrets

__all__ = [
    "OFFICIAL_API_URL",
    "WHOLE_UNIT_CURRENCIES",
    "BadCredentials",
    "BaseUrlHttpClient",
    "ChargebackReport",
    "MercadoPagoError",
    "NotFound",
    "PaymentReport",
    "Preference",
    "RefundReport",
    "Refused",
    "Unavailable",
    "create_preference",
    "expire_preference",
    "find_preferences",
    "get_chargeback",
    "get_payment",
    "get_preference",
    "list_refunds",
    "merchant_order_payment_ids",
    "payment_ids_of_merchant_order",
    "refund",
    "search_payments",
    "verify_signature",
    "webhook_secrets",
]

OFFICIAL_API_URL: str = Config().api_base_url
WHOLE_UNIT_CURRENCIES = frozenset({"CLP", "COP"})
TIMEOUT_SECONDS = 10.0  # the SDK refuses an int

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RETRYABLE = frozenset({408, 423, 424, 425, 429})
_PAGE, _MOST_PAGES = 50, 20


class BaseUrlHttpClient(HttpClient):  # type: ignore[misc]  # the SDK has no types
    """The SDK's transport, speaking to another base URL. Redirects are not followed: an API has none."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        host = urlsplit(base_url).hostname or ""
        # A machine-wide proxy cannot reach a stand-in on this machine's own loopback.
        self._around_proxy = {"no_proxy": host} if host in {"127.0.0.1", "localhost", "::1"} else None

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        url = self._base_url + url.removeprefix(OFFICIAL_API_URL)
        kwargs |= {"allow_redirects": False, "proxies": self._around_proxy}
        answer: dict[str, Any] = super().request(method, url, *args, **kwargs)
        return answer


def create_preference(
    *,
    reference: str,
    title: str,
    amount: Decimal,
    currency: str,
    back_urls: Mapping[str, str],
    notification_url: str | None,
    payer_email: str | None,
    expires_at: datetime,
    idempotency_key: str,
    statement_descriptor: str = "NEED",
) -> Preference:
    """Opens a payment link for one order and gives its id and address.

    `reference` is the order's own, `[A-Za-z0-9_-]{1,64}`; `title` and `statement_descriptor` are read by the
    bank, so they name no health matter; `back_urls` has `success`, `pending` and `failure`; `expires_at` is
    aware. Raises ValueError for what Mercado Pago would refuse anyway, else a `MercadoPagoError`; after
    `Unavailable` the link may exist: call again with the same key, or look with `find_preferences`.
    """
    if not _REFERENCE.fullmatch(reference):
        raise ValueError("reference: 1 to 64 letters, digits, hyphens or underscores")
    if currency in WHOLE_UNIT_CURRENCIES and amount != amount.to_integral_value():
        raise ValueError(f"{currency} has no cents")
    item = {
        "id": reference,
        "title": title,
        "quantity": 1,
        "currency_id": currency,
        "unit_price": _edge(amount),
    }
    wish: dict[str, Any] = {
        "items": [item],
        "external_reference": reference,
        "back_urls": dict(back_urls),
        "statement_descriptor": statement_descriptor[:16],
        "expires": True,
        "expiration_date_to": _stamp(expires_at),
    }
    if "success" in back_urls:
        wish["auto_return"] = "approved"
    if payer_email:
        wish["payer"] = {"email": payer_email}
    if notification_url:
        wish["notification_url"] = notification_url
    body = _call("create_preference", _sdk().preference().create, wish, idempotency_key=idempotency_key)
    return read("create_preference", read_preference, body)


def get_preference(preference_id: str) -> Preference:
    """The payment link with this id."""
    body = _call("get_preference", _sdk().preference().get, preference_id)
    return read("get_preference", read_preference, body)


def find_preferences(external_reference: str) -> list[Preference]:
    """The payment links of an order, live or not. Each is read again: the search shows only part of them."""
    filters = {"external_reference": external_reference}
    rows = list(_rows("find_preferences", _sdk().preference().search, filters, "elements"))
    ids = dict.fromkeys(read("find_preferences", lambda row: str(row["id"]), row) for row in rows)
    found = (_call("find_preferences", _sdk().preference().get, preference_id) for preference_id in ids)
    own = (body for body in found if read("find_preferences", _reference, body) == external_reference)
    return [read("find_preferences", read_preference, body) for body in own]


def expire_preference(preference_id: str, *, at: datetime | None = None) -> Preference:
    """Closes a payment link, now or `at` a time. A payment already begun in it may still arrive."""
    wish = {"expires": True, "expiration_date_to": _stamp(at or datetime.now(UTC))}
    body = _call("expire_preference", _sdk().preference().update, preference_id, wish)
    return read("expire_preference", read_preference, body)


def get_payment(payment_id: int) -> PaymentReport:
    """The payment with this id, as it is now: the only source that may change an order."""
    body = _call("get_payment", _sdk().payment().get, payment_id)
    report = read("get_payment", read_payment, body)
    if report.id != payment_id:
        raise Unavailable("get_payment")
    return report


def search_payments(*, external_reference: str) -> list[int]:
    """Ids of payments the search knows for an order. It can omit real ones: never proof of non-payment."""
    filters = {"external_reference": external_reference, "sort": "date_created", "criteria": "desc"}
    rows = _rows("search_payments", _sdk().payment().search, filters, "results")
    return list(dict.fromkeys(read("search_payments", lambda row: int(row["id"]), row) for row in rows))


def merchant_order_payment_ids(*, external_reference: str) -> list[int]:
    """Ids of the payments in an order's merchant orders: the second place to look, no proof either."""
    filters = {"external_reference": external_reference}
    rows = _rows("merchant_order_payment_ids", _sdk().merchant_order().search, filters, "elements")
    ids = [read("merchant_order_payment_ids", read_payment_ids, row) for row in rows]
    return list(dict.fromkeys(payment_id for group in ids for payment_id in group))


def payment_ids_of_merchant_order(merchant_order_id: int) -> list[int]:
    """Ids of the payments in one merchant order, which a `topic_merchant_order_wh` webhook names."""
    body = _call("payment_ids_of_merchant_order", _sdk().merchant_order().get, merchant_order_id)
    return read("payment_ids_of_merchant_order", read_payment_ids, body)


def get_chargeback(chargeback_id: int) -> ChargebackReport:
    """The chargeback that a `topic_chargebacks_wh` webhook names: of which payments, and its deadline."""
    body = _call("get_chargeback", _sdk().chargeback().get, chargeback_id)
    return read("get_chargeback", read_chargeback, body)


def refund(payment_id: int, *, amount: Decimal | None, idempotency_key: str) -> RefundReport:
    """Gives back `amount`, or what is left without one; possible for 180 days after the approval.

    After `Unavailable`, call again with the same key. After `Refused`, read `list_refunds` before anything
    else: an earlier try may have done it.
    """
    wish = None if amount is None else {"amount": _edge(amount)}
    body = _call("refund", _sdk().refund().create, payment_id, wish, idempotency_key=idempotency_key)
    return read("refund", read_refund, body)


def list_refunds(payment_id: int) -> tuple[RefundReport, ...]:
    """Every refund of a payment, those made in Mercado Pago's own panel included."""
    return read("list_refunds", read_refunds, _call("list_refunds", _sdk().refund().list_all, payment_id))


def _sdk() -> SDK:
    token = settings.MERCADOPAGO_ACCESS_TOKEN.strip()
    return SDK(token, http_client=BaseUrlHttpClient(settings.MERCADOPAGO_API_URL))


def _options(idempotency_key: str | None) -> RequestOptions:
    # Both retry settings are needed to turn the SDK's retries off. A new object for each call: one that is
    # shared takes on the token of whoever used it last.
    headers = {"x-idempotency-key": idempotency_key} if idempotency_key is not None else None
    return RequestOptions(
        retry_on=[], max_retries=0, connection_timeout=TIMEOUT_SECONDS, custom_headers=headers
    )


def _call(operation: str, method: Callable[..., Any], *args: Any, idempotency_key: str | None = None) -> Any:
    options = _options(idempotency_key)
    try:
        answer = method(*args, request_options=options)
    except MPServerError as error:  # a body that is not JSON, whatever its status
        raise Unavailable(operation, error.status_code) from None
    except requests.RequestException:
        raise Unavailable(operation) from None
    status, body = answer["status"], answer["response"]
    if not 200 <= status < 300:
        raise _failure(status)(operation, status, error_code(body))
    if not isinstance(body, dict | list):
        raise Unavailable(operation, status)
    return body


def _failure(status: int) -> type[MercadoPagoError]:
    if status in (401, 403):
        return BadCredentials
    if status == 404:
        return NotFound
    return Refused if 400 <= status < 500 and status not in _RETRYABLE else Unavailable


def _rows(
    operation: str, search: Callable[..., Any], filters: dict[str, Any], key: str
) -> Iterator[dict[str, Any]]:
    # The SDK's own paging iterator turns a 401 into "no results".
    offset = 0
    for _ in range(_MOST_PAGES):
        body = _call(operation, search, filters | {"limit": _PAGE, "offset": offset})
        rows, total = read(operation, lambda body: _page(body, key), body)
        yield from rows
        offset += len(rows)
        if not rows or (total is not None and offset >= total):
            return


def _page(body: dict[str, Any], key: str) -> tuple[list[dict[str, Any]], int | None]:
    rows = body[key] or []  # merchant orders say null for "none"
    total = (body.get("paging") or body).get("total")
    return list(rows), None if total is None else int(total)


def _reference(body: dict[str, Any]) -> str:
    return str(body.get("external_reference"))


def _edge(amount: Decimal) -> int | float:
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("an amount is positive, with at most two decimals")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("an aware moment is needed")
    return moment.isoformat(timespec="milliseconds")
