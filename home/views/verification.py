"""Asking for the link that confirms an e-mail once more, before one is signed in."""

from __future__ import annotations

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from home.account_adapter import verification_page


@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest) -> HttpResponse:
    """Send the link to the address just typed into sign-up or sign-in, at most every three minutes.

    Answers the same whether or not the address has an account. Who comes without having typed one signs in.
    """
    login = unstash_login(request, peek=True)
    if request.method != "POST" or login is None or request.user.is_authenticated:
        return redirect("account_login")
    return redirect(verification_page(sent=send_verification_email_at_login(request, login)))
