from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or a browser without cookies: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)
