"""Being paid, with the official SDK against the stand-in Mercado Pago: one payment opens one consultation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from consultations.enums import Money, Status
from consultations.models import Consultation, Order, PaymentHint, Service
from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.models import User
from tests.consultations.browsing import buy, order_page, signed_in, text_of
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
WEBHOOK = "/mercadopago/notificaciones/"
RunJobs = Callable[[], list[str]]


@pytest.fixture
def standin_payments_count(settings: Any) -> None:
    """The stand-in's payments are test payments, which count while DEBUG is on, and never otherwise."""
    settings.DEBUG = True


def notify(client: Client, standin: StandIn, payment_id: object, **changes: str) -> int:
    """Deliver Mercado Pago's webhook about a payment; gives the status it was answered with."""
    headers = {**standin.signed_headers(payment_id), **changes}
    answer = client.post(
        f"{WEBHOOK}?data.id={payment_id}&type=payment", "{}", content_type="application/json", headers=headers
    )
    return answer.status_code


def payment_id_of(standin: StandIn, order: Order) -> int:
    return int(standin.ledger(order.reference)["payments"][-1]["id"])


@pytest.mark.usefixtures("standin_payments_count")
def test_payment_opens_the_consultation_once(
    client_user: User, client: Client, service: Service, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    browser = signed_in(client_user)
    order = buy(browser, service)
    assert has_consented(client_user, ConsentPurpose.ATTENTION)
    back = urlsplit(mercadopago_standin.pay(order.preference_id, "approve"))
    payment = payment_id_of(mercadopago_standin, order)
    assert notify(client, mercadopago_standin, payment) == 200
    assert not Consultation.objects.exists(), "the work is the queue's"
    run_jobs()
    order.refresh_from_db()
    assert (order.money, order.amount) == (Money.PAID, Decimal(25000))
    consultation = Consultation.objects.get()
    assert (consultation.order, consultation.status) == (order, Status.WRITING)
    page = text_of(browser.get(f"{back.path}?{back.query}"))
    assert "Tu pago está confirmado" in page
    assert reverse("consultations:detail", args=[consultation.pk]) in page
    assert [message.to for message in mail.outbox] == [[client_user.email]]


@pytest.mark.usefixtures("standin_payments_count")
def test_repeated_webhooks_open_one_consultation(
    client_user: User, client: Client, service: Service, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    order = buy(signed_in(client_user), service)
    mercadopago_standin.pay(order.preference_id, "approve")
    payment = payment_id_of(mercadopago_standin, order)
    for _ in range(3):
        assert notify(client, mercadopago_standin, payment) == 200
    run_jobs()
    notify(client, mercadopago_standin, payment)
    run_jobs()
    assert Consultation.objects.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"x-signature": "ts=1700000000,v1=" + "0" * 64},
        {"x-signature": ""},
        {"x-signature": "ts=1700000000,v1=ñandú"},
        {"x-request-id": "another-request"},
    ],
)
def test_forged_webhook_changes_nothing(
    forged: dict[str, str],
    client_user: User,
    client: Client,
    service: Service,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    order = buy(signed_in(client_user), service)
    mercadopago_standin.pay(order.preference_id, "approve")
    payment = payment_id_of(mercadopago_standin, order)
    assert notify(client, mercadopago_standin, payment, **forged) == 401
    run_jobs()
    assert not PaymentHint.objects.exists()
    assert not Consultation.objects.exists()


def test_webhook_about_an_unknown_payment_is_kept_for_later(
    client: Client, mercadopago_standin: StandIn, run_jobs: RunJobs, db: None
) -> None:
    assert notify(client, mercadopago_standin, 99_999_999_999) == 200
    run_jobs()
    hint = PaymentHint.objects.get()
    assert hint.processed_at is None
    assert hint.checks == 1


@pytest.mark.usefixtures("standin_payments_count")
@pytest.mark.parametrize(
    ("amount", "money", "title"),
    [(24_999, Money.SHORT, "Llegó menos que el precio"), (25_000, Money.PAID, "Tu pago está confirmado")],
)
def test_only_the_whole_price_opens_the_consultation(
    amount: int,
    money: Money,
    title: str,
    client_user: User,
    client: Client,
    service: Service,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    browser = signed_in(client_user)
    order = buy(browser, service)
    payment = mercadopago_standin.create_payment(order.preference_id, transaction_amount=amount, notify=False)
    notify(client, mercadopago_standin, payment["id"])
    run_jobs()
    order.refresh_from_db()
    assert order.money == money
    assert Consultation.objects.exists() == (money == Money.PAID)
    assert title in text_of(browser.get(order_page(order)))


def test_test_payment_opens_nothing_in_production(
    client_user: User, client: Client, service: Service, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    order = buy(signed_in(client_user), service)
    mercadopago_standin.pay(order.preference_id, "approve")
    notify(client, mercadopago_standin, payment_id_of(mercadopago_standin, order))
    run_jobs()
    order.refresh_from_db()
    assert (order.money, order.attention) == (
        Money.UNPAID,
        "Un pago con otra moneda, otro cobrador o de prueba.",
    )
    assert not Consultation.objects.exists()


@pytest.mark.usefixtures("standin_payments_count")
def test_return_looks_the_payment_up_when_no_webhook_came(
    client_user: User, service: Service, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    browser = signed_in(client_user)
    order = buy(browser, service)
    back = urlsplit(mercadopago_standin.pay(order.preference_id, "approve"))
    first = browser.get(f"{back.path}?{back.query}")
    assert "Estamos confirmando tu pago" in text_of(first)
    assert run_jobs().count("consultations.jobs.sync_order") == 1
    assert "Tu pago está confirmado" in text_of(browser.get(f"{back.path}?{back.query}"))
