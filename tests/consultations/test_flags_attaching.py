"""The office gives a payment that names no order to the order it was meant for."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from consultations.actions import payments
from consultations.actions.attaching import attach
from consultations.actions.errors import NotAllowed
from consultations.actions.flags import raise_flag
from consultations.actions.orders import place_order
from consultations.actions.payments import sync_payment
from consultations.enums import Money, Reason
from consultations.guidance import guidance_of
from consultations.models import Consultation, Order, Payment, PaymentFlag, Service
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import pay
from tests.fixtures.refunds import PayAgain, given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


def page_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])


def money_of(order: Order) -> str:
    order.refresh_from_db()
    return str(order.money)


@pytest.fixture
def lost(bought_order: Order, mercadopago_standin: StandIn) -> Callable[..., PaymentFlag]:
    """A function that makes a payment which names no order of ours, and gives its flag."""

    def make(**fields: Any) -> PaymentFlag:
        made = mercadopago_standin.create_payment(
            bought_order.preference_id, notify=False, external_reference="OTRA-TIENDA", **fields
        )
        sync_payment(int(made["id"]))
        return PaymentFlag.objects.get(payment_id=made["id"])

    return make


def wish(order: Order, **changes: str) -> dict[str, str]:
    fields = {"step": "attach", "reference": f" {order.reference.lower()} ", "resolution": "Lo mostró."}
    return {**fields, **changes}


def test_payment_without_an_order_is_given_to_one_after_confirming(
    lost: Callable[..., PaymentFlag], bought_order: Order, administrator: User, run_jobs: RunJobs
) -> None:
    flag, browser = lost(), signed_in(administrator)
    assert "Asignar a una orden" in text_of(browser.get(page_of(flag)))
    confirm = text_of(browser.post(page_of(flag), wish(bought_order)))
    assert "<strong>$25.000 CLP</strong>" in confirm
    assert bought_order.client.pseudonym in confirm
    assert money_of(bought_order) == Money.UNPAID, "it is only shown so far"
    answer = browser.post(page_of(flag), wish(bought_order, confirmed="1"))
    assert answer["Location"] == reverse("ordenes_modeladmin_inspect", args=[bought_order.pk])
    again = browser.post(page_of(flag), wish(bought_order, confirmed="1"))
    assert (again.status_code, Consultation.objects.count()) == (422, 1)
    assert money_of(bought_order) == Money.PAID
    flag.refresh_from_db()
    decided = f"Asignado a la orden {bought_order.reference}. Lo mostró."
    assert (flag.resolved_by, flag.resolution) == (administrator, decided)
    assert decided in text_of(browser.get(answer["Location"]))


def test_payment_stays_with_the_order_it_was_given_to(
    lost: Callable[..., PaymentFlag], bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    flag = lost()
    attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")
    assert flag.payment_id
    mercadopago_standin.refund_in_panel(flag.payment_id)
    sync_payment(flag.payment_id)
    assert money_of(bought_order) == Money.REFUNDED
    assert PaymentFlag.objects.count() == 1


def test_payment_that_names_another_order_later_stays_and_is_looked_at(
    order: Order, service: Service, other_client: User
) -> None:
    other = place_order(by=other_client, service=service, attempt=uuid.uuid4())
    pay(order, id=77)
    pay(other, id=77, status="refunded", refunded=order.amount)
    assert money_of(order) == Money.REFUNDED
    assert money_of(other) == Money.UNPAID
    flag = PaymentFlag.objects.get(payment_id=77)
    assert (flag.reason, flag.about) == (Reason.UNKNOWN_ORDER, f"nombra {other.reference}")
    assert not guidance_of(flag).attach, "it counts for an order already"


def test_half_of_a_price_is_short_as_any_half(
    lost: Callable[..., PaymentFlag], bought_order: Order, administrator: User
) -> None:
    attach(by=administrator, flag=lost(transaction_amount=9000), order=bought_order, resolution="Lo mostró.")
    assert money_of(bought_order) == Money.SHORT
    assert not Consultation.objects.exists()


def test_second_payment_goes_back_as_any_second_payment(
    lost: Callable[..., PaymentFlag],
    bought_order: Order,
    pay_there: PayAgain,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    pay_there()
    attach(by=administrator, flag=lost(), order=bought_order, resolution="Lo mostró.")
    run_jobs()
    payments = mercadopago_standin.ledger()["payments"]
    assert [each["amount"] for payment in payments for each in payment["refunds"]] == [25000]
    assert given_back(mercadopago_standin, bought_order) == []
    assert money_of(bought_order) == Money.PAID


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"currency_id": "ARS"}, "otra moneda, de otra cuenta o de prueba"),
        ({"collector_id": 99}, "otra moneda, de otra cuenta o de prueba"),
    ],
)
def test_money_that_is_not_ours_is_given_to_no_order(
    fields: dict[str, Any],
    why: str,
    lost: Callable[..., PaymentFlag],
    bought_order: Order,
    administrator: User,
) -> None:
    flag = lost(**fields)
    for confirmed in ({}, {"confirmed": "1"}):
        answer = signed_in(administrator).post(page_of(flag), wish(bought_order, **confirmed))
        assert (answer.status_code, why in text_of(answer)) == (422, True)
    assert not bought_order.payments.exists()


def test_attempt_that_came_to_nothing_is_given_to_no_order(
    lost: Callable[..., PaymentFlag], bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    flag = lost(status="in_process")
    mercadopago_standin.change_payment(flag.payment_id or 0, status="rejected", notify=False)
    with pytest.raises(NotAllowed, match="no hay dinero"):
        attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")


def test_payment_of_one_order_is_not_given_to_another(
    bought_order: Order, pay_there: PayAgain, order: Order, administrator: User
) -> None:
    payment = pay_there()
    flag = raise_flag(Reason.UNKNOWN_ORDER, payment_id=payment.payment_id, about="approved")
    with pytest.raises(NotAllowed, match=bought_order.reference):
        attach(by=administrator, flag=flag, order=order, resolution="Lo mostró.")
    assert not order.payments.exists()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"reference": ""}, "Escribe la referencia de la orden."),
        ({"reference": "N-NADIE"}, "No hay ninguna orden con esa referencia."),
        ({"resolution": ""}, "Escribe cómo se sabe de quién es."),
    ],
)
def test_mistake_is_said_next_to_its_field(
    changes: dict[str, str],
    problem: str,
    lost: Callable[..., PaymentFlag],
    bought_order: Order,
    administrator: User,
) -> None:
    answer = signed_in(administrator).post(page_of(lost()), wish(bought_order, confirmed="1", **changes))
    assert (answer.status_code, problem in text_of(answer)) == (422, True)
    assert list(answer.context["attaching"].errors) == list(changes)
    assert not bought_order.payments.exists()


def test_nothing_is_given_and_nothing_lost_while_mercado_pago_is_silent(
    lost: Callable[..., PaymentFlag], bought_order: Order, administrator: User, mercadopago_standin: StandIn
) -> None:
    flag = lost()
    mercadopago_standin.fail("500")
    answer = signed_in(administrator).post(page_of(flag), wish(bought_order, confirmed="1"))
    assert answer.status_code == 422
    assert "Mercado Pago no contesta ahora." in text_of(answer)
    assert "Lo mostró." in text_of(answer)
    flag.refresh_from_db()
    assert flag.resolved_at is None


@pytest.mark.parametrize(
    ("status", "why", "flags"),
    [
        ("404", "Mercado Pago no encuentra ese pago.", []),
        ("401", "Mercado Pago no acepta nuestras credenciales.", [Reason.CREDENTIALS]),
        ("400", "Mercado Pago no quiso mostrar ese pago.", []),
    ],
)
def test_what_mercado_pago_answered_is_said_as_it_is(
    status: str,
    why: str,
    flags: list[Reason],
    lost: Callable[..., PaymentFlag],
    bought_order: Order,
    administrator: User,
    mercadopago_standin: StandIn,
) -> None:
    flag = lost()
    mercadopago_standin.fail(status)
    page = text_of(signed_in(administrator).post(page_of(flag), wish(bought_order, confirmed="1")))
    assert (why in page, "no contesta ahora" in page) == (True, False)
    others = PaymentFlag.objects.exclude(pk=flag.pk)
    assert list(others.values_list("reason", flat=True)) == flags


def test_payment_that_is_known_to_be_of_an_order_after_all_needs_nobody(
    lost: Callable[..., PaymentFlag], bought_order: Order, mercadopago_standin: StandIn
) -> None:
    flag = lost()
    mercadopago_standin.change_payment(
        flag.payment_id or 0, external_reference=bought_order.reference, notify=False
    )
    sync_payment(flag.payment_id or 0)
    flag.refresh_from_db()
    assert (money_of(bought_order), flag.cleared_at is None) == (Money.PAID, False)


def test_payment_is_given_by_administrators_alone(
    lost: Callable[..., PaymentFlag], bought_order: Order, psychologist: User
) -> None:
    with pytest.raises(NotAllowed):
        attach(by=psychologist, flag=lost(), order=bought_order, resolution="Lo mostró.")
    with pytest.raises(NotAllowed):
        attach(by=psychologist, flag=raise_flag(Reason.CREDENTIALS), order=bought_order, resolution="Sí.")


@pytest.mark.parametrize("seen_late", ["before the row is read", "while the row is written"])
def test_report_that_waited_while_its_payment_was_given_to_another_order_counts_for_that_one(
    seen_late: str,
    lost: Callable[..., PaymentFlag],
    bought_order: Order,
    administrator: User,
    mercadopago_standin: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flag = lost()
    other = place_order(by=bought_order.client, service=bought_order.service, attempt=uuid.uuid4())
    attach(by=administrator, flag=flag, order=bought_order, resolution="Lo mostró.")
    number = flag.payment_id or 0
    mercadopago_standin.change_payment(
        number, external_reference=other.reference, status="in_mediation", notify=False
    )
    # As whoever asked before the payment was given to its order sees it.
    look, first = payments._order_of, [Order.objects.get(pk=other.pk)]
    monkeypatch.setattr(payments, "_order_of", lambda *args: first.pop() if first else look(*args))
    if seen_late == "while the row is written":
        read, unread = payments.stored_of, [None]
        monkeypatch.setattr(payments, "stored_of", lambda *args: unread.pop() if unread else read(*args))
    assert sync_payment(number) == bought_order
    assert Payment.objects.get().order == bought_order
    assert (money_of(bought_order), money_of(other)) == (Money.FROZEN, Money.UNPAID)
    assert list(other.payment_events.all()) == []
