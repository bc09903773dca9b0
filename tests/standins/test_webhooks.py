"""The stand-in's notifications: when they leave, how they are signed, how often they are repeated."""

import json
import time
from datetime import timedelta
from decimal import Decimal

import pytest

from consultations import mercadopago
from consultations.mercadopago import verify_signature
from tests.standins.preferences import open_preference
from tests.standins.receiver import Delivery, Receiver


@pytest.fixture
def receiver(mercadopago_standin):
    with Receiver() as server:
        mercadopago_standin.send_webhooks_to(server.url)
        yield server


@pytest.fixture
def own():
    with Receiver() as server:
        yield server


@pytest.fixture
def preference(mercadopago_standin):
    return open_preference()


def is_signed(delivery: Delivery, secret: str) -> bool:
    return verify_signature(
        x_signature=delivery.headers.get("x-signature"),
        x_request_id=delivery.headers.get("x-request-id"),
        data_id=delivery.query.get("data.id"),
        secrets=[secret],
        tolerance=timedelta(minutes=1),
    )


def test_payment_sends_a_signed_webhook_of_the_documented_shape(mercadopago_standin, receiver, preference):
    mercadopago_standin.pay(preference.id, "approve")
    (delivery,) = receiver.wait_for(1)
    key = str(mercadopago_standin.ledger("N-1")["payments"][0]["id"])
    assert is_signed(delivery, mercadopago_standin.secret)
    assert not is_signed(delivery, "another secret")
    assert delivery.path == "/mercadopago/notificaciones/"
    assert delivery.query == {"data.id": key, "type": "payment"}
    body = json.loads(delivery.body)
    assert set(body) == {
        "action",
        "api_version",
        "data",
        "date_created",
        "id",
        "live_mode",
        "type",
        "user_id",
    }
    assert (body["action"], body["type"], body["data"]) == ("payment.created", "payment", {"id": key})


def test_payment_is_readable_when_its_webhook_arrives(mercadopago_standin, receiver, preference):
    mercadopago_standin.pay(preference.id, "approve")
    (delivery,) = receiver.wait_for(1)
    assert mercadopago.get_payment(int(delivery.query["data.id"])).status == "approved"


def test_stamps_come_in_seconds_and_in_milliseconds(mercadopago_standin, receiver, preference):
    for _ in range(2):
        mercadopago_standin.create_payment(preference.id)
    deliveries = receiver.wait_for(2)
    stamps = {len(delivery.headers["x-signature"].split(",")[0]) for delivery in deliveries}
    assert stamps == {len("ts=1700000000"), len("ts=1700000000000")}
    assert all(is_signed(delivery, mercadopago_standin.secret) for delivery in deliveries)


def test_each_change_sends_a_webhook(mercadopago_standin, receiver, preference):
    payment = mercadopago_standin.create_payment(preference.id, status="pending")
    receiver.wait_for(1)
    mercadopago_standin.change_payment(payment["id"], status="approved")
    receiver.wait_for(2)
    mercadopago.refund(payment["id"], amount=Decimal(100), idempotency_key="r-1")
    receiver.wait_for(3)
    mercadopago_standin.refund_in_panel(payment["id"])
    actions = [json.loads(delivery.body)["action"] for delivery in receiver.wait_for(4)]
    assert actions == ["payment.created", "payment.updated", "payment.updated", "payment.updated"]


def test_repeated_refund_request_sends_no_second_webhook(mercadopago_standin, receiver, preference):
    payment = mercadopago_standin.create_payment(preference.id, notify=False)
    for _ in range(2):
        mercadopago.refund(payment["id"], amount=Decimal(100), idempotency_key="r-1")
    mercadopago_standin.send_webhook("end")
    assert len(receiver.wait_for(2)) == 2


@pytest.mark.parametrize("refusal", [500, 404, 302, 204])
def test_webhook_is_repeated_until_it_is_taken(mercadopago_standin, preference, refusal):
    with Receiver(refusal, refusal, 201) as receiver:
        mercadopago_standin.send_webhooks_to(receiver.url)
        mercadopago_standin.pay(preference.id, "approve")
        deliveries = receiver.wait_for(3)
        time.sleep(0.3)
    assert len({delivery.query["data.id"] for delivery in deliveries}) == 1
    assert mercadopago_standin.ledger()["webhooks"][0]["answers"] == [refusal, refusal, 201]


