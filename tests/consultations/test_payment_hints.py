"""Mercado Pago repeats itself: one read answers what was said before it began, and nothing said later."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from consultations import mercadopago
from consultations.actions.hints import FRAUD_ALERT, store_hint, work_off
from consultations.actions.orders import start_checkout
from consultations.enums import Money
from consultations.mercadopago import PaymentReport
from consultations.models import Order, PaymentHint
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(mercadopago_standin: StandIn, order: Order, settings: pytest.FixtureRequest) -> int:
    """The approved payment of `order`, that nobody has read yet."""
    settings.DEBUG = True  # type: ignore[attr-defined]  # payments of test credentials count
    start_checkout(order)
    return int(mercadopago_standin.create_payment(order.preference_id, notify=False)["id"])


def hint_of(payment: int, topic: str = "payment") -> PaymentHint:
    return store_hint(topic=topic, data_id=str(payment), request_id="r")


def is_open(hint: PaymentHint) -> bool:
    hint.refresh_from_db()
    return hint.processed_at is None


@pytest.mark.parametrize("times", [1, 3])
def test_one_read_answers_every_hint_of_its_payment(
    times: int, mercadopago_standin: StandIn, payment: int
) -> None:
    hints = [hint_of(payment) for _ in range(times)]
    assert work_off(hints[0]) == "applied"
    # Whoever read again now would be told so.
    mercadopago_standin.fail("500", match=f"/v1/payments/{payment}")
    for hint in hints:
        assert not is_open(hint)
        assert work_off(hint) == "applied"


def test_hint_that_arrives_during_the_read_is_read_again(
    payment: int, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[PaymentHint] = []
    real = mercadopago.get_payment

    def interrupted(payment_id: int) -> PaymentReport:
        report = real(payment_id)
        during.append(hint_of(payment))
        return report

    first = hint_of(payment)
    monkeypatch.setattr(mercadopago, "get_payment", interrupted)
    work_off(first)
    monkeypatch.undo()
    assert not is_open(first)
    assert is_open(during[0])
    assert work_off(during[0]) == "applied"
    order.refresh_from_db()
    assert order.money == Money.PAID


def test_read_that_fails_leaves_every_hint_open(mercadopago_standin: StandIn, payment: int) -> None:
    hints = [hint_of(payment) for _ in range(3)]
    mercadopago_standin.fail("500", match=f"/v1/payments/{payment}")
    assert work_off(hints[0]) == "waiting"
    assert all(is_open(hint) for hint in hints)


def test_hints_of_other_payments_and_topics_stay_open(payment: int) -> None:
    first, other, alert = hint_of(payment), hint_of(payment + 1), hint_of(payment, FRAUD_ALERT)
    work_off(first)
    assert is_open(other)
    assert is_open(alert)


def test_hints_without_a_signed_id_answer_only_for_the_payment_they_name(payment: int) -> None:
    named = [
        store_hint(topic="payment", data_id="", request_id="r", payment_id=number)
        for number in (payment, payment, payment + 1)
    ]
    assert work_off(named[0]) == "applied"
    assert [is_open(hint) for hint in named] == [False, False, True]


def test_outage_uses_up_none_of_the_time_that_a_payment_has_to_appear(
    mercadopago_standin: StandIn, payment: int
) -> None:
    hint = hint_of(payment)
    mercadopago_standin.fail("503", times=16)
    for _ in range(16):
        assert work_off(hint) == "waiting"
        hint.refresh_from_db()
    mercadopago_standin.fail("404", match=f"/v1/payments/{payment}")
    assert work_off(hint) == "waiting"
    assert work_off(hint) == "applied"


@pytest.mark.parametrize(("waited", "again"), [(0, 60), (180, 180), (9000, 300)])
def test_hint_waits_longer_and_longer_during_an_outage_and_never_long(
    waited: int, again: int, mercadopago_standin: StandIn, payment: int
) -> None:
    hint = hint_of(payment)
    hint.received_at = now = timezone.now() - datetime.timedelta(seconds=waited)
    hint.save()
    mercadopago_standin.fail("503")
    work_off(hint)
    hint.refresh_from_db()
    assert hint.next_check_at is not None
    pause = hint.next_check_at - now - datetime.timedelta(seconds=waited)
    assert again <= pause.total_seconds() < again + 30


def test_webhook_costs_two_rows_in_one_transaction(
    client: Client, mercadopago_standin: StandIn, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    waiting = OrmQ.objects.count()
    with django_assert_num_queries(4) as asked:  # type: ignore[operator]
        answer = client.post(
            f"{reverse('consultations:webhook')}?data.id=7&type=payment",
            {"data": {"id": "7"}},
            content_type="application/json",
            headers=mercadopago_standin.signed_headers(7),
        )
    assert answer.status_code == 200
    begin, *rows, end = (each["sql"].split()[0] for each in asked.captured_queries)
    assert (begin, rows, end) == ("SAVEPOINT", ["INSERT", "INSERT"], "RELEASE")
    assert OrmQ.objects.count() == waiting + 1
