"""The workbench where an editor turns original letters into a case. Wagtail asks for access to the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.actions.anonymising import (
    apply_decisions,
    decide,
    draft_of,
    groups_of,
    misplaced_letters,
    move_to_workbench,
    passages_to_check,
    save_original,
    state_of,
)
from casestudies.actions.errors import NotAllowed
from casestudies.actions.letters import are_entrusted, may_anonymise, may_read_letters
from casestudies.anonymiser_form import MOST_LETTERS, DecisionsForm, OriginalForm
from casestudies.checking import Checked, check, decisions_of
from casestudies.enums import Decision, TurnKind
from casestudies.highlighting import highlighted, preview
from casestudies.models import CaseOriginal, CasePage
from casestudies.passages import Passage
from casestudies.permissions import may_edit_case
from casestudies.views.ways_back import ways_back_of
from home.models import User

TEMPLATE = "casestudies/admin/anonymiser.html"
CLOSED = "casestudies/admin/anonymiser_closed.html"


CaseView = Callable[[HttpRequest, CasePage], HttpResponse]


def _for_whom(allowed: Callable[[Any, CasePage], bool]) -> Callable[[CaseView], Callable[..., HttpResponse]]:
    """Give the view the case, for whom it is allowed; who edits its draft is told why they are not."""

    def guard(view: CaseView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, page_id: int) -> HttpResponse:
            case = get_object_or_404(CasePage, pk=page_id)
            if allowed(request.user, case):
                return view(request, case)
            if may_edit_case(request.user, case):
                return render(request, CLOSED, {"case": case}, status=403)
            raise PermissionDenied

        return guarded

    return guard


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_for_whom(may_anonymise)
def anonymiser(request: HttpRequest, case: CasePage) -> HttpResponse:
    """Show the findings; store the decisions that were sent, and take them into the draft if asked to."""
    bench = _bench(case, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, case, bench)
    decide(by=cast(User, request.user), case=case, choices=bench.form.choices)
    if not bench.form.is_valid():
        messages.error(request, "Falta algo en lo que marcamos abajo. Lo demás quedó guardado.")
        return _page(request, case, bench, status=422)
    if "apply" in request.POST:
        return _apply(request, case)
    messages.success(request, "Decisiones guardadas.")
    return redirect("casestudies_anonymiser", case.pk)


def _apply(request: HttpRequest, case: CasePage) -> HttpResponse:
    try:
        apply_decisions(by=cast(User, request.user), case=case, seen=request.POST.get("seen"))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("casestudies_anonymiser", case.pk)
    messages.success(request, "El borrador del caso tiene ahora el texto anonimizado. Léelo entero.")
    # Who answered the consultation reads it here: the draft itself is the editors'.
    edits = may_edit_case(request.user, case)
    return redirect("wagtailadmin_pages:edit" if edits else "casestudies_anonymiser", case.pk)


@require_POST
@_for_whom(may_read_letters)
def original(request: HttpRequest, case: CasePage) -> HttpResponse:
    """Keep the letters as they were written. What was typed stays on the page when something is missing."""
    form, who = OriginalForm(request.POST), cast(User, request.user)
    if not form.is_valid():
        return _page(request, case, _bench(case), original_form=form, status=422)
    try:
        save_original(by=who, case=case, letters=form.letters, seen=request.POST.get("seen"))
    except NotAllowed as refusal:
        form.error = str(refusal)
        return _page(request, case, _bench(case), original_form=form, status=409)
    messages.success(request, "Guardado, cifrado y aparte. Decide ahora sobre cada hallazgo.")
    return redirect("casestudies_anonymiser", case.pk)


@require_POST
@_for_whom(may_read_letters)
def move(request: HttpRequest, case: CasePage) -> HttpResponse:
    """Bring here what was pasted into the case's own letters."""
    try:
        move_to_workbench(by=cast(User, request.user), case=case)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Las cartas están aquí, cifradas. El borrador y sus versiones ya no las tienen."
        )
    return redirect("casestudies_anonymiser", case.pk)


@dataclass(frozen=True)
class Bench:
    """A case on the workbench: its original letters if any, the texts to decide about, what was found."""

    original: CaseOriginal | None
    passages: list[Passage]
    checked: list[Checked]
    form: DecisionsForm
    # Whether the draft's own letters should be here instead.
    misplaced: bool
    # What the page sends back, so that a change made meanwhile is noticed.
    seen: str


def _bench(case: CasePage, data: Any = None) -> Bench:
    kept = CaseOriginal.objects.filter(page=case).first()
    draft = draft_of(case)
    passages = passages_to_check(draft, kept)
    checked = check(passages, decisions_of(case))
    form = DecisionsForm(groups_of(checked, kept.date_shift if kept else 0), data)
    return Bench(kept, passages, checked, form, misplaced_letters(draft, kept), state_of(kept, draft))


def _page(
    request: HttpRequest,
    case: CasePage,
    bench: Bench,
    original_form: OriginalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sides = [
        (each.label, highlighted(each, bench.checked), preview(each, bench.checked))
        for each in bench.passages
    ]
    context = {
        "case": case,
        "form": bench.form,
        "decisions": Decision,
        "original": bench.original,
        "seen": bench.seen,
        "may_edit": may_edit_case(request.user, case),
        "ways_back": ways_back_of(request.user, case),
        "entrusted": are_entrusted(request.user, case),
        "original_error": original_form.error if original_form else "",
        "kinds": TurnKind.choices,
        "sides": sides,
    }
    if may_read_letters(request.user, case):
        letters = _letter_rows(bench.original, original_form)
        context |= {
            "letters": letters,
            "misplaced": bench.misplaced,
            "letters_seen": state_of(bench.original),
        }
    return render(request, TEMPLATE, context, status=status)


def _letter_rows(kept: CaseOriginal | None, form: OriginalForm | None) -> list[dict[str, str]]:
    """The letters to edit, with room for four, or for one more than there are."""
    letters = form.letters if form else list(kept.letters) if kept else []
    usual = [TurnKind.CONSULTATION, TurnKind.ORIENTATION, TurnKind.REPLY, TurnKind.ORIENTATION]
    rows = [*letters, *({"kind": kind.value, "text": ""} for kind in usual[len(letters) :])]
    if len(letters) >= len(usual) and len(rows) < MOST_LETTERS:
        rows.append({"kind": "", "text": ""})
    return rows
