"""The demonstration's consultations, made by the same actions that people use, then dated back."""

from __future__ import annotations

import datetime
import itertools
import uuid
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F
from django.utils import timezone

from consultations.actions.consultations import answer, close, reply, submit_case, take
from consultations.actions.orders import place_order
from consultations.actions.payments import apply_report
from consultations.actions.reading import mark_read, rate
from consultations.enums import PublicationWish
from consultations.mercadopago import PaymentReport
from consultations.models import Consultation, Order, Payment, Service, Turn
from home.enums import Mood
from home.models import User
from need_site.demo.loader import load, paragraphs
from surveys.actions.answering import answer_survey
from surveys.models import Invitation, Response

# Payments that no Mercado Pago knows: reconciliation must not ask for them.
PAYMENT_IDS = itertools.count(990_000_000_000)


def make_conversations() -> None:
    """One closed and followed up, one answered yesterday, two that wait for the psychologist."""
    texts = load("conversations")
    client = User.objects.get(email="cliente@example.com")
    psychologist = User.objects.get(email="psicologa@example.com")
    _make_closed(texts["closed"], client, psychologist)
    _make_answered(texts["answered"], client, psychologist)
    for text in texts["waiting"]:
        _make_waiting(text)


def paid_consultation(client: User, service: Service) -> Consultation:
    """An order of the demonstration, paid, with its consultation open."""
    order = place_order(by=client, service=service, attempt=uuid.uuid4())
    apply_report(_report(order))
    Order.objects.filter(pk=order.pk).update(next_check_at=None)
    return Consultation.objects.get(order=order)


def _report(order: Order) -> PaymentReport:
    return PaymentReport(
        id=next(PAYMENT_IDS) + Payment.objects.count(),
        status="approved",
        status_detail="accredited",
        external_reference=order.reference,
        currency=order.currency,
        amount=order.amount,
        refunded=Decimal(0),
        collector_id=None,
        live_mode=False,
        order_id=None,
        payment_type="credit_card",
        date_last_updated=timezone.now(),
        refunds=(),
    )


def _make_closed(text: dict[str, Any], client: User, psychologist: User) -> None:
    consultation = _answered(text, client, psychologist)
    reply(by=client, consultation=consultation, text=_text(text["reply"]))
    answer(
        by=psychologist,
        consultation=consultation,
        text=_text(text["second_orientation"]),
        steps=text["second_steps"],
    )
    mark_read(by=client, consultation=consultation)
    close(by=client, consultation=consultation, follow_up=True, publication=PublicationWish.NO)
    rate(by=client, consultation=consultation, stars=text["stars"], comment=text["comment"])
    _date_back(consultation, datetime.timedelta(days=text["closed_days_ago"]))
    _answer_surveys(consultation, text["surveys"])


def _make_answered(text: dict[str, Any], client: User, psychologist: User) -> None:
    _date_back(_answered(text, client, psychologist), datetime.timedelta(days=text["answered_days_ago"]))


def _answered(text: dict[str, Any], client: User, psychologist: User) -> Consultation:
    consultation = paid_consultation(client, Service.objects.get(slug=text["service"]))
    submit_case(by=client, consultation=consultation, content=text["case"], mood=Mood.BAD)
    take(by=psychologist, consultation=consultation)
    answer(by=psychologist, consultation=consultation, text=_text(text["orientation"]), steps=text["steps"])
    return consultation


def _make_waiting(text: dict[str, Any]) -> None:
    client = User.objects.create_user(text["email"], pseudonym=text["pseudonym"])
    EmailAddress.objects.create(user=client, email=client.email, primary=True, verified=True)
    consultation = paid_consultation(client, Service.objects.get(slug=text["service"]))
    submit_case(by=client, consultation=consultation, content=text["case"], mood=Mood.SO_SO)
    _date_back(consultation, datetime.timedelta(hours=text["hours_ago"]))


def _text(text: str) -> str:
    return "\n\n".join(paragraphs(text))


def _date_back(consultation: Consultation, by: datetime.timedelta) -> None:
    """Move everything of a consultation into the past, by the same time."""
    _shift(
        Consultation.objects.filter(pk=consultation.pk),
        by,
        "opened_at submitted_at waiting_since due_at taken_at closed_at",
    )
    _shift(Turn.objects.filter(consultation=consultation), by, "sent_at read_at")
    _shift(Order.objects.filter(pk=consultation.order_id), by, "created_at expires_at paid_at fulfilled_at")
    _shift(Payment.objects.filter(order=consultation.order_id), by, "first_seen_at last_updated")
    _shift(Invitation.objects.filter(consultation=consultation), by, "due_at")


def _shift(rows: Any, by: datetime.timedelta, fields: str) -> None:
    rows.update(**{field: F(field) - by for field in fields.split()})


def _answer_surveys(consultation: Consultation, surveys: list[dict[str, Any]]) -> None:
    for wave, survey in enumerate(surveys):
        moment = timezone.now() - datetime.timedelta(days=survey["days_ago"])
        invitation = Invitation.objects.get(consultation=consultation, wave=wave)
        Invitation.objects.filter(pk=invitation.pk).update(claimed_at=moment, sent_at=moment)
        answers = {"phq-9": survey["phq9"], "need-breve": survey["need"]}
        answer_survey(by=invitation.user, invitation=invitation, answers=answers)
        Invitation.objects.filter(pk=invitation.pk).update(answered_at=moment)
        Response.objects.filter(invitation=invitation).update(answered_at=moment)
