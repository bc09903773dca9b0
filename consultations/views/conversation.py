"""The conversation as a client sees it: which letters, which form, which notices, in each state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from consultations.actions.case_drafts import case_of, waits_for_approval
from consultations.actions.consultations import publication_wish_now
from consultations.actions.drafts import draft_of
from consultations.actions.gifts import STAYS_AT_LEAST
from consultations.actions.pausing import STOPPED, WRITE_TO_US, why_paused
from consultations.actions.reading import mark_read
from consultations.actions.refunds import refunds_to_tell
from consultations.actions.withdrawal import may_withdraw
from consultations.enums import FROM_CLIENT, WAITS_FOR_PSYCHOLOGIST, Status, TurnKind
from consultations.forms import CaseForm, PublicationForm, RatingForm, ReplyForm
from consultations.models import Consultation, PlanStep, Rating, Turn
from consultations.risk import assess
from consultations.views.access import SignedInRequest, is_on_screen
from home.actions.consents import has_consented
from home.enums import ConsentPurpose, Mood
from home.models import User

TITLES = {
    TurnKind.CASE: "Tu consulta",
    TurnKind.ORIENTATION: "La orientación",
    TurnKind.REPLY: "Tu réplica",
    TurnKind.NOTE: "Un mensaje para ti",
}
# Kinds as components/turn.html names them.
LOOKS = {
    TurnKind.CASE: "consultation",
    TurnKind.ORIENTATION: "orientation",
    TurnKind.REPLY: "reply",
    TurnKind.NOTE: "orientation",
}
TEMPLATES = {
    Status.WRITING: "consultations/writing.html",
    Status.WAITING: "consultations/waiting.html",
    Status.IN_CARE: "consultations/waiting.html",
    Status.ANSWERED: "consultations/answered.html",
    Status.REPLIED: "consultations/waiting.html",
    Status.CLOSED: "consultations/closed.html",
    Status.WITHDRAWN: "consultations/withdrawn.html",
}
CALL_NOW = "Si estás en peligro ahora, llama: te atiende una persona."
WILL_BE_READ_FIRST = " Tu mensaje también llegó y lo leerán primero."


def show(
    request: SignedInRequest,
    consultation: Consultation,
    *,
    form: forms.Form | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of this state. `form` is one that came back with its text, `problem` says why.

    Letters on screen count as read; what was new is drawn as new this once.
    """
    turns = list(consultation.turns.select_related("author__professional_page").prefetch_related("steps"))
    context: dict[str, Any] = {
        **_frame(consultation, problem),
        "letters": [letter(turn) for turn in turns],
        "newest": next((f"carta-{turn.number}" for turn in reversed(turns) if len(turns) > 2), ""),
        "danger": danger(consultation, turns, form),
        "note": next((f"carta-{turn.number}" for turn in reversed(turns) if turn.kind == TurnKind.NOTE), ""),
        **_of_this_state(request, consultation, form),
    }
    page = render(request, TEMPLATES[Status(consultation.status)], context, status=status)
    if any(each["unread"] for each in context["letters"]) and is_on_screen(request):
        mark_read(by=request.user, consultation=consultation)
    return page


def _frame(consultation: Consultation, problem: str) -> dict[str, Any]:
    paused = "" if consultation.status == Status.WITHDRAWN else why_paused(consultation.order)
    return {
        "consultation": consultation,
        "order": consultation.order,
        "professional": professional_of(consultation.psychologist),
        "paused": paused,
        "stopped": paused in STOPPED,
        "write_to_us": (problem or paused) in WRITE_TO_US,
        "may_withdraw": may_withdraw(consultation),
        "problem": problem,
        "now": timezone.now(),
        "step_url": reverse("consultations:step", args=[consultation.pk]),
    }


def _of_this_state(
    request: SignedInRequest, consultation: Consultation, form: forms.Form | None
) -> dict[str, Any]:
    status = consultation.status
    if status == Status.WRITING:
        return _with_draft(request, consultation, form, CaseForm)
    if status == Status.ANSWERED:
        mood = {"mood_choices": Mood.choices}
        return {**mood, **_with_draft(request, consultation, form, ReplyForm)}
    if status == Status.CLOSED:
        return _after_closing(request, consultation, form)
    if status == Status.WITHDRAWN:
        # Of the gift itself nothing is told: somebody else may have used it since.
        until = consultation.withdrawn_at and consultation.withdrawn_at + STAYS_AT_LEAST
        return {"refunds": refunds_to_tell(consultation.order), "code_works_until": until}
    return {}


