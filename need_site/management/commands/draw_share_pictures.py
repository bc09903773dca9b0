"""`draw_share_pictures`: the pictures of shared links, now, for whatever lacks one or has an old one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from home.actions.share_pictures import draw_picture, pictured_models


class Command(BaseCommand):
    help = "Draws the pictures that shared links show, where one is missing or says something else by now."

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = 0
        for model in pictured_models():
            rows = model._default_manager.all()
            if issubclass(model, Page):
                rows = rows.filter(live=True)
            drawn += sum(draw_picture(row) for row in rows.iterator(chunk_size=100))
        self.stdout.write(f"Pictures drawn: {drawn}")
