"""Which cases stand beside a case: computed from topics and text, and stored."""

from __future__ import annotations

from collections import defaultdict
from math import log

from django.db import transaction
from django.db.models import Count, Q

from casestudies.models import CasePage, PageTopic, RelatedCase, SearchTerm
from casestudies.related import sharing_topics
from casestudies.search import best_of

# More than a page shows: when one is withdrawn, the next takes its place at once.
STORED = 8
HEAVIEST_TERMS = 40
TELLING_TERMS = 12
# Cases looked at for each telling term.
LOOKED_AT = 50
# What one shared topic is worth, in the measure of shared words: about as much as everything they say.
A_TOPIC = 1.0


def relate(case_id: int) -> None:
    """Compute the cases nearest to a case, and anew those of each of them, which it may have joined."""
    for other in _relate(case_id):
        _relate(other)


def forget_case(case_id: int) -> None:
    """Take a case away from beside others, and what stood beside it."""
    RelatedCase.objects.filter(Q(case=case_id) | Q(other=case_id)).delete()


@transaction.atomic
def _relate(case_id: int) -> list[int]:
    case = CasePage.objects.live().with_topics().filter(pk=case_id).first()
    nearest = _nearest(case) if case else []
    RelatedCase.objects.filter(case=case_id).delete()
    RelatedCase.objects.bulk_create(
        [RelatedCase(case_id=case_id, other_id=other, rank=rank) for rank, other in enumerate(nearest)],
        ignore_conflicts=True,  # the same job at the same time, or one of a neighbour
    )
    return nearest


def _nearest(case: CasePage) -> list[int]:
    """The ids of the live cases that share most with `case`, nearest first."""
    telling = _telling_terms(case)
    lists = [
        SearchTerm.objects.filter(term=term, page__casepage__isnull=False)
        .exclude(page=case.pk)
        .order_by("-weight", "page")[:LOOKED_AT]
        for term in telling
    ]
    scores: dict[int, float] = defaultdict(float)
    for other, term, weight in best_of(lists) if lists else []:
        scores[other] += telling[term] * weight
    most = max(scores.values(), default=0) or 1
    scores = defaultdict(float, {other: score / most for other, score in scores.items()})
    for other in sharing_topics(case):
        scores[other.pk] += 0
    for other in _topics_shared(case, list(scores)):
        scores[other] += A_TOPIC
    return _live(sorted(scores, key=lambda other: (-scores[other], -other))[: 2 * STORED])[:STORED]


def _telling_terms(case: CasePage) -> dict[str, float]:
    """The terms that tell `case` from others, each with what sharing it is worth."""
    heaviest = dict(
        SearchTerm.objects.filter(page=case.pk)
        .order_by("-weight", "term")
        .values_list("term", "weight")[:HEAVIEST_TERMS]
    )
    pages = SearchTerm.objects.filter(term__in=heaviest).order_by().values_list("term")
    counts = dict(pages.annotate(Count("pk")))
    everything = CasePage.objects.live().count()
    worth = {
        term: heaviest[term] * log(1 + everything / count) / 1000
        for term, count in counts.items()
        if count > 1  # a word of this page alone leads nowhere
    }
    return dict(sorted(worth.items(), key=lambda each: (-each[1], each[0]))[:TELLING_TERMS])


def _topics_shared(case: CasePage, others: list[int]) -> list[int]:
    """Each of `others` once for every topic it shares with `case`."""
    links = PageTopic.objects.filter(page__in=others, topic__in=case.topics)
    return list(links.order_by().values_list("page_id", flat=True))


def _live(cases: list[int]) -> list[int]:
    live = set(CasePage.objects.live().filter(pk__in=cases).values_list("pk", flat=True))
    return [case for case in cases if case in live]
