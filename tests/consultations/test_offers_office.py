"""Administrators make and change discounts; nobody else in the office sees them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from consultations.actions.gifts import redeem
from consultations.enums import DiscountKind
from consultations.models import Discount, Order, Service
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import pay
from tests.fixtures.offers import buy_gift, make_discount, order_with
from tests.fixtures.people import make_person

pytestmark = pytest.mark.django_db
LIST, CREATE, GIFTS = "/admin/descuentos/", "/admin/descuentos/create/", "/admin/regalos/"
WISH = {
    "code": "otoño 20",
    "client_email": "",
    "kind": "percent",
    "value": "20",
    "currency": "",
    "valid_from": "",
    "valid_until": "",
    "most_uses": "",
    "most_uses_each": "1",
    "active": "on",
    "note": "",
}


def test_administrator_makes_a_code(administrator: User, service: Service) -> None:
    answer = signed_in(administrator).post(CREATE, {**WISH, "services": [service.pk]})
    assert answer.status_code == 302
    made = Discount.objects.get()
    assert (made.code, made.value, made.client, list(made.services.all())) == ("OTONO20", 20, None, [service])


def test_administrator_makes_an_offer_for_one_person_and_changes_it(
    administrator: User, client_user: User
) -> None:
    office = signed_in(administrator)
    wish = {**WISH, "code": "", "client_email": "Clienta@example.com"}
    assert office.post(CREATE, wish).status_code == 302
    made = Discount.objects.get()
    assert (made.code, made.client) == ("", client_user)
    edit = f"/admin/descuentos/edit/{made.pk}/"
    assert "clienta@example.com" in text_of(office.get(edit))
    assert office.post(edit, {**wish, "value": "35.5"}).status_code == 302
    made.refresh_from_db()
    assert made.value * 2 == 71


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": ""}, "Escribe un código o el correo de una persona"),
        ({"client_email": "clienta@example.com"}, "uno de los dos"),
        ({"code": "a-1"}, "Escribe al menos 4 letras o números."),
        ({"code": "USADO"}, "Ya existe un descuento con ese código."),
        ({"code": "", "client_email": "nadie@example.com"}, "No hay una cuenta con ese correo."),
        ({"value": "101"}, "Un porcentaje llega hasta 100."),
        ({"value": "0"}, "Escribe un número desde 0,01."),
        ({"value": "-5"}, "Escribe un número desde 0,01."),
        ({"value": ""}, "Escribe cuánto se descuenta."),
        ({"value": "10.555"}, "Escribe como mucho dos decimales."),
        ({"most_uses": "-1"}, "Escribe un número entero, desde 0."),
        ({"most_uses_each": "uno"}, "Escribe un número entero, desde 0."),
        ({"kind": "amount", "value": "500"}, "Un monto fijo necesita una moneda."),
        ({"kind": "amount", "value": "500.5", "currency": "CLP"}, "Esta moneda no tiene decimales."),
        ({"valid_until": "mañana"}, "Escribe una fecha y su hora, por ejemplo 2026-12-31 18:00."),
        ({"valid_from": "2026-05-02 10:00", "valid_until": "2026-05-01 10:00"}, "después del comienzo"),
    ],
)
def test_discount_that_cannot_be_is_said_in_spanish(
    changes: dict[str, str], message: str, administrator: User, client_user: User
) -> None:
    make_discount("USADO")
    answer = signed_in(administrator).post(CREATE, {**WISH, **changes})
    assert answer.status_code == 200
    assert message in text_of(answer)
    assert "Asegúrese" not in text_of(answer)
    assert Discount.objects.count() == 1


def test_form_says_that_no_service_means_all(administrator: User) -> None:
    assert "Sin marcar ninguno, vale para todos." in text_of(signed_in(administrator).get(CREATE))


def test_date_that_is_none_stays_as_it_was_typed(administrator: User) -> None:
    """In the browser too: the library's script would put the present moment in its place."""
    page = text_of(signed_in(administrator).post(CREATE, {**WISH, "valid_until": "mañana"}))
    assert 'value="mañana"' in page
    assert page.count("initDateTimeChooser(") == page.count('"validateOnBlur": false') == 2


