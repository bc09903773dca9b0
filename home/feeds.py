"""The blog's feed, in Atom."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from home.models import BlogPage

NEWEST = 20


class PostFeed(Feed):
    """The newest posts: title, opening and author, never who reads them."""

    feed_type = Atom1Feed
    title = "Need: blog"
    subtitle = "Textos breves para entender lo que pasa y saber por dónde empezar."
    language = "es"

    def link(self) -> str:
        return urljoin(settings.SITE_URL, "/blog/")

    def feed_url(self) -> str:
        return urljoin(settings.SITE_URL, reverse("home:blog_feed"))

    def items(self) -> QuerySet[Any]:
        posts: QuerySet[Any] = BlogPage.listed()
        return posts[:NEWEST]

    def item_title(self, item: BlogPage) -> str:
        # Given back as it is: the feed escapes it, and the base class would a second time.
        return str(item.title)

    def item_description(self, item: BlogPage) -> str:
        return str(item.introduction)

    def item_link(self, item: BlogPage) -> str:
        return urljoin(settings.SITE_URL, item.get_url())

    def item_author_name(self, item: BlogPage) -> str:
        return str(item.author.title)

    def item_pubdate(self, item: BlogPage) -> datetime.datetime:
        return _start_of(item.published_on)

    def item_updateddate(self, item: BlogPage) -> datetime.datetime:
        return item.last_published_at or _start_of(item.published_on)


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
