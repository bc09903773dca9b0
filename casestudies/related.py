"""Cases beside a case."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, Subquery

from casestudies.models import CasePage, PageTopic
from casestudies.models.cases import CaseQuerySet

RELATED = 3


def related_cases(case: CasePage) -> CaseQuerySet:
    """The cases that share most topics with `case`, the newest of them first. Costs three queries."""
    topics = case.topics
    links = PageTopic.objects.filter(page=OuterRef("pk"), topic__in=topics)
    shared = links.order_by().values("page").annotate(count=Count("pk")).values("count")
    others = CasePage.objects.listed().about(*topics).exclude(pk=case.pk)
    ranked = others.annotate(shared=Subquery(shared)).order_by(F("shared").desc(), "-published_on", "-pk")
    nearest: CaseQuerySet = ranked[:RELATED]
    return nearest
