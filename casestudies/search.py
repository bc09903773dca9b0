"""Search over cases and posts. What people type here is never kept, logged or counted by its words.

How it works, and why so: docs/decisions/0006-search.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import log
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from wagtail.models import Page

from casestudies.models import CasePage, PageTopic, SearchTerm, Topic
from casestudies.words import terms_of
from home.models import BlogPage
from home.models.restrictions import not_restricted

MOST_RESULTS = 100
RESULTS_A_PAGE = 10
# With several words, this many pages are looked at: those most about the rarest of them.
LOOKED_AT = 500
# A posting: a page, a term it contains, how much it is about it.
Posting = tuple[int, str, int]


def find_page_ids(words: list[str], topic: Topic | None = None, limit: int = MOST_RESULTS) -> list[int]:
    """The ids of at most `limit` cases and posts that anyone may read, best first.

    Those with all of `words`; where none has all, those with any. `topic` keeps to pages about it. `words`
    comes from `words_of`; none find nothing. Takes at most four queries, of a cost that does not grow with
    the number of pages that contain a word, except for counting them.
    """
    wanted = [terms for terms in (terms_of(word) for word in words) if terms]
    if not wanted:
        return []
    if len(wanted) == 1:
        scores = _score(best_of([_about(term, topic)[:limit] for term in wanted[0]]), wanted, {})
        return _ranked(scores, limit)
    counts = _count(wanted)
    return _ranked(_with_all(wanted, counts, topic) or _with_any(wanted, counts, topic, limit), limit)


def find_pages(
    words: list[str], topic: Topic | None = None, number: Any = 1
) -> PageOfResults[CasePage | BlogPage]:
    """Page `number` of what `find_page_ids` finds, as pages with their texts."""
    ids = Paginator(find_page_ids(words, topic), RESULTS_A_PAGE).get_page(number)
    paginator: Any = ids.paginator
    return PageOfResults(_pages(list(ids.object_list)), ids.number, paginator)


def _pages(ids: list[int]) -> list[CasePage | BlogPage]:
    if not ids:
        return []
    found = Page.objects.filter(pk__in=ids).select_related("casepage", "blogpage").in_bulk()
    pages = (found[pk] for pk in ids if pk in found)
    return [getattr(page, "casepage", None) or page.blogpage for page in pages]


def _about(term: str, topic: Topic | None) -> QuerySet[SearchTerm]:
    """The entries of `term` that anyone may read, the pages most about it first, straight from the index."""
    entries = _readable(SearchTerm.objects.filter(term=term))
    if topic is not None:
        entries = entries.filter(Exists(PageTopic.objects.filter(page=OuterRef("page"), topic=topic)))
    return entries.order_by("-weight", "page")


def _readable(entries: QuerySet[SearchTerm]) -> QuerySet[SearchTerm]:
    return entries.filter(not_restricted("page__path"), page__live=True)


def best_of(lists: Iterable[QuerySet[SearchTerm]]) -> list[Posting]:
    """The entries of several lists that each have an order and an end, in one query.

    Django joins no such lists on SQLite; both databases do when each stands in a FROM of its own.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for each in lists:
        statement, values = each.values_list("page_id", "term", "weight").query.sql_with_params()
        parts.append(f"SELECT * FROM ({statement}) AS part")  # noqa: S608 (Django's own statement)
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return cursor.fetchall()


def _count(wanted: list[tuple[str, ...]]) -> dict[str, int]:
    """How many pages contain each term."""
    terms = {term for each in wanted for term in each}
    rows = SearchTerm.objects.filter(term__in=terms).order_by().values_list("term").annotate(Count("pk"))
    return dict(rows)


def _with_all(wanted: list[tuple[str, ...]], counts: dict[str, int], topic: Topic | None) -> dict[int, float]:
    """The scores of pages with every word, among those that are most about the rarest one."""
    rarest = min(wanted, key=lambda terms: _frequency(terms, counts))
    if not _frequency(rarest, counts):
        return {}
    pages = {page for page, _, _ in best_of([_about(term, topic)[:LOOKED_AT] for term in rarest])}
    postings = _postings_of(pages, wanted)
    found = defaultdict(set)
    for page, term, _ in postings:
        found[page].add(term)
    complete = {page for page, terms in found.items() if all(terms & set(each) for each in wanted)}
    return _score([posting for posting in postings if posting[0] in complete], wanted, counts)


def _with_any(
    wanted: list[tuple[str, ...]], counts: dict[str, int], topic: Topic | None, limit: int
) -> dict[int, float]:
    """The scores of pages with any word: the best for each word, then weighed by all of them."""
    terms = {term for each in wanted for term in each if counts.get(term)}
    if not terms:
        return {}
    pages = {page for page, _, _ in best_of([_about(term, topic)[:limit] for term in sorted(terms)])}
    return _score(_postings_of(pages, wanted), wanted, counts)


def _postings_of(pages: set[int], wanted: list[tuple[str, ...]]) -> list[Posting]:
    terms = {term for each in wanted for term in each}
    entries = SearchTerm.objects.filter(page__in=pages, term__in=terms)
    return list(entries.values_list("page_id", "term", "weight"))


def _score(
    postings: Iterable[Posting], wanted: list[tuple[str, ...]], counts: dict[str, int]
) -> dict[int, float]:
    """What each page earns: for each word its weight there, times how rare the word is.

    A word has one or two terms; the better one counts.
    """
    weights: dict[int, dict[str, int]] = defaultdict(dict)
    for page, term, weight in postings:
        weights[page][term] = weight
    rarity = [_rarity(terms, counts) for terms in wanted]
    return {
        page: sum(
            worth * max(of_page.get(term, 0) for term in terms)
            for worth, terms in zip(rarity, wanted, strict=True)
        )
        for page, of_page in weights.items()
    }


def _rarity(terms: tuple[str, ...], counts: dict[str, int]) -> float:
    """How telling a word is, compared with the most frequent one that was asked for."""
    most = max(counts.values(), default=1)
    return 1 + log(most / max(1, _frequency(terms, counts) or most))


def _frequency(terms: tuple[str, ...], counts: dict[str, int]) -> int:
    return max(counts.get(term, 0) for term in terms)


def _ranked(scores: dict[int, float], limit: int) -> list[int]:
    return sorted(scores, key=lambda page: (-scores[page], page))[:limit]
