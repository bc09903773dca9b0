from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from whitenoise.compress import main as precompress

from home.page_cache import purge_pages


class Command(BaseCommand):
    help = "Collects static files under hashed names, bundles styles and scripts, and compresses it all."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BUILT_ASSETS:
            raise CommandError("Set BUILT_ASSETS=1: without it, static files are served as they are.")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        call_command("compress", force=True, verbosity=0)
        # The bundles are written after collectstatic compressed its own files.
        precompress(["--quiet", str(Path(settings.STATIC_ROOT) / "CACHE")])
        # What is kept names the assets of before.
        purge_pages()
