"""Paying at a Mercado Pago that keeps to the reference and is not our stand-in: see tests.othermercadopago.

Everything goes through the pages, the webhook address and the commands; the SDK is the real one.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consultations.enums import Reason
from consultations.models import Consultation, Order, PaymentFlag, PaymentHint, Refund, Service
from home.models import User
from tests.consultations.browsing import address, order_page, signed_in, text_of
from tests.othermercadopago.server import OtherMercadoPago
from tests.othermercadopago.shop import Shop

pytestmark = pytest.mark.django_db

PAID = ("paid", 1, False)
HALF = Decimal(12500)
TICKET = {"kind": "ticket"}


# How it speaks has nothing to do with the database: one manner is enough on the second.
MANNERS = [30, 31, 32] if connection.vendor == "sqlite" else [31]


@pytest.fixture(params=MANNERS)
def other(request: pytest.FixtureRequest, settings: Any) -> Iterator[OtherMercadoPago]:
    with OtherMercadoPago(seed=request.param) as server:
        settings.MERCADOPAGO_API_URL = server.url
        settings.MERCADOPAGO_ACCESS_TOKEN = server.token
        settings.MERCADOPAGO_WEBHOOK_SECRET = server.secret
        yield server


@pytest.fixture
def shop(other: OtherMercadoPago, client_user: User, service: Service) -> Shop:
    """With an order whose buyer has been led to the payment page."""
    made = Shop(other, client_user, service)
    assert made.order_something().startswith(other.pages)
    return made


def test_webhooks_alone_open_the_consultation_and_close_the_link(shop: Shop) -> None:
    payment_id = shop.pay()
    assert shop.summary() == PAID
    assert shop.payments() == {(payment_id, "approved", "25000.00", "0.00")}
    assert not PaymentHint.objects.filter(processed_at=None).exists()
    ends = shop.other.books.preference(shop.order.preference_id).ends
    assert ends is not None
    assert ends <= timezone.now()


def test_reconciliation_alone_opens_the_consultation(shop: Shop) -> None:
    shop.pay(told=False)
    assert shop.summary() == ("unpaid", 0, False)
    shop.reconcile()
    assert shop.summary() == PAID
    shop.reconcile()
    assert shop.summary() == PAID


def test_return_names_a_payment_that_no_search_knows_yet(shop: Shop) -> None:
    payment_id = shop.pay(told=False)
    shop.other.lost += ["GET /v1/payments/search", "GET /merchant_orders/search"]
    shop.browser.get(order_page(shop.order), {"payment_id": payment_id, "status": "approved"})
    shop.hear()
    shop.reconcile()
    assert shop.summary() == PAID


def test_payment_is_found_behind_many_attempts(shop: Shop) -> None:
    for _ in range(18):
        shop.other.books.pay(shop.order.preference_id, "rejected", "cc_rejected_other_reason")
    shop.pay(told=False)
    for _ in range(16):
        shop.other.books.pay(shop.order.preference_id, "rejected", "cc_rejected_other_reason")
    shop.reconcile()
    assert shop.summary() == PAID
    assert len(shop.payments()) == 35


def test_payment_without_a_reference_is_known_by_its_merchant_order(shop: Shop) -> None:
    payment_id = shop.pay(told=False)
    shop.other.books.payments[payment_id].names_reference = False
    shop.hear(*shop.other.notifications.of_payment(payment_id))
    assert shop.summary() == PAID


def test_price_with_cents_is_paid_and_given_back_to_the_cent(
    other: OtherMercadoPago, client_user: User, service: Service
) -> None:
    Service.objects.update(price=Decimal("12345.67"), currency="ARS")
    shop = Shop(other, client_user, service)
    shop.order_something()
    payment_id = shop.pay()
    assert shop.summary() == PAID
    other.books.give_back_in_panel(payment_id, Decimal("0.10"))
    shop.hear(*other.notifications.of_payment(payment_id))
    assert shop.payments() == {(payment_id, "approved", "12345.67", "0.10")}


def test_ticket_is_pending_until_it_is_paid(shop: Shop) -> None:
    ticket = shop.pay("pending", "pending_waiting_payment", **TICKET)
    assert shop.summary() == ("pending", 0, False)
    shop.change(ticket, "approved", "accredited")
    assert shop.summary() == PAID


def test_ticket_paid_after_it_expired_is_honoured(shop: Shop) -> None:
    ticket = shop.pay("pending", "pending_waiting_payment", **TICKET)
    shop.change(ticket, "cancelled", "expired")
    assert shop.summary() == ("unpaid", 0, False)
    shop.change(ticket, "approved", "accredited", later=True)
    assert shop.summary() == PAID


def test_rejected_attempt_and_another_one(shop: Shop) -> None:
    first = shop.pay("rejected", "cc_rejected_insufficient_amount")
    assert shop.summary() == ("unpaid", 0, False)
    second = shop.pay()
    assert shop.summary() == PAID
    assert {(row[0], row[1]) for row in shop.payments()} == {(first, "rejected"), (second, "approved")}


def test_halves_of_two_cards_add_up(shop: Shop) -> None:
    shop.pay(amount=HALF)
    assert shop.summary() == ("short", 0, True)
    shop.pay(amount=HALF)
    assert shop.summary() == PAID


def test_second_payment_is_given_back_once(shop: Shop) -> None:
    # The link is closed by then; somebody had two of its pages open.
    first, second = shop.pay(told=False), shop.pay(told=False)
    shop.hear(*shop.other.notifications.of_payment(first), *shop.other.notifications.of_payment(second))
    shop.finish_refunds()
    shop.reconcile()
    assert shop.summary() == PAID
    refunded = [each.refunded for each in shop.other.books.payments.values()]
    assert sorted(refunded) == [0, 25000]
    [refund] = Refund.objects.all()
    assert (refund.state, refund.reason, refund.amount) == ("done", "excess", 25000)


def test_part_given_back_in_the_panel_is_recorded(shop: Shop) -> None:
    payment_id = shop.pay()
    shop.other.books.give_back_in_panel(payment_id, Decimal(4000))
    shop.other.books.give_back_in_panel(payment_id, Decimal(1000))
    shop.hear(*shop.other.notifications.of_payment(payment_id))
    assert shop.summary() == ("partially_refunded", 1, False)
    assert shop.payments() == {(payment_id, "approved", "25000.00", "5000.00")}
    told = Refund.objects.order_by("amount").values_list("amount", "reason", "state")
    assert list(told) == [(1000, "in_panel", "done"), (4000, "in_panel", "done")]


def test_part_given_back_is_recorded_later_where_its_list_is_not_answered(shop: Shop) -> None:
    payment_id = shop.pay()
    shop.other.books.give_back_in_panel(payment_id, Decimal(4000))
    shop.other.lost.append(f"GET /v1/payments/{payment_id}/refunds")
    shop.hear(shop.other.notifications.payment(payment_id))
    shop.reconcile()
    assert shop.summary() == ("partially_refunded", 1, False)
    assert Refund.objects.get().amount == 4000


def test_administrator_gives_everything_back(shop: Shop, administrator: User) -> None:
    shop.pay()
    form = reverse("consultations_refund", args=[shop.order.payments.get().pk])
    fields = {"amount": "25.000", "reason": "complaint", "note": "", "attempt": str(uuid.uuid4())}
    signed_in(administrator).post(form, {**fields, "step": "confirm"})
    shop.hear()
    shop.reconcile()
    assert Refund.objects.get().state in ("asked", "done")
    shop.finish_refunds()
    assert shop.summary() == ("refunded", 1, False)
    assert Refund.objects.get().state == "done"


def test_lost_answer_to_a_refund_gives_back_once(shop: Shop, administrator: User) -> None:
    payment_id = shop.pay()
    shop.other.lost.append(f"POST /v1/payments/{payment_id}/refunds")
    form = reverse("consultations_refund", args=[shop.order.payments.get().pk])
    fields = {"amount": "5.000", "reason": "complaint", "note": "", "attempt": str(uuid.uuid4())}
    signed_in(administrator).post(form, {**fields, "step": "confirm"})
    shop.hear(*shop.other.notifications.of_payment(payment_id))
    shop.reconcile()
    shop.finish_refunds()
    assert shop.summary() == ("partially_refunded", 1, False)
    assert shop.other.books.payments[payment_id].refunded == 5000
    assert Refund.objects.get().state == "done"


def test_client_withdraws_and_gets_everything_back(shop: Shop) -> None:
    shop.pay()
    consultation = Consultation.objects.get(order=shop.order)
    shop.browser.post(address("withdraw", consultation))
    shop.hear()
    shop.finish_refunds()
    assert shop.summary() == ("refunded", 1, False)
    assert [each.refunded for each in shop.other.books.payments.values()] == [25000]


@pytest.mark.parametrize(
    ("decision", "summary"), [("settled", ("charged_back", 1, True)), ("reimbursed", PAID)]
)
def test_chargeback_freezes_until_it_is_decided(
    shop: Shop, decision: str, summary: tuple[str, int, bool]
) -> None:
    payment_id = shop.pay()
    chargeback = shop.other.books.charge_back(payment_id)
    shop.hear(shop.other.notifications.chargeback(chargeback))
    assert shop.summary() == ("frozen", 1, True)
    assert shop.order.dispute_deadline is not None
    shop.change(payment_id, "charged_back", decision)
    assert shop.summary() == summary


def test_mediation_freezes_and_ends(shop: Shop) -> None:
    payment_id = shop.pay()
    shop.change(payment_id, "in_mediation", "pending")
    assert shop.summary() == ("frozen", 1, True)
    shop.change(payment_id, "approved", "accredited", later=True)
    assert shop.summary() == PAID


def test_alert_of_fraud_stops_the_order(shop: Shop) -> None:
    payment_id = shop.pay()
    shop.hear(shop.other.notifications.fraud_alert(payment_id))
    assert shop.summary() == ("paid", 1, True)
    assert shop.order.is_under_fraud_alert


def test_expired_link_leads_to_a_new_one(shop: Shop) -> None:
    old = shop.order
    Order.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    assert shop.try_again() == order_page(old)
    assert shop.order_something().startswith(shop.other.pages)
    assert shop.order.preference_id != old.preference_id
    shop.pay()
    assert shop.summary() == PAID


def test_link_whose_answer_was_lost_is_found_at_once(
    other: OtherMercadoPago, client_user: User, service: Service
) -> None:
    shop = Shop(other, client_user, service)
    other.lost.append("POST /checkout/preferences")
    assert shop.order_something().startswith(other.pages)
    assert len(other.books.preferences) == 1


def test_link_whose_answer_was_lost_is_found_at_the_next_try(
    other: OtherMercadoPago, client_user: User, service: Service
) -> None:
    shop = Shop(other, client_user, service)
    other.lost += ["POST /checkout/preferences", "GET /checkout/preferences/search"]
    assert shop.order_something() == order_page(shop.order)
    assert "Mercado Pago no está respondiendo" in text_of(shop.browser.get(order_page(shop.order)))
    assert shop.try_again().startswith(other.pages)
    assert len(other.books.preferences) == 1
    shop.pay()
    assert shop.summary() == PAID


@pytest.mark.parametrize(
    "wrong", [{"currency": "ARS"}, {"collector": 5_117_000_043}, {"live_mode": False}, {"amount": HALF}]
)
def test_wrong_money_opens_nothing_and_is_looked_at(shop: Shop, wrong: dict[str, Any]) -> None:
    shop.pay(**wrong)
    assert shop.summary() == ("short" if "amount" in wrong else "unpaid", 0, True)


@pytest.mark.parametrize("broken", ["unauthorized", "html"])
def test_answer_that_says_nothing_changes_nothing(shop: Shop, broken: str) -> None:
    shop.other.broken = broken
    shop.pay()
    shop.reconcile()
    assert shop.summary() == ("unpaid", 0, False)
    flags = PaymentFlag.objects.filter(reason=Reason.CREDENTIALS, cleared_at=None)
    assert flags.exists() is (broken == "unauthorized")
    shop.other.broken = ""
    shop.reconcile()
    assert shop.summary() == PAID
    assert not flags.exists()


def test_webhook_signed_with_another_secret_is_refused(shop: Shop) -> None:
    payment_id = shop.pay(told=False)
    shop.other.notifications.secret = "somebody-else"
    assert shop.receive(shop.other.notifications.payment(payment_id)) == 401
    assert not PaymentHint.objects.exists()
