"""The case made from a consultation: the psychologist begins it, the client reads and approves it."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.actions.anonymising import draft_of
from casestudies.models import CasePage, Topic
from casestudies.models.topics import LIBRARY_URL
from casestudies.views.ways_back import way_back
from consultations.actions.case_drafts import (
    approve_case,
    case_of,
    digest_of,
    is_approved,
    prepare_case,
    ready_to_approve,
)
from consultations.actions.errors import NotAllowed
from consultations.models import CaseSource, Consultation
from consultations.permissions import is_psychologist_of
from consultations.views.access import SignedInRequest, own_consultation
from consultations.views.desk import find_own, psychologist_only


@psychologist_only
@require_POST
def prepare(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the draft; who answered takes out what identifies, then an editor goes on with it."""
    try:
        page = prepare_case(by=request.user, consultation=find_own(request, pk))  # type: ignore[arg-type]
    except NotAllowed as refusal:
        messages.info(request, str(refusal))
        return redirect("consultations:desk_detail", pk)
    messages.success(request, "Las cartas están aquí, cifradas. Solo tú las lees: quita lo que identifica.")
    return redirect("casestudies_anonymiser", page.pk)


@way_back
def back_to_the_consultation(user: Any, case: CasePage) -> tuple[str, str] | None:
    """Who answered opens the workbench from the consultation, and knows the case by it."""
    source = CaseSource.objects.select_related("consultation").filter(page_id=case.pk).first()
    if source is None or not is_psychologist_of(user, source.consultation):
        return None
    return reverse("consultations:desk_detail", args=[source.consultation_id]), "Volver a la consulta"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def case(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Read the anonymised text as it would be published, and approve it or not."""
    source = case_of(consultation)
    if source is None:
        raise Http404
    if request.method == "POST":
        return _approve(request, consultation)
    return render(request, "consultations/case.html", _context(consultation, source))


def _approve(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    try:
        approve_case(by=request.user, consultation=consultation, seen=request.POST.get("seen", ""))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "Gracias. Puedes cambiar de idea cuando quieras: el caso se retira en ese momento."
        )
    return redirect("consultations:case", consultation.pk)


def _context(consultation: Consultation, source: CaseSource) -> dict[str, Any]:
    ready = ready_to_approve(source)
    case = draft_of(source.page) if ready else None
    return {
        "consultation": consultation,
        "ready": ready,
        "approved": ready and is_approved(source),
        "case": case,
        "digest": digest_of(source) if ready else "",
        **(_beside_the_text(case) if case else {}),
    }


def _beside_the_text(case: CasePage) -> dict[str, Any]:
    """What is published of the case without being its text. Costs no query: topics are remembered."""
    known = Topic.remembered()
    site = urlsplit(settings.SITE_URL).netloc
    return {
        "topics": [known[link.topic_id] for link in case.topic_links.all() if link.topic_id in known],
        "address": f"{site}{LIBRARY_URL}{case.slug}/",
    }
