"""Reading Mercado Pago's answers: bodies as the documentation shows them, and bodies nobody should trust."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from consultations.mercadopago import Unavailable
from consultations.mercadopago_reports import (
    error_code,
    read,
    read_chargeback,
    read_payment,
    read_payment_ids,
    read_refunds,
)

PAYMENT = {
    "id": 98_765_432_109,
    "date_created": "2026-03-01T10:00:00.000-04:00",
    "date_last_updated": "2026-03-01T10:00:05.123-04:00",
    "payment_type_id": "debit_card",
    "status": "approved",
    "status_detail": "accredited",
    "currency_id": "ARS",
    "collector_id": 2,
    "payer": {"email": "comprador@example.com", "identification": {"number": "19119119", "type": "DNI"}},
    "external_reference": "N-1",
    "transaction_amount": 24.5,
    "transaction_amount_refunded": 0,
    "live_mode": True,
    "order": {"type": "mercadopago", "id": "5738978795"},
    "refunds": [],
}


def test_payment_is_read_without_who_paid():
    report = read("get_payment", read_payment, PAYMENT)
    assert (report.id, report.amount, report.order_id) == (98_765_432_109, Decimal("24.5"), 5_738_978_795)
    assert "comprador" not in repr(report)
    assert "19119119" not in repr(report)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("24.50", "24.50"),
        (24, "24"),
        (24.0, "24"),
        (0.1, "0.1"),
        (15000.0, "15000"),
        (99999999.99, "99999999.99"),
    ],
)
def test_amount_is_read_exactly_as_number_or_text(value, amount):
    report = read("get_payment", read_payment, PAYMENT | {"transaction_amount": value})
    assert report.amount == Decimal(amount)


def test_payment_may_lack_what_the_money_does_not_depend_on():
    optional = {
        "order": None,
        "collector_id": None,
        "status_detail": None,
        "refunds": None,
        "live_mode": None,
    }
    report = read("get_payment", read_payment, PAYMENT | optional | {"transaction_amount_refunded": None})
    assert (report.order_id, report.collector_id, report.status_detail, report.refunds) == (
        None,
        None,
        "",
        (),
    )
    assert (report.refunded, report.live_mode) == (Decimal(0), False)


def test_collector_is_also_read_from_its_object():
    body = {name: value for name, value in PAYMENT.items() if name != "collector_id"}
    assert read("get_payment", read_payment, body | {"collector": {"id": 7}}).collector_id == 7


def test_date_without_update_is_that_of_the_making():
    report = read("get_payment", read_payment, PAYMENT | {"date_last_updated": None})
    assert report.date_last_updated == datetime(2026, 3, 1, 14, tzinfo=UTC)


def test_date_in_universal_time_is_read():
    report = read("get_payment", read_payment, PAYMENT | {"date_last_updated": "2026-03-01T10:00:00.000Z"})
    assert report.date_last_updated.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "approved",
        {},
        PAYMENT | {"id": None},
        PAYMENT | {"id": "abc"},
        PAYMENT | {"status": None},
        PAYMENT | {"currency_id": ""},
        PAYMENT | {"transaction_amount": None},
        PAYMENT | {"transaction_amount": float("nan")},
        PAYMENT | {"transaction_amount": float("inf")},
        PAYMENT | {"transaction_amount": -1},
        PAYMENT | {"transaction_amount": True},
        PAYMENT | {"transaction_amount": "mil"},
        PAYMENT | {"date_last_updated": "ayer"},
        PAYMENT | {"date_last_updated": None, "date_created": None},
        PAYMENT | {"refunds": [{"amount": 1}]},
        PAYMENT | {"order": "5"},
    ],
)
def test_payment_that_cannot_be_read_is_unavailable(body):
    with pytest.raises(Unavailable):
        read("get_payment", read_payment, body)


def test_refunds_are_read_with_their_dates():
    rows = [
        {
            "id": 1,
            "payment_id": 2,
            "amount": 20,
            "status": "in_process",
            "date_created": "2026-01-02T00:00:00Z",
        }
    ]
    (refund,) = read_refunds(rows)
    assert (refund.id, refund.amount, refund.status) == (1, Decimal(20), "in_process")
    assert refund.created_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_refund_without_a_status_was_made():
    (refund,) = read_refunds([{"id": 111, "amount": 16.98, "date_created": "2014-12-04T17:00:03.000-04:00"}])
    assert refund.status == "approved"


def test_merchant_order_without_payments_names_none():
    assert read_payment_ids({"payments": None}) == []
    assert read_payment_ids({}) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": "bad_request", "cause": [{"code": 2063}]}, "2063"),
        ({"error": "bad_request", "cause": {"code": 2063}}, "2063"),
        ({"error": "bad_request", "cause": []}, "bad_request"),
        ({"code": "unauthorized", "message": "access denied"}, "unauthorized"),
        ({"error": "the mail persona@example.com is wrong"}, ""),
        ({"message": "only text"}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_error_code_is_machine_readable_or_absent(body, code):
    assert error_code(body) == code


@pytest.mark.parametrize("payments", [[86_439_942_806], ["86439942806"], [{"id": 86_439_942_806}, {}]])
@pytest.mark.parametrize("wanted", [True, "true"])
def test_chargeback_is_read_in_both_documented_shapes(payments, wanted):
    body = {
        "id": "234000062890459000",
        "payments": payments,
        "documentation_required": wanted,
        "date_documentation_deadline": "2024-05-26T23:59:59.000-04:00",
    }
    report = read("get_chargeback", read_chargeback, body)
    assert (report.id, report.payment_ids) == (234_000_062_890_459_000, (86_439_942_806,))
    assert report.deadline == datetime(2024, 5, 27, 3, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("wanted", [False, "false", None])
def test_chargeback_that_wants_no_documents_has_no_deadline(wanted):
    body = {"id": 1, "payments": None, "documentation_required": wanted, "date_documentation_deadline": "x"}
    report = read("get_chargeback", read_chargeback, body)
    assert (report.payment_ids, report.deadline) == ((), None)


@pytest.mark.parametrize(
    "body", [{}, [], {"id": "x"}, {"id": 1, "payments": ["x"]}, {"id": 1, "payments": 5}]
)
def test_chargeback_that_cannot_be_read_is_unavailable(body):
    with pytest.raises(Unavailable):
        read("get_chargeback", read_chargeback, body)


def test_fees_are_what_the_seller_is_charged():
    charged = [
        {"type": "mercadopago_fee", "amount": 1.2, "fee_payer": "collector"},
        {"type": "application_fee", "amount": "0.3", "fee_payer": "collector"},
        {"type": "financing_fee", "amount": 7, "fee_payer": "payer"},
    ]
    body = PAYMENT | {"fee_details": charged, "transaction_details": {"net_received_amount": 23}}
    report = read("get_payment", read_payment, body)
    assert (report.fees, report.net_received) == (Decimal("1.5"), Decimal(23))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"fee_details": [], "transaction_details": {}},
        {"fee_details": "?", "transaction_details": "?", "date_approved": "ayer"},
        {"fee_details": [{"fee_payer": "collector"}], "transaction_details": {"net_received_amount": -1}},
        {"fee_details": [{"fee_payer": "payer", "amount": 1}], "transaction_details": None},
    ],
)
def test_accounts_that_cannot_be_read_are_none_and_leave_the_payment_readable(told):
    report = read("get_payment", read_payment, PAYMENT | told)
    assert (report.fees, report.net_received, report.date_approved) == (None, None, None)
    assert report.status == "approved"
