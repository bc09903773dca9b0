"""The shapes of what the API shows. Keys with a leading underscore are the stand-in's own, never shown."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.standins.mercadopago.ledger import Document
from tests.standins.mercadopago.rules import SITES

_OFFSET = timezone(timedelta(hours=-4))  # Mercado Pago stamps in this offset, whatever the country

DETAILS = {
    "approved": "accredited",
    "authorized": "pending_capture",
    "cancelled": "expired",
    "charged_back": "in_process",
    "in_mediation": "pending",
    "in_process": "pending_review_manual",
    "pending": "pending_waiting_payment",
    "refunded": "refunded",
    "rejected": "cc_rejected_insufficient_amount",
}


@dataclass
class Account:
    """Who sells: the country, the collector's id, and the address under which the stand-in is reached."""

    public_url: str
    site_id: str = "MLC"
    collector_id: int = 2_400_000_001  # above 32 bits signed, as new accounts are


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    return (moment or now()).astimezone(_OFFSET).isoformat(timespec="milliseconds")


def public(document: Document) -> Document:
    return {key: value for key, value in document.items() if not key.startswith("_")}


def total(preference: Document) -> float:
    amount: float = sum(item["unit_price"] * item["quantity"] for item in preference["items"])
    return amount


def new_preference(wish: Document, account: Account, *, live_mode: bool) -> Document:
    key = f"{account.collector_id}-{uuid.uuid4()}"
    page = f"{account.public_url}/checkout/pay?pref_id={key}"
    defaults: Document = {
        "additional_info": "",
        "auto_return": "",
        "back_urls": {"success": "", "pending": "", "failure": ""},
        "binary_mode": False,
        "date_of_expiration": None,
        "expires": False,
        "expiration_date_from": None,
        "expiration_date_to": None,
        "external_reference": "",
        "marketplace": "NONE",
        "metadata": {},
        "notification_url": None,
        "operation_type": "regular_payment",
        "payer": {"email": "", "name": "", "surname": ""},
        "statement_descriptor": "",
    }
    return (
        defaults
        | wish
        | {
            "id": key,
            "client_id": "4000000000000001",
            "collector_id": account.collector_id,
            "date_created": stamp(),
            "init_point": page,
            "sandbox_init_point": page,
            "site_id": account.site_id,
            "_live_mode": live_mode,
        }
    )


def is_expired(preference: Document) -> bool:
    ends = preference["expiration_date_to"] if preference["expires"] else None
    return ends is not None and datetime.fromisoformat(ends) <= now()


def in_search(preference: Document) -> Document:
    """A preference as the search shows it: without its address."""
    names = (
        "id",
        "client_id",
        "collector_id",
        "date_created",
        "expires",
        "expiration_date_to",
        "marketplace",
    )
    shown = {name: preference[name] for name in (*names, "external_reference", "site_id")}
    return shown | {"items": [item["title"] for item in preference["items"]]}


def new_payment(preference: Document, *, key: int, order_id: int, status: str, method: str) -> Document:
    moment, cash = stamp(), SITES[preference["site_id"]][1]
    amount = total(preference)
    return {
        "id": key,
        "status": status,
        "status_detail": DETAILS.get(status, ""),
        "date_created": moment,
        "date_last_updated": moment,
        "date_approved": moment if status == "approved" else None,
        "date_of_expiration": stamp(now() + timedelta(days=3)) if method == "ticket" else None,
        "operation_type": "regular_payment",
        "payment_method_id": cash if method == "ticket" else "visa",
        "payment_type_id": method,
        "currency_id": preference["items"][0]["currency_id"],
        "description": preference["items"][0]["title"],
        "live_mode": preference["_live_mode"],
        "collector_id": preference["collector_id"],
        "payer": {
            "id": "1200000001",
            "email": "comprador.de.prueba@example.com",
            "identification": {"type": "RUT", "number": "11111111-1"},
            "type": "guest",
        },
        "metadata": {},
        "external_reference": preference["external_reference"],
        "order": {"id": str(order_id), "type": "mercadopago"},
        "transaction_amount": amount,
        "transaction_amount_refunded": 0,
        "transaction_details": {
            # What the buyer pays has the bank's financing in it, so it is not the price.
            "total_paid_amount": round(amount * 1.07) if method == "credit_card" else amount,
            "net_received_amount": round(amount * 0.96),
            "installment_amount": amount,
            "overpaid_amount": 0,
        },
        "fee_details": [
            {"type": "mercadopago_fee", "amount": amount - round(amount * 0.96), "fee_payer": "collector"},
            {"type": "financing_fee", "amount": round(amount * 0.07), "fee_payer": "payer"},
        ],
        "installments": 1,
        "captured": True,
        "refunds": [],
        "site_id": preference["site_id"],
        "statement_descriptor": preference["statement_descriptor"],
        "_preference_id": preference["id"],
        "_hidden": [],
    }


