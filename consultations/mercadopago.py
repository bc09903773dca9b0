"""Mercado Pago: the one module that knows how payments are asked for, read and given back.

Checkout Pro through the official SDK. A *preference* is a payment link for one order (`init_point` is its
page); the buyer's attempts are *payments*, grouped in a *merchant order*; all carry our
`external_reference`. Mercado Pago tells of changes by a signed webhook that only names a payment id: the
truth is always what `get_payment` reads.

What callers rely on:

- Every failure is a `MercadoPagoError`: `Unavailable` (ask again later, nothing is known), `Refused`,
  `NotFound`, `BadCredentials`. None carries what a person typed.
- A 401 is `BadCredentials`. So is a 403, unless a search is let in at that moment: then it is `Refused`.
- One call is one request of at most ten seconds of silence. The SDK's own retries are off: they turn ten
  seconds into minutes and obey a `Retry-After` of hours. The queue retries.
- What creates something takes an idempotency key (1 to 64 characters) that the caller stored beforehand:
  after a lost answer, the same key gives the same result; a new key pays back twice.
- Searches may omit real payments. A found id is worth reading; an empty list proves nothing.
- Amounts are `Decimal` in the currency's main unit, whole in CLP and COP; floats stay at the SDK's edge.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import requests
from django.conf import settings
from mercadopago import SDK
from mercadopago.config import RequestOptions
from mercadopago.errors import MPServerError

from consultations.mercadopago_http import BaseUrlHttpClient
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
    as_number,
    as_stamp,
    error_code,
    failure_of,
    read,
    read_chargeback,
    read_page,
    read_payment,
    read_payment_ids,
    read_preference,
    read_reference,
    read_refund,
    read_refunds,
)
from consultations.mercadopago_signature import verify_signature, webhook_secrets

__all__ = [
    "NO_ORDER",
    "WHOLE_UNIT_CURRENCIES",
    "BadCredentials",
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
    "search_page",
    "search_payments",
    "verify_signature",
    "webhook_secrets",
]

WHOLE_UNIT_CURRENCIES = frozenset({"CLP", "COP"})
TIMEOUT_SECONDS = 10.0  # the SDK refuses an int

NO_ORDER = "credentials-check"  # any question will do; none of ours has this name

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PAGE, _MOST_PAGES = 50, 20
# Without it a refund that takes time is answered with 400, as if refused, and left out of the list.
_IN_PROCESS_TOO = {"X-Render-In-Process-Refunds": "true"}


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
        "unit_price": as_number(amount),
    }
    wish: dict[str, Any] = {
        "items": [item],
        "external_reference": reference,
        "back_urls": dict(back_urls),
        "statement_descriptor": statement_descriptor[:16],
        "expires": True,
        "expiration_date_to": as_stamp(expires_at),
    }
    if "success" in back_urls:
        wish["auto_return"] = "approved"
    if payer_email:
        wish["payer"] = {"email": payer_email}
    if notification_url:
        wish["notification_url"] = notification_url
    headers = {"x-idempotency-key": idempotency_key}
    body = _call("create_preference", _sdk().preference().create, wish, headers=headers)
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
    own = (body for body in found if read("find_preferences", read_reference, body) == external_reference)
    return [read("find_preferences", read_preference, body) for body in own]


def expire_preference(preference_id: str, *, at: datetime | None = None) -> Preference:
    """Closes a payment link, now or `at` a time. A payment already begun in it may still arrive."""
    wish = {"expires": True, "expiration_date_to": as_stamp(at or datetime.now(UTC))}
    body = _call("expire_preference", _sdk().preference().update, preference_id, wish)
    return read("expire_preference", read_preference, body)


def get_payment(payment_id: int) -> PaymentReport:
    """The payment with this id, as it is now: the only source that may change an order."""
    body = _call("get_payment", _sdk().payment().get, payment_id)
    report = read("get_payment", read_payment, body)
    if report.id != payment_id:
        raise Unavailable("get_payment")
    return _completed(report)


def _completed(report: PaymentReport) -> PaymentReport:
    """With what some payments leave to others to tell: the order's reference, and what went back."""
    try:
        if not report.external_reference and report.order_id:
            body = _call("get_payment", _sdk().merchant_order().get, report.order_id)
            report = replace(report, external_reference=read("get_payment", read_reference, body))
        if report.refunded > sum(each.amount for each in report.refunds):
            report = replace(report, refunds=list_refunds(report.id))
    except (NotFound, Refused):  # the payment itself is known all the same
        return report
    return report


