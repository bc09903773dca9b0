"""Who reaches a client's page, and whether anybody is really looking at it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeGuard

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_ratelimit.core import is_ratelimited

from consultations.actions.pausing import with_money
from consultations.models import Consultation
from home.models import User

SHOWN_WITH = ("psychologist__professional_page",)
# Nobody types this fast; autosave sends at most forty a minute.
POSTS_ALLOWED = "120/m"
TOO_MANY_POSTS = "Recibimos muchos envíos seguidos. Espera un minuto y vuelve a intentarlo."
GUESSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


class SignedInRequest(HttpRequest):
    """The request of a view that visitors do not reach, for type checkers."""

    user: User


def is_signed_in(request: HttpRequest) -> TypeGuard[SignedInRequest]:
    return request.user.is_authenticated


def find_own(user: Any, pk: uuid.UUID) -> Consultation:
    """The consultation with this id if `user` is its client; Http404 for anybody else."""
    consultations = with_money(Consultation.objects.select_related(*SHOWN_WITH))
    return get_object_or_404(consultations, pk=pk, client=user)


def own_consultation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view` the client's own consultation; visitors are asked to sign in, strangers get a 404."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        if not is_signed_in(request):
            return ask_to_sign_in(pk)
        consultation = find_own(request.user, pk)
        if request.method == "POST" and too_often(request):
            messages.error(request, TOO_MANY_POSTS)
            return redirect("consultations:detail", pk)
        return view(request, consultation)

    return guarded


def ask_to_sign_in(pk: uuid.UUID) -> HttpResponse:
    """To the sign-in page and back to the conversation. Says nothing about whether it exists."""
    return redirect_to_login(reverse("consultations:detail", args=[pk]))


def is_on_screen(request: HttpRequest) -> bool:
    """Whether a person asked for this page and sees it: no HEAD, no prefetch, no script reading it."""
    if request.method != "GET":
        return False
    if any("fetch" in request.headers.get(name, "") for name in GUESSES):
        return False
    if "preview" in request.headers.get("X-Purpose", ""):
        return False
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def too_often(request: HttpRequest) -> bool:
    limited: bool = is_ratelimited(
        request, group="consultations", key="user_or_ip", rate=POSTS_ALLOWED, method="POST", increment=True
    )
    return limited
