"""What every response carries by kind of page: content policy, no-store, a second factor for the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from home.analytics_tag import policy_additions
from home.permissions import is_team_member

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
# What somebody searches for is theirs: the analytics tag stands on no such page either.
UNMEASURED_PREFIXES = NOT_INDEXED_PREFIXES


class ContentPolicyMiddleware:
    """Loosens the content policy for the back office, and for the analytics tag where it may stand."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]
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
    """Whether the address itself is a key, which no other page may learn."""
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
    """Sends the team to set up a second factor before the back office or the desk opens."""

    guarded = ("/admin/", "/profesional/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or not request.path_info.startswith(self.guarded):
            return False
        if not is_team_member(request.user):
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(request.user)
