"""Keeping the search index true to what is published.

A page and its entries change in one transaction; what is not live has none. The entries are made from the
pages alone: `manage.py index_pages --all` makes them anew.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import chain

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from wagtail.query import PageQuerySet

from casestudies.models import CasePage, SearchTerm
from casestudies.page_text import PageText, text_of
from casestudies.words import STOP_WORDS, fold, terms_of, tokens
from home.models import BlogPage

SEARCHED_PAGES = (CasePage, BlogPage)
TITLE, SUMMARY, TOPICS, BODY = 8, 4, 4, 1
# BM25's two constants: how soon repetition stops counting, and how much a long text is marked down.
SATURATION, LENGTH_MATTERS = 2.0, 0.5
# Words of an ordinary case. A constant: an average would change every page's weights with each page.
USUAL_LENGTH = 450
SCALE = 1000
PAGES_AT_ONCE = 2000
MANY = 500
# Three values each: SQLite took 999 in a statement for the longest time.
ROWS_AT_ONCE = 333
# Of published words only. What people type goes past it: nothing may keep that.
_terms_of = lru_cache(maxsize=50_000)(terms_of)
_says_nothing = lru_cache(maxsize=50_000)(lambda word: fold(word) in STOP_WORDS)


def weights_of(text: PageText) -> dict[str, int]:
    """Each term of `text` with how much the page is about it, from 1 to 1000."""
    counts: dict[str, int] = defaultdict(int)
    length = 0
    parts = ((text.title, TITLE), (text.summary, SUMMARY), (text.topics, TOPICS), (text.body, BODY))
    for part, boost in parts:
        for word in tokens(part):
            length += 1
            if not _says_nothing(word):
                for term in _terms_of(word):
                    counts[term] += boost
    slack = SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * length / USUAL_LENGTH)
    return {term: max(1, round(SCALE * count / (count + slack))) for term, count in counts.items()}


@transaction.atomic
def index_page(page: CasePage | BlogPage) -> None:
    """Put `page` into the index as it is in memory, or out of it when it is not live."""
    forget_page(page.pk)
    if page.live:
        _insert(_rows_of(page))


def forget_page(page_id: int) -> None:
    """Take a page out of the index."""
    SearchTerm.objects.filter(page_id=page_id).delete()


def index_missing() -> int:
    """Index the live pages that have no entries; give how many those were."""
    entries = SearchTerm.objects.filter(page=OuterRef("pk"))
    return sum(_index_all(kind.objects.filter(~Exists(entries))) for kind in SEARCHED_PAGES)


@transaction.atomic
def index_everything() -> int:
    """Make the index anew from every live page; give how many those are."""
    SearchTerm.objects.all().delete()
    return sum(_index_all(kind.objects.all()) for kind in SEARCHED_PAGES)


def _index_all(pages: PageQuerySet) -> int:
    """Index live pages that have no entries yet, many in a transaction."""
    waiting = list(pages.live().values_list("pk", flat=True))
    if len(waiting) > MANY and connection.vendor == "sqlite":
        # With its 2 MB of cache, each page of the index would go to disk again and again.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -256000")
    for start in range(0, len(waiting), PAGES_AT_ONCE):
        with transaction.atomic():
            batch = pages.model.objects.filter(pk__in=waiting[start : start + PAGES_AT_ONCE])
            batch = batch.prefetch_related("topic_links__topic").iterator(chunk_size=100)
            # In the index's own order, a batch walks through it once instead of jumping about.
            _insert(sorted((row for page in batch for row in _rows_of(page)), key=lambda row: row[1:]))
    return len(waiting)


def _rows_of(page: CasePage | BlogPage) -> list[tuple[int, str, int]]:
    return [(page.pk, term, weight) for term, weight in weights_of(text_of(page)).items()]


def _insert(rows: list[tuple[int, str, int]]) -> None:
    """Store entries, several hundred a case: past the model, which would take three times as long."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Three values, however many rows: reading ten thousand placeholders takes longer than storing.
            columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
            places = "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[])"
            cursor.execute(_into(places), columns)
            return
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            places = f"VALUES {', '.join(['(%s, %s, %s)'] * len(some))}"
            cursor.execute(_into(places), list(chain.from_iterable(some)))


def _into(rows: str) -> str:
    table = connection.ops.quote_name(SearchTerm._meta.db_table)
    return f"INSERT INTO {table} (page_id, term, weight) {rows} ON CONFLICT DO NOTHING"
