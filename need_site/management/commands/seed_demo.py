"""`seed_demo`: the demonstration's content, once; with numbers, that much generated content more."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_q.models import OrmQ

from casestudies.actions.indexing import index_missing
from home.models import HomePage, MoodTally, TouchpointLog
from need_site.demo import conversations, generate, library, pages, people, touchpoints


class Command(BaseCommand):
    help = "Makes the demonstration's content once; with numbers, that much generated content more."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ("cases", "consultations", "touchpoints"):
            parser.add_argument(
                f"--{name}", type=int, default=0, metavar="N", help=f"N generated {name} more"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demonstration, its accounts and their password exist only with DEBUG.")
        # Sixty lines of "Page created" would hide what the start has to say.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        with transaction.atomic(), _Quietly():
            if not HomePage.objects.exists():
                seed()
                self.stdout.write("The demonstration is in place.")
            generate.make_cases(options["cases"])
            index_missing()
            generate.make_consultations(options["consultations"])
        if options["touchpoints"]:
            touchpoints.make_more(options["touchpoints"])


def seed() -> None:
    """Make everything a visitor finds on the first day of a good site."""
    people.make_people()
    pages.make_tree()
    pages.make_topics()
    pages.make_services()
    pages.make_discounts()
    pages.make_team()
    pages.make_plain_pages()
    library.make_cases()
    library.make_posts()
    library.relate_cases()
    conversations.make_conversations()
    touchpoints.make_touchpoints()


class _Quietly:
    """Takes back the e-mails and touchpoints that seeding's own actions leave behind: nobody did those."""

    def __enter__(self) -> None:
        self.jobs = set(OrmQ.objects.values_list("pk", flat=True))
        self.rows = TouchpointLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.moods = {tally.pk: tally.count for tally in MoodTally.objects.filter(demo=False)}

    def __exit__(self, *exception: object) -> None:
        if exception[0] is not None:
            return
        OrmQ.objects.exclude(pk__in=self.jobs).delete()
        TouchpointLog.objects.filter(pk__gt=self.rows, demo=False).delete()
        MoodTally.objects.filter(demo=False).exclude(pk__in=self.moods).delete()
        for pk, count in self.moods.items():
            MoodTally.objects.filter(pk=pk).update(count=count)
