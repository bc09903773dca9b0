"""The site's own page for what is not there, with DEBUG too.

Django answers a 404 with a page for developers then. Who tries the site with `make run` is a visitor, and
somebody else's consultation must look the same as one that never was. Errors keep their tracebacks.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404
from django.views.defaults import page_not_found


class OwnNotFoundMiddleware:
    """The innermost middleware of `make run`: settings.py adds it, and only there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # No view was found at all; what a view raises comes by below.
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, Resolver404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
