"""Any sequence, repetition and interleaving of reports leads to the state that the newest ones add up to."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.actions.orders import place_order
from consultations.actions.payments import apply_report
from consultations.enums import Money, Reason
from consultations.mercadopago_reports import PaymentReport
from consultations.models import Consultation, Order, Payment, PaymentFlag, Service
from home.models import TouchpointLog, User

pytestmark = pytest.mark.django_db
COLLECTOR = 2_400_000_001
BEGAN = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
# One id, later news: what Mercado Pago may say of one payment, minute by minute.
LIFE = st.lists(
    st.tuples(
        st.sampled_from(
            [
                ("pending", ""),
                ("in_process", ""),
                ("authorized", ""),
                ("approved", "accredited"),
                ("rejected", "cc_rejected_other_reason"),
                ("cancelled", "expired"),
                ("refunded", "refunded"),
                ("in_mediation", ""),
                ("charged_back", "in_process"),
                ("charged_back", "settled"),
                ("charged_back", "reimbursed"),
                ("teleported", ""),
            ]
        ),
        st.sampled_from([Decimal(12500), Decimal(25000), Decimal(30000)]),
        st.sampled_from([Decimal(0), Decimal(0), Decimal(5000)]),
        st.sampled_from([{}, {}, {}, {"currency": "ARS"}, {"collector_id": 7}, {"live_mode": False}]),
    ),
    min_size=1,
    max_size=3,
)


def new_order(by: User, service: Service) -> Order:
    order = place_order(by=by, service=service, attempt=uuid.uuid4())
    Order.objects.filter(pk=order.pk).update(collector_id=COLLECTOR)
    return order


def reports_of(order: Order, lives: list[list[Any]]) -> list[PaymentReport]:
    """Each life is one payment; its reports are one minute apart."""
    base = Payment.objects.count() * 100 + order.pk * 10_000
    return [
        PaymentReport(
            **{
                "id": base + number,
                "status": status,
                "status_detail": detail,
                "external_reference": order.reference,
                "currency": "CLP",
                "amount": amount,
                "refunded": refunded,
                "collector_id": COLLECTOR,
                "live_mode": True,
                "order_id": None,
                "payment_type": "credit_card",
                "date_last_updated": BEGAN + datetime.timedelta(minutes=minute),
                "refunds": (),
                **wrong,
            }
        )
        for number, life in enumerate(lives)
        for minute, ((status, detail), amount, refunded, wrong) in enumerate(life)
    ]


def outcome(order: Order) -> tuple[Any, ...]:
    order.refresh_from_db()
    flags = PaymentFlag.objects.filter(order=order, cleared_at=None)
    # Whether the consultation was opened on the way depends on the way, and stays.
    standing = flags.exclude(reason=Reason.NEVER_OPENED).values_list("reason", "about")
    stored = order.payments.values_list("status", "status_detail", "amount", "refunded", "currency")
    return order.money, sorted(standing), sorted(stored)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIFE, min_size=1, max_size=3), chance=st.randoms(use_true_random=False))
def test_reports_in_any_order_add_up_to_the_newest_of_each_payment(
    lives: list[list[Any]], chance: Any, client_user: User, service: Service
) -> None:
    in_order, shuffled = new_order(client_user, service), new_order(client_user, service)
    for report in reports_of(in_order, [life[-1:] for life in lives]):
        apply_report(report)
    told = reports_of(shuffled, lives)
    # What counts of a payment is its newest report, whatever minute that was.
    told = told + chance.sample(told, len(told))
    chance.shuffle(told)
    was_fulfilled = False
    for report in told:
        apply_report(report)
        shuffled.refresh_from_db()
        assert not was_fulfilled or shuffled.fulfilled_at, "fulfilled stays fulfilled"
        was_fulfilled = bool(shuffled.fulfilled_at)
        assert Consultation.objects.filter(order=shuffled).count() == int(was_fulfilled)
        assert_paid_is_covered(shuffled)
    assert outcome(shuffled) == outcome(in_order)


def assert_paid_is_covered(order: Order) -> None:
    if order.money != Money.PAID:
        return
    ours = order.payments.filter(currency="CLP", collector_id=COLLECTOR, live_mode=True)
    kept = [*ours.filter(status="approved"), *ours.filter(status="charged_back", status_detail="reimbursed")]
    assert sum(each.amount - each.refunded for each in kept) >= order.amount


def test_same_report_again_changes_nothing_and_tells_nobody_again(order: Order) -> None:
    Order.objects.update(collector_id=COLLECTOR)
    report = reports_of(order, [[(("approved", ""), Decimal(30000), Decimal(0), {})]])[0]
    apply_report(report)
    before, opened = outcome(order), TouchpointLog.objects.filter(name="order_paid").count()
    for _ in range(3):
        apply_report(report)
    assert outcome(order) == before
    assert TouchpointLog.objects.filter(name="order_paid").count() == opened == 1
    assert PaymentFlag.objects.get().reason == Reason.OVERPAID


def test_excess_is_looked_at_until_it_went_back(order: Order) -> None:
    Order.objects.update(collector_id=COLLECTOR)
    whole = (("approved", ""), Decimal(25000), Decimal(0), {})
    back = (("refunded", ""), Decimal(25000), Decimal(25000), {})
    told = reports_of(order, [[whole], [whole, back]])
    for report in told[:2]:
        apply_report(report)
    order.refresh_from_db()
    assert (order.money, order.attention) == (Money.PAID, "Se pagó más que el precio.")
    apply_report(told[2])
    order.refresh_from_db()
    assert (order.money, order.attention) == (Money.PAID, "")
    assert PaymentFlag.objects.get().cleared_at


def test_part_given_back_before_opening_is_looked_at(order: Order) -> None:
    Order.objects.update(collector_id=COLLECTOR)
    life = [[(("approved", "partially_refunded"), Decimal(25000), Decimal(5000), {})]]
    apply_report(reports_of(order, life)[0])
    order.refresh_from_db()
    assert (order.money, order.fulfilled_at) == (Money.PARTIALLY_REFUNDED, None)
    assert order.attention == "Se devolvió una parte antes de abrir la consulta."


def test_payment_to_another_account_than_the_links_opens_nothing(order: Order) -> None:
    Order.objects.update(collector_id=COLLECTOR)
    report = reports_of(order, [[(("approved", ""), Decimal(25000), Decimal(0), {"collector_id": 7})]])[0]
    apply_report(report)
    order.refresh_from_db()
    assert (order.money, order.attention) == (
        Money.UNPAID,
        "Un pago con otra moneda, otro cobrador o de prueba.",
    )


def test_configured_collector_comes_before_the_links(order: Order, settings: Any) -> None:
    settings.MERCADOPAGO_COLLECTOR_ID = 7
    Order.objects.update(collector_id=COLLECTOR)
    life = [[(("approved", ""), Decimal(25000), Decimal(0), {"collector_id": 7})]]
    apply_report(reports_of(order, life)[0])
    order.refresh_from_db()
    assert (order.money, order.attention) == (Money.PAID, "")


def test_order_without_a_known_collector_is_honoured_and_looked_at(order: Order) -> None:
    apply_report(reports_of(order, [[(("approved", ""), Decimal(25000), Decimal(0), {})]])[0])
    order.refresh_from_db()
    assert order.money == Money.PAID
    assert order.attention == "No se sabe qué cuenta debía cobrar; el pago se contó."


def test_approval_after_the_link_expired_is_honoured(order: Order) -> None:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Order.objects.update(collector_id=COLLECTOR, expires_at=yesterday)
    lives = [[(("cancelled", "expired"), *PAID_REST), (("approved", "accredited"), *PAID_REST)]]
    for report in reports_of(order, lives):
        apply_report(report)
    order.refresh_from_db()
    assert (order.money, bool(order.fulfilled_at)) == (Money.PAID, True)


PAID_REST = (Decimal(25000), Decimal(0), {})
