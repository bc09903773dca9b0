"""Codes and offers on the page where one chooses: the price stands there before anything is paid."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from consultations.models import Consultation, Order, Service
from home.models import User
from tests.consultations.browsing import GIVE, NEW, REDEEM, form_for, order_page, signed_in, text_of
from tests.fixtures.offers import make_discount, order_with
from tests.fixtures.pages import SiteTree
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
DISCOUNTED = {"seen": "orientacion=20000"}


def ask_for_price(browser: Client, service: Service, code: str, place: str = NEW) -> Any:
    return browser.post(place, {**form_for(service), "code": code, "step": "apply"})


def test_price_of_a_code_is_shown_before_it_is_agreed_to(client_user: User, service: Service) -> None:
    make_discount()
    answer = signed_in(client_user).post(NEW, {"code": "otoño 20", "step": "apply"})
    page = text_of(answer)
    assert answer.status_code == 200
    for shown in ("$20.000 CLP", "$25.000 CLP", "$5.000 CLP", "Código OTONO20"):
        assert shown in page
    assert 'value="otoño 20"' in page
    assert "Sin tu acuerdo" not in page
    assert not Order.objects.exists()


def test_paying_with_a_code_shows_the_price_first_and_then_leaves(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount()
    browser, form = signed_in(client_user), {**form_for(service), "code": "OTONO20"}
    first = browser.post(NEW, form)
    assert "Aplicamos tu código: ahora son $20.000 CLP" in text_of(first)
    assert "Cambió desde que abriste esta página" not in text_of(first), "it is their own discount"
    assert 'name="seen" value="orientacion=20000"' in text_of(first)
    assert not Order.objects.exists()
    second = browser.post(NEW, {**form, **DISCOUNTED})
    order = Order.objects.get()
    assert second["Location"] == order.checkout_url
    assert order.amount == 20000


def test_double_click_with_a_last_use_is_one_order(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    make_discount(most_uses=1, most_uses_each=1)
    browser, form = signed_in(client_user), {**form_for(service), "code": "OTONO20", **DISCOUNTED}
    assert browser.post(NEW, form)["Location"] == browser.post(NEW, form)["Location"]
    assert Order.objects.count() == 1


def test_price_that_changed_since_the_page_is_shown_again(client_user: User, service: Service) -> None:
    make_discount(active=False, client=client_user)
    answer = signed_in(client_user).post(NEW, {**form_for(service), **DISCOUNTED})
    assert "Mira el precio antes de seguir" in text_of(answer)
    assert not Order.objects.exists()


@pytest.mark.parametrize("seen", ["orientacion=", "=", "orientacion=1e9", "nada", "orientacion=-5", "x=²"])
def test_made_up_price_buys_nothing_cheaper(
    seen: str, client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    answer = signed_in(client_user).post(NEW, {**form_for(service), "seen": seen})
    assert answer.status_code in (200, 302)
    assert {order.amount for order in Order.objects.all()} <= {25000}


def test_personal_offer_is_there_without_typing_and_for_nobody_else(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(client=client_user)
    mine, theirs = (text_of(signed_in(each).get(NEW)) for each in (client_user, other_client))
    assert "$20.000 CLP" in mine
    assert "Oferta para ti" in mine
    assert "$20.000" not in theirs
    assert "Oferta" not in theirs


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "OTRO"}, "No encontramos ese código"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "Ese código ya venció."),
        ({"most_uses": 0}, "ya se usó todas las veces"),
    ],
)
@pytest.mark.parametrize("step", ["apply", ""])
def test_code_that_does_not_hold_is_said_at_its_field_and_nothing_is_lost(
    step: str, fields: dict[str, Any], message: str, client_user: User, service: Service
) -> None:
    make_discount(**fields)
    attempt = uuid.uuid4()
    form = {**form_for(service, attempt), "code": "OTONO20", "step": step}
    answer = signed_in(client_user).post(NEW, form)
    page = text_of(answer)
    assert answer.status_code == 422
    assert message in page.partition('for="id_code"')[2].partition("</div>\n</div>")[0]
    assert 'value="OTONO20"' in page
    assert " checked" in page.partition(f'value="{service.slug}"')[2].partition(">")[0]
    assert " checked" in page.partition('name="agrees"')[2].partition(">")[0]
    assert str(attempt) in page
    assert not Order.objects.exists()


def test_use_that_went_to_somebody_else_meanwhile_is_said_at_the_field(
    client_user: User, other_client: User, service: Service
) -> None:
    make_discount(most_uses=1)
    order_with("OTONO20", by=other_client, service=service)
    answer = signed_in(client_user).post(NEW, {**form_for(service), "code": "OTONO20", **DISCOUNTED})
    assert answer.status_code == 422
    assert Order.objects.count() == 1


@pytest.mark.parametrize("place", [NEW, GIVE])
def test_gift_code_in_the_field_of_discounts_is_shown_the_way(
    place: str, client_user: User, service: Service
) -> None:
    answer = ask_for_price(signed_in(client_user), service, "7KQM-2HXA-9TRD-CW4P", place)
    text = text_of(answer)
    assert "Ese no es un código de descuento. Si te lo regalaron, úsalo en «Usa tu código»." in text
    assert f'<a href="{REDEEM}">Usa tu código</a>' in text.partition("<main")[2]


def test_overlong_code_comes_back_with_a_message(client_user: User, service: Service) -> None:
    answer = ask_for_price(signed_in(client_user), service, "A" * 3000)
    assert answer.status_code == 422
    assert "A" * 3000 in text_of(answer)


def test_order_page_tells_price_discount_and_what_is_paid(client_user: User, service: Service) -> None:
    make_discount()
    page = text_of(
        signed_in(client_user).get(order_page(order_with("OTONO20", by=client_user, service=service)))
    )
    for shown in ("$25.000 CLP", "− $5.000 CLP", "$20.000 CLP", "Código OTONO20"):
        assert shown in page


def test_public_page_of_what_is_sold_shows_nobodys_offer(
    client_user: User, service: Service, site_tree: SiteTree
) -> None:
    make_discount(client=client_user)
    page = text_of(signed_in(client_user).get("/orientacion/"))
    assert "$25.000 CLP" in page
    assert "$20.000" not in page


def test_free_order_opens_at_once_without_mercado_pago(client_user: User, service: Service) -> None:
    make_discount("TODO", 100)
    browser = signed_in(client_user)
    assert "Continuar" in text_of(ask_for_price(browser, service, "todo"))
    form = {**form_for(service), "code": "TODO", "seen": "orientacion=0"}
    first, second = browser.post(NEW, form), browser.post(NEW, form)
    consultation = Consultation.objects.get()
    assert first["Location"] == second["Location"] == f"/consultas/{consultation.pk}/"
    assert consultation.order.preference_id == ""
