from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.middleware import CLOSED_PREFIXES

A_DAY = 86400


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    context = {"closed": CLOSED_PREFIXES}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address whatever the page says; the picture is one of the static files."""
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
