"""What a buyer reads of an alert of fraud: the order's page and the conversation say the same."""

from __future__ import annotations

import pytest
from django.test import Client

from consultations.actions.gifts import redeem
from consultations.actions.hints import FRAUD_ALERT, store_hint, work_off
from consultations.actions.resolving import reopen, resolve
from consultations.enums import Reason
from consultations.models import Consultation, Gift, Order, PaymentFlag
from home.models import User
from tests.consultations.browsing import address, order_page, send, signed_in, text_of

pytestmark = pytest.mark.django_db
CONTACT = "mailto:hola@need.example"
IN_REVIEW = "Tu pago está en revisión"
IT_ENDED = "La revisión de tu pago terminó"


def alert(order: Order) -> None:
    number = order.payments.get().payment_id
    work_off(store_hint(topic=FRAUD_ALERT, data_id="", request_id="r", payment_id=number))


def call_it_fraud(by: User) -> PaymentFlag:
    flag = PaymentFlag.objects.get(reason=Reason.FRAUD, resolved_at=None)
    resolve(by=by, flag=flag, resolution="Lo dijo el banco.", is_fraud=True)
    flag.refresh_from_db()
    return flag


def heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.fixture
def alerted(paid_consultation: Consultation, mercadopago_standin: object) -> Consultation:
    alert(paid_consultation.order)
    return paid_consultation


def test_order_under_alert_is_in_review_and_invites_nobody_to_write(
    alerted: Consultation, client_user: User
) -> None:
    page = text_of(signed_in(client_user).get(order_page(alerted.order)))
    assert heading(page) == IN_REVIEW
    assert "tu consulta queda en pausa" in page
    assert "Puedes empezar ahora" not in page
    assert address("detail", alerted) in page


def test_after_the_decision_both_pages_say_that_the_review_ended_and_where_to_ask(
    alerted: Consultation, client_user: User, administrator: User
) -> None:
    call_it_fraud(administrator)
    browser = signed_in(client_user)
    order, conversation = (
        text_of(browser.get(each)) for each in (order_page(alerted.order), address("detail", alerted))
    )
    assert heading(order) == IT_ENDED
    assert "La conversación está detenida" in conversation
    assert "La revisión del pago terminó" in conversation
    for page in (order, conversation):
        assert CONTACT in page
        assert "fraude" not in page
        assert "Cuando la revisión termine" not in page


def test_letter_sent_after_the_decision_comes_back_with_the_same_words(
    alerted: Consultation, client_user: User, administrator: User
) -> None:
    call_it_fraud(administrator)
    page = text_of(send(signed_in(client_user), alerted))
    assert "La revisión del pago terminó" in page
    assert CONTACT in page


def test_who_waits_for_an_answer_is_not_promised_one(
    waiting_consultation: Consultation, client_user: User, administrator: User, mercadopago_standin: object
) -> None:
    alert(waiting_consultation.order)
    browser, page = signed_in(client_user), address("detail", waiting_consultation)
    assert "La respuesta espera a que termine la pausa." in text_of(browser.get(page))
    call_it_fraud(administrator)
    told = text_of(browser.get(page))
    assert "Por ahora no va a llegar una respuesta." in told
    assert "Te avisaremos por correo" not in told


def test_decision_that_was_taken_back_is_in_review_again(
    alerted: Consultation, client_user: User, administrator: User
) -> None:
    reopen(by=administrator, flag=call_it_fraud(administrator))
    assert heading(text_of(signed_in(client_user).get(order_page(alerted.order)))) == IN_REVIEW


def test_visitor_learns_that_the_payment_is_in_review_and_no_more(alerted: Consultation) -> None:
    page = text_of(Client().get(order_page(alerted.order)))
    assert heading(page) == "Este pago está en revisión"
    assert "consulta queda" not in page


def test_gift_under_alert_is_paused_and_stopped_after_the_decision(
    gift: Gift, client_user: User, administrator: User, mercadopago_standin: object
) -> None:
    alert(gift.order)
    browser = signed_in(client_user)
    assert heading(text_of(browser.get(order_page(gift.order)))) == "Tu regalo está en pausa"
    call_it_fraud(administrator)
    page = text_of(browser.get(order_page(gift.order)))
    assert heading(page) == "Tu regalo está detenido"
    assert CONTACT in page


def test_whoever_uses_the_gift_learns_nothing_of_its_payment(
    gift: Gift, other_client: User, administrator: User, mercadopago_standin: object
) -> None:
    consultation = redeem(by=other_client, code=gift.code)
    alert(gift.order)
    call_it_fraud(administrator)
    page = text_of(signed_in(other_client).get(address("detail", consultation)))
    assert "la conversación no va a continuar" in page
    assert "no tuyo" in page
    assert "revisión" not in page.partition("<main")[2].partition("</main>")[0]
