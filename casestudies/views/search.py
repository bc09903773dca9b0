from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casestudies.models import Topic
from casestudies.search import LONGEST_QUERY, find_pages, words_of
from casestudies.touchpoints import CASES_SEARCHED
from home.touchpoints import record


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find cases and posts. Any input gets an answer; that somebody searched is counted, never what."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    words = words_of(query)
    page_of_results = find_pages(words, request.GET.get("pagina"))
    if words and request.method == "GET":
        record(CASES_SEARCHED, request=request)
    context = {
        "query": query,
        "query_for_pages": f"{urlencode({'q': query})}&",
        "asked": bool(query),
        "page_of_results": page_of_results,
        "topics": [] if page_of_results else Topic.objects.all(),
    }
    return render(request, "casestudies/search.html", context)
