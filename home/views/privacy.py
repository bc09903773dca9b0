"""Asking for, and remembering, what a visitor says about being measured with Google Analytics."""

from __future__ import annotations

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from home.actions.consents import give_consent, withdraw_consent
from home.consents import CONSENT_COOKIE, MEASURED, NOT_MEASURED
from home.enums import ConsentPurpose
from home.forms import AnalyticsConsentForm
from home.google_analytics import is_configured
from home.views.origin import is_from_this_site, safe_next

HALF_A_YEAR = 180 * 24 * 3600


@csrf_exempt  # asked on public pages, which carry no token: the browser's own word on the origin decides
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember yes or no for 180 days, and in the person's consents when they are signed in."""
    form = AnalyticsConsentForm(request.POST)
    if not form.is_valid() or not is_from_this_site(request):
        return HttpResponseBadRequest(
            "Elige una de las dos opciones.", content_type="text/plain; charset=utf-8"
        )
    _record(request, agreed=form.agrees)
    response = HttpResponseRedirect(safe_next(request, reverse("home:privacy_preferences")))
    remember_choice(response, MEASURED if form.agrees else NOT_MEASURED)
    return response


@require_GET
def preferences(request: HttpRequest) -> HttpResponse:
    """The two buttons again, with what each of them means and which one stands."""
    choice = request.COOKIES.get(CONSENT_COOKIE, "")
    context = {"choice": choice, "measuring": is_configured()}
    return render(request, "home/privacy_preferences.html", context)


def _record(request: HttpRequest, *, agreed: bool) -> None:
    if not request.user.is_authenticated:
        return
    act = give_consent if agreed else withdraw_consent
    act(by=request.user, purpose=ConsentPurpose.ANALYTICS)


def remember_choice(response: HttpResponse, choice: str) -> None:
    # Read by consent.js, which brings the tag to life; it says nothing about the person.
    response.set_cookie(
        CONSENT_COOKIE,
        choice,
        max_age=HALF_A_YEAR,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=False,
    )
