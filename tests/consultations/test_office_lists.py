"""The back-office lists of orders and consultations: states, never texts; for administrators alone."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from consultations.actions.orders import place_order
from consultations.models import Consultation, Order
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import CASE, pay

pytestmark = pytest.mark.django_db
LISTS = ["/admin/ordenes/", "/admin/consultas/"]


@pytest.mark.parametrize("address", LISTS)
def test_office_list_opens_for_administrators(
    address: str, client: Client, administrator: User, waiting_consultation: Consultation
) -> None:
    client.force_login(administrator)
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert waiting_consultation.client.pseudonym in page
    assert not [text for text in (*CASE.values(), waiting_consultation.client.email) if text in page]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist"])
def test_office_list_is_closed_to_others(
    address: str, role: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_office_list_of_consultations_costs_the_same_for_one_and_three(
    client: Client, administrator: User, make_waiting: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(administrator)
    make_waiting(hours=1)
    client.get("/admin/consultas/")
    with django_assert_max_num_queries(60) as one:
        client.get("/admin/consultas/")
    make_waiting(hours=2)
    make_waiting(hours=3)
    with django_assert_max_num_queries(60) as three:
        client.get("/admin/consultas/")
    assert len(one) == len(three)


@pytest.mark.parametrize("address", LISTS)
def test_office_list_comes_before_its_filters(
    address: str, client: Client, administrator: User, waiting_consultation: Consultation
) -> None:
    client.force_login(administrator)
    page = client.get(address).content.decode()
    places = [page.index(part) for part in ('href="#filtros"', 'class="result-list', 'id="filtros"')]
    assert places == sorted(places)
    assert page.count("changelist-filter") == 1


def test_cells_name_their_column_for_the_cards_of_a_phone(
    client: Client, administrator: User, waiting_consultation: Consultation
) -> None:
    client.force_login(administrator)
    page = client.get("/admin/ordenes/").content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r'data-label="([^"]*)"', body) == [
        *("Referencia", "Por mirar", "Persona", "Servicio", "Precio", "Dinero", "Creada", "Pagada")
    ]


def test_order_is_found_by_its_reference_and_by_the_number_of_a_payment(
    order: Order, other_client: User, administrator: User
) -> None:
    pay(order, id=9_000_000_001)
    pay(order, id=9_000_000_002, status="rejected")
    other = pay(place_order(by=other_client, service=order.service, attempt=uuid.uuid4()), id=9_000_000_003)
    office = signed_in(administrator)

    def found(term: str) -> list[str]:
        page = text_of(office.get("/admin/ordenes/", {"q": term}))
        return [each.reference for each in (order, other) if each.reference in page]

    for term in ("9000000001", " 9000000002 ", order.reference, order.reference.lower()):
        assert found(term) == [order.reference], term
    assert found("9000000003") == [other.reference]
    for term in ("900000000", "9" * 30, "٣"):
        assert found(term) == [], term
    assert found(" ") == [order.reference, other.reference]
