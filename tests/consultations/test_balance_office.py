"""The office's page of the balance: days, sums, differences; for administrators alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.flags import raise_flag
from consultations.actions.resolving import resolve
from consultations.enums import DifferenceKind, Reason
from consultations.models import BalanceDay, BalanceDifference, Order
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
PAGE = "/admin/ordenes/balance/"
NOVEMBER = f"{PAGE}?mes=2026-11"
THREE = {"CLP": {"payments": 3, "amount": "75000", "refunded": "0"}}


def make_day(day: int, **facts: Any) -> BalanceDay:
    whole = {"complete": True, "checked_at": timezone.now(), "payments_here": 3, "payments_there": 3}
    sums = {"sums_here": THREE, "sums_there": THREE}
    return BalanceDay.objects.create(day=datetime.date(2026, 11, day), **{**whole, **sums, **facts})


def test_page_shows_days_and_sums(administrator: User) -> None:
    make_day(3)
    page = text_of(signed_in(administrator).get(NOVEMBER))
    for told in (
        "03/11/2026",
        "3 por $75.000 CLP",
        "Ninguna",
        "No hay diferencias sin resolver",
        "America/Santiago",
    ):
        assert told in page
    assert "No coincide" not in page
    assert "/admin/ordenes/cuentas.csv?mes=2026-11" in page


def test_page_shows_where_the_sums_differ(administrator: User) -> None:
    two = {"CLP": {"payments": 2, "amount": "50000", "refunded": "1000"}}
    make_day(3, sums_here=two, payments_here=2)
    page = text_of(signed_in(administrator).get(NOVEMBER))
    assert "No coincide." in page
    assert "Sitio: 2 por $50.000 CLP, devuelto $1.000 CLP. Mercado Pago: 3 por $75.000 CLP" in page


def test_incomplete_day_never_says_that_there_is_no_difference(administrator: User) -> None:
    make_day(3, complete=False, problem="Unavailable")
    page = text_of(signed_in(administrator).get(NOVEMBER))
    assert "Incompleto</strong> (Mercado Pago no respondió del todo)" in page
    assert "No se sabe" in page
    assert "Ninguna" not in page


def test_difference_leads_to_its_order(order: Order, administrator: User) -> None:
    pay(order, id=7001)
    day = make_day(3)
    for payment_id in (7001, 7002):
        BalanceDifference.objects.create(
            day=day, payment_id=payment_id, kind=DifferenceKind.STATUS, here="pending", there="approved"
        )
    page = text_of(signed_in(administrator).get(NOVEMBER))
    assert reverse("ordenes_modeladmin_inspect", args=[order.pk]) in page
    assert order.reference in page
    assert page.count("Sin resolver") == 2
    assert "Ninguna" in page, "the second payment is known to no order"
    assert order.client.email not in page


def test_difference_that_a_person_settled_is_not_called_open(administrator: User) -> None:
    BalanceDifference.objects.create(day=make_day(3), payment_id=77, kind=DifferenceKind.MISSING_THERE)
    browser = signed_in(administrator)
    assert "Diferencias sin resolver: 1." in text_of(browser.get(NOVEMBER))
    flag = raise_flag(Reason.DIFFERENCE, payment_id=77, about=DifferenceKind.MISSING_THERE)
    resolve(by=administrator, flag=flag, resolution="Era de la cuenta anterior.")
    page = text_of(browser.get(NOVEMBER))
    assert "No hay diferencias sin resolver." in page
    assert "<td>Por una persona</td>" in page
    assert "Sin resolver" not in page


def test_month_can_be_chosen(administrator: User) -> None:
    make_day(3)
    browser = signed_in(administrator)
    page = text_of(browser.get(f"{PAGE}?mes=2026-10"))
    assert "03/11/2026" not in page
    assert 'href="?mes=2026-11"' in page
    assert browser.get(f"{PAGE}?mes=nada").status_code == 200


@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist", "client_user"])
def test_page_is_for_administrators_alone(role: str, request: pytest.FixtureRequest) -> None:
    browser = signed_in(request.getfixturevalue(role))
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in text_of(browser.get("/admin/"))


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_page_is_in_the_menu_of_administrators(administrator: User) -> None:
    assert PAGE in text_of(signed_in(administrator).get("/admin/"))


def test_page_costs_the_same_for_one_and_three(
    order: Order, administrator: User, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(administrator)
    browser.get(NOVEMBER)

    def cost_with_one_more(number: int) -> int:
        pay(order, id=number)
        day = make_day(number)
        BalanceDifference.objects.create(day=day, payment_id=number, kind=DifferenceKind.STATUS)
        with django_assert_max_num_queries(60) as queries:
            browser.get(NOVEMBER)
        return len(queries)

    assert len({cost_with_one_more(number) for number in (1, 2, 3)}) == 1
