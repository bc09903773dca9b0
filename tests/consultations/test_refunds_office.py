"""The office gives money back: who may, what is asked first, and what stays on the order's page."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions.refunds import settle
from consultations.actions.withdrawal import withdraw
from consultations.enums import RefundReason
from consultations.models import Consultation, Order, Payment, Refund
from consultations.office_forms import read_amount
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.people import make_person
from tests.fixtures.refunds import given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


@pytest.fixture
def payment(paid_order: Order) -> Payment:
    return paid_order.payments.get()


@pytest.fixture
def reader(db: None) -> User:
    """Works in the office and reads orders, without the permission to give money back."""
    person = make_person("contadora@example.com")
    names = ["access_admin", "view_order"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


def inspect(order: Order) -> str:
    return reverse("ordenes_modeladmin_inspect", args=[order.pk])


def form_of(payment: Payment) -> str:
    return reverse("consultations_refund", args=[payment.pk])


def wish(**changes: str) -> dict[str, str]:
    fields = {"amount": "10.000", "reason": "complaint", "note": "", "attempt": str(uuid.uuid4())}
    return {**fields, **changes}


def test_administrator_gives_a_part_back_after_confirming(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    browser = signed_in(administrator)
    assert form_of(bought_payment) in text_of(browser.get(inspect(bought_order)))
    assert 'value="25.000"' in text_of(browser.get(form_of(bought_payment)))
    posted = wish(note="Lo pidió por correo.")
    confirm = text_of(browser.post(form_of(bought_payment), posted))
    assert "<strong>$10.000 CLP</strong>" in confirm
    assert not Refund.objects.exists(), "it is only shown so far"
    for _ in range(2):
        browser.post(form_of(bought_payment), {**posted, "step": "confirm"})
    run_jobs()
    [refund] = Refund.objects.all()
    assert (refund.by, refund.amount, refund.reason) == (
        administrator,
        Decimal(10000),
        RefundReason.COMPLAINT,
    )
    assert given_back(mercadopago_standin, bought_order) == [10000]
    page = text_of(browser.get(inspect(bought_order)))
    for told in (
        "$10.000 CLP",
        "Hecha",
        "Lo pidió por correo.",
        administrator.email,
        form_of(bought_payment),
    ):
        assert told in page


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"amount": ""}, "Escribe cuánto se devuelve."),
        ({"amount": "diez"}, "Escribe un monto, por ejemplo 10.000."),
        ({"amount": "0"}, "mayor que cero"),
        ({"amount": "25.001"}, "De este pago quedan $25.000 CLP."),
        ({"amount": "10,50"}, "Esta moneda no tiene decimales."),
        ({"reason": ""}, "Elige una razón."),
        ({"reason": "withdrawal"}, "withdrawal"),
        ({"reason": "other"}, "Explica la razón en pocas palabras."),
    ],
)
def test_mistake_is_said_next_to_its_field(
    changes: dict[str, str], problem: str, payment: Payment, administrator: User
) -> None:
    answer = signed_in(administrator).post(form_of(payment), wish(**changes, step="confirm"))
    assert (answer.status_code, problem in text_of(answer)) == (422, True)
    assert list(answer.context["form"].errors) == [
        "note" if changes.get("reason") == "other" else next(iter(changes))
    ]
    assert not Refund.objects.exists()


def test_amount_is_kept_when_something_is_changed(payment: Payment, administrator: User) -> None:
    page = text_of(signed_in(administrator).post(form_of(payment), wish(amount="7.000", step="change")))
    assert 'value="7.000"' in page
    assert not Refund.objects.exists()


@pytest.mark.parametrize("amount", ["15.000", "25.000"])
def test_second_click_on_what_leaves_too_little_is_told_that_it_was_asked_for(
    amount: str, paid_order: Order, payment: Payment, administrator: User
) -> None:
    browser, posted = signed_in(administrator), wish(amount=amount, step="confirm")
    for _ in range(2):
        answer = browser.post(form_of(payment), posted, follow=True)
        assert answer.redirect_chain == [(inspect(paid_order), 302)]
        assert f"Devolución pedida: ${amount} CLP." in text_of(answer)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("attempt", ["", "abc", "9" * 99])
def test_form_without_a_proper_attempt_asks_for_nothing(
    attempt: str, payment: Payment, administrator: User
) -> None:
    answer = signed_in(administrator).post(form_of(payment), wish(attempt=attempt, step="confirm"))
    assert (answer.status_code, Refund.objects.count()) == (422, 0)


def test_amount_that_is_gone_meanwhile_is_said_next_to_it(
    payment: Payment, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague was faster, between what the form checked and the lock."""
    browser = signed_in(administrator)
    browser.post(form_of(payment), wish(amount="20.000", step="confirm"))
    monkeypatch.setattr("consultations.views.refunds.left_of", lambda payment: Decimal(25000))
    answer = browser.post(form_of(payment), wish(amount="10.000", step="confirm"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"] == ["De este pago quedan $5.000 CLP."]
    assert Refund.objects.count() == 1


def test_colleague_without_the_permission_reads_and_gives_nothing_back(
    paid_order: Order, payment: Payment, reader: User, run_jobs: RunJobs
) -> None:
    browser = signed_in(reader)
    page = text_of(browser.get(inspect(paid_order)))
    assert str(payment.payment_id) in page
    assert form_of(payment) not in page
    assert browser.get(form_of(payment)).status_code == 403
    assert browser.post(form_of(payment), wish(step="confirm")).status_code == 403
    assert not Refund.objects.exists()


@pytest.mark.parametrize("role", ["psychologist", "editor", "moderator", "marketer"])
def test_other_roles_get_a_403(role: str, payment: Payment, request: pytest.FixtureRequest) -> None:
    browser = signed_in(request.getfixturevalue(role))
    assert browser.get(form_of(payment)).status_code == 403
    assert browser.post(form_of(payment), wish(step="confirm")).status_code == 403
    assert not Refund.objects.exists()


def test_strangers_do_not_get_into_the_office(payment: Payment, client_user: User, client: Client) -> None:
    answer = client.post(form_of(payment), wish(step="confirm"))
    assert (answer.status_code, "ingresar" in answer["Location"] or "login" in answer["Location"]) == (
        302,
        True,
    )
    assert signed_in(client_user).post(form_of(payment), wish(step="confirm")).status_code == 403
    assert not Refund.objects.exists()


def test_payment_with_nothing_left_offers_nothing(
    paid_order: Order, payment: Payment, administrator: User
) -> None:
    browser = signed_in(administrator)
    browser.post(form_of(payment), wish(amount="25.000", step="confirm"))
    assert form_of(payment) not in text_of(browser.get(inspect(paid_order)))
    assert browser.get(form_of(payment))["Location"] == inspect(paid_order)


def test_note_is_encrypted(payment: Payment, administrator: User) -> None:
    signed_in(administrator).post(form_of(payment), wish(note="Reclamó por teléfono.", step="confirm"))
    assert Refund.objects.get().note == "Reclamó por teléfono."
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM consultations_refund")
        assert "Reclamó" not in cursor.fetchone()[0]


def test_order_of_a_withdrawal_names_its_client_by_pseudonym(
    waiting_consultation: Consultation, client_user: User, administrator: User
) -> None:
    withdraw(by=client_user, consultation=waiting_consultation)
    page = text_of(signed_in(administrator).get(inspect(waiting_consultation.order)))
    assert client_user.pseudonym in page
    assert client_user.email not in page


def test_order_page_costs_the_same_for_one_and_three_refunds(
    paid_order: Order, payment: Payment, administrator: User, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(administrator)

    def cost_with_one_more() -> int:
        Refund.objects.create(payment=payment, amount=1000, reason=RefundReason.OTHER, by=administrator)
        browser.get(inspect(paid_order))
        with django_assert_max_num_queries(40) as queries:
            browser.get(inspect(paid_order))
        return len(queries)

    assert len({cost_with_one_more() for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("10.000", "10000"),
        ("$ 10.000", "10000"),
        ("1.500,50", "1500.50"),
        ("1500.50", "1500.50"),
        ("10,5", "10.5"),
        ("25000", "25000"),
        ("10.00.0", None),
        ("1e5", None),
        ("-5", None),
        ("NaN", None),
        ("", None),
    ],
)
def test_amount_is_read_as_people_write_it(text: str, amount: str | None) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(amount))


def test_start_page_names_the_orders_whose_refunds_did_not_happen(
    paid_order: Order, payment: Payment, administrator: User, reader: User
) -> None:
    browser = signed_in(administrator)
    refund = Refund.objects.create(payment=payment, amount=1000, reason=RefundReason.OTHER)
    assert "Devoluciones sin hacerse" not in text_of(browser.get("/admin/")), (
        "it has only just been asked for"
    )
    Refund.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=3))
    told = f"Devoluciones sin hacerse: 1. Órdenes: {paid_order.reference}."
    assert told in text_of(browser.get("/admin/"))
    assert told not in text_of(signed_in(reader).get("/admin/"))
    settle(refund, None)
    assert told in text_of(browser.get("/admin/"))
    Refund.objects.create(payment=payment, amount=1000, reason=RefundReason.OTHER)
    assert "Devoluciones sin hacerse" not in text_of(browser.get("/admin/"))
