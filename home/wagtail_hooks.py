"""What home adds to the back office: the site's colours, the journey report, the rules for the team."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from home.actions.access import ACCESS_CHANGED
from home.permissions import VIEW_JOURNEY
from home.views.journey import JourneyReportView
from home.views.people import AssignGroup, OpenOrClose


@hooks.register("insert_global_admin_css")
def looks() -> SafeString:
    sheets = ((static(f"css/admin/{name}.css"),) for name in ("theme", "search-preview"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def search_preview_behaviour() -> SafeString:
    return format_html('<script defer src="{}"></script>', static("js/admin/search-preview.js"))


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


# After Wagtail's own, whose place they take.
for bulk_action in (AssignGroup, OpenOrClose):
    hooks.register("register_bulk_action", bulk_action, order=1)


@hooks.register("register_log_actions")
def access_log(actions: LogActionRegistry) -> None:
    @actions.register_action(ACCESS_CHANGED)
    class AccessFormatter(LogFormatter):
        label = "Cambiar permisos"

        def format_message(self, log_entry: Any) -> str:
            words = {"given": "Recibió", "taken": "Perdió"}
            parts = [
                f"{word}: {', '.join(log_entry.data[key])}"
                for key, word in words.items()
                if log_entry.data.get(key)
            ]
            return ". ".join(parts)
