from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.admin.views.reports import PageReportView

from casestudies.models import CasePage


class CasesToReviewReport(PageReportView):
    """The published cases whose next review is overdue, or was never dated: the longest overdue first.

    For whoever writes or publishes pages. Readers of such a case are told the same by its page.
    """

    results_template_name = "casestudies/admin/cases_to_review.html"
    page_title = "Casos por revisar"
    header_icon = "history"
    index_url_name = "cases_to_review"
    index_results_url_name = "cases_to_review_results"
    any_permission_required: ClassVar = ["add", "change", "publish"]
    list_export: ClassVar = ["title", "author.title", "reviewer.title", "reviewed_on", "next_review_on"]
    export_headings: ClassVar = {
        "author.title": "Quién lo escribió",
        "reviewer.title": "Quién lo revisó",
        "reviewed_on": "Revisado el",
        "next_review_on": "Próxima revisión",
    }

    def get_queryset(self) -> QuerySet[Any]:
        self.queryset = overdue_cases()
        return super().get_queryset()


def overdue_cases() -> QuerySet[CasePage]:
    """Published cases that nobody has read again by the day that was set."""
    overdue = Q(next_review_on__lt=timezone.localdate()) | Q(next_review_on__isnull=True)
    cases = CasePage.objects.live().filter(overdue).select_related("author", "reviewer")
    return cases.order_by(F("next_review_on").asc(nulls_first=True), "pk")
