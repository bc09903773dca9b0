"""Receiving what a client writes, so that no text is ever lost: not to a lost session, an expired token,
a second click, a limit or a state that changed meanwhile. It comes back in the page, in its own fields."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from consultations.actions.consultations import reply, submit_case
from consultations.actions.drafts import save_draft
from consultations.actions.errors import ConsentMissing, NotAllowed, Paused
from consultations.enums import Status, TurnKind
from consultations.forms import CaseForm, ReplyForm
from consultations.models import Consultation, Turn
from consultations.views.access import SignedInRequest, find_own, too_often
from consultations.views.conversation import CALL_NOW, ask_to_agree, show, speaks_of_danger
from home.models import User
from home.views import kept_text
from home.views.origin import has_valid_token

ONCE_MORE = (
    "Tu texto está completo aquí abajo, pero todavía no se envió. Por seguridad necesitamos que lo "
    "confirmes: revísalo y envíalo otra vez."
)
WAIT_A_MOMENT = "Recibimos muchos envíos seguidos. Tu texto está aquí: espera un minuto y envíalo otra vez."
ALREADY_HERE = "Ya recibimos tu carta. No hace falta enviarla otra vez."


def _send_case(by: User, consultation: Consultation, form: CaseForm) -> Turn:
    mood, agrees = form.cleaned_data["mood"], form.cleaned_data.get("agrees", False)
    return submit_case(by=by, consultation=consultation, content=form.content, mood=mood, agrees=agrees)


def _send_reply(by: User, consultation: Consultation, form: ReplyForm) -> Turn:
    return reply(by=by, consultation=consultation, text=form.content["text"])


@dataclass(frozen=True)
class Letter:
    """Something a client writes: its kind, the state in which it is due, its form and how it is sent."""

    kind: TurnKind
    due_in: Status
    form: type[CaseForm | ReplyForm]
    send: Callable[..., Turn]


CASE = Letter(TurnKind.CASE, Status.WRITING, CaseForm, _send_case)
REPLY = Letter(TurnKind.REPLY, Status.ANSWERED, ReplyForm, _send_reply)


def letter_in(data: QueryDict) -> Letter:
    """Which letter these fields are."""
    return CASE if "happening" in data else REPLY


def receive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the letter of this POST, or give it back with the reason why not. Call from a csrf-exempt view."""
    letter = letter_in(request.POST)
    stop = refuse_strangers(request, letter.form)
    return stop if stop is not None else _receive(cast(SignedInRequest, request), pk, letter)


def _receive(request: SignedInRequest, pk: uuid.UUID, letter: Letter) -> HttpResponse:
    consultation = find_own(request.user, pk)
    if consultation.status != letter.due_in:
        return _not_due(request, consultation, letter)
    form = letter.form(request.POST)
    ask_to_agree(request.user, form)
    if not has_valid_token(request):
        return show(request, consultation, form=form, problem=ONCE_MORE, status=403)
    if too_often(request):
        return show(request, consultation, form=form, problem=WAIT_A_MOMENT, status=429)
    if not form.is_valid():
        return show(request, consultation, form=form, status=422)
    try:
        letter.send(request.user, consultation, form)
    except ConsentMissing:
        # Withdrawn in another tab while this one was sending: the page now asks for it.
        return show(request, consultation, form=letter.form(request.POST), status=422)
    except Paused as paused:
        return _keep_for_later(request, find_own(request.user, pk), form, str(paused))
    except NotAllowed:
        return _not_due(request, find_own(request.user, pk), letter)
    return redirect("consultations:detail", pk)


def _keep_for_later(
    request: SignedInRequest, consultation: Consultation, form: CaseForm | ReplyForm, why: str
) -> HttpResponse:
    """The letter back in its page, and kept as a draft for when the conversation goes on."""
    kept = {**form.content, "mood": form.data.get("mood", "")} if isinstance(form, CaseForm) else form.content
    save_draft(by=request.user, consultation=consultation, content=kept)
    return show(request, consultation, form=form, problem=why, status=409)


def refuse_strangers(request: HttpRequest, form: type[forms.Form]) -> HttpResponse | None:
    """What to answer when a post comes from another site or from nobody; None when it may go on."""
    if (forged := kept_text.refuse_forged(request)) is not None:
        return forged
    if not request.user.is_authenticated:
        return keep_text(request, form, "signed_out", 403)
    return None


def keep_text(request: HttpRequest, form: type[forms.Form], reason: str, status: int) -> HttpResponse:
    """The page that holds a client's text, with the crisis lines when it speaks of danger."""
    danger = CALL_NOW if speaks_of_danger(form(request.POST)) else ""
    return kept_text.keep_text(request, form, reason, status, danger=danger)


def _not_due(request: HttpRequest, consultation: Consultation, letter: Letter) -> HttpResponse:
    """A second click finds its letter sent; a different text is shown, to be copied, whatever it lacks."""
    typed = _as_typed(request.POST, letter.form)
    sent = consultation.turns.filter(kind=letter.kind).last()
    if not any(typed.values()) or (sent is not None and typed == sent.content):
        if sent is not None:
            messages.info(request, ALREADY_HERE)
        return redirect("consultations:detail", consultation.pk)
    return keep_text(request, letter.form, "not_due", 409)


def _as_typed(data: QueryDict, form: type[CaseForm | ReplyForm]) -> dict[str, str]:
    """The letter's fields as they would be stored, right or wrong."""
    return {name: form.base_fields[name].to_python(data.get(name)) for name in form.letters}
