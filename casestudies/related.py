"""Cases beside a case: as computed when it was published, or by topic while that has not happened yet."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery

from casestudies.models import CasePage, PageTopic

RELATED = 3
# The newest of those that share a topic: looking at all of them would take longer with every case published.
LOOKED_AT = 30


def related_cases(case: CasePage) -> list[CasePage]:
    """The nearest cases that anyone may read, nearest first.

    One query where they have been computed, two until then.
    """
    stored = CasePage.objects.listed().filter(near_to__case=case).order_by("near_to__rank", "pk")
    return list(stored[:RELATED]) or sharing_topics(case)[:RELATED]


def sharing_topics(case: CasePage) -> list[CasePage]:
    """Of the newest cases that share a topic with `case`, those that share most come first. One query."""
    topics = case.topics
    links = PageTopic.objects.filter(page=OuterRef("pk"), topic__in=topics)
    shared = links.order_by().values("page").annotate(count=Count("pk")).values("count")
    newest = CasePage.objects.listed().about(*topics).exclude(pk=case.pk).annotate(shared=Subquery(shared))
    return sorted(newest[:LOOKED_AT], key=lambda other: -other.shared)
