"""The payments' benchmark notices when the site and the stand-in's ledger differ."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from consultations.actions.opening import open_what_was_bought
from consultations.models import Order
from tests.benchmarks.purchases import Shop, disagreements
from tests.fixtures.consultations import pay
from tests.standins.mercadopago.records import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    site = SimpleNamespace(ledger=tmp_path / "ledger.sqlite3", account=Account("http://127.0.0.1:1"))
    return Shop(site)  # type: ignore[arg-type]


@pytest.fixture
def bought(shop: Shop) -> Order:
    """An order whose payment 7 is approved at the stand-in and unknown to the site."""
    order = shop.make_orders([0.0])[0]
    shop.pay(order, 7, "approved")
    return order


def test_payment_that_the_site_does_not_know_is_a_difference(shop: Shop, bought: Order) -> None:
    assert disagreements(shop.ledger) == [bought.reference]


def test_paid_order_with_its_consultation_agrees(shop: Shop, bought: Order) -> None:
    pay(bought, id=7)
    assert disagreements(shop.ledger) == []


@pytest.mark.parametrize("wrong", [{"amount": Decimal(25001)}, {"refunded": Decimal(1)}, {"id": 8}])
def test_a_peso_is_a_difference(wrong: dict[str, object], shop: Shop, bought: Order) -> None:
    pay(bought, **{"id": 7, **wrong})
    assert disagreements(shop.ledger) == [bought.reference]


def test_money_kept_twice_is_a_difference(shop: Shop, bought: Order) -> None:
    shop.pay(bought, 8, "approved")
    pay(bought, id=7)
    pay(bought, id=8)
    assert disagreements(shop.ledger) == [bought.reference]


def test_consultation_that_nobody_paid_is_a_difference(shop: Shop) -> None:
    first, second = shop.make_orders([0.0, 0.0])
    open_what_was_bought(second)
    assert disagreements(shop.ledger) == [second.reference]
    assert first.reference not in disagreements(shop.ledger)


def test_plan_tells_of_each_step_after_it_and_is_the_same_again(shop: Shop) -> None:
    first, second = (shop.plan(60, seconds=9, tail=3, lost=0.2, dice=random.Random(1)) for _ in range(2))
    times = [(each.at, each.action) for each in first.webhooks]
    assert times == [(each.at, each.action) for each in second.webhooks]
    assert all(0 <= each.at <= 12 for each in first.webhooks)
    told: dict[int, int] = {}
    for each in first.webhooks:
        told[each.payment_id] = told.get(each.payment_id, 0) + 1
    assert max(told.values()) <= 20
    assert min(told.values()) >= 1
