"""Where a form was sent from, for the forms of public pages.

Those pages are the same for everybody and may be cached, so they carry no CSRF token and set no cookie
for it. Browsers say in headers that a page cannot forge whether a request comes from the site itself.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

OWN_SITE = frozenset({"same-origin", "none"})


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that one of Need's own pages sent this request."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site in OWN_SITE
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The address within Need that the form asks to go back to; `default` where it names no such."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return default
