"""`make_site`: the pages a real site stands on, without the demonstration. May be run again at any time."""

from __future__ import annotations

from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from need_site.demo.loader import load
from need_site.page_tree import follow_site_url, make_plain_pages, make_rooms

TEXTS = settings.BASE_DIR / "need_site" / "site_texts.yaml"


class Command(BaseCommand):
    help = "Makes the pages a real site needs, where they are missing, and has it follow SITE_URL."

    def handle(self, *args: Any, **options: Any) -> None:
        own, rooms = yaml.safe_load(TEXTS.read_text(encoding="utf-8")), load("tree")
        rooms["cases"].update(own["cases"])
        shared = [load(f"pages/{slug}") for slug in own["shared_pages"]]
        with transaction.atomic():
            made = [*make_rooms(rooms), *make_plain_pages([*shared, *own["pages"]])]
            follow_site_url()
        for page in made:
            self.stdout.write(f"Made: {page.title} ({page.url_path.removeprefix('/inicio')})")
        if not made:
            self.stdout.write("All pages were there already.")
        for text in own["pages"]:
            if any(page.slug == text["slug"] for page in made):
                self.stdout.write(f"To be written before the site opens: {settings.SITE_URL}/{text['slug']}/")
