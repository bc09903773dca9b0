"""What somebody may have meant whose words stand nowhere, from the index's own vocabulary."""

from __future__ import annotations

from difflib import get_close_matches

from django.db import connection

from casestudies.models import CasePage, SearchTerm
from casestudies.page_text import body_of
from casestudies.words import WORD, fold, terms_of
from home.models import BlogPage
from home.models.restrictions import not_restricted

MOST_WORDS = 2
# Letters that are taken to be right.
BEGINNING = 2
MOST_TERMS = 1500
LIKENESS = 0.72


def suggestion_for(words: list[str]) -> str:
    """Words of the published pages that look like `words`; empty without any. Two queries a word."""
    longest = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    found = {word: _suggestion(word) for word in longest if len(word) > BEGINNING + 1}
    return " ".join(found[word] for word in words if found.get(word))


def _suggestion(word: str) -> str:
    terms = terms_of(word)
    near = get_close_matches(terms[0], _vocabulary(fold(word)[:BEGINNING]), n=1, cutoff=LIKENESS)
    return _as_written(near[0]) if near else ""


def _vocabulary(beginning: str) -> list[str]:
    """The terms of the index that begin so. Hops from each to the next instead of reading all entries."""
    if not (beginning.isascii() and beginning.isalpha()):
        return []
    table = connection.ops.quote_name(SearchTerm._meta.db_table)
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE found(term) AS (SELECT MIN(term) FROM {table} WHERE term >= %s AND term < %s"  # noqa: S608
            f" UNION ALL SELECT (SELECT MIN(next.term) FROM {table} AS next"
            "   WHERE next.term > found.term AND next.term < %s) FROM found WHERE found.term IS NOT NULL)"
            " SELECT term FROM found WHERE term IS NOT NULL LIMIT %s",
            [beginning, after, after, MOST_TERMS],
        )
        return [term for (term,) in cursor.fetchall()]


def _as_written(term: str) -> str:
    """A word that the index files under `term`, as the page most about it writes it."""
    entries = SearchTerm.objects.filter(not_restricted("page__path"), term=term, page__live=True)
    entry = entries.select_related("page__casepage", "page__blogpage").order_by("-weight", "page").first()
    if entry is None:
        return ""
    page: CasePage | BlogPage = getattr(entry.page, "casepage", None) or entry.page.blogpage
    text = f"{page.title} {body_of(page)}"
    fitting = (
        word for word in WORD.findall(text) if fold(word).startswith(term[:3]) and term in terms_of(word)
    )
    return str(next(fitting, "")).lower()
