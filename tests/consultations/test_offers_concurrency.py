"""The last use of a discount, and one gift, wanted by several at the same moment: PostgreSQL shows it."""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.consultations import submit_case, take
from consultations.actions.discounts import CodeRefused
from consultations.actions.errors import NotAllowed
from consultations.actions.gifts import GiftRefused, redeem
from consultations.actions.orders import place_order, start_checkout
from consultations.actions.payments import apply_report
from consultations.actions.refunds import ask_refund
from consultations.actions.withdrawal import withdraw, withdraw_gift
from consultations.enums import Money, OrderKind, RefundReason, Status
from consultations.models import Consultation, Gift, Order, Refund, Service
from home.models import User
from tests.consultations.test_client_concurrency import at_once, logged, queued, report_of
from tests.consultations.test_payment_links import living
from tests.fixtures.consultations import CASE
from tests.fixtures.offers import buy_gift, make_discount, order_with
from tests.fixtures.people import make_person
from tests.standins.fixtures import StandIn

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer at a time"
    ),
]


def people(count: int) -> list[User]:
    return [make_person(f"persona{number}@example.com") for number in range(count)]


def test_last_uses_go_to_as_many_as_there_are(service: Service) -> None:
    make_discount(most_uses=2)
    acts = [lambda by=by: order_with("OTONO20", by=by, service=service) for by in people(6)]
    results = at_once(*acts)
    assert sorted(type(each).__name__ for each in results) == ["CodeRefused"] * 4 + ["Order"] * 2
    assert Order.objects.count() == 2


def test_last_free_use_is_opened_once(service: Service) -> None:
    make_discount("TODO", 100, most_uses=1)
    results = at_once(*[lambda by=by: order_with("TODO", by=by, service=service) for by in people(4)])
    assert sum(isinstance(each, CodeRefused) for each in results) == 3
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize("value", [20, 100])
def test_double_click_with_the_last_use_is_one_order(value: int, client_user: User, service: Service) -> None:
    make_discount(value=value, most_uses=1, most_uses_each=1)
    attempt = uuid.uuid4()
    acts = [lambda: place_order(by=client_user, service=service, attempt=attempt, code="OTONO20")] * 4
    results = at_once(*acts)
    order = Order.objects.get()
    assert {each.pk for each in results if isinstance(each, Order)} == {order.pk}
    assert [each for each in results if isinstance(each, Exception)] == []
    assert order.expires_at > order.created_at
    assert (logged("checkout_started"), Consultation.objects.count()) == (1, int(value == 100))


def test_one_person_in_several_windows_holds_one_use(client_user: User, service: Service) -> None:
    make_discount(client=client_user, most_uses_each=1)
    at_once(*[lambda: order_with("", by=client_user, service=service)] * 4)
    live = Order.objects.filter(discount__isnull=False, expires_at__gt=Order.objects.latest("pk").created_at)
    assert live.count() == 1


def test_reports_at_once_make_one_gift(client_user: User, service: Service) -> None:
    order = place_order(by=client_user, service=service, attempt=uuid.uuid4(), kind=OrderKind.GIFT)
    results = at_once(*[lambda pk=pk: apply_report(report_of(order, pk)) for pk in (77, 77, 77, 77)])
    assert [each for each in results if isinstance(each, Exception)] == []
    assert Gift.objects.count() == 1
    assert (queued("consultations.jobs.send_gift_ready"), logged("order_paid")) == (1, 1)


def test_gift_wanted_by_several_at_once_is_one_persons(client_user: User, service: Service) -> None:
    gift = buy_gift(client_user, service)
    results = at_once(*[lambda by=by: redeem(by=by, code=gift.code) for by in people(5)])
    assert sorted(type(each).__name__ for each in results) == ["Consultation"] + ["GiftRefused"] * 4
    assert Consultation.objects.count() == 1
    assert Order.objects.filter(kind=OrderKind.REDEMPTION).count() == 1


def test_gift_redeemed_in_several_windows_is_one_consultation(
    client_user: User, other_client: User, service: Service
) -> None:
    gift = buy_gift(client_user, service)
    results = at_once(*[lambda: redeem(by=other_client, code=gift.code)] * 4)
    assert {each.pk for each in results if isinstance(each, Consultation)} == {Consultation.objects.get().pk}
    assert [each for each in results if isinstance(each, Exception)] == []


def test_buyer_who_withdraws_and_recipient_who_redeems_at_once_one_gets_it(
    client_user: User, other_client: User, service: Service
) -> None:
    gift = buy_gift(client_user, service)
    withdrawn, redeemed = at_once(
        lambda: withdraw_gift(by=client_user, order=gift.order),
        lambda: redeem(by=other_client, code=gift.code),
    )
    assert isinstance(withdrawn, NotAllowed) != isinstance(redeemed, GiftRefused)
    assert Refund.objects.count() == int(withdrawn is None)
    assert Consultation.objects.count() == int(withdrawn is not None)


