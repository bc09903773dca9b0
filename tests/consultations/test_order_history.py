"""The history of one order: everything that happened, in one line, oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.actions.hints import store_hint, work_off
from consultations.actions.history import history_of
from consultations.actions.refunds import ask_refund
from consultations.actions.resolving import resolve
from consultations.actions.withdrawal import withdraw
from consultations.enums import Reason, RefundReason
from consultations.models import Consultation, Order, Payment, PaymentEvent, PaymentFlag, PaymentHint, Refund
from consultations.timeline import Kind, Rows, line_of
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.consultations import CASE
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
DEADLINE = "2030-01-10T15:00:00.000-04:00"


def told(order: Order) -> str:
    return "\n".join(f"{entry.kind}: {entry.sentence}" for entry in history_of(order))


def page_of(order: Order, reader: User) -> str:
    return text_of(signed_in(reader).get(reverse("ordenes_modeladmin_inspect", args=[order.pk])))


def hint(topic: str, data_id: object, payment: Payment | None = None) -> PaymentHint:
    number = payment.payment_id if payment else None
    return store_hint(topic=topic, data_id=str(data_id), request_id="r", payment_id=number)


def test_line_is_told_oldest_first_whatever_the_sequence_of_the_rows(order: Order) -> None:
    moment = order.created_at
    order.link_asked_at = moment + datetime.timedelta(seconds=1)
    order.link_made_at = moment + datetime.timedelta(seconds=2)
    late = PaymentFlag(reason=Reason.SHORT, raised_at=moment + datetime.timedelta(minutes=9))
    early = PaymentHint(topic="payment", data_id="7", received_at=moment + datetime.timedelta(minutes=3))
    line = line_of(Rows(order=order, flags=[late], hints=[early]), moment)
    assert [entry.kind for entry in line] == [Kind.ORDER, Kind.LINK, Kind.LINK, Kind.HINT, Kind.FLAG]
    assert [entry.moment for entry in line] == sorted(entry.moment for entry in line)


def test_expired_link_is_told_unless_it_was_paid_before(order: Order) -> None:
    later = order.expires_at + datetime.timedelta(hours=1)
    expired = "Venció el plazo para pagar."
    assert expired in [entry.sentence for entry in line_of(Rows(order=order), later)]
    assert expired not in [entry.sentence for entry in line_of(Rows(order=order), order.created_at)]
    order.paid_at = order.expires_at - datetime.timedelta(hours=1)
    assert expired not in [entry.sentence for entry in line_of(Rows(order=order), later)]


def test_payment_is_told_step_by_step_with_the_moment_when_it_was_learned(order: Order) -> None:
    at = order.created_at
    steps = [
        PaymentEvent(
            payment_id=7,
            kind="report",
            status=status,
            amount=Decimal(25000),
            currency="CLP",
            at=at,
            seen_at=at,
        )
        for status in ("approved", "in_mediation")
    ]
    steps[1].seen_at = at + datetime.timedelta(hours=3)
    line = line_of(Rows(order=order, events=steps), at)
    assert [(entry.kind, entry.sentence.partition(".")[0]) for entry in line[1:]] == [
        (Kind.PAYMENT, "Pago 7: aprobado"),
        (Kind.DISPUTE, "Pago 7: en mediación"),
    ]
    assert "Aquí se supo el" not in line[1].sentence
    assert "Aquí se supo el" in line[2].sentence


def test_administrator_reads_the_whole_way_of_an_order(
    bought_order: Order,
    bought_payment: Payment,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    work_off(hint("payment", bought_payment.payment_id))
    ask_refund(by=administrator, payment=bought_payment, amount=Decimal(5000), reason=RefundReason.COMPLAINT)
    run_jobs()
    chargeback = mercadopago_standin.charge_back(bought_payment.payment_id, deadline=DEADLINE)
    work_off(hint("topic_chargebacks_wh", chargeback["id"], bought_payment))
    work_off(hint("stop_delivery_op_wh", "", bought_payment))
    flag = PaymentFlag.objects.get(reason=Reason.FRAUD)
    resolve(by=administrator, flag=flag, resolution="La persona es quien dice ser.")
    page = page_of(bought_order, administrator)
    for sentence in (
        "Se hizo la orden: Orientación por escrito, $25.000 CLP.",
        "Se pidió el enlace de pago a Mercado Pago.",
        "Mercado Pago dio el enlace de pago.",
        f"Llegó un aviso: pago {bought_payment.payment_id}. Leído.",
        f"Pago {bought_payment.payment_id}: aprobado (acreditado). Monto, $25.000 CLP.",
        "La orden quedó pagada.",
        "Se abrió la consulta.",
        f"Se pidió devolver $5.000 CLP del pago {bought_payment.payment_id}.",
        f"Reclamo por la respuesta. Quién: {administrator.email}.",
        f"Se devolvió $5.000 CLP del pago {bought_payment.payment_id}.",
        f"Llegó un aviso: contracargo {chargeback['id']}. Leído.",
        f"del pago {bought_payment.payment_id}: documentos hasta el 10/01/2030",
        f"Pago {bought_payment.payment_id}: con contracargo",
        "Se pidió mirar: Hay una disputa en Mercado Pago.",
        "Se pidió mirar: Mercado Pago avisó de un posible fraude.",
        f"Resuelto por {administrator.email}: No es fraude. La persona es quien dice ser.",
        "Se descartó el fraude.",
    ):
        assert sentence in page, sentence


def test_flag_that_went_away_by_itself_is_told_with_its_end(
    bought_order: Order, pay_there: Any, mercadopago_standin: StandIn
) -> None:
    payment = pay_there(transaction_amount=1000)
    assert "Se pidió mirar: Se pagó menos que el precio." in told(bought_order)
    mercadopago_standin.refund_in_panel(payment.payment_id)
    work_off(hint("payment", payment.payment_id))
    assert "flag: Dejó de ocurrir: Se pagó menos que el precio." in told(bought_order)
    assert "Quién: Alguien en Mercado Pago." in told(bought_order)


def test_withdrawal_is_told_with_the_pseudonym_alone(
    waiting_consultation: Consultation, client_user: User, administrator: User
) -> None:
    withdraw(by=client_user, consultation=waiting_consultation)
    line, page = told(waiting_consultation.order), page_of(waiting_consultation.order, administrator)
    assert "La persona retiró su consulta." in line
    assert f"Quién: {client_user.pseudonym}." in line
    assert not [text for text in (*CASE.values(), client_user.email) if text in line + page]


def test_notifications_are_found_by_what_they_name(
    bought_order: Order, bought_payment: Payment, other_client: User
) -> None:
    group = bought_payment.merchant_order_id
    assert group
    ours = [
        hint("payment", bought_payment.payment_id),
        hint("topic_merchant_order_wh", group),
        hint("topic_chargebacks_wh", "5", bought_payment),
    ]
    hint("payment", group)
    hint("topic_merchant_order_wh", bought_payment.payment_id)
    hint("payment", bought_payment.payment_id + 1)
    found = [entry for entry in history_of(bought_order) if entry.kind == Kind.HINT]
    assert len(found) == len(ours)


def test_chargeback_whose_notification_names_no_payment_is_found_once_it_was_read(
    bought_order: Order, bought_payment: Payment, mercadopago_standin: StandIn
) -> None:
    chargeback = mercadopago_standin.charge_back(bought_payment.payment_id, deadline=DEADLINE)
    told_of = hint("topic_chargebacks_wh", chargeback["id"])
    assert "Llegó un aviso" not in told(bought_order)
    work_off(told_of)
    assert f"Llegó un aviso: contracargo {chargeback['id']}. Leído." in told(bought_order)


def one_more_of_each(order: Order, number: int, administrator: User) -> None:
    payment = Payment.objects.create(
        payment_id=number,
        order=order,
        status="approved",
        amount=1000,
        currency="CLP",
        last_updated=timezone.now(),
        merchant_order_id=number + 1000,
    )
    PaymentEvent.objects.create(
        order=order, payment_id=number, kind="report", amount=1000, currency="CLP", at=timezone.now()
    )
    hint("payment", number)
    Refund.objects.create(payment=payment, amount=100, reason=RefundReason.OTHER, by=administrator)
    PaymentFlag.objects.create(
        subject=f"payment {number}",
        reason=Reason.NOT_FOUND,
        payment_id=number,
        resolved_by=administrator,
        resolved_at=timezone.now(),
        resolution="Sí.",
    )


def test_history_costs_the_same_for_one_and_three_of_each(
    paid_order: Order, administrator: User, django_assert_num_queries: Any
) -> None:
    lengths = []
    for number in (1, 2, 3):
        one_more_of_each(paid_order, number, administrator)
        order = Order.objects.select_related("service").get()
        with django_assert_num_queries(6):
            lengths.append(len(history_of(order)))
    assert lengths[2] - lengths[1] == lengths[1] - lengths[0] == 5


def test_order_page_costs_the_same_for_one_and_three_of_each(
    paid_order: Order, administrator: User, django_assert_max_num_queries: Any
) -> None:
    costs = set()
    for number in (1, 2, 3):
        one_more_of_each(paid_order, number, administrator)
        page_of(paid_order, administrator)
        with django_assert_max_num_queries(45) as queries:
            page_of(paid_order, administrator)
        costs.add(len(queries))
    assert len(costs) == 1


def test_order_page_is_in_spanish_and_shows_nothing_empty(
    bought_order: Order, bought_payment: Payment, administrator: User
) -> None:
    Payment.objects.update(payment_type="credit_card", status_detail="accredited")
    page = page_of(bought_order, administrator)
    for shown in ("Tarjeta de crédito", "aprobado (acreditado)", "Volver a las órdenes", ">Referencia<"):
        assert shown in page, shown
    for raw in ("credit_card", "accredited", "lista de orden", ">referencia<", "revisiones", "<dd>-</dd>"):
        assert raw not in page, raw
    Payment.objects.update(payment_type="something_new", status_detail="something_newer")
    page = page_of(bought_order, administrator)
    assert ("something_new<" in page, "aprobado (something_newer)" in page) == (True, True)
