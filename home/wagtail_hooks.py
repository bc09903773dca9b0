"""What home adds to the back office: the site's colours, and the journey report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.permissions import VIEW_JOURNEY
from home.views.journey import JourneyReportView


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/theme.css"))


class JourneyMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW_JOURNEY))


@hooks.register("register_admin_urls")
def journey_urls() -> list[Any]:
    return [path("reports/journey/", JourneyReportView.as_view(), name="journey_report")]


@hooks.register("register_reports_menu_item")
def journey_menu_item() -> MenuItem:
    return JourneyMenuItem(
        "Mapa del viaje", reverse("journey_report"), name="journey", icon_name="site", order=50
    )
