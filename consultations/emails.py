"""The e-mails of this room. None says what a consultation is about, or quotes a word of it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from consultations import wording
from consultations.enums import FUNDED, RefundReason
from consultations.models import CaseSource, Consultation, Order, PaymentFlag, Rating, Refund, Turn
from consultations.permissions import is_left_alone
from home.emails import send_once
from home.permissions import administrators, psychologists_on_duty


def payment_received(order: Order) -> None:
    """To the client: the receipt, and where the space to write is, if it is theirs."""
    consultation = Consultation.objects.filter(order=order, client=order.client_id).first()
    context = {
        "order": order,
        "title": wording.NEUTRAL_TITLE,
        # What costs nothing has no receipt.
        "amount": wording.price(order.amount, order.currency) if order.amount else "",
        "date": wording.day(order.paid_at or order.created_at),
        "url": _client_url(consultation) if consultation else "",
        "receipt_url": settings.SITE_URL + reverse("consultations:receipt", args=[order.return_token]),
    }
    send_once("payment_received", to=order.client.email, key=payment_received_key(order), context=context)


def payment_received_key(order: Order) -> str:
    """The same as when the space alone was told of: no order is told of twice."""
    return f"space-open-{order.pk}"


def gift_ready(order: Order) -> None:
    """To the buyer: the gift is ready, and where its code is. The code itself is in no e-mail."""
    url = settings.SITE_URL + reverse("consultations:order", args=[order.return_token])
    context = {"url": url, "order": order}
    send_once("gift_ready", to=order.client.email, key=f"gift-ready-{order.pk}", context=context)


def refund_done(refund: Refund) -> None:
    """To the client: money went back. One refund at Mercado Pago is told of once."""
    order = refund.payment.order
    url = settings.SITE_URL + reverse("consultations:order", args=[order.return_token])
    amount = wording.price(refund.amount, refund.payment.currency)
    date = wording.day(refund.made_at or refund.settled_at or refund.asked_at)
    context = {"url": url, "order": order, "amount": amount, "date": date, "title": wording.NEUTRAL_TITLE}
    # Who has an open consultation must not think that it was cancelled.
    context["excess"] = refund.reason == RefundReason.EXCESS and order.money in FUNDED
    send_once("refund_done", to=order.client.email, key=f"refund-{refund.refund_id}", context=context)


def answer_ready(turn: Turn) -> None:
    """To the client: there is a letter to read."""
    url = _client_url(turn.consultation)
    send_once(
        "answer_ready", to=turn.consultation.client.email, key=f"answer-{turn.pk}", context={"url": url}
    )


def case_text_ready(source: CaseSource, digest: str) -> None:
    """To the client: the text of their case waits for a yes or a no. Each text is told of once."""
    consultation = source.consultation
    url = settings.SITE_URL + reverse("consultations:case", args=[consultation.pk])
    key = f"case-text-{source.pk}-{digest[:16]}"
    send_once("case_text_ready", to=consultation.client.email, key=key, context={"url": url})


def case_waiting(turn: Turn) -> None:
    """To every psychologist: somebody waits for an answer, until when."""
    for reader in readers_of(turn.consultation):
        url = _desk_url() if reader.at_the_desk else reader.url
        send_once(
            "case_waiting",
            to=reader.email,
            key=f"case-{turn.pk}-{reader.pk}",
            context={"url": url, "due_at": turn.consultation.due_at},
        )


def reply_arrived(turn: Turn) -> None:
    """To the psychologist who answered: there is a réplica. If they left, to the others: somebody waits."""
    psychologist = turn.consultation.psychologist
    if psychologist is None or is_left_alone(turn.consultation):
        case_waiting(turn)
        return
    context = {"url": _desk_url(turn.consultation), "due_at": turn.consultation.due_at}
    send_once("reply_arrived", to=psychologist.email, key=f"reply-{turn.pk}", context=context)


def risk_notice(turn: Turn) -> None:
    """To whoever can read it: something is to be read first."""
    _read_first(turn.consultation, f"risk-{turn.pk}")


def rating_risk_notice(rating: Rating) -> None:
    """The same, for the comment of a rating; one that replaces it is told of again."""
    _read_first(rating.consultation, f"risk-rating-{rating.pk}-{rating.rated_at:%Y%m%d%H%M%S%f}")


def _read_first(consultation: Consultation, key: str) -> None:
    for reader in readers_of(consultation):
        send_once("risk_notice", to=reader.email, key=f"{key}-{reader.pk}", context={"url": reader.url})


def payment_flag(flag: PaymentFlag) -> None:
    """To the administrators: a payment is to be looked at. Names the order and the reason, and nobody."""
    about = flag.order.reference if flag.order else flag.payment_id or ""
    context = {
        "about": about,
        "reason": flag.get_reason_display(),
        "url": settings.SITE_URL + reverse("consultations_flag", args=[flag.pk]),
    }
    for person in administrators().order_by("pk"):
        send_once("payment_flag", to=person.email, key=f"payment-flag-{flag.pk}-{person.pk}", context=context)


class Reader(NamedTuple):
    """Somebody to be told about a consultation, and where they can do something about it."""

    pk: int
    email: str
    url: str
    at_the_desk: bool = True


def readers_of(consultation: Consultation) -> list[Reader]:
    """Whoever is in charge of it; everybody on duty if nobody is, or they left; else the administrators."""
    psychologist = consultation.psychologist
    url = _desk_url(consultation)
    if psychologist is not None and not is_left_alone(consultation):
        return [Reader(psychologist.pk, psychologist.email, url)]
    on_duty = psychologists_on_duty().exclude(pk=consultation.client_id).order_by("pk")
    readers = [Reader(person.pk, person.email, url) for person in on_duty]
    if readers:
        return readers
    office = settings.SITE_URL + reverse("consultations:break_glass", args=[consultation.pk])
    people = administrators().order_by("pk")
    return [Reader(person.pk, person.email, office, at_the_desk=False) for person in people]


def _client_url(consultation: Consultation) -> str:
    return settings.SITE_URL + reverse("consultations:detail", args=[consultation.pk])


def _desk_url(consultation: Consultation | None = None) -> str:
    if consultation is None:
        return settings.SITE_URL + reverse("consultations:desk")
    return settings.SITE_URL + reverse("consultations:desk_detail", args=[consultation.pk])
