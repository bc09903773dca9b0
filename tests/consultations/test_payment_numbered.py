"""The failures of docs/payments.md that have no other home, each over HTTP with the SDK and the stand-in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from consultations.actions.hints import store_hint, work_off
from consultations.actions.orders import start_checkout
from consultations.actions.payments import apply_report, sync_order
from consultations.actions.reconciliation import reconcile_due
from consultations.enums import Money
from consultations.mercadopago import get_payment
from consultations.models import Consultation, Order, PaymentHint, Service
from home.models import User
from need_site.environment import payment_pages
from tests.consultations.browsing import NEW, signed_in
from tests.standins.fixtures import StandIn
from tests.standins.mercadopago.webhooks import signature_headers

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
WEBHOOK = "/mercadopago/notificaciones/"


@pytest.fixture
def linked(settings: Any, mercadopago_standin: StandIn, order: Order) -> Order:
    settings.DEBUG = True
    start_checkout(order)
    return order


def begin(standin: StandIn, order: Order, **fields: Any) -> int:
    return int(standin.create_payment(order.preference_id, notify=False, **fields)["id"])


def read(payment: int) -> str:
    return work_off(store_hint(topic="payment", data_id=str(payment), request_id="r"))


def money_of(order: Order) -> str:
    order.refresh_from_db()
    return str(order.money)


def deliver(browser: Client, secret: str, payment: int, address: str = WEBHOOK, **body: Any) -> int:
    return browser.post(
        f"{address}?data.id={payment}&type=payment",
        json.dumps(body),
        content_type="application/json",
        headers=signature_headers(secret, str(payment)),
    ).status_code


def test_03_closed_tab_and_04_lost_webhook_are_found_by_the_recurring_job(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    begin(mercadopago_standin, linked)
    Order.objects.update(next_check_at=timezone.now())
    reconcile_due()
    assert money_of(linked) == Money.PAID
    assert Consultation.objects.count() == 1


def test_06_older_report_after_a_newer_one_changes_nothing(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    payment = begin(mercadopago_standin, linked, status="in_process")
    older = get_payment(payment)
    mercadopago_standin.change_payment(payment, status="approved", notify=False)
    read(payment)
    apply_report(older)
    assert money_of(linked) == Money.PAID
    assert linked.payments.get().status == "approved"


def test_11_replayed_webhook_is_taken_and_harmless(
    linked: Order, mercadopago_standin: StandIn, client: Client, run_jobs: RunJobs
) -> None:
    payment = begin(mercadopago_standin, linked)
    headers = signature_headers(mercadopago_standin.secret, str(payment), ts=1_600_000_000)
    for _ in range(2):
        address = f"{WEBHOOK}?data.id={payment}&type=payment"
        assert client.post(address, "{}", content_type="application/json", headers=headers).status_code == 200
        run_jobs()
    assert Consultation.objects.count() == 1


def test_12_signed_id_counts_and_not_the_bodys(
    linked: Order, mercadopago_standin: StandIn, client: Client, run_jobs: RunJobs
) -> None:
    payment = begin(mercadopago_standin, linked)
    assert deliver(client, mercadopago_standin.secret, payment, data={"id": "1"}) == 200
    run_jobs()
    assert PaymentHint.objects.get().data_id == str(payment)
    assert money_of(linked) == Money.PAID


def test_13_old_secret_is_accepted_beside_the_new(
    linked: Order, mercadopago_standin: StandIn, client: Client, settings: Any
) -> None:
    settings.MERCADOPAGO_WEBHOOK_SECRET = f"new,{mercadopago_standin.secret}"
    assert deliver(client, mercadopago_standin.secret, 5) == 200
    assert deliver(client, "new", 6) == 200
    assert deliver(client, "older still", 7) == 401


@pytest.mark.parametrize(
    "wrong", [{"currency_id": "ARS"}, {"collector_id": 99}, {"transaction_amount": 24_999}]
)
def test_16_and_17_wrong_money_opens_nothing_and_is_looked_at(
    wrong: dict[str, Any], linked: Order, mercadopago_standin: StandIn
) -> None:
    read(begin(mercadopago_standin, linked, **wrong))
    assert money_of(linked) != Money.PAID
    assert linked.attention
    assert not Consultation.objects.exists()


def test_16_what_the_bank_added_for_instalments_does_not_count(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    payment = begin(mercadopago_standin, linked, method="credit_card")
    details = mercadopago_standin.ledger(linked.reference)["payments"][0]["transaction_details"]
    assert details["total_paid_amount"] > 25_000
    read(payment)
    assert (money_of(linked), linked.attention) == (Money.PAID, "")


def test_18_second_approved_payment_is_looked_at_until_it_went_back(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    payments = [begin(mercadopago_standin, linked) for _ in range(2)]
    for payment in payments:
        read(payment)
    assert (money_of(linked), linked.attention) == (Money.PAID, "Se pagó más que el precio.")
    mercadopago_standin.refund_in_panel(payments[1])
    read(payments[1])
    assert (money_of(linked), linked.attention) == (Money.PAID, "")
    assert Consultation.objects.count() == 1


def test_19_halves_of_two_cards_add_up(linked: Order, mercadopago_standin: StandIn) -> None:
    read(begin(mercadopago_standin, linked, transaction_amount=12_500))
    second = begin(mercadopago_standin, linked, transaction_amount=12_500, status="in_process")
    read(second)
    assert (money_of(linked), linked.attention) == (Money.PENDING, "")
    mercadopago_standin.change_payment(second, status="approved", notify=False)
    read(second)
    assert money_of(linked) == Money.PAID


def test_20_rejection_after_an_approval_cancels_nothing(linked: Order, mercadopago_standin: StandIn) -> None:
    read(begin(mercadopago_standin, linked))
    read(begin(mercadopago_standin, linked, status="rejected"))
    assert money_of(linked) == Money.PAID


def test_21_ticket_expires_and_is_honoured_when_paid_after_all(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    ticket = begin(mercadopago_standin, linked, status="pending", method="ticket")
    read(ticket)
    assert money_of(linked) == Money.PENDING
    mercadopago_standin.change_payment(ticket, status="cancelled", notify=False)
    read(ticket)
    assert money_of(linked) == Money.UNPAID
    Order.objects.update(expires_at=timezone.now() - datetime.timedelta(days=3))
    mercadopago_standin.change_payment(ticket, status="approved", notify=False)
    read(ticket)
    assert money_of(linked) == Money.PAID
    assert linked.fulfilled_at


@pytest.mark.parametrize(("status", "money"), [("authorized", Money.PENDING), ("teleported", Money.UNPAID)])
def test_22_authorized_or_unknown_is_not_paid_and_looked_at(
    status: str, money: Money, linked: Order, mercadopago_standin: StandIn
) -> None:
    read(begin(mercadopago_standin, linked, status=status))
    assert money_of(linked) == money
    assert linked.attention


def test_23_partial_refunds_of_the_panel_are_seen(linked: Order, mercadopago_standin: StandIn) -> None:
    payment = begin(mercadopago_standin, linked)
    read(payment)
    for amount, money in [(5_000, Money.PARTIALLY_REFUNDED), (20_000, Money.REFUNDED)]:
        mercadopago_standin.refund_in_panel(payment, amount)
        read(payment)
        assert money_of(linked) == money
    assert linked.payments.get().refunded == Decimal(25_000)


def test_24_old_webhook_after_a_full_refund_leaves_it_refunded(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    payment = begin(mercadopago_standin, linked)
    approved = get_payment(payment)
    read(payment)
    mercadopago_standin.refund_in_panel(payment)
    read(payment)
    apply_report(approved)
    read(payment)
    assert money_of(linked) == Money.REFUNDED


def test_31_price_changed_after_the_link_leaves_what_was_agreed(
    linked: Order, mercadopago_standin: StandIn, service: Service
) -> None:
    Service.objects.update(price=Decimal(99_000))
    read(begin(mercadopago_standin, linked))
    assert (money_of(linked), linked.attention) == (Money.PAID, "")


def origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def test_33_content_policy_lets_the_payment_page_pass(
    client_user: User, service: Service, mercadopago_standin: StandIn
) -> None:
    """Each country that is sold in has its own."""
    policy = signed_in(client_user).get(NEW)["Content-Security-Policy"]
    targets = policy.partition("form-action")[2].partition(";")[0].split()
    for country in ("cl", "com.ar", "com.co", "com.mx", "com.pe", "com.uy"):
        assert origin(f"https://www.mercadopago.{country}/checkout/v1/redirect?pref_id=1-a") in targets


def test_33_page_of_the_servers_own_link_is_among_those_allowed(
    linked: Order, mercadopago_standin: StandIn
) -> None:
    allowed = payment_pages(mercadopago_standin.url, standin=True)
    assert origin(linked.checkout_url) in allowed


@pytest.mark.parametrize("address", [WEBHOOK, WEBHOOK.rstrip("/")])
def test_34_webhook_needs_neither_slash_nor_token(
    address: str, linked: Order, mercadopago_standin: StandIn
) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert deliver(browser, mercadopago_standin.secret, 5, address) == 200
    assert [(hint.topic, hint.data_id) for hint in PaymentHint.objects.all()] == [("payment", "5")]


def test_synchronised_twice_is_the_same(linked: Order, mercadopago_standin: StandIn) -> None:
    begin(mercadopago_standin, linked)
    for _ in range(3):
        sync_order(linked)
    assert Consultation.objects.count() == linked.payments.count() == 1
