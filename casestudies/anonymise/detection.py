"""All detectors over one text, and one answer where they overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from casestudies.anonymise import (
    addresses,
    contacts,
    dates,
    institutions,
    lexicon,
    numbers,
    people,
    rare,
    runs,
    tagged,
    towns,
)
from casestudies.anonymise.findings import Candidate, Finding, Kind
from casestudies.anonymise.page import Page
from casestudies.anonymise.reading import Reading
from casestudies.anonymise.replacements import suggest
from casestudies.anonymise.traits import Piece, pieces_of

# The sooner a detector stands here, the more it knows about what it finds.
_SHAPED: tuple[Callable[[Reading], Iterator[Candidate]], ...] = (
    contacts.find_emails,
    contacts.find_links,
    numbers.find_plates,
    dates.find_dates,
    addresses.find_addresses,
    numbers.find_numbers,
    numbers.find_aliases,
    contacts.find_handles,
    dates.find_ages,
)


def find(text: str) -> list[Finding]:
    """Return what could identify somebody in `text`, by position and without overlaps."""
    reading = Reading.of(text)
    found, pieces = by_rules(reading)
    found = sorted(tagged.settle(pieces, found), key=lambda candidate: candidate.start)
    found = rare.with_combinations(reading, found)
    return [_finding(reading, candidate) for candidate in found]


def by_rules(reading: Reading) -> tuple[list[Candidate], list[Piece]]:
    """Return what the rules find, and the text in pieces as the tagger reads them."""
    shaped = _apart(candidate for detect in _SHAPED for candidate in detect(reading))
    page = Page.of(reading)
    page.take(shaped)
    found = [*shaped, *_in_words(page)]
    return found, pieces_of(page, found)


def _in_words(page: Page) -> list[Candidate]:
    numbered = _apart(found for found in institutions.find_numbered(page) if not _is_taken(page, found))
    page.take(numbered)
    found = [
        *numbered,
        *institutions.find_institutions(page),
        *towns.find_towns(page, several_words=True),
        *people.find_people(page),
        *towns.find_towns(page, several_words=False),
    ]
    left = list(runs.find_runs(page))
    known = {
        lexicon.key(page.reading.text[each.start : each.end]): each.confidence
        for each in left
        if each.kind is Kind.PERSON
    }
    return [*found, *left, *people.find_again(page, known)]


def _is_taken(page: Page, found: Candidate) -> bool:
    return any(word.taken for word in page.words if word.start < found.end and found.start < word.end)


def _apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep, of candidates that overlap, the one whose detector stands first."""
    kept: list[Candidate] = []
    claimed: dict[int, Candidate] = {}
    for candidate in candidates:
        stretch = range(candidate.start, candidate.end)
        if not stretch or any(position in claimed for position in stretch):
            continue
        claimed.update(dict.fromkeys(stretch, candidate))
        kept.append(candidate)
    return kept


def _finding(reading: Reading, candidate: Candidate) -> Finding:
    start, end = reading.span(candidate.start, candidate.end)
    replacement = candidate.replacement or suggest(
        candidate.kind, reading.text, candidate.start, candidate.end
    )
    return Finding(
        start,
        end,
        candidate.kind,
        reading.original[start:end],
        candidate.why,
        replacement,
        candidate.confidence,
    )


__all__ = ["Kind", "find"]