def test_list_tells_uses_and_shows_people_by_pseudonym(
    administrator: User, client_user: User, other_client: User, service: Service
) -> None:
    make_discount(client=client_user)
    make_discount("FIJO", 5000, kind=DiscountKind.AMOUNT, currency="CLP")
    pay(order_with("FIJO", by=other_client, service=service))
    order_with("FIJO", by=other_client, service=service)
    page = text_of(signed_in(administrator).get(LIST))
    for shown in ("FIJO", "$5.000 CLP", "20 %", client_user.pseudonym):
        assert shown in page
    assert client_user.email not in page


@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist", "client_user"])
@pytest.mark.parametrize("address", [LIST, CREATE, GIFTS, "/admin/descuentos/edit/{pk}/"])
def test_office_of_discounts_is_closed_to_others(address: str, role: str, request: Any) -> None:
    made = make_discount()
    answer = signed_in(request.getfixturevalue(role)).get(address.format(pk=made.pk))
    assert answer.status_code in (302, 403)
    assert made.code not in text_of(answer)


def test_nobody_deletes_a_discount(administrator: User) -> None:
    made = make_discount()
    root = make_person("root@example.com", is_superuser=True)
    for person in (administrator, root):
        signed_in(person).post(f"/admin/descuentos/delete/{made.pk}/")
    assert Discount.objects.filter(pk=made.pk).exists()


def test_list_of_gifts_names_neither_code_nor_recipient(
    administrator: User, client_user: User, other_client: User, service: Service
) -> None:
    unused, used = buy_gift(client_user, service), buy_gift(client_user, service)
    redeem(by=other_client, code=used.code)
    page = text_of(signed_in(administrator).get(GIFTS))
    for shown in (unused.order.reference, used.order.reference, "Sin usar", "Usado"):
        assert shown in page
    for hidden in (unused.code, used.code, other_client.pseudonym, other_client.email):
        assert hidden not in page


@pytest.mark.parametrize("address", ["create/", "edit/{pk}/", "delete/{pk}/", "inspect/{pk}/"])
def test_gifts_are_not_edited_in_the_office(
    address: str, administrator: User, client_user: User, service: Service
) -> None:
    gift = buy_gift(client_user, service)
    answer = signed_in(administrator).post(GIFTS + address.format(pk=gift.pk))
    assert answer.status_code in (302, 403, 404)
    gift.refresh_from_db()
    assert gift.code not in text_of(answer)


@pytest.mark.parametrize("address", [LIST, GIFTS])
def test_lists_cost_the_same_queries_for_one_and_three(
    address: str,
    administrator: User,
    client_user: User,
    service: Service,
    django_assert_max_num_queries: Any,
) -> None:
    office, counts = signed_in(administrator), []
    for several in (1, 2):
        for _ in range(several):
            buy_gift(client_user, service)
            make_discount(client=client_user)
        office.get(address)
        with django_assert_max_num_queries(60) as queries:
            office.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_use_of_a_ticket_that_can_still_be_paid_is_listed_as_open(
    administrator: User, other_client: User, service: Service
) -> None:
    make_discount()
    late = order_with("OTONO20", by=other_client, service=service)
    pay(late, id=5, status="pending", payment_type="ticket")
    Order.objects.update(expires_at=timezone.now())
    assert open_uses(administrator) == "1"
    pay(late, id=5, status="cancelled", payment_type="ticket", date_last_updated=timezone.now())
    assert open_uses(administrator) == "0"


def open_uses(administrator: User) -> str:
    page = text_of(signed_in(administrator).get(LIST))
    return page.partition('class="field-open_uses')[2].partition(">")[2].partition("<")[0].strip()


def test_permissions_of_an_older_site_come_beside_what_somebody_gave(
    administrator: User, editor: User
) -> None:
    """And nothing is given back that somebody took away."""
    named = Permission.objects.filter(content_type__app_label="consultations")
    new = named.filter(codename__in=["view_gift", "view_discount", "add_discount", "change_discount"])
    taken, given = named.get(codename="view_order"), named.get(codename="delete_order")
    administrators, editors = administrator.groups.get(), editor.groups.get()
    administrators.permissions.remove(taken, *new)
    editors.permissions.add(given)
    before = {group: set(group.permissions.all()) for group in Group.objects.all()}
    migration = importlib.import_module("surveys.migrations.0004_permissions_of_discounts")
    for _ in range(2):
        migration.give(apps, None)
    before[administrators] |= set(new)
    assert {group: set(group.permissions.all()) for group in Group.objects.all()} == before
