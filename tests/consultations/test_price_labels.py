"""How the price of an order with a discount is called on its page, before and after it was paid."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from consultations.models import Order, Service
from home.models import User
from tests.consultations.browsing import order_page, signed_in, text_of
from tests.fixtures.consultations import pay
from tests.fixtures.offers import make_discount, order_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def discounted(client_user: User, service: Service) -> Order:
    make_discount()
    return order_with("OTONO20", by=client_user, service=service)


def label_of(order: Order) -> str:
    page = text_of(signed_in(order.client).get(order_page(order)))
    [label] = re.findall(r"<dt>([^<]*)</dt><dd>\$20\.000 CLP</dd>", page)
    return str(label)


def test_it_is_to_be_paid_while_it_can_be(discounted: Order) -> None:
    assert label_of(discounted) == "A pagar"


@pytest.mark.parametrize("changes", [{}, {"status": "refunded"}, {"status": "in_mediation"}])
def test_once_it_was_paid_it_is_a_total(changes: dict[str, str], discounted: Order) -> None:
    pay(discounted, **changes)
    assert label_of(discounted) == "Total"


def test_it_is_a_total_while_a_person_looks_at_money_that_does_not_match(discounted: Order) -> None:
    pay(discounted, currency="ARS")
    assert label_of(discounted) == "Total"


def test_it_is_a_total_once_the_link_is_over(discounted: Order) -> None:
    Order.objects.update(expires_at=timezone.now())
    assert label_of(discounted) == "Total"