def test_dispute_and_redeeming_at_once_leave_no_running_consultation(
    client_user: User, other_client: User, service: Service, psychologist: User
) -> None:
    gift = buy_gift(client_user, service, id=77)
    dispute = report_of(
        gift.order, 77, status="charged_back", status_detail="in_process", collector_id=2_400_000_001
    )
    at_once(lambda: apply_report(dispute), lambda: redeem(by=other_client, code=gift.code))
    gift.order.refresh_from_db()
    assert gift.order.money == Money.FROZEN
    for consultation in Consultation.objects.all():
        with pytest.raises(NotAllowed):
            submit_case(by=other_client, consultation=consultation, content=dict(CASE), mood=None)


def test_recipient_who_withdraws_and_psychologist_who_takes_at_once_one_gets_it(
    client_user: User, other_client: User, service: Service, psychologist: User
) -> None:
    gift = buy_gift(client_user, service)
    opened = redeem(by=other_client, code=gift.code)
    submit_case(by=other_client, consultation=opened, content=dict(CASE), mood=None)
    results = at_once(
        lambda: withdraw(by=other_client, consultation=Consultation.objects.get()),
        lambda: take(by=psychologist, consultation=Consultation.objects.get()),
    )
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotAllowed"]
    opened.refresh_from_db()
    gift.refresh_from_db()
    assert opened.status == (Status.WITHDRAWN if results[0] is None else Status.IN_CARE)
    assert (gift.redemption_id is None) == (results[0] is None)


def test_code_given_back_and_wanted_at_once_is_one_persons_at_a_time(
    client_user: User, other_client: User, colleague: User, service: Service
) -> None:
    gift = buy_gift(client_user, service)
    opened = redeem(by=other_client, code=gift.code)
    results = at_once(
        lambda: withdraw(by=other_client, consultation=Consultation.objects.get(pk=opened.pk)),
        lambda: redeem(by=colleague, code=gift.code),
    )
    assert results[0] is None
    assert isinstance(results[1], Consultation | GiftRefused)
    living = Consultation.objects.exclude(status=Status.WITHDRAWN)
    assert living.count() == int(isinstance(results[1], Consultation))


def test_gift_is_not_opened_while_all_of_its_money_is_being_asked_back(
    client_user: User, other_client: User, service: Service, administrator: User
) -> None:
    """Whoever redeems waits for the order, and then sees the refund that was asked for meanwhile."""
    gift, asked = buy_gift(client_user, service), threading.Event()

    def asking() -> Refund:
        with transaction.atomic():
            payment = gift.order.payments.get()
            refund = ask_refund(
                by=administrator, payment=payment, amount=payment.amount, reason=RefundReason.OTHER
            )
            asked.set()
            time.sleep(0.5)
        return refund

    def redeeming() -> Consultation:
        asked.wait(10)
        return redeem(by=other_client, code=gift.code)

    results = at_once(asking, redeeming)
    assert [type(each).__name__ for each in results] == ["Refund", "GiftRefused"]
    assert not Consultation.objects.exists()


def test_link_made_while_its_order_makes_room_leads_nobody_to_a_second_use(
    client_user: User,
    service: Service,
    mercadopago_standin: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The link is there before the other order is placed, and is kept while that one is being committed."""
    make_discount(client=client_user, most_uses_each=1)
    left, made = order_with("", by=client_user, service=service), threading.Event()
    create = mercadopago.create_preference

    def slow(**fields: Any) -> mercadopago.Preference:
        preference = create(**fields)
        made.set()
        time.sleep(0.2)
        return preference

    def ordering() -> Order:
        made.wait(10)
        with transaction.atomic():
            other = order_with("", by=client_user, service=service)
            time.sleep(0.5)
        return other

    monkeypatch.setattr(mercadopago, "create_preference", slow)
    results = at_once(lambda: start_checkout(left), ordering)
    assert [type(each).__name__ for each in results] == ["NotAllowed", "Order"]
    assert living(mercadopago_standin, left) == []


def test_orders_at_once_hold_no_more_uses_than_there_are(client_user: User, service: Service) -> None:
    make_discount(client=client_user, most_uses_each=3)
    results = at_once(*[lambda: order_with("", by=client_user, service=service)] * 5)
    assert {type(each).__name__ for each in results} == {"Order"}
    live = Order.objects.filter(expires_at__gt=timezone.now()).order_by("pk")
    assert [each.pk for each in live] == sorted(each.pk for each in results if isinstance(each, Order))[2:]


def test_recipient_who_withdraws_and_buyer_who_does_at_once_leave_the_gift_used(
    client_user: User, other_client: User, service: Service
) -> None:
    gift = buy_gift(client_user, service)
    opened = redeem(by=other_client, code=gift.code)
    results = at_once(
        lambda: withdraw(by=other_client, consultation=opened),
        lambda: withdraw_gift(by=client_user, order=gift.order),
    )
    assert [type(each).__name__ for each in results] == ["NoneType", "NotAllowed"]
    assert not Refund.objects.exists()
