"""Whether the payments are well: what the office reads on its start page, and machines at /healthz."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultations.actions.flags import clear_account_flag, raise_flag
from consultations.actions.health import check_payments, payments_are_well
from consultations.actions.hints import store_hint
from consultations.enums import DifferenceKind, Reason, RefundReason, RefundState
from consultations.models import (
    BalanceDay,
    BalanceDifference,
    Order,
    Payment,
    PaymentFlag,
    PaymentHint,
    Refund,
)
from home.models import User
from tests.consultations.browsing import signed_in, text_of

pytestmark = pytest.mark.django_db


def hint_of(minutes: int, data_id: str = "7") -> PaymentHint:
    """A notification that arrived so long ago and that nobody has worked off."""
    hint = store_hint(topic="payment", data_id=data_id, request_id="r")
    hint.received_at = timezone.now() - datetime.timedelta(minutes=minutes)
    hint.save()
    return hint


def refund_of(payment: Payment, state: str, minutes: int) -> None:
    """A refund that was asked for so long ago, and is now in this state."""
    Refund.objects.create(
        payment=payment,
        amount=1,
        reason=RefundReason.OTHER,
        state=state,
        asked_at=timezone.now() - datetime.timedelta(minutes=minutes),
        settled_at=None if state == RefundState.ASKED else timezone.now(),
        refund_id=1 if state == RefundState.DONE else None,
    )


def troubles() -> list[str]:
    return [each.name for each in check_payments() if not each.well]


def answer_of(client: Client) -> tuple[int, str, str]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()["status"], answer.json()["payments"]


@pytest.mark.parametrize(("minutes", "found"), [(14, []), (15, ["hints"]), (500, ["hints"])])
def test_notification_that_nobody_reads_is_trouble_from_15_minutes_on(minutes: int, found: list[str]) -> None:
    hint_of(minutes)
    assert troubles() == found


def test_notification_that_was_read_is_no_trouble() -> None:
    hint = hint_of(500)
    hint.processed_at = timezone.now()
    hint.save()
    hint_of(500, "123456")
    assert troubles() == [], "the panel's own test leads nowhere"


def test_refused_credentials_are_trouble_until_they_work(client: Client) -> None:
    raise_flag(Reason.CREDENTIALS)
    assert troubles() == ["credentials"]
    assert answer_of(client) == (200, "degraded", "degraded")
    clear_account_flag(Reason.CREDENTIALS)
    assert answer_of(client) == (200, "ok", "ok")


def test_health_says_no_more_to_machines_than_that_payments_do_badly(client: Client, order: Order) -> None:
    hint_of(60, "98765")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["payments"]) == (200, "degraded")
    assert b"98765" not in answer.content
    assert set(answer.json()) == {"status", "database", "queue", "cache", "payments", "queue_age_seconds"}


def test_drift_found_by_the_balance_is_trouble_until_it_is_healed(
    client: Client, administrator: User
) -> None:
    day = BalanceDay.objects.create(day=timezone.localdate() - datetime.timedelta(days=1))
    drift = BalanceDifference.objects.create(day=day, payment_id=5, kind=DifferenceKind.STATUS)
    assert troubles() == ["balance"]
    assert answer_of(client) == (200, "degraded", "degraded")
    assert "Hay diferencias con Mercado Pago sin resolver: 1." in text_of(
        signed_in(administrator).get("/admin/")
    )
    drift.healed_at = timezone.now()
    drift.save()
    assert payments_are_well()


@pytest.mark.parametrize(
    ("state", "minutes", "found"),
    [("asked", 100, []), ("asked", 130, ["refunds"]), ("refused", 1, ["refunds"]), ("done", 130, [])],
)
def test_refund_that_is_refused_or_late_is_trouble(
    state: str, minutes: int, found: list[str], bought_payment: Payment, client: Client
) -> None:
    refund_of(bought_payment, state, minutes)
    assert troubles() == found
    assert answer_of(client)[2] == ("degraded" if found else "ok")


def test_refund_that_is_refused_is_no_trouble_once_somebody_settled_it(bought_payment: Payment) -> None:
    refund_of(bought_payment, "refused", 1)
    order = bought_payment.order
    flag = PaymentFlag.objects.create(subject=f"order {order.pk}", order=order, reason=Reason.REFUND_REFUSED)
    assert troubles() == ["refunds"]
    PaymentFlag.objects.filter(pk=flag.pk).update(resolved_at=timezone.now())
    assert troubles() == []


def test_checks_ask_as_much_for_one_and_three_rows(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        hint_of(20)
        with django_assert_num_queries(6):
            check_payments()


def disputed(order: Order, days: int | None) -> PaymentFlag:
    deadline = None if days is None else timezone.now() + datetime.timedelta(days=days, minutes=5)
    Order.objects.filter(pk=order.pk).update(dispute_deadline=deadline)
    return PaymentFlag.objects.create(subject=f"order {order.pk}", order=order, reason=Reason.DISPUTED)


@pytest.fixture
def three_orders(order: Order) -> list[Order]:
    def copy() -> Order:
        return Order.objects.create(
            client=order.client,
            service=order.service,
            list_price=order.amount,
            amount=order.amount,
            currency=order.currency,
            turnaround_hours=72,
            replies_included=1,
            expires_at=order.expires_at,
        )

    return [order, copy(), copy()]


def test_start_page_shows_disputes_nearest_deadline_first(
    three_orders: list[Order], administrator: User
) -> None:
    for order, days in zip(three_orders, (None, 9, 2), strict=True):
        disputed(order, days)
    page = text_of(signed_in(administrator).get("/admin/"))
    none, late, soon = (page.index(order.reference) for order in three_orders)
    assert soon < late < none
    assert "Por mirar: 3." in page
    assert "documentos a más tardar" in page


def test_start_page_says_when_a_deadline_has_passed(order: Order, administrator: User) -> None:
    disputed(order, -1)
    assert "el plazo para documentos venció" in text_of(signed_in(administrator).get("/admin/"))


def test_start_page_is_calm_when_nothing_waits(administrator: User) -> None:
    page = text_of(signed_in(administrator).get("/admin/"))
    assert "Nada por mirar. Mercado Pago y el sitio se entienden." in page


@pytest.mark.parametrize("role", ["psychologist", "editor", "moderator", "marketer"])
def test_others_see_nothing_of_payments_on_their_start_page(
    role: str, order: Order, request: pytest.FixtureRequest
) -> None:
    disputed(order, 2)
    page = text_of(signed_in(request.getfixturevalue(role)).get("/admin/"))
    assert order.reference not in page
    assert "panel-pagos" not in page


def test_start_page_costs_the_same_for_one_and_three_disputes(
    three_orders: list[Order], administrator: User, django_assert_max_num_queries: Any
) -> None:
    browser, costs = signed_in(administrator), set()
    for order in three_orders:
        disputed(order, 2)
        browser.get("/admin/")
        with django_assert_max_num_queries(60) as queries:
            browser.get("/admin/")
        costs.add(len(queries))
    assert len(costs) == 1
