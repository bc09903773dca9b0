"""The back office's page that gives an editor the token of a draft."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log
from wagtail.models import Page

from need_site.api.addresses import page_detail
from need_site.api.previews import LIFETIME, TOKEN, is_unapproved, is_undecided, token_for

PREVIEWED = "need_site.preview_elsewhere"


@never_cache
@require_http_methods(["GET", "POST"])
def preview_elsewhere(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, then make a token for the latest draft, for whoever may edit the page. Each one is recorded."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    context: dict[str, Any] = {"page": page, "draft": page.get_latest_revision()}
    context["undecided"] = context["draft"] is not None and is_undecided(context["draft"].as_object())
    context["unapproved"] = context["draft"] is not None and is_unapproved(context["draft"].as_object())
    if request.method == "POST" and context["draft"] and not (context["undecided"] or context["unapproved"]):
        context |= _made(request, page, context["draft"])
    return TemplateResponse(request, "need_site/admin/preview_elsewhere.html", context)


def _made(request: HttpRequest, page: Page, draft: Any) -> dict[str, Any]:
    token = token_for(draft)
    log(instance=page, action=PREVIEWED, user=request.user, revision=draft)
    return {
        "token": token,
        "address": f"{page_detail(request, page.pk)}?{urlencode({TOKEN: token})}",
        "until": timezone.now() + LIFETIME,
    }
