"""Keeping what a client is writing: for the script that saves as one types, and for the button without it."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.actions.drafts import draft_of, save_draft
from consultations.actions.errors import DraftChanged, NotAllowed
from consultations.forms import CaseDraftForm, CaseForm, ReplyDraftForm
from consultations.models import Consultation
from consultations.views.access import (
    SignedInRequest,
    ask_to_sign_in,
    find_own,
    is_signed_in,
    too_often,
)
from consultations.views.conversation import show
from consultations.views.letters import (
    ONCE_MORE,
    WAIT_A_MOMENT,
    Letter,
    keep_text,
    letter_in,
    refuse_strangers,
)
from home.views.origin import has_valid_token

SAVED = "Guardado. Puedes cerrar y seguir después."
SIGNED_OUT = "Tu sesión terminó. Tu texto sigue en la página: ingresa otra vez."
TOO_LONG = (
    "Tu texto es demasiado largo para guardarlo como borrador, pero está completo en esta página. "
    "Cópialo en otro lugar y deja aquí una parte."
)
CHANGED = "Desde otra pestaña se guardó otro texto. El de esta página sigue aquí, sin guardar."
VERSION = "X-Draft-Version"
NOT_NOW = "Esta carta ya se envió, o ya no se puede escribir aquí."


@csrf_exempt  # the token is checked below: a failed check must not lose a text
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the draft: 204 for the script, back to the page for the button.

    The script says which version it began with; 409 with another one's means that it would overwrite that.
    """
    if request.method != "POST":
        return _back(request, pk)
    return _by_script(request, pk) if _is_script(request) else _by_button(request, pk)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return ask_to_sign_in(pk)
    return redirect("consultations:detail", find_own(request.user, pk).pk)


def _by_script(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    if not is_signed_in(request):
        return _say(SIGNED_OUT, 401)
    consultation = find_own(request.user, pk)
    if not has_valid_token(request):
        return _say(ONCE_MORE, 403)
    if too_often(request):
        return _say(WAIT_A_MOMENT, 429)
    try:
        problem, status = _save(request, consultation, based_on=request.headers.get(VERSION))
    except DraftChanged as change:
        response: HttpResponse = _say(CHANGED, 409)
        response.headers[VERSION] = change.version
        return response
    return _say(problem, status) if problem else _saved(request, consultation)


def _saved(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    saved = draft_of(request.user, consultation)
    return HttpResponse(status=204, headers={VERSION: saved.version} if saved else {})


def _by_button(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    letter = letter_in(request.POST)
    stop = refuse_strangers(request, letter.form)
    return stop if stop is not None else _keep(cast(SignedInRequest, request), pk, letter)


def _keep(request: SignedInRequest, pk: uuid.UUID, letter: Letter) -> HttpResponse:
    consultation = find_own(request.user, pk)
    if consultation.status != letter.due_in:
        return keep_text(request, letter.form, "not_due", 409)
    kept = letter.form(initial=request.POST.dict())
    if not has_valid_token(request):
        return show(request, consultation, form=kept, problem=ONCE_MORE, status=403)
    if too_often(request):
        return show(request, consultation, form=kept, problem=WAIT_A_MOMENT, status=429)
    problem, status = _save(request, consultation)
    if problem:
        return show(request, consultation, form=kept, problem=problem, status=status)
    messages.success(request, SAVED)
    return redirect("consultations:detail", pk)


def _save(
    request: SignedInRequest, consultation: Consultation, based_on: str | None = None
) -> tuple[str, int]:
    """Save; gives what went wrong and the HTTP status that says so, or ("", 204)."""
    kind = CaseDraftForm if letter_in(request.POST).form is CaseForm else ReplyDraftForm
    form = kind(request.POST)
    if not form.is_valid():
        return TOO_LONG, 413
    try:
        save_draft(by=request.user, consultation=consultation, content=form.content, based_on=based_on)
    except NotAllowed:
        return NOT_NOW, 409
    return "", 204


def _say(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
