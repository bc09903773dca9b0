"""What becomes of a written text that cannot be sent: it comes back in the page, in its own fields."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from home.views.errors import csrf_failure
from home.views.origin import has_valid_token, is_from_this_site


def refuse_forged(request: HttpRequest) -> HttpResponse | None:
    """What to answer when another site sent this post; None when it may go on.

    Its text is never shown: somebody would be putting words into a person's mouth.
    """
    if not is_from_this_site(request) and not has_valid_token(request):
        return csrf_failure(request)
    return None


def keep_text(
    request: HttpRequest,
    form: type[forms.Form],
    reason: str,
    status: int,
    *,
    back: str = "",
    danger: str = "",
) -> HttpResponse:
    """A page that holds a text that could not be sent, in its own fields. It looks nothing up.

    `reason` is "signed_out" (sign in elsewhere and send again) or "not_due" (copy it). `back` is a page to
    look at; without it the address of the post is one too. `danger` is said beside the crisis lines.
    """
    context = {
        "form": form(initial={name: request.POST.get(name, "") for name in form.base_fields}),
        "reason": reason,
        "action": request.path,
        "back": back or request.path,
        "danger": danger,
    }
    page = render(request, "home/kept_text.html", context, status=status)
    patch_cache_control(page, no_store=True, private=True)
    return page
