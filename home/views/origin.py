"""Where a form was sent from, for the forms of public pages.

Those pages are the same for everybody and may be cached, so they carry no CSRF token and set no cookie
for it. Browsers say in headers that a page cannot forge whether a request comes from the site itself.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.http import url_has_allowed_host_and_scheme

from home.addresses import host_of

OWN_SITE = frozenset({"same-origin", "none"})


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that one of Need's own pages sent this request."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site in OWN_SITE
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return host_of(origin) == request.get_host().lower()


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The address within Need that the form asks to go back to; `default` where it names no such."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return default


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check of a form's token, asked for its verdict."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def has_valid_token(request: HttpRequest) -> bool:
    """Whether the form's CSRF token holds. For views that are exempt because they must not lose a text."""
    check = _TokenCheck(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda _: HttpResponse(), (), {}) is None
