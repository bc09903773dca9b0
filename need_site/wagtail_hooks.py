"""What the roof adds to the back office: a draft shown on another site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from need_site.api.preview_office import PREVIEWED, preview_elsewhere


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    return [path("pages/<int:page_id>/otro-sitio/", preview_elsewhere, name="need_site_preview")]


@hooks.register("register_page_header_buttons")
def preview_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if page.permissions_for_user(user).can_edit():
        yield Button(
            "Vista previa para otro sitio",
            reverse("need_site_preview", args=[page.pk]),
            icon_name="view",
            priority=70,
        )


@hooks.register("register_log_actions")
def preview_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        PREVIEWED, "Vista previa para otro sitio", "Creó una vista previa para otro sitio"
    )