def _with_draft(
    request: SignedInRequest, consultation: Consultation, form: forms.Form | None, kind: type[forms.Form]
) -> dict[str, Any]:
    draft = draft_of(request.user, consultation)
    form = form or kind(initial=draft.content if draft else None)
    ask_to_agree(request.user, form)
    return {"form": form, "draft": draft}


def ask_to_agree(user: User, form: forms.Form) -> None:
    """Have the form of a case ask for the consent to be attended, when it was withdrawn after paying."""
    if isinstance(form, CaseForm) and not has_consented(user, ConsentPurpose.ATTENTION):
        form.ask_to_agree()


def _after_closing(
    request: SignedInRequest, consultation: Consultation, form: forms.Form | None
) -> dict[str, Any]:
    rating = Rating.objects.filter(consultation=consultation).first()
    source = case_of(consultation)
    after: dict[str, Any] = {
        "rating": rating,
        "form": form or RatingForm(),
        "publication_form": PublicationForm(initial={"publication": publication_wish_now(consultation)}),
        "case_source": source,
        "case_waits": source is not None and waits_for_approval(source),
        "followed_up": has_consented(request.user, ConsentPurpose.FOLLOW_UP),
    }
    if rating and assess(rating.comment).flag:
        after["danger"] = CALL_NOW
    return after


def danger(consultation: Consultation, turns: list[Turn], form: forms.Form | None) -> str:
    """What to say beside the crisis lines; "" when nothing speaks of danger.

    A text that could not be sent counts too: the lines do not wait for a form to be right. Once the
    conversation is closed they step back to the strip that every page has.
    """
    own = [turn for turn in turns if turn.kind in FROM_CLIENT]
    if own and own[-1].risk_reasons and consultation.status in WAITS_FOR_PSYCHOLOGIST:
        return CALL_NOW + WILL_BE_READ_FIRST
    if any(turn.risk_reasons for turn in own) and consultation.status != Status.CLOSED:
        return CALL_NOW
    return CALL_NOW if form is not None and speaks_of_danger(form) else ""


def speaks_of_danger(form: forms.Form) -> bool:
    """Whether the letters of a posted form do."""
    if not form.is_bound:
        return False
    return assess("\n".join(str(form[name].value() or "") for name in getattr(form, "letters", ()))).flag


def letter(turn: Turn) -> dict[str, Any]:
    """A turn as components/turn.html and plan.html take it."""
    kind = TurnKind(turn.kind)
    from_client = kind in FROM_CLIENT
    # Who wrote it, who may not be who is in charge by now.
    professional = professional_of(None if from_client else turn.author)
    return {
        "kind": LOOKS[kind],
        "title": TITLES[kind],
        "author": "Tú" if from_client else professional["name"],
        "role": "" if from_client else professional["role"],
        "at": turn.sent_at,
        "html": case_html(turn.content) if kind == TurnKind.CASE else linebreaks_filter(turn.content["text"]),
        "anchor": f"carta-{turn.number}",
        "plan_anchor": f"plan-{turn.number}",
        # Landmarks need names of their own; the first orientation is the second letter.
        "plan_title": "Plan de acción" if turn.number == 2 else f"Plan de acción de la carta {turn.number}",
        "unread": not from_client and turn.read_at is None,
        "steps": [step_in_words(step) for step in turn.steps.all()],
    }


def step_in_words(step: PlanStep) -> dict[str, Any]:
    """A step's first line is its title. Its key says what a tap will make of it, so that two taps are one."""
    title, _, detail = step.text.partition("\n")
    done = step.done_at is not None
    return {
        "title": title.strip(),
        "detail": detail.strip(),
        "done": done,
        "pk": f"{step.pk}-{'abierto' if done else 'hecho'}",
    }


def case_html(content: dict[str, str]) -> SafeString:
    """The guided fields that were filled in, each under its question."""
    asked = [(CaseForm.base_fields[name].label, content.get(name, "")) for name in CaseForm.letters]
    answered = [(label, linebreaks_filter(text)) for label, text in asked if text]
    return format_html_join("", "<h3>{}</h3>{}", answered)


def professional_of(person: User | None) -> dict[str, str]:
    """Who reads and answers: the name and credentials of their public page; of nobody ""."""
    page = getattr(person, "professional_page", None)
    if person is None or page is None:
        return {"name": "" if person is None else person.get_full_name(), "role": "", "url": ""}
    url = (page.url or "") if page.live else ""
    return {"name": page.title, "role": format_html("{}, {}", page.job_title, page.registration), "url": url}
