"""A few words around what somebody looked for, with the hits marked."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from casestudies.models import CasePage
from casestudies.page_text import body_of
from casestudies.words import WORD, fold, terms_of
from home.models import BlogPage

WORDS_BEFORE, WORDS_IN_ALL = 8, 30
# Of published words only: nothing that somebody typed is kept.
_fold = lru_cache(maxsize=50_000)(fold)
Span = tuple[int, int]


def excerpt_of(page: CasePage | BlogPage, words: list[str]) -> SafeString:
    """About thirty words of `page` with `words` in <mark>, escaped: its summary, or from its text.

    A case that asks for care gives none. A page that has the words in its title alone gives its summary.
    """
    if isinstance(page, CasePage) and page.content_note:
        return mark_safe("")
    summary = page.summary if isinstance(page, CasePage) else page.introduction
    search = _Words(words)
    if hits := search.among(summary):
        return _marked(summary, hits)
    return _window(body_of(page), search) or _marked(summary, [])


class _Words:
    """What was asked for, ready to be found in a text."""

    def __init__(self, words: list[str]) -> None:
        self.terms = {term for word in words for term in terms_of(word)}
        # Endings change, beginnings do not: most words of a text need no stemming.
        self.beginnings = tuple({term[:3] for term in self.terms})

    def among(self, text: str) -> list[Span]:
        """Where the words stand in `text`."""
        return [each.span() for each in WORD.finditer(text) if self.has(each.group())]

    def has(self, word: str) -> bool:
        return _fold(word).startswith(self.beginnings) and not self.terms.isdisjoint(terms_of(word))


def _window(text: str, search: _Words) -> SafeString:
    """The words around the first hit in `text`; empty without one."""
    every_word = list(WORD.finditer(text))
    first = next((index for index, each in enumerate(every_word) if search.has(each.group())), None)
    if first is None:
        return mark_safe("")
    begin = max(0, first - WORDS_BEFORE)
    shown = list(islice(every_word, begin, begin + WORDS_IN_ALL))
    start, end = shown[0].start(), shown[-1].end()
    hits = [each.span() for each in shown if search.has(each.group())]
    before = "… " if begin else ""
    after = " …" if begin + WORDS_IN_ALL < len(every_word) else ""
    part = text[start:end]
    return format_html("{}{}{}", before, _marked(part, [(a - start, b - start) for a, b in hits]), after)


def _marked(text: str, hits: list[Span]) -> SafeString:
    """`text`, escaped, with `hits` in <mark>."""
    ends = [0, *(end for _, end in hits)]
    between = [(text[last:start], text[start:end]) for last, (start, end) in zip(ends, hits, strict=False)]
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", between), text[ends[-1] :])
