from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from consultations.actions import break_glass as actions
from consultations.desk_forms import BreakGlassForm
from consultations.models import Consultation
from home.permissions import can_break_glass


@login_required
@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An administrator reads a consultation, after giving a reason that stays on record."""
    if not can_break_glass(request.user):
        raise Http404
    consultation = get_object_or_404(Consultation.objects.select_related("client"), pk=pk)
    if actions.has_broken_glass(request.user, consultation) and request.method == "GET":
        turns = consultation.turns.select_related("author__professional_page").prefetch_related("steps")
        context = {"consultation": consultation, "turns": turns}
        return render(request, "consultations/desk/glass_broken.html", context)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.break_glass(by=request.user, consultation=consultation, reason=form.cleaned_data["reason"])
        return redirect("consultations:break_glass", pk)
    status = 422 if form.errors else 200
    context = {"consultation": consultation, "form": form}
    return render(request, "consultations/desk/break_glass.html", context, status=status)
