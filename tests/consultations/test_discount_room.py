"""One use and several purchases of one person: the older makes room, once it was said, and nobody pays it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from consultations import mercadopago
from consultations.actions.errors import NotAllowed
from consultations.actions.orders import PriceChanged, place_order, start_checkout
from consultations.enums import OrderKind
from consultations.models import Discount, Order, Service
from consultations.views import buying
from home.models import User
from tests.consultations.browsing import NEW, form_for, signed_in, text_of
from tests.consultations.test_gift_pages import GIVE
from tests.consultations.test_payment_links import links_of, living
from tests.fixtures.consultations import pay
from tests.fixtures.offers import make_discount, order_with
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
ENDS_ANOTHER = "se cierra otra compra"
LOOK = "Mira el precio antes de seguir"
SEEN = {"seen": "orientacion=20000"}


def lives(order: Order) -> bool:
    order.refresh_from_db()
    return order.expires_at > timezone.now()


def closing() -> list[Any]:
    jobs = [SignedPackage.loads(row.payload) for row in OrmQ.objects.all()]
    return [each["args"][0] for each in jobs if each["func"] == "consultations.jobs.close_link"]


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have something happen while Mercado Pago makes a link."""
    create = mercadopago.create_preference

    def slow(**fields: Any) -> mercadopago.Preference:
        act()
        return create(**fields)

    monkeypatch.setattr(mercadopago, "create_preference", slow)


def give_by_offer(by: User, service: Service) -> Order:
    return place_order(by=by, service=service, attempt=uuid.uuid4(), kind=OrderKind.GIFT)


def told(page: str) -> str:
    """What the page that was shown would send of the purchases it names."""
    return page.partition('name="ends" value="')[2].partition('"')[0]


