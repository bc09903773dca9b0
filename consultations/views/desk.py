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

from consultations.actions import consultations as actions
from consultations.actions.drafts import draft_of, save_draft
from consultations.actions.errors import NotAllowed
from consultations.desk_forms import OrientationDraftForm, OrientationForm
from consultations.enums import Status, TurnKind
from consultations.models import Consultation
from consultations.permissions import is_psychologist_of
from home.crisis import lines_of
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
    everything = Consultation.objects.select_related("client", "order__service")
    own = everything.filter(psychologist=request.user)
    waiting_order = ("-priority", F("waiting_since").asc(nulls_last=True), "pk")
    context = {
        "waiting": everything.filter(status=Status.WAITING).order_by(*waiting_order),
        "mine": own.filter(status__in=[Status.IN_CARE, Status.REPLIED]).order_by(*waiting_order),
        "with_client": own.filter(status=Status.ANSWERED).order_by("-taken_at"),
        "closed": own.filter(status=Status.CLOSED).order_by("-closed_at")[:CLOSED_SHOWN],
        "now": timezone.now(),
    }
    return render(request, "consultations/desk/desk.html", context)


@psychologist_only
@require_GET
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One consultation: before it is taken only what is needed to decide, afterwards all of it."""
    consultation = _visible(request, pk)
    if not is_psychologist_of(request.user, consultation):
        return render(request, "consultations/desk/take.html", {"consultation": consultation})
    return _show(request, consultation, _empty_form(request, consultation))


@psychologist_only
@require_POST
def take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    consultation = _visible(request, pk)
    try:
        actions.take(by=request.user, consultation=consultation)
    except NotAllowed:
        messages.info(request, "Otra persona tomó esta consulta antes.")
        return redirect("consultations:desk")
    messages.success(request, "La consulta está en tus manos.")
    return redirect("consultations:desk_detail", pk)


@psychologist_only
@require_POST
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    consultation = _own(request, pk)
    try:
        actions.release(by=request.user, consultation=consultation)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("consultations:desk_detail", pk)
    messages.success(request, "La consulta volvió a la lista de espera, en su mismo lugar.")
    return redirect("consultations:desk")


@psychologist_only
@require_POST
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the orientation; what does not fit comes back with everything that was typed."""
    consultation = _own(request, pk)
    form = OrientationForm(request.POST, needs_plan=_needs_plan(consultation))
    if not form.is_valid():
        return _show(request, consultation, form, status=422)
    try:
        actions.answer(
            by=request.user, consultation=consultation, text=form.cleaned_data["text"], steps=form.plan
        )
    except NotAllowed:
        messages.info(request, "Esta respuesta ya estaba enviada.")
    else:
        messages.success(request, "Tu orientación llegó. Le avisamos a la persona por correo.")
    return redirect("consultations:desk_detail", pk)


def _visible(request: HttpRequest, pk: uuid.UUID) -> Consultation:
    consultation = get_object_or_404(_full(), pk=pk)
    mine = is_psychologist_of(request.user, consultation)
    if not mine and consultation.status != Status.WAITING:
        raise Http404
    return consultation


def _own(request: HttpRequest, pk: uuid.UUID) -> Consultation:
    consultation = get_object_or_404(_full(), pk=pk)
    if not is_psychologist_of(request.user, consultation):
        raise Http404
    return consultation


def _full() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("client", "psychologist", "order__service")


def _needs_plan(consultation: Consultation) -> bool:
    return not consultation.turns.filter(kind=TurnKind.ORIENTATION).exists()


def _empty_form(request: HttpRequest, consultation: Consultation) -> OrientationForm:
    draft = draft_of(request.user, consultation)
    content: dict[str, Any] = draft.content if draft else {}
    return OrientationForm(initial=content, needs_plan=_needs_plan(consultation))


def _show(
    request: HttpRequest, consultation: Consultation, form: OrientationForm, status: int = 200
) -> HttpResponse:
    turns = list(consultation.turns.select_related("author").prefetch_related("steps"))
    context = {
        "consultation": consultation,
        "turns": turns,
        "form": form,
        "writes": consultation.status in (Status.IN_CARE, Status.REPLIED),
        "risky": any(turn.risk_reasons for turn in turns),
        "client_lines": lines_of(consultation.client.country),
        "now": timezone.now(),
    }
    return render(request, "consultations/desk/detail.html", context, status=status)


@require_POST
@psychologist_only
def draft(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the orientation as it is being written: 204 for the script, a page for a browser without one."""
    consultation = _own(request, pk)
    form = OrientationDraftForm(request.POST)
    if not form.is_valid():
        return _show(request, consultation, OrientationForm(request.POST, needs_plan=False), status=422)
    try:
        save_draft(by=request.user, consultation=consultation, content=form.content)
    except NotAllowed as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    messages.success(request, "Guardado. Puedes cerrar y seguir después.")
    return redirect("consultations:desk_detail", pk)
