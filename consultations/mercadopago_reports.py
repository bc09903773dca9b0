"""What Mercado Pago answers, as plain values: the exceptions, the frozen reports and how they are read.

Reading is strict about what money depends on (id, status, amount, currency, date) and forgiving about the
rest. An answer that cannot be read is `Unavailable`, never a guess: the caller asks again later.
Nothing here keeps or shows who paid; payer, card and address are dropped while reading.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

T = TypeVar("T")

_SAFE_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


class MercadoPagoError(Exception):
    """Something went wrong with Mercado Pago.

    `operation` is the function asked for, `status` the HTTP status (None without an answer) and `code` its
    own error code ("" when there is none). Its free text is left out: it may repeat what a person typed.
    """

    def __init__(self, operation: str, status: int | None = None, code: str = "") -> None:
        self.operation, self.status, self.code = operation, status, code
        answer = f"HTTP {status}" if status else "no readable answer"
        super().__init__(f"{operation}: {answer}{f' ({code})' if code else ''}")


class Unavailable(MercadoPagoError):
    """No usable answer: network, timeout, 5xx, 429, a lock, or a body that is not what was asked.

    Nothing is known about the outcome; try again later, with the same idempotency key. `hung` says that one
    call was left without an answer until it was given up.
    """

    def __init__(
        self, operation: str, status: int | None = None, code: str = "", *, hung: bool = False
    ) -> None:
        super().__init__(operation, status, code)
        self.hung = hung


class Refused(MercadoPagoError):
    """Mercado Pago understood and said no (4xx). The same request will be refused again."""


class NotFound(MercadoPagoError):
    """No such payment or preference (404). Right after a webhook it may still appear: try again."""


class BadCredentials(MercadoPagoError):
    """The access token was not accepted (401, 403). A person must look; it says nothing about a payment."""


_RETRYABLE = frozenset({408, 423, 424, 425, 429})


def failure_of(status: int) -> type[MercadoPagoError]:
    """What an answer with this status, which is none of the good ones, means."""
    if status in (401, 403):
        return BadCredentials
    if status == 404:
        return NotFound
    return Refused if 400 <= status < 500 and status not in _RETRYABLE else Unavailable


@dataclass(frozen=True)
class Preference:
    """A payment link: `init_point` is the address of the hosted payment page."""

    id: str
    init_point: str
    expires_at: datetime | None = None
    collector_id: int | None = None


@dataclass(frozen=True)
class RefundReport:
    """One refund of a payment; `status` is `approved`, `in_process`, `rejected` or `cancelled`."""

    id: int
    amount: Decimal
    status: str
    created_at: datetime | None


@dataclass(frozen=True)
class PaymentReport:
    """A payment as Mercado Pago tells it at one moment.

    `amount` is the `transaction_amount`, never `total_paid_amount`, which has financing in it. `refunded` is
    what went back so far. Statuses: https://www.mercadopago.com/developers, "Payment status".
    """

    id: int
    status: str
    status_detail: str
    external_reference: str
    currency: str
    amount: Decimal
    refunded: Decimal
    collector_id: int | None
    live_mode: bool
    order_id: int | None
    payment_type: str
    date_last_updated: datetime
    refunds: tuple[RefundReport, ...]
    # Told or not; nothing but the accounts depends on them.
    date_created: datetime | None = None
    date_approved: datetime | None = None
    net_received: Decimal | None = None
    fees: Decimal | None = None


@dataclass(frozen=True)
class ChargebackReport:
    """A buyer's bank takes a payment back. `deadline` is until when documents against it are taken."""

    id: int
    payment_ids: tuple[int, ...]
    deadline: datetime | None


def read(operation: str, reader: Callable[[Any], T], body: Any) -> T:
    """`reader(body)`; raises `Unavailable` when the body does not hold what the reader needs."""
    try:
        return reader(body)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, InvalidOperation):
        raise Unavailable(operation) from None


def error_code(body: Any) -> str:
    """The machine-readable code of an error body, "" when there is none that is safe to show."""
    if not isinstance(body, dict):
        return ""
    causes = body.get("cause")
    first = causes[0] if isinstance(causes, list) and causes else causes
    specific = first.get("code") if isinstance(first, dict) else None
    code = str(specific or body.get("error") or body.get("code") or "")
    return code if _SAFE_CODE.fullmatch(code) else ""


