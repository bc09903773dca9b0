"""Choosing and ordering: the price first, one order a form, and calm when Mercado Pago is down."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from consultations.models import Order, Service
from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.models import User
from tests.consultations.browsing import NEW, buy, form_for, order_page, signed_in, text_of
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db


def test_new_names_the_price_before_it_asks(client_user: User, service: Service) -> None:
    page = text_of(signed_in(client_user).get(NEW))
    assert "$25.000 CLP" in page
    assert page.index("$25.000 CLP") < page.index('name="agrees"')


def test_new_asks_visitors_to_sign_in(client: Client) -> None:
    assert client.get(NEW)["Location"] == f"/cuenta/ingresar/?next={NEW}"


def test_new_is_not_for_an_unconfirmed_address(client_user: User, service: Service) -> None:
    EmailAddress.objects.filter(user=client_user).update(verified=False)
    browser = signed_in(client_user)
    assert browser.get(NEW)["Location"] == reverse("account_email")
    assert browser.post(NEW, form_for(service))["Location"] == reverse("account_email")
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("missing", "message"),
    [("agrees", "Sin tu acuerdo nadie puede leer"), ("service", "Elige uno de los servicios.")],
)
def test_new_says_what_is_missing(missing: str, message: str, client_user: User, service: Service) -> None:
    form = form_for(service)
    del form[missing]
    answer = signed_in(client_user).post(NEW, form)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert not Order.objects.exists()


def test_agreement_that_stands_is_not_asked_for_twice(order: Order, client_user: User) -> None:
    page = text_of(signed_in(client_user).get(NEW))
    assert " checked" in page.partition('name="agrees"')[2].partition(">")[0]


def test_link_of_a_service_chooses_it(client_user: User, service: Service) -> None:
    page = text_of(signed_in(client_user).get(NEW, {"servicio": service.slug}))
    assert " checked" in page.partition(f'value="{service.slug}"')[2].partition(">")[0]


def test_too_many_purchases_are_slowed_down(
    client_user: User, service: Service, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("consultations.views.access.POSTS_ALLOWED", "1/m")
    browser = signed_in(client_user)
    browser.post(NEW, {})
    assert "Hubo muchos intentos seguidos." in text_of(browser.post(NEW, form_for(service), follow=True))
    assert not Order.objects.exists()


def test_withdrawn_service_cannot_be_bought(client_user: User, service: Service) -> None:
    Service.objects.update(active=False)
    Service.objects.create(name="Otra", slug="otra", summary="Otra", description="Otra", price=Decimal(9000))
    answer = signed_in(client_user).post(NEW, form_for(service))
    assert answer.status_code == 422
    assert "Ese servicio ya no está a la venta" in text_of(answer)


def test_double_click_is_one_order_and_one_link(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser, form = signed_in(client_user), form_for(service)
    first, second = browser.post(NEW, form), browser.post(NEW, form)
    assert first["Location"] == second["Location"]
    order = Order.objects.get()
    assert len(mercadopago_standin.ledger(order.reference)["preferences"]) == 1


def test_same_form_with_another_service_is_another_order(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    other = Service.objects.create(
        name="Acompañada", slug="acompanada", summary="Más", description="Más", price=Decimal(40000)
    )
    browser, attempt = signed_in(client_user), uuid.uuid4()
    browser.post(NEW, form_for(service, attempt))
    browser.post(NEW, form_for(other, attempt))
    assert sorted(Order.objects.values_list("amount", flat=True)) == [Decimal(25000), Decimal(40000)]


def test_broken_attempt_is_nobodys_mistake(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    form = {**form_for(service), "attempt": "nada"}
    assert signed_in(client_user).post(NEW, form)["Location"] == Order.objects.get().checkout_url


@pytest.mark.parametrize("mode", ["500", "html", "reset"])
def test_purchase_stays_when_mercado_pago_is_down(
    mode: str, client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    mercadopago_standin.fail(mode, times=1)
    browser = signed_in(client_user)
    answer = browser.post(NEW, form_for(service), follow=True)
    order = Order.objects.get()
    assert answer.redirect_chain == [(order_page(order), 302)]
    page = text_of(answer)
    assert "Mercado Pago no está respondiendo. Tu compra quedó guardada" in page
    assert browser.post(order_page(order))["Location"] == Order.objects.get().checkout_url


def test_unpaid_order_is_resumed_with_the_same_link(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser = signed_in(client_user)
    order = buy(browser, service)
    assert order_page(order) in text_of(browser.get("/consultas/"))
    assert order_page(order) in text_of(browser.get(NEW))
    assert browser.post(order_page(order))["Location"] == order.checkout_url


def test_return_page_queues_one_look_up_however_often_it_is_loaded(
    client_user: User, order: Order, mercadopago_standin: StandIn
) -> None:
    OrmQ.objects.all().delete()
    browser = signed_in(client_user)
    for _ in range(5):
        browser.get(order_page(order))
    assert OrmQ.objects.count() == 1


def test_failed_purchase_leaves_no_job_behind(
    client_user: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue is a table of the same database: what is rolled back is never sent."""

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("the transaction ends here")

    monkeypatch.setattr("consultations.actions.orders.record", refuse)
    with pytest.raises(RuntimeError):
        signed_in(client_user).post(NEW, form_for(service))
    assert not Order.objects.exists()
    assert not OrmQ.objects.exists()
    assert not has_consented(client_user, ConsentPurpose.ATTENTION)
