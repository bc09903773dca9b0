from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from casestudies.actions.publishing import PublicationRefused
from casestudies.models.case_index import Withdrawn
from casestudies.models.uncopied import CopyRefused


class PublicationMiddleware(MiddlewareMixin):
    """Answers for cases that are gone, and for cases that may not be published yet.

    A withdrawn case's address answers 410.
    In the back office, a refused publication or copy says why and leads back to the case's draft.

    Wagtail's own views (publish, bulk publish, approve, copy, schedule) know nothing of the gate; the draft
    they saved before stands, so nothing typed is lost.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Withdrawn):
            return render(request, "casestudies/withdrawn.html", status=410)
        if not request.path_info.startswith("/admin/"):
            return None
        if isinstance(exception, CopyRefused):
            messages.error(request, exception.reason)
            return HttpResponseRedirect(_way_back(exception.page_id))
        if not isinstance(exception, PublicationRefused):
            return None
        for each in exception.missing:
            messages.error(request, f"No se publicó: {each}")
        return HttpResponseRedirect(_way_back(exception.case_id))


def _way_back(case_id: int | None) -> str:
    if case_id is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:edit", args=[case_id])
