from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_ratelimit.core import is_ratelimited

from home.actions.moods import count_mood
from home.forms import MoodForm
from home.views.origin import is_from_this_site, safe_next

TAPS_ALLOWED = "10/m"


@csrf_exempt  # a tally that names nobody, from pages that are the same for everybody
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Count one tap on "¿Cómo estás hoy?" and go back to the page, which says thanks, never which."""
    form = MoodForm(request.POST)
    if form.is_valid() and is_from_this_site(request) and not _too_often(request):
        count_mood(phase=form.cleaned_data["phase"], mood=form.cleaned_data["mood"])
    return HttpResponseRedirect(_with_thanks(safe_next(request)))


def _too_often(request: HttpRequest) -> bool:
    limited: bool = is_ratelimited(request, group="mood", key="ip", rate=TAPS_ALLOWED, increment=True)
    return limited


def _with_thanks(address: str) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "animo"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("animo", "gracias")]), fragment="animo"))
