"""While the money of a consultation is in doubt the conversation waits; nothing that was typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.actions import consultations as actions
from consultations.actions.errors import Paused
from consultations.actions.handovers import take_over
from consultations.actions.resolving import resolve
from consultations.enums import Money, Status
from consultations.models import Consultation, Draft, Order, Payment, PaymentFlag
from home.models import User
from tests.consultations.browsing import CASE_FORM, DANGER, address, kept, send, signed_in, text_of
from tests.fixtures.consultations import CASE, ORIENTATION, REPLY, STEPS, pay

pytestmark = pytest.mark.django_db
IN_REVIEW = "El pago está en revisión en Mercado Pago"
AT_THE_DESK = "no se puede tomar ni responder"
STATES = {
    "in mediation": {"status": "in_mediation"},
    "charged back": {"status": "charged_back", "status_detail": "in_process"},
    "lost": {"status": "charged_back", "status_detail": "settled"},
    "refunded": {"status": "refunded", "refunded": 25000},
    "cancelled": {"status": "cancelled", "status_detail": "by_collector"},
}


def tell(consultation: Consultation, **changes: Any) -> None:
    """Newer news of the one payment of this consultation."""
    payment = Payment.objects.get(order=consultation.order_id)
    later = payment.last_updated + datetime.timedelta(seconds=1)
    pay(consultation.order, id=payment.payment_id, date_last_updated=later, **changes)
    consultation.refresh_from_db()


def dispute(consultation: Consultation) -> None:
    tell(consultation, **STATES["charged back"])


def win(consultation: Consultation) -> None:
    tell(consultation, status="charged_back", status_detail="reimbursed")


def alert(consultation: Consultation) -> None:
    Order.objects.filter(pk=consultation.order_id).update(fraud_alert_at=timezone.now())


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_taken_answered_or_sent_while_the_money_is_in_doubt(
    state: str,
    waiting_consultation: Consultation,
    psychologist: User,
) -> None:
    consultation = waiting_consultation
    tell(consultation, **STATES[state])
    with pytest.raises(Paused):
        actions.take(by=psychologist, consultation=consultation)
    tell(consultation, status="approved")
    actions.take(by=psychologist, consultation=consultation)
    tell(consultation, **STATES[state])
    with pytest.raises(Paused):
        actions.answer(by=psychologist, consultation=consultation, text=ORIENTATION, steps=STEPS)
    tell(consultation, status="approved")
    actions.answer(by=psychologist, consultation=consultation, text=ORIENTATION, steps=STEPS)
    tell(consultation, **STATES[state])
    with pytest.raises(Paused):
        actions.reply(by=consultation.client, consultation=consultation, text=REPLY)
    tell(consultation, status="approved")
    actions.reply(by=consultation.client, consultation=consultation, text=REPLY)
    assert consultation.status == Status.REPLIED


def test_whoever_may_be_in_danger_is_answered_whatever_the_money(
    waiting_consultation: Consultation, psychologist: User
) -> None:
    Consultation.objects.filter(pk=waiting_consultation.pk).update(priority=True)
    dispute(waiting_consultation)
    page = text_of(signed_in(psychologist).get(address("desk_detail", waiting_consultation)))
    assert "Tomar esta consulta" in page
    assert AT_THE_DESK not in page

    actions.take(by=psychologist, consultation=waiting_consultation)
    actions.answer(by=psychologist, consultation=waiting_consultation, text=ORIENTATION, steps=STEPS)

    assert waiting_consultation.status == Status.ANSWERED


def test_case_is_not_sent_while_the_money_is_in_doubt(paid_consultation: Consultation) -> None:
    dispute(paid_consultation)
    with pytest.raises(Paused):
        actions.submit_case(
            by=paid_consultation.client, consultation=paid_consultation, content=dict(CASE), mood=None
        )
    win(paid_consultation)
    actions.submit_case(
        by=paid_consultation.client, consultation=paid_consultation, content=dict(CASE), mood=None
    )


def test_paused_consultation_is_not_taken_over(
    replied_consultation: Consultation, psychologist: User, colleague: User
) -> None:
    dispute(replied_consultation)
    psychologist.groups.clear()
    with pytest.raises(Paused):
        take_over(by=colleague, consultation=replied_consultation)


def test_part_of_the_money_back_pauses_nothing(answered_consultation: Consultation) -> None:
    tell(answered_consultation, status="approved", refunded=5000)
    assert answered_consultation.order.money == Money.PARTIALLY_REFUNDED
    actions.reply(by=answered_consultation.client, consultation=answered_consultation, text=REPLY)


def test_alert_of_fraud_pauses_until_an_administrator_settles_it(
    answered_consultation: Consultation, administrator: User
) -> None:
    alert(answered_consultation)
    tell(answered_consultation, status="approved")
    with pytest.raises(Paused):
        actions.reply(by=answered_consultation.client, consultation=answered_consultation, text=REPLY)
    flag = PaymentFlag.objects.get(reason="fraud")
    resolve(by=administrator, flag=flag, resolution="Es una clienta de siempre.")
    order = Order.objects.get()
    assert (order.money, order.attention) == (Money.PAID, "")
    actions.reply(by=answered_consultation.client, consultation=answered_consultation, text=REPLY)


def test_reply_of_a_paused_conversation_comes_back_and_is_kept(
    answered_consultation: Consultation, client_user: User
) -> None:
    dispute(answered_consultation)
    browser, where = signed_in(client_user), address("detail", answered_consultation)
    page = text_of(browser.get(where))
    assert IN_REVIEW in page
    assert ORIENTATION in page, "what was written stays readable"
    assert "Enviar mi réplica" not in page
    answer = browser.post(where, {"text": REPLY})
    assert answer.status_code == 409
    assert kept(text_of(answer), REPLY)
    assert IN_REVIEW in text_of(answer)
    assert Draft.objects.get(author=client_user).content == {"text": REPLY}
    win(answered_consultation)
    page = text_of(browser.get(where))
    assert kept(page, REPLY)
    assert "Enviar mi réplica" in page
    assert IN_REVIEW not in page


def test_case_of_a_paused_conversation_comes_back_and_is_kept(
    paid_consultation: Consultation, client_user: User
) -> None:
    dispute(paid_consultation)
    answer = send(signed_in(client_user), paid_consultation)
    assert answer.status_code == 409
    assert kept(text_of(answer), CASE_FORM["happening"])
    assert Draft.objects.get().content == CASE_FORM
    assert not paid_consultation.turns.exists()


def test_letter_of_danger_in_a_paused_conversation_shows_where_to_call(
    answered_consultation: Consultation, client_user: User
) -> None:
    dispute(answered_consultation)
    answer = signed_in(client_user).post(address("detail", answered_consultation), {"text": DANGER})
    assert "Si estás en peligro ahora, llama" in text_of(answer)


def test_draft_is_saved_while_the_conversation_waits(
    answered_consultation: Consultation, client_user: User
) -> None:
    dispute(answered_consultation)
    signed_in(client_user).post(address("draft", answered_consultation), {"text": REPLY})
    assert Draft.objects.get().content == {"text": REPLY}


def test_money_that_went_back_is_said_as_such(answered_consultation: Consultation, client_user: User) -> None:
    tell(answered_consultation, status="refunded", refunded=25000)
    page = text_of(signed_in(client_user).get(address("detail", answered_consultation)))
    assert "se devolvió" in page
    assert ORIENTATION in page


def test_waiting_page_promises_no_date_while_it_waits(
    waiting_consultation: Consultation, client_user: User
) -> None:
    dispute(waiting_consultation)
    page = text_of(signed_in(client_user).get(address("detail", waiting_consultation)))
    assert "La respuesta espera a que termine la pausa." in page
    assert "Tendrás respuesta a más tardar" not in page


def test_desk_says_what_waits_and_until_when_documents_are_taken(
    taken_consultation: Consultation, psychologist: User
) -> None:
    desk = signed_in(psychologist)
    assert "En pausa por el pago" not in text_of(desk.get(reverse("consultations:desk")))
    dispute(taken_consultation)
    Order.objects.update(dispute_deadline=datetime.datetime(2030, 1, 10, 15, tzinfo=datetime.UTC))
    assert "En pausa por el pago" in text_of(desk.get(reverse("consultations:desk")))
    page = text_of(desk.get(address("desk_detail", taken_consultation)))
    assert AT_THE_DESK in page
    assert "el jueves 10 de enero a las 12:00" in page
    assert CASE["happening"] in page
    assert "Enviar la orientación" not in page


def test_desk_offers_no_paused_consultation_to_take(
    waiting_consultation: Consultation, psychologist: User
) -> None:
    dispute(waiting_consultation)
    desk, where = signed_in(psychologist), address("desk_detail", waiting_consultation)
    assert "Tomar esta consulta" not in text_of(desk.get(where))
    answer = desk.post(address("desk_take", waiting_consultation), follow=True)
    assert AT_THE_DESK in text_of(answer)
    waiting_consultation.refresh_from_db()
    assert waiting_consultation.status == Status.WAITING


def test_orientation_of_a_paused_conversation_comes_back_and_is_kept(
    taken_consultation: Consultation, psychologist: User
) -> None:
    dispute(taken_consultation)
    fields = {"text": ORIENTATION, "steps": "\n".join(STEPS)}
    answer = signed_in(psychologist).post(address("desk_answer", taken_consultation), fields)
    assert answer.status_code == 409
    assert kept(text_of(answer), ORIENTATION)
    assert AT_THE_DESK in text_of(answer)
    assert Draft.objects.get(author=psychologist).content == fields