def search_payments(*, external_reference: str) -> list[int]:
    """Ids of payments the search knows for an order. It can omit real ones: never proof of non-payment."""
    filters = {"external_reference": external_reference, "sort": "date_created", "criteria": "desc"}
    rows = _rows("search_payments", _sdk().payment().search, filters, "results")
    return list(dict.fromkeys(read("search_payments", lambda row: int(row["id"]), row) for row in rows))


def search_page(
    *, moment: str, begin: datetime, end: datetime, limit: int, offset: int
) -> tuple[list[PaymentReport], int]:
    """One page of all payments whose `moment` (`date_created`, `date_last_updated`) lies between two
    moments, both included, oldest first, and how many there are in all. It can omit real ones."""
    filters = {"range": moment, "begin_date": as_stamp(begin), "end_date": as_stamp(end)}
    filters |= {"sort": moment, "criteria": "asc", "limit": str(limit), "offset": str(offset)}
    body = _call("search_page", _sdk().payment().search, filters)
    rows, total = read("search_page", lambda body: read_page(body, "results"), body)
    if total is None:
        raise Unavailable("search_page")
    return [read("search_page", read_payment, row) for row in rows], total


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
    wish = None if amount is None else {"amount": as_number(amount)}
    headers = {"x-idempotency-key": idempotency_key} | _IN_PROCESS_TOO
    body = _call("refund", _sdk().refund().create, payment_id, wish, headers=headers)
    return read("refund", read_refund, body)


def list_refunds(payment_id: int) -> tuple[RefundReport, ...]:
    """Every refund of a payment, those made in Mercado Pago's own panel included."""
    body = _call("list_refunds", _sdk().refund().list_all, payment_id, headers=_IN_PROCESS_TOO)
    return read("list_refunds", read_refunds, body)


def _sdk() -> SDK:
    token = settings.MERCADOPAGO_ACCESS_TOKEN.strip()
    return SDK(token, http_client=BaseUrlHttpClient(settings.MERCADOPAGO_API_URL))


def _options(headers: Mapping[str, str] | None) -> RequestOptions:
    # Both retry settings are needed to turn the SDK's retries off. A new object for each call: one that is
    # shared takes on the token of whoever used it last.
    return RequestOptions(
        retry_on=[],
        max_retries=0,
        connection_timeout=TIMEOUT_SECONDS,
        custom_headers=dict(headers) if headers else None,
    )


def _call(
    operation: str, method: Callable[..., Any], *args: Any, headers: Mapping[str, str] | None = None
) -> Any:
    began = time.monotonic()
    try:
        answer = method(*args, request_options=_options(headers))
    except MPServerError as error:  # a body that is not JSON, whatever its status
        raise Unavailable(operation, error.status_code) from None
    except requests.RequestException as error:
        hung = isinstance(error, requests.Timeout) or time.monotonic() - began >= TIMEOUT_SECONDS
        raise Unavailable(operation, hung=hung) from None
    status, body = answer["status"], answer["response"]
    if not 200 <= status < 300:
        # Whoever names somebody else's payment is forbidden to read it, whatever the credentials.
        forbidden = status == 403 and operation != "search_payments" and _is_let_in()
        raise (Refused if forbidden else failure_of(status))(operation, status, error_code(body))
    if not isinstance(body, dict | list):
        raise Unavailable(operation, status)
    return body


def _is_let_in() -> bool:
    """Whether the credentials are accepted at all: a search that nothing is to come of."""
    try:
        search_payments(external_reference=NO_ORDER)
    except BadCredentials:
        return False
    return True


def _rows(
    operation: str, search: Callable[..., Any], filters: dict[str, Any], key: str
) -> Iterator[dict[str, Any]]:
    # The SDK's own paging iterator turns a 401 into "no results".
    offset = 0
    for _ in range(_MOST_PAGES):
        body = _call(operation, search, filters | {"limit": _PAGE, "offset": offset})
        rows, total = read(operation, lambda body: read_page(body, key), body)
        yield from rows
        offset += len(rows)
        if not rows or (total is not None and offset >= total):
            return
