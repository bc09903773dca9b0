"""The workbench where an editor turns original letters into a case. Wagtail asks for access to the office."""

from __future__ import annotations

from dataclasses import dataclass
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
)
from casestudies.actions.errors import NotAllowed
from casestudies.anonymiser_form import MOST_LETTERS, DecisionsForm, OriginalForm
from casestudies.checking import Checked, check, decisions_of
from casestudies.enums import Decision, TurnKind
from casestudies.highlighting import highlighted, preview
from casestudies.models import CaseOriginal, CasePage
from casestudies.passages import Passage
from casestudies.permissions import may_anonymise
from home.models import User

TEMPLATE = "casestudies/admin/anonymiser.html"


def _case_for(request: HttpRequest, page_id: int) -> CasePage:
    case = get_object_or_404(CasePage, pk=page_id)
    if not may_anonymise(request.user, case):
        raise PermissionDenied
    return case


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def anonymiser(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the findings; store the decisions that were sent, and take them into the draft if asked to."""
    case = _case_for(request, page_id)
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
        apply_decisions(by=cast(User, request.user), case=case)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("casestudies_anonymiser", case.pk)
    messages.success(request, "El borrador del caso tiene ahora el texto anonimizado. Léelo entero.")
    return redirect("wagtailadmin_pages:edit", case.pk)


@require_POST
def original(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep the letters as they were written. What was typed stays on the page when something is missing."""
    case = _case_for(request, page_id)
    form = OriginalForm(request.POST)
    if not form.is_valid():
        return _page(request, case, _bench(case), original_form=form, status=422)
    save_original(by=cast(User, request.user), case=case, letters=form.letters)
    messages.success(request, "Guardado, cifrado y aparte. Decide ahora sobre cada hallazgo.")
    return redirect("casestudies_anonymiser", case.pk)


@require_POST
def move(request: HttpRequest, page_id: int) -> HttpResponse:
    """Bring here what was pasted into the case's own letters."""
    case = _case_for(request, page_id)
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


def _bench(case: CasePage, data: Any = None) -> Bench:
    kept = CaseOriginal.objects.filter(page=case).first()
    draft = draft_of(case)
    passages = passages_to_check(draft, kept)
    checked = check(passages, decisions_of(case))
    form = DecisionsForm(groups_of(checked, kept.date_shift if kept else 0), data)
    return Bench(kept, passages, checked, form, misplaced_letters(draft, kept))


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
        "misplaced": bench.misplaced,
        "original_error": original_form.error if original_form else "",
        "letters": _letter_rows(bench.original, original_form),
        "kinds": TurnKind.choices,
        "sides": sides,
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
