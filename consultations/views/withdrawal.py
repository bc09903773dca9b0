"""Withdrawing a consultation that nobody has opened: a page that says what happens, and a button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations import wording
from consultations.actions import withdrawal as actions
from consultations.actions.errors import NotAllowed
from consultations.enums import BEFORE_OPENING, Status
from consultations.models import Consultation
from consultations.views.access import SignedInRequest, own_consultation


@require_http_methods(["GET", "HEAD", "POST"])
@own_consultation
def withdraw(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """Ask once whether it is meant; a POST withdraws. Too late, the consultation's page says why."""
    if request.method == "POST":
        return _withdraw(request, consultation)
    if not actions.may_withdraw(consultation):
        if consultation.status != Status.WITHDRAWN:
            opened = consultation.status not in BEFORE_OPENING
            messages.info(request, actions.TOO_LATE if opened else actions.UNSETTLED)
        return redirect("consultations:detail", consultation.pk)
    order, amount = consultation.order, actions.goes_back(consultation.order)
    context = {
        "consultation": consultation,
        "amount": wording.price(amount, order.currency) if amount else "",
        "written": consultation.status == Status.WAITING or consultation.drafts.exists(),
    }
    return render(request, "consultations/withdraw.html", context)


def _withdraw(request: SignedInRequest, consultation: Consultation) -> HttpResponse:
    """A second click finds it withdrawn, and says nothing of a problem."""
    try:
        actions.withdraw(by=request.user, consultation=consultation)
    except NotAllowed as refusal:
        if consultation.status != Status.WITHDRAWN:
            messages.error(request, str(refusal))
    return redirect("consultations:detail", consultation.pk)
