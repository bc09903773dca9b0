"""An order that costs nothing is paid with nothing, and everything that counts money makes sense of it."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction

from consultations.actions.errors import NotAllowed
from consultations.actions.orders import start_checkout
from consultations.actions.payments import recompute
from consultations.actions.reconciliation import reconcile_due
from consultations.actions.withdrawal import goes_back, may_withdraw, withdraw
from consultations.enums import Money, OrderKind, Status
from consultations.models import Consultation, Gift, Order, PaymentFlag, Refund, Service
from consultations.money import Expected, add_up
from home.models import TouchpointLog, User
from tests.consultations.browsing import address, order_page, send, signed_in, text_of
from tests.fixtures.offers import make_discount, order_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def free_order(client_user: User, service: Service) -> Order:
    make_discount("TODO", 100)
    return order_with("TODO", by=client_user, service=service)


def test_nothing_adds_up_to_a_price_of_nothing() -> None:
    expected = Expected(amount=Decimal(0), currency="CLP", collector_id=0, live_only=True)
    assert add_up(expected, []).money == Money.PAID
    assert add_up(expected, []).findings == ()


def test_free_order_is_paid_opened_and_told_once(free_order: Order, run_jobs: Any) -> None:
    recompute(free_order)
    free_order.refresh_from_db()
    assert (free_order.money, free_order.attention) == (Money.PAID, "")
    assert free_order.paid_at is not None
    assert free_order.fulfilled_at is not None
    assert Consultation.objects.filter(order=free_order).count() == 1
    assert TouchpointLog.objects.filter(name="order_paid").count() == 1
    run_jobs()
    assert len(mail.outbox) == 1
    assert "Mercado Pago" not in mail.outbox[0].body
    assert not PaymentFlag.objects.exists()


def test_free_order_is_never_asked_for_at_mercado_pago(free_order: Order) -> None:
    assert free_order.next_check_at is None
    assert reconcile_due() == 0
    with pytest.raises(NotAllowed):
        start_checkout(free_order)


def test_show_order_says_paid_and_fulfilled(free_order: Order) -> None:
    out = StringIO()
    call_command("show_order", free_order.reference, stdout=out)
    shown = json.loads(out.getvalue())
    assert (shown["money"], shown["fulfilled"], shown["attention"], shown["payments"]) == (
        "paid",
        1,
        False,
        [],
    )


def test_free_order_page_and_conversation_speak_of_no_payment(free_order: Order, client_user: User) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(free_order)))
    assert "Tu compra está confirmada" in page
    assert "$0 CLP" in page
    writing = text_of(browser.get(address("detail", free_order.consultation)))
    assert "retirar tu consulta" in writing
    assert "devolvemos" not in writing


def test_withdrawing_a_free_consultation_gives_nothing_back(free_order: Order, client_user: User) -> None:
    consultation, browser = free_order.consultation, signed_in(client_user)
    send(browser, consultation)
    consultation.refresh_from_db()
    assert may_withdraw(consultation)
    assert goes_back(free_order) == 0
    asked = text_of(browser.get(address("withdraw", consultation)))
    assert "No pagaste nada" in asked
    assert "recibir mi dinero" not in asked
    page = text_of(browser.post(address("withdraw", consultation), follow=True))
    assert "no hay nada que devolver" in page
    consultation.refresh_from_db()
    assert (consultation.status, consultation.turns.count()) == (Status.WITHDRAWN, 0)
    assert not Refund.objects.exists()
    assert "no hay nada que devolver" in text_of(browser.get(order_page(free_order)))
    assert "devolución" not in text_of(browser.get("/consultas/"))


def test_free_use_is_not_given_back_by_withdrawing(free_order: Order, client_user: User) -> None:
    withdraw(by=client_user, consultation=free_order.consultation)
    assert free_order.discount is not None
    assert free_order.discount.orders.filter(paid_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "changes", [{"amount": -1}, {"amount": 30000}, {"kind": OrderKind.REDEMPTION, "amount": 100}]
)
def test_database_refuses_prices_that_cannot_be(changes: dict[str, Any], order: Order) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**changes)


def test_free_gift_is_ready_at_once(client_user: User, service: Service) -> None:
    make_discount("TODO", 100)
    browser = signed_in(client_user)
    form = {"service": service.slug, "code": "TODO", "seen": "orientacion=0"}
    page = text_of(browser.post("/consultas/regalar/", form, follow=True))
    assert Gift.objects.get().code in page
    assert "recibir mi dinero" not in page
    assert not Consultation.objects.exists()
