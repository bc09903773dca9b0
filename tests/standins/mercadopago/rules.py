"""What the API refuses, and the body it refuses with."""

import re
from datetime import datetime
from typing import Any

# A site is one country of Mercado Pago, with its currency and a way to pay in cash.
SITES = {
    "MLA": ("ARS", "rapipago"),
    "MLB": ("BRL", "bolbradesco"),
    "MLC": ("CLP", "servipag"),
    "MCO": ("COP", "efecty"),
    "MLM": ("MXN", "oxxo"),
    "MPE": ("PEN", "pagoefectivo_atm"),
    "MLU": ("UYU", "abitab"),
}
WHOLE_UNIT_CURRENCIES = {"CLP", "COP"}
_REFERENCE = re.compile(r"[A-Za-z0-9_-]{0,64}")


class ApiError(Exception):
    """An error answer: HTTP status, machine-readable error, text, and Mercado Pago's own cause code."""

    def __init__(self, status: int, error: str, message: str, code: int | str | None = None) -> None:
        super().__init__(message)
        cause = [{"code": code, "description": message, "data": None}] if code is not None else []
        self.status = status
        self.body = {"message": message, "error": error, "status": status, "cause": cause}


def wrong_state() -> ApiError:
    """The refusal of an action that a payment's status does not allow."""
    return ApiError(
        400, "bad_request", "The action requested is not valid for the current payment state", 2063
    )


def check_preference(wish: Any) -> None:
    """Raises ApiError for a preference that the API would not take."""
    if not isinstance(wish, dict):
        raise ApiError(400, "bad_request", "invalid body")
    items = wish.get("items")
    if not isinstance(items, list) or not items:
        raise ApiError(400, "invalid_items", "items needed")
    for item in items:
        _check_item(item)
    if not _REFERENCE.fullmatch(str(wish.get("external_reference") or "")):
        raise ApiError(400, "invalid_external_reference", "external_reference invalid")
    if len(str(wish.get("statement_descriptor") or "")) > 16:
        raise ApiError(400, "invalid_statement_descriptor", "statement_descriptor invalid")
    if wish.get("auto_return") and not (wish.get("back_urls") or {}).get("success"):
        raise ApiError(400, "invalid_auto_return", "auto_return invalid. back_url.success must be defined")
    for name in ("expiration_date_from", "expiration_date_to", "date_of_expiration"):
        check_date(name, wish.get(name))


def _check_item(item: Any) -> None:
    if not isinstance(item, dict) or not item.get("title"):
        raise ApiError(400, "invalid_items", "title needed")
    quantity = item.get("quantity")
    if not isinstance(quantity, int) or isinstance(quantity, bool) or quantity < 1:
        raise ApiError(400, "invalid_items", "quantity invalid")
    if item.get("currency_id") not in {currency for currency, _ in SITES.values()}:
        raise ApiError(400, "invalid_items", "currency_id invalid")
    check_amount(item.get("unit_price"), item["currency_id"], "unit_price")


def check_amount(amount: Any, currency: str, name: str) -> None:
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        raise ApiError(400, "bad_request", f"{name} attribute must be numeric", 4041)
    if not amount > 0:
        raise ApiError(400, "bad_request", f"{name} attribute must be positive", 4040)
    if currency in WHOLE_UNIT_CURRENCIES and amount != int(amount):
        raise ApiError(400, "bad_request", f"{name} must be an integer in {currency}", "invalid_amount")
    if round(amount, 2) != amount:
        raise ApiError(400, "bad_request", f"{name} has more than two decimals", "invalid_amount")


def check_date(name: str, value: Any) -> None:
    if value is None:
        return
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        aware = False
    if not aware:
        raise ApiError(400, f"invalid_{name}", f"{name} invalid")
