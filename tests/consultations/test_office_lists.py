"""The back-office lists of orders and consultations: states, never texts; for administrators alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from consultations.models import Consultation
from home.models import User
from tests.fixtures.consultations import CASE

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
