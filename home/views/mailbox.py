"""The e-mails that were sent, to read them while developing. Nowhere but with DEBUG and the file backend."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from home.mailbox import Mail, list_mails, read_mail

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
NEWEST = 200
# An e-mail brings styles of its own and must run nothing: it is shown as a page without an origin.
EMAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "sandbox": [
        "allow-popups",
        "allow-popups-to-escape-sandbox",
        "allow-top-navigation-by-user-activation",
    ],
}


def mailbox(request: HttpRequest) -> HttpResponse:
    _only_while_developing()
    return render(
        request,
        "home/mailbox.html",
        {"mails": list_mails(settings.MAILBOX_DIR)[:NEWEST]},
    )


def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "home/mail.html", {"mail": _mail_or_404(name)})


@csp_replace(EMAIL_POLICY)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The e-mail as a mail program would draw it."""
    return HttpResponse(_mail_or_404(name).html)


def _mail_or_404(name: str) -> Mail:
    _only_while_developing()
    found = read_mail(settings.MAILBOX_DIR, name)
    if found is None:
        raise Http404
    return found


def _only_while_developing() -> None:
    if not settings.DEBUG or settings.EMAIL_BACKEND != FILE_BACKEND:
        raise Http404