def new_refund(payment: Document, *, key: int, amount: float) -> Document:
    return {
        "id": key,
        "payment_id": payment["id"],
        "amount": amount,
        "metadata": {},
        "source": {"id": str(payment["collector_id"]), "name": "Need", "type": "collector"},
        "date_created": stamp(),
        "unique_sequence_number": None,
        "refund_mode": "standard",
        "adjustment_amount": 0,
        "status": "approved",
        "reason": None,
        "amount_refunded_to_payer": amount,
    }


def new_chargeback(payment: Document, *, key: int, deadline: str | None) -> Document:
    return {
        "id": str(key),
        "payments": [payment["id"]],
        "currency": payment["currency_id"],
        "amount": payment["transaction_amount"],
        "reason": "general",
        "coverage_applied": None,
        "coverage_elegible": True,
        "documentation_required": deadline is not None,
        "documentation_status": "pending" if deadline else "not_applicable",
        "documentation": [],
        "date_documentation_deadline": deadline,
        "date_created": stamp(),
        "date_last_updated": stamp(),
        "live_mode": payment["live_mode"],
    }


def merchant_order(order: Document, preference: Document, payments: list[Document]) -> Document:
    """An order as the API shows it: always computed from its payments."""
    approved = [payment for payment in payments if payment["status"] in ("approved", "refunded")]
    paid = sum(payment["transaction_amount"] for payment in approved)
    refunded = sum(payment["transaction_amount_refunded"] for payment in payments)
    price = total(preference)
    open_ones = any(payment["status"] in ("pending", "in_process", "authorized") for payment in payments)
    return {
        "id": order["id"],
        "status": "closed" if paid >= price else "opened",
        "order_status": _order_status(paid, refunded, price, open_ones=open_ones),
        "external_reference": order["external_reference"],
        "preference_id": preference["id"],
        "payments": [_in_order(payment) for payment in payments],
        "collector": {"id": preference["collector_id"], "email": "", "nickname": "NEED"},
        "marketplace": "NONE",
        "date_created": order["date_created"],
        "last_updated": max([order["date_created"], *(payment["date_last_updated"] for payment in payments)]),
        "shipping_cost": 0,
        "total_amount": price,
        "site_id": preference["site_id"],
        "paid_amount": paid,
        "refunded_amount": refunded,
        "items": preference["items"],
        "cancelled": False,
        "is_test": not preference["_live_mode"],
    }


def _order_status(paid: float, refunded: float, price: float, *, open_ones: bool) -> str:
    if refunded:
        return "reverted" if refunded >= paid else "partially_reverted"
    if paid >= price:
        return "paid"
    if paid:
        return "partially_paid"
    return "payment_in_process" if open_ones else "payment_required"


def _in_order(payment: Document) -> Document:
    details: dict[str, Any] = payment["transaction_details"]
    names = ("id", "transaction_amount", "currency_id", "status", "status_detail", "operation_type")
    shown = {name: payment[name] for name in (*names, "date_approved", "date_created")}
    return shown | {
        "total_paid_amount": details["total_paid_amount"],
        "shipping_cost": 0,
        "last_modified": payment["date_last_updated"],
        "amount_refunded": payment["transaction_amount_refunded"],
    }
