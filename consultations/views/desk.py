"""The psychologist's desk: what waits, longest first, and each consultation of one's own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casestudies.actions.letters import letters_wait
from consultations.actions import consultations as actions
from consultations.actions.aftercare import may_write_note
from consultations.actions.case_drafts import case_of, may_prepare_case
from consultations.actions.drafts import draft_of, may_write
from consultations.actions.errors import NotAllowed, Paused
from consultations.actions.handovers import left_alone, take_over
from consultations.actions.pausing import why_paused_at_the_desk, with_money
from consultations.desk_forms import NoteForm, OrientationForm
from consultations.enums import Status, TurnKind
from consultations.models import Consultation, Rating
from consultations.permissions import is_left_alone, is_psychologist_of, may_take_over
from consultations.risk import assess
from home.crisis import lines_of
from home.models import CrisisLine, SiteSettings
from home.permissions import is_psychologist

P = ParamSpec("P")
DeskView = Callable[Concatenate[HttpRequest, P], HttpResponse]
CLOSED_SHOWN = 10


def psychologist_only(view: DeskView[P]) -> DeskView[P]:
    """Visitors sign in; anybody who is no psychologist finds nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_psychologist(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)  # type: ignore[return-value]  # `wraps` names its arguments


@psychologist_only
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits, in the order in which it should be read. Never a word of the texts."""
    everything = with_money(Consultation.objects.select_related("client"))
    own = everything.filter(psychologist=request.user)
    waiting_order = ("-priority", F("waiting_since").asc(nulls_last=True), "pk")
    context = {
        "waiting": everything.filter(status=Status.WAITING).order_by(*waiting_order),
        "mine": own.filter(status__in=[Status.IN_CARE, Status.REPLIED]).order_by(*waiting_order),
        "with_client": own.filter(status=Status.ANSWERED).order_by("-taken_at"),
        "closed": own.filter(status=Status.CLOSED).order_by("-priority", "-closed_at")[:CLOSED_SHOWN],
        "left_alone": with_money(left_alone().exclude(client=request.user).select_related("client")).order_by(
            *waiting_order
        ),
        "now": timezone.now(),
    }
    return render(request, "consultations/desk/desk.html", context)


@psychologist_only
@require_GET
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One consultation: before it is taken only what is needed to decide, afterwards all of it."""
    consultation = _visible(request, pk)
    if not is_psychologist_of(request.user, consultation):
        context = {
            "consultation": consultation,
            "left_alone": is_left_alone(consultation),
            "paused": why_paused_at_the_desk(consultation),
        }
        return render(request, "consultations/desk/take.html", context)
    return show(request, consultation, _empty_form(request, consultation))


@psychologist_only
@require_POST
def take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    consultation = _visible(request, pk)
    take_it = take_over if is_left_alone(consultation) else actions.take
    try:
        take_it(by=request.user, consultation=consultation)
    except Paused:
        # The page itself says why.
        return redirect("consultations:desk_detail", pk)
    except NotAllowed as refused:
        messages.info(request, str(refused))
        return redirect("consultations:desk")
    messages.success(request, "La consulta está en tus manos.")
    return redirect("consultations:desk_detail", pk)


@psychologist_only
@require_POST
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    consultation = find_own(request, pk)
    try:
        actions.release(by=request.user, consultation=consultation)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("consultations:desk_detail", pk)
    messages.success(request, "La consulta volvió a la lista de espera, en su mismo lugar.")
    return redirect("consultations:desk")


def _visible(request: HttpRequest, pk: uuid.UUID) -> Consultation:
    consultation = get_object_or_404(_full(), pk=pk)
    if consultation.status == Status.WAITING or is_psychologist_of(request.user, consultation):
        return consultation
    if may_take_over(request.user, consultation):
        return consultation
    raise Http404


def find_own(request: HttpRequest, pk: uuid.UUID) -> Consultation:
    """The consultation with this id if it is in the hands of who asks; Http404 for anybody else."""
    consultation = get_object_or_404(_full(), pk=pk)
    if not is_psychologist_of(request.user, consultation):
        raise Http404
    return consultation


def _full() -> QuerySet[Consultation]:
    return with_money(Consultation.objects.select_related("client", "psychologist"))


def needs_plan(consultation: Consultation) -> bool:
    """Whether the next orientation is the first, which has a plan of action."""
    return not consultation.turns.filter(kind=TurnKind.ORIENTATION).exists()


def _empty_form(request: HttpRequest, consultation: Consultation) -> OrientationForm:
    draft = draft_of(request.user, consultation)
    content: dict[str, Any] = draft.content if draft else {}
    return OrientationForm(initial=content, needs_plan=needs_plan(consultation))


def show(
    request: HttpRequest,
    consultation: Consultation,
    form: OrientationForm | None = None,
    *,
    note_form: NoteForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole consultation. A form may be one that came back with its text, `problem` says why."""
    turns = list(consultation.turns.select_related("author__professional_page").prefetch_related("steps"))
    rating = Rating.objects.filter(consultation=consultation).first()
    source = case_of(consultation)
    rating_speaks_of_danger = rating is not None and assess(rating.comment).flag
    context = {
        "consultation": consultation,
        "turns": turns,
        "form": form,
        "problem": problem,
        "paused": why_paused_at_the_desk(consultation),
        "rating": rating,
        "note_form": (note_form or NoteForm()) if may_write_note(request.user, consultation) else None,
        "writes": may_write(request.user, consultation),
        "risky": rating_speaks_of_danger or any(turn.risk_reasons for turn in turns),
        "client_lines": _lines_of_client(request, consultation),
        "may_prepare_case": may_prepare_case(request.user, consultation),
        "made_case": source.page if source else None,
        "letters_wait": bool(source and source.page and letters_wait(source.page)),
        "now": timezone.now(),
    }
    return render(request, "consultations/desk/detail.html", context, status=status)


def _lines_of_client(request: HttpRequest, consultation: Consultation) -> list[CrisisLine]:
    """The lines the client was shown: of their country, or of the site's where they named none."""
    return lines_of(consultation.client.country or SiteSettings.for_request(request).default_country)
