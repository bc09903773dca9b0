from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


def to_sign_in(request: HttpRequest, **kwargs: str) -> HttpResponseRedirect:
    """Lead to the one place to sign in, where limits, a verified e-mail and the second step are asked for.

    Stands at the addresses where Wagtail would sign people in by a password alone. `next` goes along;
    django-allauth follows it only within this site.
    """
    address = reverse("account_login")
    destination = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME)
    if destination:
        address = f"{address}?{urlencode({REDIRECT_FIELD_NAME: destination})}"
    return HttpResponseRedirect(address)
