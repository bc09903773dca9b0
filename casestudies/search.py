"""Search over cases and posts. What people type here is never kept, logged or counted by its words."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from wagtail.models import Page

from casestudies.models import CasePage
from casestudies.models.cases import not_restricted
from home.models import BlogPage

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_RESULTS = 100
RESULTS_A_PAGE = 10
WORD = re.compile(r"[^\W_]+")
# Words that say nothing of what somebody looks for.
STOP_WORDS = frozenset(
    """
    a al como con cuando de del desde donde e el ella en entre era es esta este esto fue ha hace hay he la
    las le les lo los me mi mis muy no nos o para pero por porque que qué se si sin sobre su sus te tengo tu
    un una uno y ya yo
    """.split()  # noqa: SIM905 (a list of sixty strings is no easier to read)
)
# What a list of results does not show.
LONG_FIELDS = ("casepage__turns", "casepage__plan", "casepage__takeaways", "blogpage__body")


def words_of(query: str) -> list[str]:
    """The words of whatever somebody typed: no operators, quotes or control characters reach the index.

    Words that say nothing are left out, unless there are no others.
    """
    words = WORD.findall(query[:LONGEST_QUERY].lower())
    return ([each for each in words if each not in STOP_WORDS] or words)[:MOST_WORDS]


def find_pages(words: list[str], number: Any = 1) -> PageOfResults[CasePage | BlogPage]:
    """Page `number` of the live cases and posts with all of `words`; with any of them where none has all.

    The best hundred are enough for a reader. `words` comes from `words_of`; none find nothing. Takes the
    same number of queries however many pages there are.
    """
    found = _search(words, "and")
    if not found and len(words) > 1:
        found = _search(words, "or")
    return Paginator(found, RESULTS_A_PAGE).get_page(number)


def _search(words: list[str], operator: str) -> list[CasePage | BlogPage]:
    if not words:
        return []
    # A column, because Wagtail's search takes no such condition.
    pages = Page.objects.live().type(CasePage, BlogPage).annotate(may_be_read=not_restricted())
    pages = pages.select_related("casepage", "blogpage").defer(*LONG_FIELDS)
    results = pages.search(" ".join(words), operator=operator)[:MOST_RESULTS]
    return [getattr(page, "casepage", None) or page.blogpage for page in results if page.may_be_read]
