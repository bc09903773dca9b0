from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.models import TouchpointLog
from home.permissions import VIEW_JOURNEY
from home.reports.counting import count_journey
from home.reports.journey_map import draw
from home.touchpoints import declared

PERIODS = (7, 30, 60, 90)


class JourneyReportView(WagtailAdminTemplateMixin, TemplateView):
    """The journey map of the last days, for marketers and administrators."""

    template_name = "home/reports/journey.html"
    page_title = "Mapa del viaje"
    header_icon = "map"
    _show_breadcrumbs = True
    breadcrumbs_items: ClassVar = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "Inicio"},
        {"url": "", "label": "Mapa del viaje"},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(VIEW_JOURNEY):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days, with_demo = self._days(), self.request.GET.get("demo") != "no"
        return super().get_context_data(
            **kwargs,
            map=draw(declared(), count_journey(days=days, with_demo=with_demo)),
            days=days,
            periods=PERIODS,
            with_demo=with_demo,
            has_demo=TouchpointLog.objects.filter(demo=True).exists(),
        )

    def _days(self) -> int:
        asked = self.request.GET.get("dias", "")
        return int(asked) if asked.isdecimal() and int(asked) in PERIODS else 60