# --- a link that is made too late -----------------------------------------------------------------
def test_link_of_an_order_that_made_room_meanwhile_is_closed_and_nobody_led_to_it(
    client_user: User, service: Service, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_discount(client=client_user, most_uses_each=1)
    left = order_with("", by=client_user, service=service)
    meanwhile(monkeypatch, lambda: order_with("", by=client_user, service=service))
    with pytest.raises(NotAllowed, match="venció"):
        start_checkout(left)
    assert len(links_of(mercadopago_standin, left)) == 1
    assert living(mercadopago_standin, left) == []


def test_link_that_was_made_too_late_and_cannot_be_closed_now_is_closed_later(
    client_user: User, service: Service, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_discount(client=client_user, most_uses_each=1)
    left = order_with("", by=client_user, service=service)
    meanwhile(monkeypatch, lambda: order_with("", by=client_user, service=service))
    mercadopago_standin.fail("503", match="PUT /checkout/preferences")
    with pytest.raises(NotAllowed):
        start_checkout(left)
    assert closing() == [left.pk]


def test_link_of_an_order_that_was_paid_meanwhile_is_closed(
    order: Order, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: pay(Order.objects.get(pk=order.pk)))
    with pytest.raises(NotAllowed, match="ya tiene un pago"):
        start_checkout(order)
    assert living(mercadopago_standin, order) == []


# --- which orders end -----------------------------------------------------------------------------
def test_oldest_orders_end_and_only_as_many_as_are_needed(client_user: User, service: Service) -> None:
    make_discount(client=client_user, most_uses_each=3)
    orders = [order_with("", by=client_user, service=service) for _ in range(4)]
    assert [lives(each) for each in orders] == [False, True, True, True]
    Discount.objects.update(most_uses_each=2)
    orders.append(order_with("", by=client_user, service=service))
    assert [lives(each) for each in orders] == [False, False, False, True, True]


def test_uses_of_others_make_no_more_orders_end(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(most_uses=3)
    pay(order_with("OTONO20", by=other_client, service=service))
    orders = [order_with("OTONO20", by=client_user, service=service) for _ in range(3)]
    assert [lives(each) for each in orders] == [False, True, True]


# --- saying so before -----------------------------------------------------------------------------
@pytest.mark.parametrize(("page", "kind"), [(GIVE, OrderKind.OWN), (NEW, OrderKind.GIFT)])
def test_page_says_that_an_order_of_the_other_kind_ends_before_it_does(
    page: str, kind: OrderKind, client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount(client=client_user, most_uses_each=1)
    left = place_order(by=client_user, service=service, attempt=uuid.uuid4(), kind=kind)
    browser = signed_in(client_user)
    shown = text_of(browser.get(page))
    assert ENDS_ANOTHER in shown
    assert left.return_token in shown
    assert told(shown).split() == [left.reference]
    assert lives(left)
    answer = browser.post(page, {**form_for(service), **SEEN, "ends": told(shown)})
    assert answer["Location"] == Order.objects.latest("pk").checkout_url
    assert not lives(left)


def test_order_placed_since_the_page_was_opened_ends_only_after_it_was_said(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount(client=client_user, most_uses_each=1)
    left = order_with("", by=client_user, service=service)
    browser, form = signed_in(client_user), {**form_for(service), **SEEN}
    answer = browser.post(GIVE, form)
    assert answer.status_code == 200
    assert ENDS_ANOTHER in text_of(answer)
    assert lives(left)
    assert Order.objects.count() == 1
    assert browser.post(GIVE, {**form, "ends": told(text_of(answer))}).status_code == 302
    assert not lives(left)


def test_code_that_would_end_another_purchase_says_so_with_its_price(
    client_user: User, service: Service
) -> None:
    make_discount(most_uses_each=1)
    order_with("OTONO20", by=client_user, service=service)
    browser = signed_in(client_user)
    assert ENDS_ANOTHER not in text_of(browser.get(GIVE))
    page = text_of(browser.post(GIVE, {"code": "OTONO20", "step": "apply"}))
    assert ENDS_ANOTHER in page


def test_nothing_is_said_where_nothing_ends(client_user: User, other_client: User, service: Service) -> None:
    make_discount(client=client_user, most_uses_each=2)
    order_with("", by=client_user, service=service)
    place_order(by=other_client, service=service, attempt=uuid.uuid4())
    for person in (client_user, other_client):
        page = text_of(signed_in(person).get(GIVE))
        assert ENDS_ANOTHER not in page
        assert told(page) == ""
    assert "Tienes una compra sin terminar" in text_of(signed_in(client_user).get(NEW))


def test_order_that_ends_is_told_of_once(client_user: User, service: Service) -> None:
    make_discount(client=client_user, most_uses_each=1)
    order_with("", by=client_user, service=service)
    page = text_of(signed_in(client_user).get(NEW))
    assert page.count(ENDS_ANOTHER) == 1
    assert "Tienes una compra sin terminar" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_for_any_number_of_orders_that_end(
    count: int, client_user: User, service: Service, django_assert_num_queries: Any
) -> None:
    made = make_discount(client=client_user, most_uses_each=count)
    for _ in range(count):
        order_with("", by=client_user, service=service)
    Discount.objects.filter(pk=made.pk).update(most_uses_each=1)
    browser = signed_in(client_user)
    browser.get(GIVE)
    with django_assert_num_queries(12):
        assert text_of(browser.get(GIVE)).count(ENDS_ANOTHER) == count


# --- a price that changes at the last moment ------------------------------------------------------
def test_order_is_placed_at_the_agreed_price_or_not_at_all(client_user: User, service: Service) -> None:
    made = make_discount(client=client_user, most_uses_each=1)
    left = order_with("", by=client_user, service=service)
    with pytest.raises(PriceChanged):
        place_order(by=client_user, service=service, attempt=uuid.uuid4(), agreed=Decimal(25000))
    assert lives(left)
    Discount.objects.filter(pk=made.pk).update(active=False)
    with pytest.raises(PriceChanged):
        place_order(by=client_user, service=service, attempt=uuid.uuid4(), agreed=Decimal(20000))
    assert Order.objects.count() == 1


def test_offer_that_ends_while_one_continues_shows_the_new_price_first(
    client_user: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_discount(client=client_user)
    end_the_offer_before_ordering(monkeypatch)
    browser, form = signed_in(client_user), {**form_for(service), **SEEN}
    page = text_of(browser.post(NEW, form))
    assert LOOK in page
    assert "$20.000" not in page
    assert 'name="seen" value="orientacion=25000"' in page
    assert not Order.objects.exists()


def end_the_offer_before_ordering(monkeypatch: pytest.MonkeyPatch) -> None:
    place = buying.place_order

    def late(**wish: Any) -> Order:
        Discount.objects.update(active=False)
        return place(**wish)

    monkeypatch.setattr(buying, "place_order", late)


def test_order_that_is_known_is_gone_on_with_whatever_it_costs_now(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount(client=client_user)
    browser: Client = signed_in(client_user)
    form = {**form_for(service), **SEEN}
    first = browser.post(NEW, form)["Location"]
    Discount.objects.update(active=False)
    assert browser.post(NEW, form)["Location"] == first
