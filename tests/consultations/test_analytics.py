"""What Google Analytics learns of buying, from people who agreed: prices and a random reference."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from consultations.actions.orders import place_order
from consultations.models import Order, Service
from home.actions.consents import give_consent
from home.enums import ConsentPurpose
from home.models import User
from tests.fixtures.consultations import pay
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
OFFER = {
    "currency": "CLP",
    "value": 25000.0,
    "items": [{"item_id": "orientacion", "quantity": 1, "price": 25000.0}],
}


@pytest.fixture
def agreed(client_user: User, settings: Any) -> None:
    settings.GA_MEASUREMENT_ID, settings.GA_API_SECRET = "G-TEST", "api-secret-of-the-tests"
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)


def events() -> list[tuple[str, dict[str, Any]]]:
    """The name and the parameters of each event that waits to be sent."""
    tasks = [SignedPackage.loads(row.payload) for row in OrmQ.objects.order_by("pk")]
    sent = [each["args"] for each in tasks if each["func"] == "home.jobs.send_analytics_event"]
    return [(event, params) for event, _, _, params in sent]


def test_checkout_tells_what_was_chosen_and_no_reference(
    agreed: None, client_user: User, service: Service
) -> None:
    place_order(by=client_user, service=service, attempt=uuid.uuid4())

    assert events() == [("begin_checkout", OFFER)]


def test_money_that_goes_back_is_told_once_with_the_purchase_it_undoes(agreed: None, order: Order) -> None:
    pay(order, id=77)
    for _ in range(2):
        pay(order, id=77, status="refunded", refunded=order.amount, date_last_updated=timezone.now())

    purchase = {"transaction_id": order.reference, **OFFER}
    assert events()[-2:] == [("purchase", purchase), ("refund", purchase)]


def test_money_that_goes_back_in_part_is_no_refund(agreed: None, order: Order) -> None:
    pay(order, id=77)
    pay(order, id=77, refunded=Decimal(1000), date_last_updated=timezone.now())

    assert [name for name, _ in events()] == ["begin_checkout", "purchase"]


def test_without_consent_nothing_of_buying_is_told(order: Order, settings: Any) -> None:
    settings.GA_MEASUREMENT_ID, settings.GA_API_SECRET = "G-TEST", "api-secret-of-the-tests"
    pay(order, id=77)
    pay(order, id=77, status="refunded", refunded=order.amount, date_last_updated=timezone.now())

    assert events() == []


def test_page_of_what_is_sold_says_prices_as_a_script_reads_them(
    client: Client, site_tree: SiteTree, service: Service
) -> None:
    Service.objects.update(price=Decimal("1234567.50"))

    page = client.get("/orientacion/").content.decode()

    assert 'data-offer="orientacion" data-price="1234567.50" data-currency="CLP"' in page
