"""Receiving what a psychologist writes, so that no text is lost: not to a lost session, an expired token, a
second tab, or a consultation that changed hands meanwhile. It comes back in the page, in its own fields."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.actions import consultations as actions
from consultations.actions.drafts import may_write, save_draft
from consultations.actions.errors import NotAllowed, Paused
from consultations.actions.pausing import why_paused_at_the_desk
from consultations.desk_forms import OrientationDraftForm, OrientationForm, split_steps
from consultations.enums import TurnKind
from consultations.forms import clean_text
from consultations.models import Consultation
from consultations.views.desk import find_own, needs_plan, show
from consultations.views.drafts import NOT_NOW, SAVED, SIGNED_OUT, TOO_LONG
from consultations.views.letters import ONCE_MORE
from home.permissions import is_psychologist
from home.views import kept_text
from home.views.origin import has_valid_token


@csrf_exempt  # the token is checked below: a failed check must not lose a letter
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the orientation, or give it back with the reason why not."""
    if request.method != "POST":
        return redirect("consultations:desk_detail", pk)
    stop = _refuse(request, pk)
    return stop if stop is not None else _answer(request, find_own(request, pk))


def _answer(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    if not may_write(request.user, consultation):
        return _not_due(request, consultation)
    form = OrientationForm(request.POST, needs_plan=needs_plan(consultation))
    if not has_valid_token(request):
        return show(request, consultation, form, problem=ONCE_MORE, status=403)
    if not form.is_valid():
        return show(request, consultation, form, status=422)
    text = form.cleaned_data["text"]
    try:
        actions.answer(by=request.user, consultation=consultation, text=text, steps=form.plan)
    except Paused:
        return _keep_for_later(request, find_own(request, consultation.pk), form)
    except NotAllowed:
        return _not_due(request, find_own(request, consultation.pk))
    messages.success(request, "Tu orientación llegó. Le avisamos a la persona por correo.")
    return redirect("consultations:desk_detail", consultation.pk)


def _keep_for_later(request: HttpRequest, consultation: Consultation, form: OrientationForm) -> HttpResponse:
    """The orientation back in its page, and kept as a draft for when the conversation goes on."""
    _save(request, consultation)
    why = why_paused_at_the_desk(consultation)
    return show(request, consultation, form, problem=why, status=409)


@csrf_exempt  # the token is checked below: a failed check must not lose a text
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the orientation as it is being written: 204 for the script, a page for a browser without one."""
    if request.method != "POST":
        return redirect("consultations:desk_detail", pk)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return _by_script(request, pk)
    stop = _refuse(request, pk)
    return stop if stop is not None else _by_button(request, find_own(request, pk))


def _by_script(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"message": SIGNED_OUT}, status=401)
    consultation = find_own(request, pk)
    if not has_valid_token(request):
        return JsonResponse({"message": ONCE_MORE}, status=403)
    problem, status = _save(request, consultation)
    return JsonResponse({"message": problem}, status=status) if problem else HttpResponse(status=204)


def _by_button(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    if not may_write(request.user, consultation):
        return _keep(request, consultation.pk, "not_due", 409)
    # Unbound: a draft is not yet held to what an orientation must have.
    kept = OrientationForm(initial=request.POST.dict(), needs_plan=needs_plan(consultation))
    if not has_valid_token(request):
        return show(request, consultation, kept, problem=ONCE_MORE, status=403)
    problem, status = _save(request, consultation)
    if problem:
        return show(request, consultation, kept, problem=problem, status=status)
    messages.success(request, SAVED)
    return redirect("consultations:desk_detail", consultation.pk)


def _save(request: HttpRequest, consultation: Consultation) -> tuple[str, int]:
    """Save; gives what went wrong and the HTTP status that says so, or ("", 204)."""
    form = OrientationDraftForm(request.POST)
    if not form.is_valid():
        return TOO_LONG, 413
    try:
        save_draft(by=request.user, consultation=consultation, content=form.content)
    except NotAllowed:
        return NOT_NOW, 409
    return "", 204


def _refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse | None:
    """What to answer a post of another site's, of nobody's, or about a consultation given away meanwhile.

    None when it may go on. A psychologist's text comes back whether or not there is such a consultation,
    so it tells nothing about that.
    """
    if (forged := kept_text.refuse_forged(request)) is not None:
        return forged
    if not request.user.is_authenticated:
        return _keep(request, pk, "signed_out", 403)
    if not is_psychologist(request.user):
        raise Http404
    try:
        find_own(request, pk)
    except Http404:
        if not any(_as_typed(request)):
            raise
        return _keep(request, None, "not_due", 404)
    return None


def _keep(request: HttpRequest, pk: uuid.UUID | None, reason: str, status: int) -> HttpResponse:
    back = reverse("consultations:desk_detail", args=[pk]) if pk else reverse("consultations:desk")
    return kept_text.keep_text(request, OrientationForm, reason, status, back=back)


def _not_due(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """A second click finds its letter sent; a different text is shown, to be copied."""
    typed = _as_typed(request)
    sent = consultation.turns.filter(kind=TurnKind.ORIENTATION).last()
    same = sent is not None and typed == (sent.content["text"], [step.text for step in sent.steps.all()])
    if same or not any(typed):
        messages.info(request, "Esta respuesta ya estaba enviada.")
        return redirect("consultations:desk_detail", consultation.pk)
    return _keep(request, consultation.pk, "not_due", 409)


def _as_typed(request: HttpRequest) -> tuple[str, list[str]]:
    """Text and steps as they would be stored, right or wrong."""
    text, steps = (clean_text(request.POST.get(name, "")).strip() for name in ("text", "steps"))
    return text, split_steps(steps)
