from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_ratelimit.core import is_ratelimited

from casestudies.danger import asks_about_danger
from casestudies.excerpts import excerpt_of
from casestudies.models import Topic
from casestudies.search import MOST_RESULTS, find_pages
from casestudies.suggestions import suggestion_for
from casestudies.touchpoints import CASES_SEARCHED
from casestudies.words import LONGEST_QUERY, words_of
from home.enums import Phase
from home.touchpoints import record_page_view

# More than a person reads, less than a program asks.
SEARCHES_ALLOWED = "40/m"
A_MINUTE = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find cases and posts. Any input gets an answer; that somebody searched is counted, never what."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    words = words_of(query)
    topics = list(Topic.remembered().values())
    topic = next((each for each in topics if each.slug == request.GET.get("tema")), None)
    context = {"query": query, "asked": bool(query), "topics": topics, "topic": topic}
    context["danger"] = asks_about_danger(query)
    if words and _too_often(request):
        return _wait_a_moment(request, context)
    if words:
        record_page_view(request, CASES_SEARCHED, lands_in=Phase.RESEARCH)
    return render(request, "casestudies/search.html", context | _found(words, topic, request))


def _found(words: list[str], topic: Topic | None, request: HttpRequest) -> dict[str, Any]:
    page_of_results = find_pages(words, topic, request.GET.get("pagina"))
    typed = request.GET.get("q", "").replace("\0", " ")[:LONGEST_QUERY]
    chosen = {"tema": topic.slug} if topic else {}
    return {
        "page_of_results": page_of_results,
        "results": [(page, excerpt_of(page, words)) for page in page_of_results],
        "as_many_as_shown": page_of_results.paginator.count >= MOST_RESULTS,
        "suggestion": suggestion_for(words) if not page_of_results and topic is None else "",
        "query_alone": urlencode({"q": " ".join(typed.split())}, errors="replace"),
        "query_for_pages": urlencode({"q": " ".join(typed.split())} | chosen, errors="replace") + "&",
    }


def _too_often(request: HttpRequest) -> bool:
    limited: bool = is_ratelimited(
        request, group="search", key="ip", rate=SEARCHES_ALLOWED, method=["GET", "HEAD"], increment=True
    )
    return limited


def _wait_a_moment(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "casestudies/search.html", context | {"too_often": True}, status=429)
    response["Retry-After"] = str(A_MINUTE)
    return response
