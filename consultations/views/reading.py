"""What a client does beside writing: tick a step, say how they are, close, rate, decide on publishing."""

from __future__ import annotations

import uuid
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.actions.case_drafts import case_of
from consultations.actions.consultations import change_publication_wish, close
from consultations.actions.drafts import draft_of
from consultations.actions.errors import NotAllowed
from consultations.actions.reading import note_mood_after, rate, tick_step
from consultations.enums import PublicationWish, Status
from consultations.forms import CloseForm, MoodAfterForm, PublicationForm, RatingForm
from consultations.models import Consultation, PlanStep
from consultations.views.access import SignedInRequest, find_own, own_consultation, too_often
from consultations.views.conversation import show
from consultations.views.letters import ONCE_MORE, WAIT_A_MOMENT, refuse_strangers
from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.views.origin import has_valid_token

DONE = "hecho"
DECIDED = "Guardamos tu decisión. Puedes cambiarla cuando quieras."
WITHDRAWN = "Retiramos tu caso y borramos su texto. En tu consulta no cambia nada."


def _back(consultation: Consultation, anchor: str = "") -> HttpResponse:
    return redirect(reverse("consultations:detail", args=[consultation.pk]) + anchor)


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def step(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Check a step off or open it again: `step` is its key and what it shall be, "12-hecho"."""
    if request.method != "POST":
        return _back(consultation)
    key, _, wanted = request.POST.get("step", "").partition("-")
    steps = PlanStep.objects.select_related("turn__consultation").filter(turn__consultation=consultation)
    chosen = get_object_or_404(steps, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    tick_step(by=request.user, step=chosen, done=wanted == DONE)
    return _back(consultation, f"#plan-{chosen.turn.number}")


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def mood(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Keep how one is after reading, in one tap."""
    form = MoodAfterForm(request.POST)
    if request.method == "POST" and form.is_valid() and consultation.status == Status.ANSWERED:
        note_mood_after(by=request.user, consultation=consultation, mood=form.cleaned_data["mood"])
    return _back(consultation, "#animo")


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def closing(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """End the conversation, and say whether to be followed up and whether it may be published."""
    if consultation.status != Status.ANSWERED:
        return _cannot_close(request, consultation)
    posted = request.POST if request.method == "POST" else None
    form = CloseForm(posted, initial={"follow_up": _is_followed_up(request)})
    unsent = _unsent_reply(request, consultation)
    if request.method != "POST" or not form.is_valid():
        return _ask_to_close(request, consultation, form, unsent, status=422 if form.errors else 200)
    if unsent is not None and request.POST.get("unsent") != unsent["version"]:
        # Written in another tab since this page was shown: closing would delete it unseen.
        return _ask_to_close(request, consultation, form, unsent, status=409)
    try:
        close(
            by=request.user,
            consultation=consultation,
            follow_up=form.cleaned_data["follow_up"],
            publication=form.wish,
        )
    except NotAllowed as refusal:
        messages.info(request, str(refusal))
    return _back(consultation)


def _ask_to_close(
    request: SignedInRequest,
    consultation: Consultation,
    form: CloseForm,
    unsent: dict[str, str] | None,
    *,
    status: int,
) -> HttpResponse:
    context = {"consultation": consultation, "form": form, "unsent": unsent}
    return render(request, "consultations/close.html", context, status=status)


def _unsent_reply(request: SignedInRequest, consultation: Consultation) -> dict[str, str] | None:
    """The saved réplica that closing deletes, and which version of it; None when nothing is written there."""
    draft = draft_of(request.user, consultation)
    text = "" if draft is None else str(draft.content.get("text", ""))
    if draft is None or not text.strip():
        return None
    return {"text": text, "version": draft.saved_at.isoformat()}


def _is_followed_up(request: SignedInRequest) -> bool:
    return has_consented(request.user, ConsentPurpose.FOLLOW_UP)


def _cannot_close(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    if consultation.status == Status.CLOSED:
        messages.info(request, "Esta consulta ya está cerrada.")
    else:
        messages.info(request, "Podrás cerrarla cuando tengas la respuesta.")
    return _back(consultation)


@csrf_exempt  # the token is checked below: a failed check must not lose a comment
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give one to five stars, with a comment that stays private."""
    if request.method == "POST":
        stop = refuse_strangers(request, RatingForm)
        if stop is not None:
            return stop
        return _rate(cast(SignedInRequest, request), find_own(request.user, pk))
    return own_consultation(lambda _, consultation: _back(consultation))(request, pk)


def _rate(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    if consultation.status != Status.CLOSED:
        messages.info(request, "Podrás calificar cuando cierres la consulta.")
        return _back(consultation)
    form = RatingForm(request.POST)
    problem, status = _problem_with(request, form)
    if status:
        return show(request, consultation, form=form, problem=problem, status=status)
    rate(by=request.user, consultation=consultation, **form.cleaned_data)
    return _back(consultation)


def _problem_with(request: HttpRequest, form: forms.Form) -> tuple[str, int]:
    """Why this post is not acted on, and the HTTP status that says so; 0 when it is."""
    if not has_valid_token(request):
        return ONCE_MORE, 403
    if too_often(request):
        return WAIT_A_MOMENT, 429
    return "", 0 if form.is_valid() else 422


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def publication(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Say, or change, whether the case may be published. Anything but a yes takes back a case there is."""
    form = PublicationForm(request.POST)
    if request.method == "POST" and form.is_valid():
        takes_back = form.wish != PublicationWish.YES and case_of(consultation) is not None
        try:
            change_publication_wish(by=request.user, consultation=consultation, wish=form.wish)
            messages.success(request, WITHDRAWN if takes_back else DECIDED)
        except NotAllowed as refusal:
            messages.info(request, str(refusal))
    # Not to the form: what was done is said at the top of the page.
    return _back(consultation)
