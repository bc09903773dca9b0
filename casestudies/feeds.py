from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from casestudies.models import CasePage
from casestudies.models.topics import LIBRARY_URL

NEWEST = 20


class CaseFeed(Feed):
    """The newest cases. A case that asks for care gives its title alone, as in every listing."""

    feed_type = Atom1Feed
    title = "Casos de Need"
    subtitle = "Consultas y respuestas por escrito, sin datos que identifiquen a nadie."
    language = "es"

    def link(self) -> str:
        return urljoin(settings.SITE_URL, LIBRARY_URL)

    def feed_url(self) -> str:
        return urljoin(settings.SITE_URL, reverse("casestudies:feed"))

    def items(self) -> Any:
        return CasePage.objects.listed().with_topics()[:NEWEST]

    def item_title(self, item: CasePage) -> str:
        return item.title

    def item_description(self, item: CasePage) -> str:
        return item.excerpt

    def item_link(self, item: CasePage) -> str:
        return urljoin(settings.SITE_URL, item.get_url())

    def item_author_name(self, item: CasePage) -> str:
        return item.signed_by.title if item.signed_by else ""

    def item_pubdate(self, item: CasePage) -> datetime.datetime:
        return _midnight(item.published_on)

    def item_updateddate(self, item: CasePage) -> datetime.datetime:
        return item.last_published_at or _midnight(item.published_on)

    def item_categories(self, item: CasePage) -> list[str]:
        return [topic.name for topic in item.topics]


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
