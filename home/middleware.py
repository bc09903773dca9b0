"""What every response carries by kind of page: content policy, no-store, a second factor for the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from wagtail.models import Site

from home.analytics_tag import policy_additions
from home.page_cache import KEEPING, is_kept, remember
from home.permissions import is_team_member
from home.second_factor import has_second_factor, passed_second_factor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from home.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

# Wagtail's admin brings inline scripts and styles of its own; everything else stays as strict.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "connect-src": ["'self'"],
}
CONFIDENTIAL_PREFIXES = ("/cuenta/", "/consultas/", "/profesional/", "/encuestas/", "/correo/")
NOT_INDEXED_PREFIXES = (*CONFIDENTIAL_PREFIXES, "/admin/", "/buscar/", "/mercadopago/", "/comentarios/")
# A robot that may not fetch a page never reads there that it is not to be listed, and lists its bare address.
# Those that every page links to are therefore open, and say noindex.
CLOSED_PREFIXES = tuple(each for each in NOT_INDEXED_PREFIXES if each not in ("/cuenta/", "/buscar/"))
# What somebody searches for is theirs: the analytics tag stands on no such page either.
UNMEASURED_PREFIXES = NOT_INDEXED_PREFIXES


class CompressionMiddleware(GZipMiddleware):
    """Django's, except for what the page cache around Django will keep, and compress once itself."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if KEEPING in request.META and is_kept(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)


def find_site(request: HttpRequest) -> Site | None:
    """The site of this request, found once for many requests, where Wagtail asks the database for each."""
    if not hasattr(request, "_wagtail_site"):
        name = ("site", request.get_host())
        # Where Wagtail itself keeps what it found, for the rest of the request.
        request._wagtail_site = remember(name, lambda: Site.find_for_request(request))  # type: ignore[attr-defined]
    site: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return site


class SiteMiddleware:
    """Finds the site for Wagtail's pages before Wagtail does; other views may do without a database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> None:
        if view.__module__ == "wagtail.views":
            find_site(request)


class ContentPolicyMiddleware:
    """Loosens the content policy for the back office, and for the analytics tag where it may stand."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            images = [*ADMIN_POLICY["img-src"], *settings.MEDIA_SOURCES]
            response._csp_replace = {**ADMIN_POLICY, "img-src": images}  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif not request.path_info.startswith(UNMEASURED_PREFIXES) and (additions := policy_additions()):
            # By hash, not by nonce: the snippet is the same for everybody, so a cached page keeps working.
            response._csp_update = additions  # type: ignore[attr-defined]
        return response


class ConfidentialPagesMiddleware:
    """Keeps private pages out of caches, out of search engines, and out of the back button's memory."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(CONFIDENTIAL_PREFIXES):
            patch_cache_control(response, no_store=True, private=True)
            response.headers["Referrer-Policy"] = "no-referrer" if _has_token(request) else "same-origin"
        if request.path_info.startswith(NOT_INDEXED_PREFIXES):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _has_token(request: HttpRequest) -> bool:
    """Whether the address itself is a key to what somebody wrote, which no other page may learn.

    Not an order's, which tells a stranger how the money is and no more: without a referrer browsers call the
    origin of a form "null", which Django's CSRF check refuses, and nobody could pay again or end a gift.
    """
    return request.path_info.startswith("/encuestas/")


class BackOfficeMiddleware:
    """Refuses the back office to signed-in people who do not work there.

    Wagtail sends them to sign in, where django-allauth sends whoever is signed in back: a circle.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and self._is_a_stranger(request.user):
            raise PermissionDenied
        return self.get_response(request)

    def _is_a_stranger(self, user: User | AnonymousUser) -> bool:
        return user.is_authenticated and not user.has_perm("wagtailadmin.access_admin")


class StaffSecondFactorMiddleware:
    """Opens the back office and the desk only to sessions of the team that passed a second factor.

    Having one is not enough: the session must have given a code. So must one that would see the recovery
    codes or turn the second step off.
    """

    guarded = ("/admin/", "/profesional/")
    # Once the second step is on, these would undo it.
    keys = ("/cuenta/seguridad/aplicacion/desactivar/", "/cuenta/seguridad/codigos/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_guarded(request):
            if not has_second_factor(request):
                if request.path_info.startswith(self.guarded):
                    return redirect("mfa_activate_totp")
            elif not passed_second_factor(request):
                return self._ask_for_a_code(request)
        return self.get_response(request)

    def _is_guarded(self, request: HttpRequest) -> bool:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED:
            return False
        return request.path_info.startswith((*self.guarded, *self.keys)) and is_team_member(request.user)

    def _ask_for_a_code(self, request: HttpRequest) -> HttpResponse:
        onwards = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse('mfa_reauthenticate')}?{onwards}")
