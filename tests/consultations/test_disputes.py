"""Chargebacks and alerts of fraud, from the webhook to the consultation, with the SDK and the stand-in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client

from consultations.actions.hints import store_hint, work_off
from consultations.actions.orders import start_checkout
from consultations.actions.payments import sync_order
from consultations.actions.resolving import resolve
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag, PaymentHint
from home.models import User
from tests.standins.fixtures import StandIn
from tests.standins.mercadopago.webhooks import signature_headers

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
WEBHOOK = "/mercadopago/notificaciones/"
CHARGEBACK, FRAUD = "topic_chargebacks_wh", "stop_delivery_op_wh"
DEADLINE = "2030-01-10T15:00:00.000-04:00"


@pytest.fixture
def paid(settings: Any, mercadopago_standin: StandIn, order: Order) -> Order:
    """Paid at the stand-in, and known to be."""
    settings.DEBUG = True
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, notify=False)
    return sync_order(order)


def payment_of(order: Order) -> int:
    return int(order.payments.get().payment_id)


def notify(
    client: Client,
    standin: StandIn,
    topic: str,
    data_id: object = "",
    request_id: str | None = None,
    **data: Any,
) -> int:
    """A signed notification; without `data_id` its address has none, and none is signed."""
    query = {"type": topic, **({"data.id": str(data_id)} if data_id else {})}
    return client.post(
        f"{WEBHOOK}?{urlencode(query)}",
        json.dumps({"type": topic, "data": {"id": data_id, **data}}),
        content_type="application/json",
        headers=signature_headers(standin.secret, str(data_id), request_id=request_id),
    ).status_code


def test_chargeback_freezes_keeps_its_deadline_and_is_told_once(
    paid: Order, client: Client, mercadopago_standin: StandIn, administrator: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    mail.outbox.clear()
    chargeback = mercadopago_standin.charge_back(payment_of(paid), deadline=DEADLINE)
    for _ in range(2):
        assert notify(client, mercadopago_standin, CHARGEBACK, chargeback["id"]) == 200
    run_jobs()
    paid.refresh_from_db()
    assert paid.money == Money.FROZEN
    assert paid.dispute_deadline == datetime.datetime.fromisoformat(DEADLINE)
    assert paid.attention == "Hay una disputa en Mercado Pago."
    assert [message.to for message in mail.outbox] == [[administrator.email]]
    letter = str(mail.outbox[0].body)
    assert paid.reference in letter
    assert paid.client.pseudonym not in letter
    assert paid.service.name not in letter


@pytest.mark.parametrize(
    ("detail", "money", "reason"), [("reimbursed", Money.PAID, None), ("settled", Money.CHARGED_BACK, "lost")]
)
def test_decided_chargeback_restores_or_loses_and_has_no_deadline_any_more(
    detail: str, money: Money, reason: str | None, paid: Order, client: Client, mercadopago_standin: StandIn
) -> None:
    chargeback = mercadopago_standin.charge_back(payment_of(paid), deadline=DEADLINE)
    work_off(store_hint(topic=CHARGEBACK, data_id=chargeback["id"], request_id="r"))
    mercadopago_standin.change_payment(payment_of(paid), status_detail=detail, notify=False)
    work_off(store_hint(topic=CHARGEBACK, data_id=chargeback["id"], request_id="r"))
    paid.refresh_from_db()
    assert (paid.money, paid.dispute_deadline) == (money, None)
    standing = PaymentFlag.objects.filter(cleared_at=None).values_list("reason", flat=True)
    assert list(standing) == ([reason] if reason else [])
    assert paid.fulfilled_at


def test_payment_named_by_the_notification_is_read_although_the_chargeback_cannot_be(
    paid: Order, client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    chargeback = mercadopago_standin.charge_back(payment_of(paid), deadline=DEADLINE)
    mercadopago_standin.fail("500", match="chargebacks")
    notify(client, mercadopago_standin, CHARGEBACK, chargeback["id"], payment_id=payment_of(paid))
    run_jobs()
    paid.refresh_from_db()
    assert (paid.money, paid.dispute_deadline) == (Money.FROZEN, None)
    assert work_off(PaymentHint.objects.get()) == "applied"
    paid.refresh_from_db()
    assert paid.dispute_deadline


def test_mediation_freezes_and_ends(paid: Order, mercadopago_standin: StandIn) -> None:
    for status, money in [("in_mediation", Money.FROZEN), ("approved", Money.PAID)]:
        mercadopago_standin.change_payment(payment_of(paid), status=status, notify=False)
        assert sync_order(paid).money == money


@pytest.mark.parametrize("names", ["body", "address"])
def test_alert_of_fraud_is_stored_before_it_is_answered_and_stops_delivery(
    names: str, paid: Order, client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    number = payment_of(paid)
    if names == "body":
        assert notify(client, mercadopago_standin, FRAUD, payment_id=number, merchant_order=1) == 200
    else:
        assert notify(client, mercadopago_standin, FRAUD, number) == 200
    assert PaymentHint.objects.get().topic == FRAUD
    run_jobs()
    paid.refresh_from_db()
    assert paid.is_under_fraud_alert
    assert (paid.money, paid.attention) == (Money.PAID, "Mercado Pago avisó de un posible fraude.")


def test_alert_of_fraud_stops_a_known_payment_while_mercado_pago_is_silent(
    paid: Order, client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    run_jobs()
    mercadopago_standin.fail("503", times=2)
    notify(client, mercadopago_standin, FRAUD, payment_id=payment_of(paid))
    run_jobs()
    paid.refresh_from_db()
    assert paid.is_under_fraud_alert


def test_settled_alert_of_fraud_is_not_raised_by_its_replay(
    paid: Order, client: Client, mercadopago_standin: StandIn, administrator: User, run_jobs: RunJobs
) -> None:
    notify(client, mercadopago_standin, FRAUD, payment_id=payment_of(paid), request_id="r1")
    run_jobs()
    resolve(by=administrator, flag=PaymentFlag.objects.get(), resolution="No era fraude.")
    notify(client, mercadopago_standin, FRAUD, payment_id=payment_of(paid), request_id="r1")
    run_jobs()
    paid.refresh_from_db()
    assert not paid.is_under_fraud_alert
    assert paid.attention == ""


def test_alert_of_fraud_about_nothing_known_is_looked_at(
    client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    assert notify(client, mercadopago_standin, FRAUD) == 200
    run_jobs()
    assert PaymentFlag.objects.get().reason == Reason.FRAUD


@pytest.mark.parametrize(
    ("topic", "data_id"),
    [("payment", ""), ("mp-connect", "abc"), ("", ""), ("payment", "123456"), ("topic_claims", "1")],
)
def test_signed_notification_of_any_kind_is_taken(
    topic: str, data_id: str, client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    assert notify(client, mercadopago_standin, topic, data_id) == 200
    run_jobs()
    assert PaymentHint.objects.count() == 1
    assert not PaymentFlag.objects.exists()


@pytest.mark.parametrize(
    ("name", "topic"), [("chargebacks", CHARGEBACK), ("delivery_cancellation", FRAUD), ("payment", "payment")]
)
@pytest.mark.parametrize("said_in", ["type", "topic"])
def test_topic_may_have_its_second_name_and_be_called_either_way(
    name: str, topic: str, said_in: str, client: Client, mercadopago_standin: StandIn
) -> None:
    headers = signature_headers(mercadopago_standin.secret, "5")
    assert client.post(f"{WEBHOOK}?data.id=5&{said_in}={name}", headers=headers).status_code == 200
    assert PaymentHint.objects.get().topic == topic


@pytest.mark.parametrize(("topic", "kept"), [("payment", 7), ("topic_claims_integration_wh", None)])
def test_payment_of_an_address_without_an_id_is_the_bodys(
    topic: str, kept: int | None, client: Client, mercadopago_standin: StandIn
) -> None:
    headers = signature_headers(mercadopago_standin.secret, None)
    body = json.dumps({"type": topic, "data": {"id": "7"}})
    answer = client.post(WEBHOOK, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    assert PaymentHint.objects.get().payment_id == kept


def test_older_form_is_answered_and_kept_only_when_it_is_signed(
    client: Client, mercadopago_standin: StandIn
) -> None:
    address = f"{WEBHOOK}?topic=stop_delivery_op_wh"
    assert client.post(address, headers=signature_headers("another-secret", None)).status_code == 200
    assert not PaymentHint.objects.exists()
    assert (
        client.post(address, headers=signature_headers(mercadopago_standin.secret, None)).status_code == 200
    )
    assert PaymentHint.objects.get().topic == FRAUD


def test_signature_without_an_id_is_no_signature_for_one(
    client: Client, mercadopago_standin: StandIn
) -> None:
    headers = signature_headers(mercadopago_standin.secret, None)
    assert client.post(f"{WEBHOOK}?data.id=5&type=payment", headers=headers).status_code == 401
    other = signature_headers(mercadopago_standin.secret, "5")
    assert client.post(f"{WEBHOOK}?type=payment", headers=other).status_code == 401
    assert not PaymentHint.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"data": 5}', '{"data": {"payment_id": "9e9"}}', "[" * 9999]
)
def test_body_that_says_nothing_is_taken_all_the_same(
    body: str, client: Client, mercadopago_standin: StandIn
) -> None:
    headers = signature_headers(mercadopago_standin.secret, "5")
    address = f"{WEBHOOK}?data.id=5&type=payment"
    assert client.post(address, body, content_type="application/json", headers=headers).status_code == 200
    assert PaymentHint.objects.get().payment_id is None
