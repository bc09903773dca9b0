"""What the stand-in's API refuses and how it answers, apart from what the client asks of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

WISH: dict[str, Any] = {
    "items": [{"title": "Orientación", "quantity": 1, "currency_id": "CLP", "unit_price": 15000}],
    "external_reference": "N-1",
    "back_urls": {"success": "http://127.0.0.1:8000/vuelta/"},
}


def call(standin, method, path, body=None, **headers):
    headers = {"Authorization": f"Bearer {standin.access_token}", **headers}
    encoded = None if body is None else json.dumps(body).encode()
    answer = standin.request(method, path, encoded, headers)
    return answer.status, json.loads(answer.body)


def item(**changes):
    return [WISH["items"][0] | changes]


@pytest.fixture
def preference_id(mercadopago_standin):
    return call(mercadopago_standin, "POST", "/checkout/preferences", WISH)[1]["id"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer wrong"])
def test_call_without_the_token_is_unauthorized(mercadopago_standin, header):
    headers = {} if header is None else {"Authorization": header}
    answer = mercadopago_standin.request("GET", "/v1/payments/search", None, headers)
    assert (answer.status, json.loads(answer.body)["status"]) == (401, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"items": []},
        {"items": item(unit_price=15000.5)},
        {"items": item(unit_price=0)},
        {"items": item(unit_price="15000")},
        {"items": item(unit_price=9.999, currency_id="PEN")},
        {"items": item(currency_id="EUR")},
        {"items": item(quantity=0)},
        {"items": item(title="")},
        {"external_reference": "con espacio"},
        {"external_reference": "x" * 65},
        {"statement_descriptor": "x" * 17},
        {"auto_return": "approved", "back_urls": {}},
        {"expiration_date_to": "mañana"},
        {"expiration_date_to": "2030-01-01T00:00:00"},
    ],
)
def test_impossible_preference_is_refused(mercadopago_standin, changes):
    status, body = call(mercadopago_standin, "POST", "/checkout/preferences", WISH | changes)
    assert (status, body["status"]) == (400, 400)
    assert mercadopago_standin.ledger()["preferences"] == []


def test_body_that_is_not_json_is_refused(mercadopago_standin):
    headers = {"Authorization": f"Bearer {mercadopago_standin.access_token}"}
    assert mercadopago_standin.request("POST", "/checkout/preferences", b"{", headers).status == 400


def test_refused_answer_is_not_kept_for_its_key(mercadopago_standin):
    key = {"x-idempotency-key": "k-1"}
    assert call(mercadopago_standin, "POST", "/checkout/preferences", {}, **key)[0] == 400
    assert call(mercadopago_standin, "POST", "/checkout/preferences", WISH, **key)[0] == 201


def test_preference_update_keeps_its_identity(mercadopago_standin, preference_id):
    path = f"/checkout/preferences/{preference_id}"
    status, body = call(mercadopago_standin, "PUT", path, {"id": "other", "external_reference": "N-2"})
    assert (status, body["id"], body["external_reference"]) == (200, preference_id, "N-2")


def test_refund_without_idempotency_key_is_refused(mercadopago_standin, preference_id):
    payment = mercadopago_standin.create_payment(preference_id)
    status, body = call(mercadopago_standin, "POST", f"/v1/payments/{payment['id']}/refunds", {})
    assert (status, body["cause"][0]["code"]) == (400, 4292)


def test_refund_after_the_period_is_refused(mercadopago_standin, preference_id):
    approved = (datetime.now(UTC) - timedelta(days=181)).isoformat()
    payment = mercadopago_standin.create_payment(preference_id, date_approved=approved)
    path, key = f"/v1/payments/{payment['id']}/refunds", {"x-idempotency-key": "r-1"}
    assert call(mercadopago_standin, "POST", path, {}, **key)[1]["cause"][0]["code"] == 2024


def test_same_key_at_the_same_moment_refunds_once(mercadopago_standin, preference_id):
    payment = mercadopago_standin.create_payment(preference_id)
    path, key = f"/v1/payments/{payment['id']}/refunds", {"x-idempotency-key": "r-1"}
    with ThreadPoolExecutor(10) as pool:
        asked = [
            pool.submit(call, mercadopago_standin, "POST", path, {"amount": 100}, **key) for _ in range(10)
        ]
    answers = [future.result() for future in asked]
    assert answers == [answers[0]] * 10
    assert call(mercadopago_standin, "GET", path)[1] == [answers[0][1]]


@pytest.mark.parametrize("amount", [0, -1, 0.5, "10", True])
def test_impossible_refund_amount_is_refused(mercadopago_standin, preference_id, amount):
    payment = mercadopago_standin.create_payment(preference_id)
    path, key = f"/v1/payments/{payment['id']}/refunds", {"x-idempotency-key": "r-1"}
    assert call(mercadopago_standin, "POST", path, {"amount": amount}, **key)[0] == 400


def test_pending_payment_can_be_cancelled_and_an_approved_one_not(mercadopago_standin, preference_id):
    pending = mercadopago_standin.create_payment(preference_id, status="pending")["id"]
    approved = mercadopago_standin.create_payment(preference_id)["id"]
    status, body = call(mercadopago_standin, "PUT", f"/v1/payments/{pending}", {"status": "cancelled"})
    assert (status, body["status"], body["status_detail"]) == (200, "cancelled", "by_collector")
    assert call(mercadopago_standin, "PUT", f"/v1/payments/{approved}", {"status": "cancelled"})[0] == 400


def test_search_gives_thirty_payments_unless_asked_for_more(mercadopago_standin, preference_id):
    for _ in range(31):
        mercadopago_standin.create_payment(preference_id, status="rejected")
    path = "/v1/payments/search?external_reference=N-1"
    body = call(mercadopago_standin, "GET", path)[1]
    assert (len(body["results"]), body["paging"]) == (30, {"total": 31, "limit": 30, "offset": 0})
    assert len(call(mercadopago_standin, "GET", path + "&limit=50")[1]["results"]) == 31
    assert len(call(mercadopago_standin, "GET", path + "&offset=30")[1]["results"]) == 1


def test_search_by_date_covers_the_range_only(mercadopago_standin, preference_id):
    old = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    mercadopago_standin.create_payment(preference_id, date_created=old)
    recent = mercadopago_standin.create_payment(preference_id)["id"]
    path = "/v1/payments/search?range=date_created&begin_date={}&end_date=NOW"
    for begin in ("NOW-30DAYS", quote((datetime.now(UTC) - timedelta(days=1)).isoformat())):
        results = call(mercadopago_standin, "GET", path.format(begin))[1]["results"]
        assert [payment["id"] for payment in results] == [recent]
    assert len(call(mercadopago_standin, "GET", path.format("NOW-2MONTHS"))[1]["results"]) == 2
    assert call(mercadopago_standin, "GET", path.format("ayer"))[0] == 400


def test_search_leaves_out_other_statuses(mercadopago_standin, preference_id):
    mercadopago_standin.create_payment(preference_id, status="rejected")
    approved = mercadopago_standin.create_payment(preference_id)["id"]
    results = call(mercadopago_standin, "GET", "/v1/payments/search?status=approved")[1]["results"]
    assert [payment["id"] for payment in results] == [approved]


def test_merchant_order_adds_up_its_payments(mercadopago_standin, preference_id):
    first = mercadopago_standin.create_payment(preference_id, transaction_amount=7000)
    path = f"/merchant_orders/{first['order']['id']}"
    order = call(mercadopago_standin, "GET", path)[1]
    assert (order["status"], order["order_status"], order["paid_amount"]) == (
        "opened",
        "partially_paid",
        7000,
    )
    mercadopago_standin.create_payment(preference_id, transaction_amount=8000)
    order = call(mercadopago_standin, "GET", path)[1]
    assert (order["status"], order["order_status"], order["paid_amount"]) == ("closed", "paid", 15000)
    mercadopago_standin.refund_in_panel(first["id"])
    assert call(mercadopago_standin, "GET", path)[1]["order_status"] == "partially_reverted"


def test_search_without_result_says_null_for_merchant_orders(mercadopago_standin, preference_id):
    body = call(mercadopago_standin, "GET", "/merchant_orders/search?external_reference=N-9")[1]
    assert body == {"elements": None, "next_offset": 0, "total": 0}


def test_answers_show_nothing_of_the_stand_ins_own(mercadopago_standin, preference_id):
    payment = mercadopago_standin.create_payment(preference_id, hide=["search"])
    for path in (f"/v1/payments/{payment['id']}", f"/checkout/preferences/{preference_id}"):
        assert not [name for name in call(mercadopago_standin, "GET", path)[1] if name.startswith("_")]


@pytest.mark.parametrize(
    "path", ["/v1/payments/1", "/checkout/preferences/x", "/merchant_orders/1", "/v9/nothing"]
)
def test_unknown_thing_is_not_found(mercadopago_standin, path):
    status, body = call(mercadopago_standin, "GET", path)
    assert (status, body["status"]) == (404, 404)


def test_planned_failure_hits_only_what_it_matches(mercadopago_standin, preference_id):
    mercadopago_standin.fail("500", match="GET /v1/payments/")
    assert call(mercadopago_standin, "GET", f"/checkout/preferences/{preference_id}")[0] == 200
    assert call(mercadopago_standin, "GET", "/v1/payments/search")[0] == 500
    assert call(mercadopago_standin, "GET", "/v1/payments/search")[0] == 200


@pytest.mark.parametrize(
    ("wish", "reason"),
    [({}, "mode"), ({"mode": "sideways"}, "mode"), ({"mode": "500", "match": "("}, "error")],
)
def test_impossible_failure_is_refused(mercadopago_standin, wish, reason):
    with pytest.raises(ValueError, match=reason):
        mercadopago_standin.control("fail", wish)


def test_search_by_last_change_pages_within_its_range(mercadopago_standin, preference_id):
    made = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    changed = datetime.now(UTC) - timedelta(days=2)
    keys = [
        mercadopago_standin.create_payment(
            preference_id,
            date_created=made,
            date_last_updated=(changed + timedelta(minutes=minute)).isoformat(),
        )["id"]
        for minute in range(3)
    ]
    mercadopago_standin.create_payment(preference_id)
    begin, end = (
        quote((changed - timedelta(hours=1)).isoformat()),
        quote((changed + timedelta(minutes=2)).isoformat()),
    )
    path = f"/v1/payments/search?range=date_last_updated&begin_date={begin}&end_date={end}"
    pages = [
        call(
            mercadopago_standin, "GET", f"{path}&sort=date_last_updated&criteria=asc&limit=2&offset={offset}"
        )[1]
        for offset in (0, 2)
    ]
    assert [[each["id"] for each in page["results"]] for page in pages] == [keys[:2], keys[2:]]
    assert [page["paging"]["total"] for page in pages] == [3, 3]
