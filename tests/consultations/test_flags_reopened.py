"""A decision about a flag can be taken back; what was decided stays, and is nobody else's to read."""

from __future__ import annotations

import importlib

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from wagtail.models import ModelLogEntry

from consultations.actions.errors import NotAllowed
from consultations.actions.flags import raise_flag
from consultations.actions.payments import sync_payment
from consultations.actions.resolving import FLAG_REOPENED, reopen, resolve
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import pay
from tests.fixtures.people import make_person
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
WORDS = "No es nuestro."


def page_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])


def open_flag() -> PaymentFlag:
    return PaymentFlag.objects.get(cleared_at=None, resolved_at=None)


@pytest.fixture
def mistaken(bought_order: Order, mercadopago_standin: StandIn, administrator: User) -> PaymentFlag:
    """Money without an order, of which an administrator said by mistake that it is not ours."""
    made = mercadopago_standin.create_payment(
        bought_order.preference_id, notify=False, external_reference="OTRA-TIENDA"
    )
    sync_payment(int(made["id"]))
    flag = open_flag()
    resolve(by=administrator, flag=flag, resolution=WORDS)
    return flag


def test_payment_that_was_taken_for_a_strangers_is_given_to_its_order_after_all(
    mistaken: PaymentFlag, bought_order: Order, administrator: User
) -> None:
    browser = signed_in(administrator)
    assert "Abrir otra vez" in text_of(browser.get(page_of(mistaken)))
    answer = browser.post(page_of(mistaken), {"step": "reopen"})
    assert answer["Location"] == page_of(open_flag())
    assert "Asignar a una orden" in text_of(browser.get(answer["Location"]))
    wish = {"reference": bought_order.reference, "resolution": "Lo mostró."}
    browser.post(answer["Location"], {"step": "attach", "confirmed": "1", **wish})
    bought_order.refresh_from_db()
    assert bought_order.money == Money.PAID
    assert PaymentFlag.objects.get(pk=mistaken.pk).resolution == WORDS
    assert ModelLogEntry.objects.get(action=FLAG_REOPENED).user == administrator


def test_payment_that_was_given_to_an_order_is_not_asked_about_again(
    mistaken: PaymentFlag, bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    number = mistaken.payment_id or 0
    mercadopago_standin.change_payment(number, external_reference=bought_order.reference, notify=False)
    sync_payment(number)
    assert "Abrir otra vez" not in text_of(signed_in(administrator).get(page_of(mistaken)))
    with pytest.raises(NotAllowed):
        reopen(by=administrator, flag=mistaken)


def test_decision_about_an_order_is_taken_back_once(order: Order, administrator: User) -> None:
    pay(order, amount=1000)
    flag = open_flag()
    resolve(by=administrator, flag=flag, resolution="Se devolvió.")
    again = reopen(by=administrator, flag=flag)
    assert (again.resolved_at, again.about, again == flag) == (None, flag.about, False)
    order.refresh_from_db()
    assert order.attention == "Se pagó menos que el precio."
    with pytest.raises(NotAllowed):
        reopen(by=administrator, flag=flag)
    with pytest.raises(NotAllowed):
        reopen(by=administrator, flag=again)


def test_decision_is_taken_back_by_administrators_alone(mistaken: PaymentFlag, psychologist: User) -> None:
    with pytest.raises(NotAllowed):
        reopen(by=psychologist, flag=mistaken)
    reader = make_person("contadora@example.com")
    names = ["access_admin", "view_paymentflag"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    browser = signed_in(reader)
    assert "Abrir otra vez" not in text_of(browser.get(page_of(mistaken)))
    assert browser.post(page_of(mistaken), {"step": "reopen"}).status_code == 403


def test_flag_that_is_open_or_of_the_account_is_not_opened_again(administrator: User) -> None:
    flag = raise_flag(Reason.CREDENTIALS)
    resolve(by=administrator, flag=flag, resolution="Se renovaron.")
    for each in (flag, raise_flag(Reason.REFUSED, payment_id=7)):
        with pytest.raises(NotAllowed):
            reopen(by=administrator, flag=each)


def stored(flag: PaymentFlag) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT resolution FROM consultations_paymentflag WHERE id = %s", [flag.pk])
        return str(cursor.fetchone()[0])


def test_decision_is_encrypted_at_rest(mistaken: PaymentFlag) -> None:
    assert WORDS not in stored(mistaken)
    mistaken.refresh_from_db()
    assert mistaken.resolution == WORDS


def test_decisions_so_far_are_encrypted_by_the_migration_and_read_again(mistaken: PaymentFlag) -> None:
    migration = importlib.import_module("consultations.migrations.0014_flag_resolutions_encrypted")
    [before] = migration.Migration.dependencies
    earlier = MigrationExecutor(connection).loader.project_state(before).apps
    empty = raise_flag(Reason.REFUSED, payment_id=7)
    migration.decrypt(earlier, None)
    assert (stored(mistaken), stored(empty)) == (WORDS, "")
    migration.encrypt(earlier, None)
    assert WORDS not in stored(mistaken)
    assert [PaymentFlag.objects.get(pk=each.pk).resolution for each in (mistaken, empty)] == [WORDS, ""]
