"""The control addresses of the thirty-four failures: what they tell, what they refuse, who reaches them."""

import subprocess
import sys
from http import HTTPStatus

import pytest

from tests.standins.preferences import open_preference
from tests.standins.receiver import Receiver


@pytest.fixture
def receiver(mercadopago_standin):
    with Receiver() as server:
        mercadopago_standin.send_webhooks_to(server.url)
        yield server


@pytest.fixture
def preference(mercadopago_standin):
    return open_preference()


def test_list_tells_of_each_what_it_does_and_takes(mercadopago_standin):
    failures = mercadopago_standin.control("failures")["failures"]
    assert [each["number"] for each in failures] == list(range(1, 35))
    assert failures[4]["address"] == "/__control__/failures/5"
    assert failures[4]["parameters"] == {"times": "how often at once; 10"}
    assert len({each["does"] for each in failures}) == 34


def test_answer_tells_the_link_and_every_webhook_with_its_answer(mercadopago_standin, receiver, preference):
    receiver.answers += [500]
    answer = mercadopago_standin.control("failures/5", {"times": 3})
    assert (answer["preference_id"], answer["external_reference"]) == (preference.id, "N-1")
    assert sorted(each["answer"] for each in answer["webhooks"]) == [200, 200, 200, 500]
    assert {each["data_id"] for each in answer["webhooks"]} == {str(answer["payment_id"])}


def test_link_is_the_one_named_or_the_newest_of_the_order_or_of_all(mercadopago_standin, receiver):
    first, other, newest = (open_preference(reference=reference) for reference in ("N-1", "N-2", "N-1"))
    for wish, meant in [
        ({"preference_id": first.id}, first),
        ({"external_reference": "N-2"}, other),
        ({"external_reference": "N-1"}, newest),
        ({}, newest),
    ]:
        assert mercadopago_standin.control("failures/3", wish)["preference_id"] == meant.id


@pytest.mark.parametrize(
    ("path", "wish", "message"),
    [
        ("failures/35", {}, "unknown control address"),
        ("failures/0", {}, "unknown control address"),
        ("failures/5", {"time": 3}, "failure 5 takes preference_id, external_reference, times"),
        ("failures/9", {"status": "500"}, "one of 401, 403"),
        ("failures/5", {"times": "often"}, "invalid literal"),
        ("failures/8", {"modes": ["500", "boredom"]}, "mode: html"),
        ("failures/16", {"amount": 0.5}, "must be an integer in CLP"),
        ("failures/31", {"pays": "nothing"}, "one of old, new"),
        ("failures/24", {}, "no approved payment yet"),
        ("failures/1", {"preference_id": "nobody's"}, "preference not found"),
        ("failures/1", {"external_reference": "N-9"}, "press pay"),
    ],
)
def test_what_cannot_be_produced_is_refused_with_its_reason(
    path, wish, message, mercadopago_standin, receiver, preference
):
    with pytest.raises(ValueError, match=message):
        mercadopago_standin.control(path, wish)
    assert mercadopago_standin.ledger()["payments"] == []


def test_repeated_webhooks_are_one_payments(mercadopago_standin, receiver, preference):
    mercadopago_standin.control("failures/5", {"times": 10})
    assert len({delivery.query["data.id"] for delivery in receiver.wait_for(11)}) == 1


def test_replay_is_the_same_to_the_byte(mercadopago_standin, receiver, preference):
    mercadopago_standin.control("failures/11", {"times": 2})
    deliveries = receiver.wait_for(3)
    signed = {(each.headers["x-signature"], each.headers["x-request-id"]) for each in deliveries}
    assert len(signed) == 1


def test_webhook_of_the_approval_comes_first(mercadopago_standin, receiver, preference):
    answer = mercadopago_standin.control("failures/6", {})
    assert [each["action"] for each in answer["webhooks"]] == ["payment.updated", "payment.created"]


def test_alert_of_fraud_is_sent_once_even_if_it_is_not_taken(mercadopago_standin, receiver, preference):
    mercadopago_standin.create_payment(preference.id, notify=False)
    receiver.answers += [500]
    mercadopago_standin.control("failures/27", {})
    mercadopago_standin.send_webhook("end")
    assert [each.query["type"] for each in receiver.wait_for(2)] == ["stop_delivery_op_wh", "payment"]
    assert mercadopago_standin.ledger()["webhooks"][0]["answers"] == [500]


def test_json_that_curl_calls_a_form_is_understood(mercadopago_standin, receiver, preference):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = mercadopago_standin.request("POST", "/__control__/failures/5", b'{"times": 2}', headers)
    assert (answer.status, len(receiver.wait_for(3))) == (HTTPStatus.OK, 3)


def test_failure_without_a_webhook_address_says_so(mercadopago_standin, preference):
    with pytest.raises(ValueError, match="No webhook address"):
        mercadopago_standin.control("failures/1", {})
    assert mercadopago_standin.ledger()["payments"] == []


def test_stand_in_listens_on_this_machine_alone():
    command = [sys.executable, "-m", "tests.standins.mercadopago", "--port", "0", "--host", "0.0.0.0"]  # noqa: S104
    ended = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert ended.returncode == 2
    assert "--host" in ended.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/__control__/failures/", "/__control__/failures/1/", "/__control__/"])
def test_site_itself_has_no_control_addresses(path, client):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
    assert client.post(path, "{}", content_type="application/json").status_code == HTTPStatus.NOT_FOUND