def test_webhook_that_is_never_taken_is_given_up(mercadopago_standin, preference):
    mercadopago_standin.send_webhooks_to("http://127.0.0.1:9/", delays=(0.05,))
    mercadopago_standin.pay(preference.id, "approve")
    time.sleep(0.5)
    assert mercadopago_standin.ledger()["webhooks"][0]["answers"] == ["ConnectionRefusedError"] * 2


def test_muted_courier_loses_the_webhook(mercadopago_standin, receiver, preference):
    mercadopago_standin.control("settings", {"muted": True})
    mercadopago_standin.pay(preference.id, "approve")
    mercadopago_standin.send_webhook("end")
    assert [delivery.query["data.id"] for delivery in receiver.wait_for(1)] == ["end"]


@pytest.mark.parametrize(("signature", "genuine"), [("valid", True), ("forged", False), ("none", False)])
def test_control_sends_good_and_bad_signatures(mercadopago_standin, receiver, signature, genuine):
    mercadopago_standin.send_webhook(123, signature=signature, stamp_unit="ms")
    assert is_signed(receiver.wait_for(1)[0], mercadopago_standin.secret) is genuine


def test_control_sends_a_signature_that_is_not_ascii(mercadopago_standin, receiver):
    mercadopago_standin.send_webhook(123, signature="non-ascii")
    (delivery,) = receiver.wait_for(1)
    assert not delivery.headers["x-signature"].isascii()
    assert not is_signed(delivery, mercadopago_standin.secret)


def test_control_sends_repeats_other_topics_and_another_body(mercadopago_standin, receiver):
    mercadopago_standin.send_webhook(123, times=3, type="topic_merchant_order_wh", body_id="456")
    deliveries = receiver.wait_for(3)
    assert {delivery.query["type"] for delivery in deliveries} == {"topic_merchant_order_wh"}
    assert json.loads(deliveries[0].body)["data"] == {"id": "456"}
    assert all(is_signed(delivery, mercadopago_standin.secret) for delivery in deliveries)


def test_headers_for_tests_that_deliver_themselves_are_genuine(mercadopago_standin):
    headers = mercadopago_standin.signed_headers(123)
    delivery = Delivery("/", {"data.id": "123"}, headers, b"")
    assert is_signed(delivery, mercadopago_standin.secret)


@pytest.mark.filterwarnings("ignore:notification_url is deprecated")
def test_notification_address_of_the_preference_comes_first(mercadopago_standin, receiver, own):
    preference = open_preference(notification_url=own.url + "?source=preference")
    mercadopago_standin.pay(preference.id, "approve")
    (delivery,) = own.wait_for(1)
    assert delivery.query["source"] == "preference"
    assert receiver.deliveries == []


def test_chargeback_is_told_with_its_payment_and_can_be_read(mercadopago_standin, receiver, preference):
    payment = mercadopago_standin.create_payment(preference.id, notify=False)
    mercadopago_standin.charge_back(payment["id"], deadline="2030-01-10T15:00:00.000-04:00")
    (delivery,) = receiver.wait_for(1)
    assert is_signed(delivery, mercadopago_standin.secret)
    assert delivery.query["type"] == "topic_chargebacks_wh"
    assert json.loads(delivery.body)["data"]["payment_id"] == payment["id"]
    report = mercadopago.get_chargeback(int(delivery.query["data.id"]))
    assert report.payment_ids == (payment["id"],)
    assert mercadopago.get_payment(payment["id"]).status == "charged_back"


def test_alert_of_fraud_has_no_id_in_its_address(mercadopago_standin, receiver):
    mercadopago_standin.send_webhook("", type="stop_delivery_op_wh", data={"payment_id": 7})
    (delivery,) = receiver.wait_for(1)
    assert delivery.query == {"type": "stop_delivery_op_wh"}
    assert is_signed(delivery, mercadopago_standin.secret)
    assert json.loads(delivery.body)["data"]["payment_id"] == 7
