"""The stand-in's payment page: what a buyer sees, chooses, and brings back to the shop."""

import re
from decimal import Decimal
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from consultations import mercadopago
from tests.standins.preferences import open_preference


def page(standin, preference):
    return standin.request("GET", preference.init_point.removeprefix(standin.url))


def choose(standin, html, outcome):
    """Presses a button of the page as a browser without JavaScript does."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    body = urlencode(hidden | {"outcome": outcome}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return standin.request("POST", "/checkout/pay", body, headers)


def returned(location):
    parts = urlsplit(location)
    return parts.path, {name: values for name, values in parse_qs(parts.query).items() if name != "t"}


@pytest.fixture
def preference(mercadopago_standin):
    return open_preference(title="Orientación <escrita>")


def test_page_shows_what_is_paid_and_that_it_is_a_demo(mercadopago_standin, preference):
    answer = page(mercadopago_standin, preference)
    assert answer.status == HTTPStatus.OK
    assert "<strong>Mercado Pago de demostración</strong>: no se cobra nada" in answer.body
    assert "Orientación &lt;escrita&gt;" in answer.body
    assert "$\u00a015.000\u00a0CLP" in answer.body
    assert '<html lang="es">' in answer.body


def test_page_shows_cents_with_a_comma(mercadopago_standin):
    answer = page(mercadopago_standin, open_preference(amount=Decimal("1234.50"), currency="PEN"))
    assert "$\u00a01.234,50\u00a0PEN" in answer.body


def test_page_needs_no_script_and_no_inline_style(mercadopago_standin, preference):
    answer = page(mercadopago_standin, preference)
    assert not re.search(r"<script|<style| style=| on\w+=", answer.body)
    assert (
        mercadopago_standin.request("GET", "/checkout/checkout.css")
        .headers["content-type"]
        .startswith("text/css")
    )


def test_page_policy_lets_its_form_return_to_the_shop(mercadopago_standin, preference):
    policy = page(mercadopago_standin, preference).headers["content-security-policy"]
    assert "form-action 'self' http://127.0.0.1:8000" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("outcome", "where", "status", "payment_type"),
    [
        ("approve", "/vuelta/success/", "approved", "credit_card"),
        ("reject", "/vuelta/failure/", "rejected", "credit_card"),
        ("pending", "/vuelta/pending/", "pending", "ticket"),
    ],
)
def test_choice_makes_the_payment_and_returns_with_its_parameters(
    mercadopago_standin, preference, outcome, where, status, payment_type
):
    html = page(mercadopago_standin, preference).body
    answer = choose(mercadopago_standin, html, outcome)
    (payment,) = mercadopago_standin.ledger("N-1")["payments"]
    assert answer.status == HTTPStatus.SEE_OTHER
    assert (payment["status"], payment["payment_type_id"]) == (status, payment_type)
    assert returned(answer.headers["location"]) == (
        where,
        {
            "collection_id": [str(payment["id"])],
            "collection_status": [status],
            "payment_id": [str(payment["id"])],
            "status": [status],
            "external_reference": ["N-1"],
            "payment_type": [payment_type],
            "merchant_order_id": [payment["order"]["id"]],
            "preference_id": [preference.id],
            "site_id": ["MLC"],
            "processing_mode": ["aggregator"],
            "merchant_account_id": ["null"],
        },
    )


def test_return_address_keeps_its_own_query(mercadopago_standin, preference):
    location = mercadopago_standin.pay(preference.id, "approve")
    assert parse_qs(urlsplit(location).query)["t"] == ["abc"]


def test_leaving_makes_no_payment_and_returns_with_null(mercadopago_standin, preference):
    where, brought = returned(mercadopago_standin.pay(preference.id, "leave"))
    assert where == "/vuelta/failure/"
    assert mercadopago_standin.ledger()["payments"] == []
    assert {name for name, values in brought.items() if values == ["null"]} == {
        "collection_id",
        "collection_status",
        "payment_id",
        "status",
        "payment_type",
        "merchant_order_id",
        "merchant_account_id",
    }
    assert brought["external_reference"] == ["N-1"]


def test_pressing_twice_pays_once(mercadopago_standin, preference):
    html = page(mercadopago_standin, preference).body
    first, second = (choose(mercadopago_standin, html, "approve") for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(mercadopago_standin.ledger()["payments"]) == 1


def test_opening_the_page_again_can_pay_again(mercadopago_standin, preference):
    for _ in range(2):
        choose(mercadopago_standin, page(mercadopago_standin, preference).body, "approve")
    order = mercadopago_standin.ledger("N-1")["merchant_orders"][0]
    assert (len(order["payments"]), order["paid_amount"], order["total_amount"]) == (2, 30000, 15000)


def test_expired_link_takes_no_payment(mercadopago_standin, preference):
    html = page(mercadopago_standin, preference).body
    mercadopago.expire_preference(preference.id)
    assert choose(mercadopago_standin, html, "approve").status == HTTPStatus.GONE
    assert choose(mercadopago_standin, html, "leave").status == HTTPStatus.SEE_OTHER
    assert mercadopago_standin.ledger()["payments"] == []


@pytest.mark.parametrize("query", ["", "?pref_id=", "?pref_id=unknown"])
def test_unknown_link_is_explained(mercadopago_standin, query):
    answer = mercadopago_standin.request("GET", f"/checkout/pay{query}")
    assert (answer.status, "no existe" in answer.body) == (HTTPStatus.NOT_FOUND, True)


def test_unknown_choice_is_explained(mercadopago_standin, preference):
    html = page(mercadopago_standin, preference).body
    assert choose(mercadopago_standin, html, "steal").status == HTTPStatus.BAD_REQUEST


def test_pending_payment_is_decided_on_the_control_page(mercadopago_standin, preference):
    mercadopago_standin.pay(preference.id, "pending")
    (payment,) = mercadopago_standin.ledger()["payments"]
    address = f"/__control__/payments/{payment['id']}"
    assert f'action="{address}"' in mercadopago_standin.request("GET", "/__control__/").body
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = mercadopago_standin.request("POST", address, b"status=approved", headers)
    assert (answer.status, answer.headers["location"]) == (HTTPStatus.SEE_OTHER, "/__control__/")
    assert mercadopago.get_payment(payment["id"]).status == "approved"
    assert "No hay pagos pendientes" in mercadopago_standin.request("GET", "/__control__/").body
