"""A person's own page: what Need knows of them, what they agreed to, and how to change it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from home.actions.consents import give_consent, withdraw_consent
from home.actions.people import change_pseudonym as give_new_pseudonym
from home.actions.people import set_country
from home.consents import MEASURED, NOT_MEASURED, consents_of
from home.enums import ConsentPurpose
from home.forms import ConsentForm, CountryForm
from home.models import User
from home.permissions import is_psychologist, is_team_member
from home.views.privacy import remember_choice


class SignedInRequest(HttpRequest):
    """What `login_required` lets through."""

    user: User  # type: ignore[assignment]


@login_required
def after_login(request: SignedInRequest) -> HttpResponse:
    """Where each role's work is: the desk, the back office, or one's own consultations."""
    if is_psychologist(request.user):
        return redirect("consultations:desk")
    if is_team_member(request.user):
        return redirect("wagtailadmin_home")
    return redirect("consultations:list")


@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    return _overview(request, CountryForm(initial={"country": request.user.country}))


@login_required
@require_POST
def change_pseudonym(request: SignedInRequest) -> HttpResponse:
    name = give_new_pseudonym(by=request.user)
    messages.success(request, f"Ahora te llamas {name}.")
    return HttpResponseRedirect(reverse("home:account"))


@login_required
@require_POST
def change_country(request: SignedInRequest) -> HttpResponse:
    form = CountryForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, status=422)
    set_country(by=request.user, country=form.cleaned_data["country"])
    messages.success(request, "Guardado. Verás las líneas de ayuda de ese país.")
    return HttpResponseRedirect(reverse("home:account"))


@login_required
@require_POST
def change_consent(request: SignedInRequest) -> HttpResponse:
    """Give or withdraw one consent with one click; it is noted with its date, never overwritten."""
    form = ConsentForm(request.POST, user=request.user)
    if not form.is_valid():
        return HttpResponseBadRequest("Ese acuerdo no existe.", content_type="text/plain; charset=utf-8")
    purpose, agreed = ConsentPurpose(form.cleaned_data["purpose"]), form.agrees
    act = give_consent if agreed else withdraw_consent
    act(by=request.user, purpose=purpose, subject=form.cleaned_data["subject"])
    messages.success(request, "Guardado. Lo anotamos con la fecha de hoy.")
    response = HttpResponseRedirect(reverse("home:account") + "#acuerdos")
    if purpose == ConsentPurpose.ANALYTICS:
        remember_choice(response, MEASURED if agreed else NOT_MEASURED)
    return response


def _overview(request: SignedInRequest, country_form: CountryForm, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "country_form": country_form,
        "pending_email": EmailAddress.objects.filter(user=user, verified=False).first(),
        "consents": consents_of(user),
        "second_factor": is_mfa_enabled(user),
    }
    return render(request, "home/account.html", context, status=status)
