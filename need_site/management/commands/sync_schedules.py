from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from need_site.schedules import sync_schedules


class Command(BaseCommand):
    help = "Makes the queue run exactly the recurring jobs that need_site/schedules.py lists."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_schedules()
