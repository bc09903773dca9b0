"""Money that came and does not count: its buyer is told so, and not sent to pay again."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.actions.orders import place_order, start_checkout
from consultations.enums import Money, OrderKind
from consultations.models import Order, Service
from home.models import User
from tests.consultations.browsing import GIVE, NEW, form_for, order_page, signed_in, text_of
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
MISMATCH = "Llegó un pago que no coincide con tu compra"
DO_NOT_PAY = "No hagas otro pago: te escribiremos."
MONEY_THAT_DOES_NOT_COUNT = [
    {"currency": "ARS"},
    {"collector_id": 1},
    {"live_mode": False},
    {"status": "something_new"},
    {"currency": "ARS", "status": "in_mediation"},
]


@pytest.fixture(params=MONEY_THAT_DOES_NOT_COUNT, ids=lambda each: " ".join(map(str, each.values())))
def mismatched(request: Any, order: Order) -> Order:
    pay(order, id=17, **request.param)
    assert order.money == Money.UNPAID
    return order


def test_page_of_the_order_says_that_a_person_looks_and_offers_no_payment(
    mismatched: Order, client_user: User
) -> None:
    page = text_of(signed_in(client_user).get(order_page(mismatched)))
    assert f"<h1>{MISMATCH}</h1>" in page
    assert DO_NOT_PAY in page
    assert "Ir a pagar" not in page
    assert f'action="{order_page(mismatched)}"' not in page


def test_my_consultations_say_it_and_no_deadline_to_pay(mismatched: Order, client_user: User) -> None:
    page = text_of(signed_in(client_user).get("/consultas/"))
    assert "Llegó un pago que no coincide; lo está viendo una persona" in page
    assert "Falta el pago" not in page
    assert "se puede pagar hasta" not in page


def test_choosing_a_service_says_it_instead_of_sending_on_to_pay(
    mismatched: Order, client_user: User
) -> None:
    page = text_of(signed_in(client_user).get(NEW))
    assert MISMATCH in page
    assert DO_NOT_PAY in page
    assert "sigue con esa compra" not in page


def test_choosing_a_gift_says_it_of_a_gift(client_user: User, service: Service) -> None:
    gift = place_order(by=client_user, service=service, attempt=uuid.uuid4(), kind=OrderKind.GIFT)
    pay(gift, currency="ARS")
    page = text_of(signed_in(client_user).get(GIVE))
    assert MISMATCH in page
    assert "sin terminar de pagar" not in page


def test_paying_again_leads_back_to_the_order(
    mismatched: Order, client_user: User, mercadopago_standin: object
) -> None:
    answer = signed_in(client_user).post(order_page(mismatched), follow=True)
    assert answer.redirect_chain == [(order_page(mismatched), 302)]
    assert f"{MISMATCH}. Una persona del equipo lo está viendo. {DO_NOT_PAY}" in text_of(answer)
    with pytest.raises(NotAllowed):
        start_checkout(mismatched)


def test_same_form_sent_again_does_not_lead_to_pay(
    client_user: User, service: Service, mercadopago_standin: object
) -> None:
    browser, form = signed_in(client_user), form_for(service)
    browser.post(NEW, form)
    order = Order.objects.get()
    pay(order, currency="ARS")
    assert browser.post(NEW, form)["Location"] == order_page(order)


def test_it_is_said_also_once_the_link_is_over(mismatched: Order, client_user: User) -> None:
    Order.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    browser = signed_in(client_user)
    assert f"<h1>{MISMATCH}</h1>" in text_of(browser.get(order_page(mismatched)))
    assert "lo está viendo una persona" in text_of(browser.get("/consultas/"))
    assert MISMATCH in text_of(browser.get(NEW))


@pytest.mark.parametrize("over", ["refunded", "rejected", "cancelled"])
def test_once_it_went_back_or_came_to_nothing_the_order_can_be_paid(
    over: str, order: Order, client_user: User
) -> None:
    pay(order, id=17, currency="ARS")
    later = timezone.now() + datetime.timedelta(seconds=5)
    back = order.amount if over == "refunded" else 0
    pay(order, id=17, currency="ARS", status=over, refunded=back, date_last_updated=later)
    browser = signed_in(client_user)
    assert MISMATCH not in text_of(browser.get(order_page(order)))
    assert f'action="{order_page(order)}"' in text_of(browser.get(order_page(order)))
    assert "sigue con esa compra" in text_of(browser.get(NEW))


def test_right_money_beside_it_is_a_paid_order(order: Order, client_user: User) -> None:
    pay(order, currency="ARS")
    pay(order)
    assert "Tu pago está confirmado" in text_of(signed_in(client_user).get(order_page(order)))


def test_authorised_money_is_being_reviewed_and_not_paid_again(
    order: Order, client_user: User, mercadopago_standin: object
) -> None:
    pay(order, status="authorized", status_detail="pending_capture")
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(order)))
    assert "Tu pago está en revisión" in page
    assert f'action="{order_page(order)}"' not in page
    assert "No pagues de nuevo" in text_of(browser.post(order_page(order), follow=True))
