"""The accounts of a month: one line for each payment and refund, nobody's name, and nothing that runs."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from consultations.actions.accounts import lines_of, month_of
from consultations.actions.payments import sync_payment
from consultations.models import Order, Payment, Refund
from consultations.spreadsheet import as_csv
from home.models import User
from tests.consultations.accounting import told
from tests.consultations.browsing import signed_in
from tests.fixtures.consultations import pay
from tests.fixtures.refunds import PayAgain
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
NOVEMBER = datetime.date(2026, 11, 1)
FILE = "/admin/ordenes/cuentas.csv?mes=2026-11"
SANTIAGO = datetime.timezone(datetime.timedelta(hours=-3))


def at(day: int, hour: int = 12, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, tzinfo=SANTIAGO)


def body_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(answer).removeprefix("\ufeff"))))


@pytest.fixture
def sold(order: Order) -> Payment:
    """Approved on 3 November, with what Mercado Pago kept of it."""
    pay(order, id=7001, date_approved=at(3), net_received=Decimal("24100.50"), fees=Decimal("899.50"))
    return order.payments.get()


@pytest.fixture
def given_back(sold: Payment) -> Refund:
    return Refund.objects.create(
        payment=sold,
        amount=5000,
        reason="other",
        state="done",
        refund_id=8001,
        settled_at=at(9),
        made_at=at(8),
        note="Reclamó por la carta.",
    )


def test_file_has_a_line_for_each_payment_and_refund(
    sold: Payment, given_back: Refund, administrator: User
) -> None:
    answer = signed_in(administrator).get(FILE)
    text = body_of(answer)
    assert text == (
        "\ufefffecha,orden,pago,tipo,devolucion,monto,moneda,comision,neto,estado,devuelto_a_la_fecha,"
        "estado_mercado_pago\r\n"
        f"2026-11-03,{sold.order.reference},7001,pago,,25000,CLP,899.50,24100.50,"
        "aprobado (acreditado),0,approved accredited\r\n"
        f"2026-11-08,{sold.order.reference},7001,devolución,8001,-5000,CLP,,,aprobado,,approved\r\n"
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="cuentas-2026-11.csv"'
    assert answer.streaming


def test_file_names_nobody(sold: Payment, given_back: Refund, administrator: User) -> None:
    text = body_of(signed_in(administrator).get(FILE))
    client = sold.order.client
    hidden = (client.email, client.pseudonym, sold.order.service.name, "Reclamó", administrator.email)
    assert not [known for known in hidden if known in text]


def test_what_mercado_pago_did_not_tell_stays_empty(order: Order, administrator: User) -> None:
    pay(order, id=7001, date_approved=at(3))
    [row] = rows_of(signed_in(administrator).get(FILE))
    assert (row["comision"], row["neto"]) == ("", "")


def test_net_and_fees_are_those_mercado_pago_tells(
    bought_order: Order, pay_there: PayAgain, mercadopago_standin: StandIn
) -> None:
    payment = pay_there()
    assert (payment.net_received, payment.fees) == (24000, 1000), "what the bank adds for instalments is none"
    Payment.objects.update(net_received=None, fees=None, made_at=None, approved_at=None)
    sync_payment(payment.payment_id)
    payment.refresh_from_db()
    assert (payment.net_received, payment.fees) == (24000, 1000), "filled in although it is no news"
    assert payment.made_at is not None


def test_later_report_that_leaves_the_fees_out_takes_nothing_away(sold: Payment) -> None:
    pay(sold.order, id=7001, status="in_mediation", status_detail="")
    sold.refresh_from_db()
    assert (sold.status, sold.net_received, sold.fees) == (
        "in_mediation",
        Decimal("24100.50"),
        Decimal("899.50"),
    )


def test_month_is_that_of_the_sites_time_zone(order: Order) -> None:
    last_hour, first_hour = at(30, hour=23), at(1, hour=0, month=12)
    pay(order, id=1, date_approved=last_hour)
    pay(order, id=2, date_approved=first_hour)
    assert [(line.payment, line.date) for line in lines_of(NOVEMBER)] == [(1, "2026-11-30")]
    december = [(line.payment, line.date) for line in lines_of(datetime.date(2026, 12, 1))]
    assert december == [(2, "2026-12-01")]


def test_attempts_without_money_are_no_lines(order: Order) -> None:
    for number, status in enumerate(("rejected", "cancelled", "pending", "in_mediation"), start=1):
        pay(order, id=number, status=status, status_detail="", date_approved=at(number))
    assert [line.state for line in lines_of(NOVEMBER)] == ["in_mediation"]


def test_refund_that_is_not_done_is_no_line(sold: Payment) -> None:
    Refund.objects.create(payment=sold, amount=5000, reason="other")
    assert [line.kind for line in lines_of(NOVEMBER)] == ["pago"]


def test_refund_belongs_to_its_own_month(sold: Payment, given_back: Refund) -> None:
    Refund.objects.update(made_at=at(2, month=12))
    assert [line.kind for line in lines_of(NOVEMBER)] == ["pago"]
    assert [line.amount for line in lines_of(datetime.date(2026, 12, 1))] == [-5000]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    lines = list(as_csv(["a"], [[text]]))
    assert next(csv.reader(io.StringIO(lines[1], newline=""))) == [f"'{text}"]


def test_numbers_stay_numbers() -> None:
    lines = list(as_csv(["a", "b", "c"], [[Decimal("-1234.50"), Decimal(-25000), 2400000001]]))
    assert lines[1] == "-1234.50,-25000,2400000001\r\n"


def test_state_that_looks_like_a_formula_is_text(order: Order, administrator: User) -> None:
    pay(order, id=7001, date_approved=at(3))
    Payment.objects.update(currency="=1")
    [row] = rows_of(signed_in(administrator).get(FILE))
    assert row["moneda"] == "'=1"


def test_download_is_written_down(sold: Payment, administrator: User) -> None:
    browser = signed_in(administrator)
    browser.head(FILE)
    assert not ModelLogEntry.objects.filter(action="consultations.accounts").exists()
    browser.get(FILE)
    entry = ModelLogEntry.objects.get(action="consultations.accounts")
    assert (entry.user, entry.data) == (administrator, {"month": "2026-11"})
    assert entry.message == "Descargó las cuentas de 2026-11"


@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist", "client_user"])
def test_file_is_for_administrators_alone(role: str, sold: Payment, request: pytest.FixtureRequest) -> None:
    answer = signed_in(request.getfixturevalue(role)).get(FILE)
    assert answer.status_code == 403
    assert not ModelLogEntry.objects.filter(action="consultations.accounts").exists()


def test_visitors_are_asked_to_sign_in(client: Client, sold: Payment) -> None:
    assert client.get(FILE).status_code == 302


@pytest.mark.parametrize("month", ["", "2026-13", "2026-1", "9999-12", "1999-01", "2026-11-01", "=1"])
def test_impossible_month_is_said_and_nothing_is_given(month: str, administrator: User) -> None:
    assert month_of(month) is None
    answer = signed_in(administrator).get("/admin/ordenes/cuentas.csv", {"mes": month})
    assert (answer.status_code, "Falta el mes" in answer.content.decode()) == (400, True)


def test_file_costs_the_same_for_one_and_three(
    order: Order, administrator: User, django_assert_num_queries: Any
) -> None:
    for number in (1, 2, 3):
        pay(order, id=number, date_approved=at(number), date_last_updated=at(3))
        told(order, number, 4, status="refunded", status_detail="bpp_refunded")
        with django_assert_num_queries(5):
            assert len(list(lines_of(NOVEMBER))) == 2 * number
