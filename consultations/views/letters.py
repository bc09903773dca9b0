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
from django.shortcuts import redirect, render

from consultations.actions.consultations import reply, submit_case
from consultations.actions.errors import NotAllowed
from consultations.enums import Status, TurnKind
from consultations.forms import CaseForm, ReplyForm
from consultations.models import Consultation, Turn
from consultations.views.access import SignedInRequest, find_own, has_valid_token, too_often
from consultations.views.conversation import CALL_NOW, show, speaks_of_danger
from home.models import User
from home.views.errors import csrf_failure
from home.views.origin import is_from_this_site

ONCE_MORE = (
    "Tu texto está completo aquí abajo, pero todavía no se envió. Por seguridad necesitamos que lo "
    "confirmes: revísalo y envíalo otra vez."
)
WAIT_A_MOMENT = "Recibimos muchos envíos seguidos. Tu texto está aquí: espera un minuto y envíalo otra vez."
ALREADY_HERE = "Ya recibimos tu carta. No hace falta enviarla otra vez."


def _send_case(by: User, consultation: Consultation, form: CaseForm) -> Turn:
    return submit_case(by=by, consultation=consultation, content=form.content, mood=form.cleaned_data["mood"])


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
    if not has_valid_token(request):
        return show(request, consultation, form=form, problem=ONCE_MORE, status=403)
    if too_often(request):
        return show(request, consultation, form=form, problem=WAIT_A_MOMENT, status=429)
    if not form.is_valid():
        return show(request, consultation, form=form, status=422)
    try:
        letter.send(request.user, consultation, form)
    except NotAllowed:
        return _not_due(request, find_own(request.user, pk), letter)
    return redirect("consultations:detail", pk)


def refuse_strangers(request: HttpRequest, form: type[forms.Form]) -> HttpResponse | None:
    """What to answer when a post comes from another site or from nobody; None when it may go on.

    A text from another site is never shown: somebody would be putting words into a person's mouth.
    """
    if not is_from_this_site(request) and not has_valid_token(request):
        return csrf_failure(request)
    if not request.user.is_authenticated:
        return keep_text(request, form, "signed_out", 403)
    return None


def keep_text(request: HttpRequest, form: type[forms.Form], reason: str, status: int) -> HttpResponse:
    """A page that holds a text that could not be sent, in its own fields. It looks nothing up."""
    kept = form(initial={name: request.POST.get(name, "") for name in form.base_fields})
    danger = CALL_NOW if speaks_of_danger(form(request.POST)) else ""
    context = {"form": kept, "reason": reason, "back": request.path, "danger": danger}
    return render(request, "consultations/kept_text.html", context, status=status)


def _not_due(request: HttpRequest, consultation: Consultation, letter: Letter) -> HttpResponse:
    """A second click finds its letter sent; a different text is shown, to be copied."""
    form = letter.form(request.POST)
    sent = consultation.turns.filter(kind=letter.kind).last()
    if sent is not None and (not form.is_valid() or form.content == sent.content):
        messages.info(request, ALREADY_HERE)
        return redirect("consultations:detail", consultation.pk)
    return keep_text(request, letter.form, "not_due", 409)