def read_preference(body: Any) -> Preference:
    expires_at = _moment(body.get("expiration_date_to")) if body.get("expires") else None
    return Preference(
        id=_text(body["id"]),
        init_point=_text(body["init_point"]),
        expires_at=expires_at,
        collector_id=_optional_id(body.get("collector_id")),
    )


def read_refund(body: Any) -> RefundReport:
    return RefundReport(
        id=int(body["id"]),
        amount=_amount(body["amount"]),
        # Older answers name no status: they tell of what was given back.
        status=str(body.get("status") or "approved"),
        created_at=_moment(body.get("date_created")),
    )


def read_refunds(body: Any) -> tuple[RefundReport, ...]:
    return tuple(read_refund(row) for row in body)


def read_payment(body: Any) -> PaymentReport:
    moment = _moment(body.get("date_last_updated")) or _moment(body["date_created"])
    if moment is None:
        raise ValueError("a payment without a date cannot be put in order")
    return PaymentReport(
        id=int(body["id"]),
        status=_text(body["status"]),
        status_detail=str(body.get("status_detail") or ""),
        external_reference=str(body.get("external_reference") or ""),
        currency=_text(body["currency_id"]),
        amount=_amount(body["transaction_amount"]),
        refunded=_amount(body.get("transaction_amount_refunded") or 0),
        collector_id=_optional_id(body.get("collector_id") or (body.get("collector") or {}).get("id")),
        live_mode=body.get("live_mode") is True,
        order_id=_optional_id((body.get("order") or {}).get("id")),
        payment_type=str(body.get("payment_type_id") or ""),
        date_last_updated=moment,
        refunds=read_refunds(body.get("refunds") or ()),
        date_created=_if_told(_moment, body.get("date_created")),
        date_approved=_if_told(_moment, body.get("date_approved")),
        net_received=_if_told(_net_received, body.get("transaction_details")),
        fees=_if_told(_fees, body.get("fee_details")),
    )


def _net_received(details: Any) -> Decimal | None:
    told = details.get("net_received_amount")
    return None if told is None else _amount(told)


def _fees(details: Any) -> Decimal | None:
    """What the seller is charged; the buyer's financing is none of it."""
    charged = [_amount(each["amount"]) for each in details if each.get("fee_payer") == "collector"]
    return sum(charged, Decimal(0)) if charged else None


def _if_told(reader: Callable[[Any], T | None], value: Any) -> T | None:
    """What no state of money depends on: left out when it cannot be read."""
    try:
        return reader(value) if value else None
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, InvalidOperation):
        return None


def read_reference(body: Any) -> str:
    """The shop's own reference on a preference or a merchant order."""
    return str(body.get("external_reference") or "")


def read_page(body: Any, key: str) -> tuple[list[dict[str, Any]], int | None]:
    """The rows of a search's page, and how many there are altogether if it says."""
    rows = body[key] or []  # merchant orders say null for "none"
    total = (body.get("paging") or body).get("total")
    return list(rows), None if total is None else int(total)


def read_payment_ids(body: Any) -> list[int]:
    """The payments named in a merchant order."""
    return [int(payment["id"]) for payment in body.get("payments") or ()]


def read_chargeback(body: Any) -> ChargebackReport:
    # Ids come bare or in objects; flags as booleans or as text.
    payments = [each.get("id") if isinstance(each, dict) else each for each in body.get("payments") or ()]
    wanted = str(body.get("documentation_required")).lower() == "true"
    return ChargebackReport(
        id=int(body["id"]),
        payment_ids=tuple(int(each) for each in payments if each),
        deadline=_moment(body.get("date_documentation_deadline")) if wanted else None,
    )


def as_number(amount: Decimal) -> int | float:
    """An amount as the SDK takes it, which knows no Decimal."""
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("an amount is positive, with at most two decimals")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def as_stamp(moment: datetime) -> str:
    """A moment as Mercado Pago reads it."""
    if moment.tzinfo is None:
        raise ValueError("an aware moment is needed")
    return moment.isoformat(timespec="milliseconds")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("text expected")
    return value


def _optional_id(value: Any) -> int | None:
    return int(value) if value else None


def _amount(value: Any) -> Decimal:
    # Amounts arrive as numbers or as text. The shortest decimal that reads back as the same float is the
    # one Mercado Pago wrote, so `str` loses nothing.
    if isinstance(value, bool):
        raise ValueError("amount expected")
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError("amount expected")
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _moment(value: Any) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
