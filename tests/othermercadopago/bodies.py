"""How this Mercado Pago tells of what is in its books. Fields that somebody reads are in the reference."""

from __future__ import annotations

import datetime
from typing import Any

from tests.othermercadopago.books import COLLECTOR, Payment, Preference, Refund
from tests.othermercadopago.habits import ABSENT, Habits


def preference(habits: Habits, pages: str, each: Preference) -> dict[str, Any]:
    """The whole preference. Its payment page is elsewhere than the API."""
    return habits.body(
        id=each.id,
        init_point=f"{pages}/seguro/comprar/entrar?pref={each.id}",
        sandbox_init_point=f"https://sandbox.example/{each.id}",
        collector_id=habits.choose(COLLECTOR, COLLECTOR, str(COLLECTOR)),
        client_id="6295877106812064",
        external_reference=each.reference,
        date_created=habits.moment(each.created),
        expires=bool(each.wish.get("expires")),
        expiration_date_from=None,
        expiration_date_to=habits.moment(each.ends),
        items=[{**item, "picture_url": None} for item in each.wish["items"]],
        back_urls=each.wish.get("back_urls", {}),
        auto_return=each.wish.get("auto_return", ""),
        payer={"email": "", "phone": {"area_code": "", "number": ""}},
        site_id="MLC",
    )


def found_preference(habits: Habits, each: Preference) -> dict[str, Any]:
    """What a search shows of a preference: items by name alone, and no payment page."""
    return habits.body(
        id=each.id,
        collector_id=COLLECTOR,
        external_reference=each.reference,
        date_created=habits.moment(each.created),
        expires=None,
        expiration_date_to=None,
        items=[item["title"] for item in each.wish["items"]],
        last_updated=None,
        live_mode=True,
        payer_email="",
    )


def payment(habits: Habits, each: Payment) -> dict[str, Any]:
    named = habits.choose("collector_id", "collector", "both")
    done = each.status in ("approved", "refunded", "charged_back", "in_mediation")
    return habits.body(
        id=each.id,
        status=each.status,
        status_detail=each.detail,
        external_reference=each.reference if each.names_reference else None,
        transaction_amount=habits.number(each.amount),
        transaction_amount_refunded=habits.nothing_yet(each.refunded),
        currency_id=each.currency,
        collector_id=ABSENT if named == "collector" else each.collector,
        collector=ABSENT if named == "collector_id" else {"id": str(each.collector), "email": None},
        live_mode=each.live_mode,
        order=_order_of(habits, each),
        payment_type_id=each.kind,
        payment_method_id=habits.choose("master", "visa", None),
        operation_type="regular_payment",
        date_created=habits.moment(each.created),
        date_approved=habits.moment(each.updated) if done else None,
        date_last_updated=habits.moment(each.updated),
        date_of_expiration=habits.choose(None, ABSENT, None),
        refunds=_refunds_in_payment(habits, each),
        installments=3,
        # With what the bank takes for instalments.
        transaction_details={"total_paid_amount": float(each.amount) * 1.21, "overpaid_amount": 0},
        payer={"id": "1165072510", "email": None, "identification": {"type": None, "number": None}},
        additional_info={"items": [{"unit_price": "25000.0", "quantity": "1"}]},
        card=habits.choose({}, {"last_four_digits": "0604", "date_created": "2022-07-31T17:04:28.000-04:00"}),
    )


def _order_of(habits: Habits, each: Payment) -> Any:
    named = {"id": habits.vary(str(each.order_id), each.order_id), "type": "mercadopago"}
    return habits.vary(named, {}, None, ABSENT) if each.names_reference else named


def _refunds_in_payment(habits: Habits, each: Payment) -> Any:
    if habits.tells_refunds == "elsewhere":
        return ABSENT
    return [refund(habits, each, row) for row in habits.shuffled(each.refunds) if row.status == "approved"]


def refund(habits: Habits, each: Payment, row: Refund) -> dict[str, Any]:
    """Older answers name no status: they tell of what was done."""
    silent = habits.tells_refunds == "without status"
    return habits.body(
        id=habits.choose(row.id, row.id, str(row.id)),
        payment_id=each.id,
        amount=habits.number(row.amount),
        status=ABSENT if silent and row.status == "approved" else row.status,
        date_created=habits.moment(row.at),
        source=habits.choose({"id": str(COLLECTOR), "type": "collector"}, [{"id": str(COLLECTOR)}]),
        refund_mode="standard",
        reason=None,
        labels=["hidden", "contingency"] if row.status == "in_process" else [],
    )


def merchant_order(habits: Habits, each: Preference, payments: list[Payment]) -> dict[str, Any]:
    rows = [_payment_in_order(habits, row) for row in habits.shuffled(payments)]
    return habits.body(
        id=each.order_id,
        status="closed" if any(row.status == "approved" for row in payments) else "opened",
        external_reference=each.reference,
        preference_id=each.id,
        payments=rows or habits.choose([], None, ABSENT),
        collector={"id": COLLECTOR, "email": "", "nickname": "ÑANDÚ"},
        payer=None,
        shipments=[],
        total_amount=habits.number(each.price),
        date_created=habits.moment(each.created),
        order_status=habits.vary("paid", "payment_required", None),
    )


def _payment_in_order(habits: Habits, each: Payment) -> dict[str, Any]:
    return {
        "transaction_amount": habits.number(each.amount),
        "total_paid_amount": float(each.amount) * 1.21,
        "status": each.status,
        "id": habits.choose(str(each.id), each.id, each.id),
        "date_approved": None,
        "last_modified": habits.moment(each.updated),
        "amount_refunded": habits.number(each.refunded),
    }


def chargeback(habits: Habits, number: int, each: Payment) -> dict[str, Any]:
    deadline = each.created + datetime.timedelta(days=9)
    return habits.body(
        id=str(number),
        payments=habits.choose([each.id], [str(each.id)], [{}]),
        currency=each.currency,
        amount=habits.choose(float(each.amount), str(each.amount), habits.number(each.amount)),
        coverage_applied=None,
        coverage_elegible=habits.choose(True, "true", True),
        documentation_required=habits.choose(True, "true", True),
        documentation_status="pending",
        date_documentation_deadline=habits.moment(deadline),
        date_created=None,
        live_mode=habits.choose(True, "true", True),
    )
