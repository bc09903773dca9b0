from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from casestudies.actions.publishing import PublicationRefused
from casestudies.models import CasePage
from casestudies.models.case_index import Withdrawn
from casestudies.models.uncopied import CopyRefused
from casestudies.permissions import may_work_on_pages


class PublicationMiddleware(MiddlewareMixin):
    """Answers for cases that are gone, and for cases that may not be published yet.

    A withdrawn case's address answers 410.
    In the back office, a refused publication or copy says why and leads back to the case's draft; so does
    a draft that is published, one by one or in bulk, before it is whole.

    Wagtail's own views (publish, bulk publish, approve, copy, schedule) know nothing of the gate; the draft
    they saved before stands, so nothing typed is lost.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Wagtail's page chooser names drafts; whoever works on no page has nothing to choose there."""
        match = request.resolver_match
        if match is None or not (match.url_name or "").startswith("wagtailadmin_choose_page"):
            return
        if request.user.is_authenticated and not may_work_on_pages(request.user):
            raise PermissionDenied

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Withdrawn):
            return render(request, "casestudies/withdrawn.html", status=410)
        if not request.path_info.startswith("/admin/"):
            return None
        if isinstance(exception, CopyRefused):
            messages.error(request, exception.reason)
            return HttpResponseRedirect(_way_back(exception.page_id))
        if isinstance(exception, ValidationError):
            return _tell(request, _sentences(exception), _page_of(request))
        if isinstance(exception, PublicationRefused):
            return _tell(request, exception.missing, exception.case_id)
        return None


def _tell(request: HttpRequest, missing: Iterable[str], case_id: int | None) -> HttpResponse:
    for each in missing:
        messages.error(request, f"No se publicó: {each}")
    return HttpResponseRedirect(_way_back(case_id))


def _sentences(error: ValidationError) -> list[str]:
    """What a draft lacks that is published from outside its form: the field, and what is wrong with it."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [f"{_name(field)}: {each}" for field, found in error.message_dict.items() for each in found]


def _name(field: str) -> str:
    try:
        return str(CasePage._meta.get_field(field).verbose_name).capitalize()
    except FieldDoesNotExist:
        return field


def _page_of(request: HttpRequest) -> int | None:
    match = request.resolver_match
    return match.kwargs.get("page_id") if match else None


def _way_back(case_id: int | None) -> str:
    if case_id is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:edit", args=[case_id])
