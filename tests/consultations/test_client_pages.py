"""What the list, the conversation and the page of what is sold say, and how many queries they cost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.actions.consultations import answer, reply, submit_case, take
from consultations.actions.orders import place_order
from consultations.models import Consultation, Order, Service
from home.models import TouchpointLog, User
from tests.consultations.browsing import address, signed_in, text_of
from tests.fixtures.consultations import CASE, pay
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 8
QUERIES_OF_THE_CONVERSATION = 8


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_rows(
    count: int, client_user: User, service: Service, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        place_order(by=client_user, service=service, attempt=uuid.uuid4())
        pay(place_order(by=client_user, service=service, attempt=uuid.uuid4()))
    browser = signed_in(client_user)
    browser.get("/consultas/")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = text_of(browser.get("/consultas/"))
    assert page.count('class="consultation-row"') == 2 * count


@pytest.mark.parametrize("exchanges", [1, 3])
def test_conversation_costs_the_same_queries_for_any_number_of_letters(
    exchanges: int,
    client_user: User,
    psychologist: User,
    service: Service,
    django_assert_num_queries: Any,
) -> None:
    consultation = _conversation(client_user, psychologist, service, exchanges)
    browser, where = signed_in(client_user), address("detail", consultation)
    browser.get(where)
    with django_assert_num_queries(QUERIES_OF_THE_CONVERSATION):
        page = text_of(browser.get(where))
    assert page.count('<article class="turn') == 2 * exchanges


def _conversation(client_user: User, psychologist: User, service: Service, exchanges: int) -> Consultation:
    Service.objects.update(replies_included=exchanges)
    service.refresh_from_db()
    consultation = pay(place_order(by=client_user, service=service, attempt=uuid.uuid4())).consultation
    submit_case(by=client_user, consultation=consultation, content=dict(CASE), mood=None)
    take(by=psychologist, consultation=consultation)
    for number in range(exchanges):
        if number:
            reply(by=client_user, consultation=consultation, text="Probé.")
        answer(by=psychologist, consultation=consultation, text="Sigue.", steps=["Uno", "Dos"])
    return consultation


def test_list_says_in_words_what_comes_next(
    waiting_consultation: Consultation, client_user: User, service: Service
) -> None:
    order = place_order(by=client_user, service=service, attempt=uuid.uuid4())
    page = text_of(signed_in(client_user).get("/consultas/"))
    assert "Enviada: la leerá una psicóloga o un psicólogo" in page
    assert "Tendrás respuesta a más tardar el " in page
    assert "Falta el pago" in page
    assert reverse("consultations:order", args=[order.return_token]) in page


def test_list_forgets_unpaid_orders_whose_link_expired(order: Order, client_user: User) -> None:
    Order.objects.update(expires_at=timezone.now())
    assert "Falta el pago" not in text_of(signed_in(client_user).get("/consultas/"))


def test_orientation_page_says_what_is_sold_and_what_it_is_not(
    site_tree: SiteTree, service: Service, client: Any
) -> None:
    site_tree.orientation.what_it_is_not = "No es un servicio de urgencia.\nNo es terapia."
    site_tree.orientation.save_revision().publish()
    page = text_of(client.get("/orientacion/"))
    for words in (
        "$25.000 CLP",
        "en 72 horas como máximo",
        "No es un servicio de urgencia.",
        "No es terapia.",
        "Te devolvemos todo el dinero si retiras tu consulta antes",
        "Elena Rojas",
        'href="/consultas/nueva/"',
    ):
        assert words in page
    assert TouchpointLog.objects.filter(name="service_viewed").count() == 1


def test_orientation_page_without_services_points_elsewhere(site_tree: SiteTree, client: Any) -> None:
    page = text_of(client.get("/orientacion/"))
    assert "Por ahora no estamos recibiendo consultas" in page
    assert 'href="/consultas/nueva/"' not in page


@pytest.mark.parametrize("count", [1, 3])
def test_orientation_page_costs_few_queries(
    count: int, site_tree: SiteTree, service: Service, client: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(count - 1):
        Service.objects.create(name=f"S{number}", slug=f"s{number}", summary="x", description="x", price=1000)
    client.get("/orientacion/")
    with django_assert_max_num_queries(12):
        client.get("/orientacion/")
