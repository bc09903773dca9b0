"""The e-mails of this room. None says what a consultation is about, or quotes a word of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from consultations.models import Consultation, Order, Turn
from home.emails import send_once
from home.permissions import PSYCHOLOGISTS


def space_open(order: Order) -> None:
    """To the client: the payment is confirmed and the space to write is open."""
    context = {"url": _client_url(order.consultation), "order": order}
    send_once("space_open", to=order.client.email, key=f"space-open-{order.pk}", context=context)


def answer_ready(turn: Turn) -> None:
    """To the client: there is a letter to read."""
    url = _client_url(turn.consultation)
    send_once(
        "answer_ready", to=turn.consultation.client.email, key=f"answer-{turn.pk}", context={"url": url}
    )


def case_waiting(turn: Turn) -> None:
    """To every psychologist: somebody waits for an answer, until when."""
    for pk, address in _on_duty():
        send_once(
            "case_waiting",
            to=address,
            key=f"case-{turn.pk}-{pk}",
            context={"url": _desk_url(), "due_at": turn.consultation.due_at},
        )


def reply_arrived(turn: Turn) -> None:
    """To the psychologist who answered: there is a réplica."""
    psychologist = turn.consultation.psychologist
    if psychologist is None:
        return
    context = {"url": _desk_url(turn.consultation), "due_at": turn.consultation.due_at}
    send_once("reply_arrived", to=psychologist.email, key=f"reply-{turn.pk}", context=context)


def risk_notice(turn: Turn) -> None:
    """To whoever is in charge, or everybody on duty: something is to be read first."""
    psychologist = turn.consultation.psychologist
    people = [(psychologist.pk, psychologist.email)] if psychologist else _on_duty()
    for pk, address in people:
        context = {"url": _desk_url(turn.consultation)}
        send_once("risk_notice", to=address, key=f"risk-{turn.pk}-{pk}", context=context)


def _on_duty() -> list[tuple[int, str]]:
    people = get_user_model().objects.filter(is_active=True, groups__name=PSYCHOLOGISTS)
    return list(people.values_list("pk", "email"))


def _client_url(consultation: Consultation) -> str:
    return settings.SITE_URL + reverse("consultations:detail", args=[consultation.pk])


def _desk_url(consultation: Consultation | None = None) -> str:
    if consultation is None:
        return settings.SITE_URL + reverse("consultations:desk")
    return settings.SITE_URL + reverse("consultations:desk_detail", args=[consultation.pk])
