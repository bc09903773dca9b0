from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casestudies.actions.indexing import index_everything, index_missing


class Command(BaseCommand):
    help = "Puts into the search index the live cases and posts that it lacks; --all makes it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="every live case and post, from the beginning")

    def handle(self, *args: Any, **options: Any) -> None:
        done = index_everything() if options["all"] else index_missing()
        self.stdout.write(f"Pages indexed: {done}")
