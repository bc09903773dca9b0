"""The pages of a gift's buyer: what they see, and that they learn nothing of who uses it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.consultations import answer, submit_case, take
from consultations.models import Consultation, Gift, Order, Refund, Service
from home.models import User
from tests.consultations.browsing import (
    GIVE,
    NEW,
    REDEEM,
    address,
    form_for,
    order_page,
    signed_in,
    text_of,
    without_tokens,
)
from tests.fixtures.consultations import CASE, ORIENTATION, pay
from tests.fixtures.offers import buy_gift
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db


def end_gift(gift: Gift) -> str:
    return reverse("consultations:withdraw_gift", args=[gift.order.return_token])


def test_gift_is_bought_like_anything_else(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(GIVE))
    assert "$25.000 CLP" in page
    assert 'name="agrees"' not in page
    answer = browser.post(GIVE, form_for(service))
    order = Order.objects.get()
    assert answer["Location"] == order.checkout_url
    assert "verás aquí el código de tu regalo" in text_of(browser.get(order_page(order)))
    pay(order)
    page = text_of(browser.get(order_page(order)))
    assert Gift.objects.get().code in page
    assert "Tu regalo está listo" in page


def test_same_form_for_oneself_and_as_a_gift_are_two_orders_told_apart(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    browser = signed_in(client_user)
    browser.post("/consultas/nueva/", form_for(service))
    browser.post(GIVE, form_for(service))
    assert sorted(Order.objects.values_list("kind", flat=True)) == ["gift", "own"]
    assert " · un regalo" in text_of(browser.get("/consultas/"))


@pytest.mark.parametrize("page", [GIVE, REDEEM])
def test_pages_are_not_for_an_unconfirmed_address(page: str, client_user: User, service: Service) -> None:
    EmailAddress.objects.filter(user=client_user).update(verified=False)
    assert signed_in(client_user).get(page)["Location"] == reverse("account_email")


def test_giving_asks_visitors_to_sign_in(client: Client) -> None:
    assert client.get(GIVE)["Location"] == f"/cuenta/ingresar/?next={GIVE}"


def test_ways_to_gifts_stand_where_one_chooses(client_user: User, service: Service, site_tree: Any) -> None:
    for page in ("/orientacion/", NEW):
        text = text_of(signed_in(client_user).get(page))
        assert GIVE in text
        assert REDEEM in text


@pytest.mark.parametrize("who", ["other_client", "psychologist", "administrator", None])
def test_code_is_for_the_buyers_eyes_alone(who: str | None, gift: Gift, request: Any) -> None:
    browser = signed_in(request.getfixturevalue(who)) if who else Client()
    page = text_of(browser.get(order_page(gift.order)))
    assert gift.code not in page
    assert gift.order.reference not in page


def test_buyer_sees_that_it_was_used_and_no_more(
    gift: Gift, redeemed: Consultation, client_user: User, psychologist: User
) -> None:
    browser = signed_in(client_user)
    before = text_of(browser.get(order_page(gift.order)))
    submit_case(by=redeemed.client, consultation=redeemed, content=dict(CASE), mood=None)
    take(by=psychologist, consultation=redeemed)
    answer(by=psychologist, consultation=redeemed, text=ORIENTATION, steps=["Uno."])
    after = text_of(browser.get(order_page(gift.order)))
    assert "Tu regalo se usó" in after
    assert without_tokens(before) == without_tokens(after)
    mine = text_of(browser.get("/consultas/"))
    assert "Usado" in mine
    for page in (after, mine):
        assert str(redeemed.pk) not in page
        assert redeemed.client.pseudonym not in page
        assert gift.code not in page
    assert browser.get(address("detail", redeemed)).status_code == 404
    assert browser.get(address("withdraw", redeemed)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_gifts(
    count: int, client_user: User, service: Service, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        buy_gift(client_user, service)
    browser = signed_in(client_user)
    browser.get("/consultas/")
    with django_assert_num_queries(9):
        page = text_of(browser.get("/consultas/"))
    assert page.count("Sin usar") == count


def test_buyer_withdraws_with_one_click(gift: Gift, client_user: User) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(gift.order)))
    assert end_gift(gift) in page
    for _ in range(2):
        page = text_of(browser.post(end_gift(gift), follow=True))
    assert "Te estamos devolviendo tu dinero" in page
    assert gift.code not in page
    assert Refund.objects.count() == 1


def test_withdrawing_too_late_says_why(gift: Gift, redeemed: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    assert end_gift(gift) not in text_of(browser.get(order_page(gift.order)))
    assert "El código ya se usó" in text_of(browser.post(end_gift(gift), follow=True))
    assert not Refund.objects.exists()


@pytest.mark.parametrize("who", ["other_client", "psychologist", "administrator"])
def test_others_who_withdraw_a_gift_find_nothing(who: str, gift: Gift, request: Any) -> None:
    assert signed_in(request.getfixturevalue(who)).post(end_gift(gift)).status_code == 404


def test_order_that_is_no_gift_cannot_be_withdrawn_as_one(paid_order: Order, client_user: User) -> None:
    place = reverse("consultations:withdraw_gift", args=[paid_order.return_token])
    assert signed_in(client_user).post(place).status_code == 404


def test_expired_and_doubted_gifts_say_so(gift: Gift, client_user: User) -> None:
    browser = signed_in(client_user)
    Gift.objects.update(expires_at=timezone.now())
    assert "venció" in text_of(browser.get(order_page(gift.order)))
    Order.objects.update(fraud_alert_at=timezone.now())
    page = text_of(browser.get(order_page(gift.order)))
    assert "Tu regalo está en pausa" in page
    assert gift.code not in page


def test_buyer_whose_session_ended_signs_in_and_comes_back_to_the_button(
    gift: Gift, client_user: User, client: Client
) -> None:
    here = order_page(gift.order)
    assert client.post(end_gift(gift))["Location"] == f"/cuenta/ingresar/?next={here}"
    assert not Refund.objects.exists()
    client.force_login(client_user)
    assert end_gift(gift) in text_of(client.get(here))


def test_visitor_who_withdraws_learns_of_no_gift(gift: Gift, paid_order: Order, client: Client) -> None:
    place = reverse("consultations:withdraw_gift", args=[paid_order.return_token])
    assert client.post(place)["Location"] == f"/cuenta/ingresar/?next={order_page(paid_order)}"
    assert (
        client.post("/consultas/orden/nada/anular/")["Location"]
        == "/cuenta/ingresar/?next=/consultas/orden/nada/"
    )


def test_gift_without_a_service_is_said_at_the_services(client_user: User, service: Service) -> None:
    browser = signed_in(client_user)
    assert 'aria-describedby="id_service_error"' not in text_of(browser.get(GIVE))
    for page in (GIVE, NEW):
        text = text_of(browser.post(page, {"agrees": "on"}))
        fieldset = text.partition("<fieldset")[2].partition(">")[0]
        assert 'aria-describedby="id_service_error"' in fieldset
        assert 'id="id_service_error"' in text
