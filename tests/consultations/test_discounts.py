"""Who pays what with a code or an offer, and whose use it is."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from consultations.actions.discounts import CodeRefused, offers_to
from consultations.actions.orders import place_order, start_checkout
from consultations.enums import DiscountKind, Money, Refusal
from consultations.models import Consultation, Order, Service
from home.actions.consents import give_consent
from home.enums import ConsentPurpose
from home.models import User
from tests.fixtures.consultations import pay
from tests.fixtures.offers import make_discount, order_with
from tests.fixtures.people import make_person
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def longer(service: Service) -> Service:
    return Service.objects.create(
        name="Con más réplicas", slug="larga", summary="Más", description="Más", price=Decimal(40000)
    )


def expire(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now())


def why_refused(code: str, by: User, service: Service) -> Refusal:
    with pytest.raises(CodeRefused) as refused:
        order_with(code, by=by, service=service)
    return refused.value.why


def test_order_freezes_list_price_discount_and_reason(client_user: User, service: Service) -> None:
    discount = make_discount()
    order = order_with("otoño 20", by=client_user, service=service)
    discount.value = Decimal(50)
    discount.save()
    order.refresh_from_db()
    assert (order.list_price, order.taken_off, order.amount) == (25000, 5000, 20000)
    assert (order.discount, order.discount_reason) == (discount, "Código OTONO20")


def test_order_without_a_discount_costs_the_list_price(order: Order) -> None:
    assert (order.list_price, order.amount, order.discount, order.discount_reason) == (25000, 25000, None, "")


def test_what_is_paid_at_mercado_pago_is_the_price_after_the_discount(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount()
    order = order_with("OTONO20", by=client_user, service=service)
    start_checkout(order)
    preference = mercadopago_standin.ledger(order.reference)["preferences"][0]
    assert preference["items"][0]["unit_price"] == 20000
    assert "OTONO20" not in str(preference)
    assert pay(order).money == Money.PAID


def test_personal_offer_is_that_persons_alone(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(client=client_user)
    mine = offers_to(by=client_user, services=[service])[service.pk]
    theirs = offers_to(by=other_client, services=[service])[service.pk]
    assert (mine.quote.amount, mine.reason) == (20000, "Oferta para ti")
    assert (theirs.quote.amount, theirs.discount) == (25000, None)


@pytest.mark.parametrize(
    ("code_takes", "paid", "reason"), [(10, 20000, "Oferta para ti"), (30, 17500, "Código C0DE")]
)
def test_better_of_code_and_offer_counts_and_they_are_not_added(
    code_takes: int, paid: int, reason: str, client_user: User, service: Service
) -> None:
    make_discount(client=client_user)
    make_discount("C0DE", code_takes)
    order = order_with("C0DE", by=client_user, service=service)
    assert (order.amount, order.discount_reason) == (paid, reason)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"active": False}, Refusal.UNKNOWN),
        ({"valid_from": timezone.now() + HOUR}, Refusal.NOT_YET),
        ({"valid_until": timezone.now() - HOUR}, Refusal.OVER),
        ({"most_uses": 0}, Refusal.USED_UP),
        ({"kind": DiscountKind.AMOUNT, "currency": "ARS"}, Refusal.OTHER_SERVICE),
    ],
)
def test_code_that_does_not_hold_makes_no_order(
    fields: dict[str, Any], why: Refusal, client_user: User, service: Service
) -> None:
    make_discount(**fields)
    assert why_refused("OTONO20", client_user, service) == why
    assert not Order.objects.exists()
    assert not OrmQ.objects.exists()


def test_unknown_code_and_one_of_signs_alone_are_refused(client_user: User, service: Service) -> None:
    make_discount(client=client_user)
    for typed in ("NADA", "---", "ñ"):
        assert why_refused(typed, client_user, service) == Refusal.UNKNOWN


def test_code_of_one_service_leaves_the_others_at_their_price(
    client_user: User, service: Service, longer: Service
) -> None:
    make_discount().services.add(longer)
    offers = offers_to(by=client_user, services=[service, longer], code="OTONO20")
    assert [offers[each.pk].quote.amount for each in (service, longer)] == [25000, 32000]
    assert why_refused("OTONO20", client_user, service) == Refusal.OTHER_SERVICE


def test_use_is_held_until_the_order_expires_and_stays_once_it_is_paid(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(most_uses=1)
    held = order_with("OTONO20", by=client_user, service=service)
    assert why_refused("OTONO20", other_client, service) == Refusal.USED_UP
    expire(held)
    taken = order_with("OTONO20", by=other_client, service=service)
    pay(taken)
    expire(taken)
    assert why_refused("OTONO20", client_user, service) == Refusal.USED_UP


def test_ticket_paid_after_the_hold_expired_is_honoured(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(most_uses=1)
    late = order_with("OTONO20", by=client_user, service=service)
    pay(late, id=5, status="pending", payment_type="ticket")
    expire(late)
    pay(late, id=5, status="cancelled", payment_type="ticket", date_last_updated=timezone.now())
    order_with("OTONO20", by=other_client, service=service)
    pay(late, id=5, date_last_updated=timezone.now())
    assert (late.money, late.amount) == (Money.PAID, 20000)
    assert Consultation.objects.filter(order=late).count() == 1


def test_ticket_that_can_still_be_paid_keeps_its_use_after_its_link_ended(
    client_user: User, service: Service
) -> None:
    make_discount(most_uses_each=1)
    late = order_with("OTONO20", by=client_user, service=service)
    pay(late, id=5, status="pending", payment_type="ticket")
    expire(late)
    assert why_refused("OTONO20", client_user, service) == Refusal.USED_BY_YOU
    pay(late, id=5, status="cancelled", payment_type="ticket", date_last_updated=timezone.now())
    assert order_with("OTONO20", by=client_user, service=service).amount == 20000


def test_uses_of_one_person_are_limited_and_anothers_are_their_own(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(most_uses_each=1)
    pay(order_with("OTONO20", by=client_user, service=service))
    assert why_refused("OTONO20", client_user, service) == Refusal.USED_BY_YOU
    assert order_with("OTONO20", by=other_client, service=service).amount == 20000


def test_other_order_of_the_same_person_takes_the_use_of_an_unpaid_one(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount(most_uses_each=1)
    left = order_with("OTONO20", by=client_user, service=service)
    start_checkout(left)
    OrmQ.objects.all().delete()
    assert order_with("OTONO20", by=client_user, service=service).amount == 20000
    left.refresh_from_db()
    assert left.expires_at <= timezone.now()
    jobs = [SignedPackage.loads(row.payload) for row in OrmQ.objects.all()]
    assert [each["args"] for each in jobs if each["func"] == "consultations.jobs.close_link"] == [(left.pk,)]


def test_unpaid_orders_stay_while_there_are_uses_left(client_user: User, service: Service) -> None:
    make_discount(most_uses=2)
    first = order_with("OTONO20", by=client_user, service=service)
    order_with("OTONO20", by=client_user, service=service)
    first.refresh_from_db()
    assert first.expires_at > timezone.now()


def test_order_with_money_on_its_way_keeps_its_use(client_user: User, service: Service) -> None:
    make_discount(most_uses_each=1)
    pay(order_with("OTONO20", by=client_user, service=service), status="in_process")
    assert why_refused("OTONO20", client_user, service) == Refusal.USED_BY_YOU


def test_same_form_sent_twice_is_one_order_and_one_use(client_user: User, service: Service) -> None:
    make_discount(most_uses=1, most_uses_each=1)
    attempt = uuid.uuid4()
    orders = [place_order(by=client_user, service=service, attempt=attempt, code="OTONO20") for _ in "12"]
    assert orders[0] == orders[1]
    assert orders[1].expires_at > timezone.now()


@pytest.mark.parametrize("count", [1, 3])
def test_offers_cost_the_same_queries_for_any_number(
    count: int, client_user: User, service: Service, longer: Service, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_discount(client=client_user, value=number + 1).services.add(service)
        order_with("", by=make_person(f"{number}@example.com"), service=service)
    with django_assert_num_queries(2):
        offers_to(by=client_user, services=[service, longer])


def test_analytics_learns_the_sum_and_never_the_code(
    client_user: User, service: Service, settings: Any
) -> None:
    settings.GA_MEASUREMENT_ID, settings.GA_API_SECRET = "G-TEST", "api-secret-of-the-tests"
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    make_discount()
    pay(order_with("OTONO20", by=client_user, service=service))
    tasks = [SignedPackage.loads(row.payload) for row in OrmQ.objects.order_by("pk")]
    sent = [each["args"] for each in tasks if each["func"] == "home.jobs.send_analytics_event"]
    assert [(event, params["items"]) for event, _, _, params in sent] == [
        (name, [{"item_id": "orientacion", "quantity": 1, "price": 20000.0, "discount": 5000.0}])
        for name in ("begin_checkout", "purchase")
    ]
    assert "OTONO" not in str(sent)
