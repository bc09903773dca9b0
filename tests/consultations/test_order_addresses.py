"""Addresses that nobody was given: answered before the database is asked, which may refuse their text."""

from __future__ import annotations

import pytest
from django.test import Client

from consultations.models import Order
from home.models import User
from tests.consultations.browsing import order_page, signed_in

pytestmark = pytest.mark.django_db
# PostgreSQL keeps no text with a NUL in it, and will not be asked for one either.
NOT_A_TOKEN = ("%00", "a%00b", "nada%00", "a%0A", "%C3%B1and%C3%BA", "a.b", "a" * 65)


@pytest.mark.parametrize("token", NOT_A_TOKEN)
@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("ending", ["", "recibo/", "anular/"])
def test_address_that_is_no_orders_is_not_found(
    ending: str, method: str, token: str, client: Client, client_user: User
) -> None:
    for browser in (client, signed_in(client_user)):
        assert getattr(browser, method)(f"/consultas/orden/{token}/{ending}").status_code == 404


def test_every_order_has_an_address_that_finds_it(order: Order, client: Client) -> None:
    for token in (order.return_token, "-" * 32, "_" * 32, "aZ09-_" * 10):
        Order.objects.update(return_token=token)
        order.refresh_from_db()
        assert client.get(order_page(order)).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/encuestas/%00/",
        "/encuestas/a.b%00.c/",
        "/encuestas/baja/%00/",
        "/encuestas/seguir/%00/",
        "/correo/%00/",
        "/correo/%00/html/",
        "/casos/%00/",
        "/casos/tema/%00/",
        "/cuenta/verificar/%00/",
        "/%00/",
    ],
)
def test_addresses_of_other_rooms_take_any_text_as_unknown(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404
