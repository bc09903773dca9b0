"""What the tagger adds to what the rules found, and what of theirs it rejects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.place_names import INSIDE
from casestudies.anonymise.tagger import Weights, likelihoods
from casestudies.anonymise.traits import LONGEST, TAGGED, Piece

# A stretch is found when one of its pieces is at least SURE, and goes as far as pieces are at least LIKELY.
SURE = {Kind.PERSON: 0.8, Kind.PLACE_FINE: 0.7, Kind.ADDRESS: 0.5}
LIKELY = 0.3
# What no piece of is as likely as REJECTED is left out, unless a rule is as sure as CERTAIN.
REJECTED = 0.5
CERTAIN = 0.85
_WHY = {
    Kind.PERSON: "Por las palabras que lo rodean, parece un nombre o apodo.",
    Kind.PLACE_FINE: "Por las palabras que lo rodean, parece un lugar o una institución.",
    Kind.ADDRESS: "Por las palabras que lo rodean, parece decir dónde queda una casa o un trabajo.",
}
_INSTEAD = {Kind.PERSON: "", Kind.PLACE_FINE: "un lugar", Kind.ADDRESS: "[dirección]"}


def settle(pieces: list[Piece], found: list[Candidate]) -> list[Candidate]:
    """Return what rules and tagger find together."""
    pieces = pieces[:LONGEST]
    sums_by_kind = likelihoods(pieces)
    sums = [sum(each) for each in sums_by_kind]
    kept = [each for each in found if not _is_rejected(each, pieces, sums)]
    return [*kept, *_added(pieces, kept, sums_by_kind, sums)]


def _is_rejected(each: Candidate, pieces: Sequence[Piece], sums: Sequence[float]) -> bool:
    """Whether the tagger is sure that it is none, though a rule found it."""
    if each.kind not in TAGGED or each.confidence >= CERTAIN:
        return False
    at = bisect_left(pieces, each.start, key=lambda piece: piece.start)
    if at == LONGEST:
        return False
    highest = 0.0
    while at < len(pieces) and pieces[at].start < each.end:
        highest = max(highest, sums[at])
        at += 1
    return highest < REJECTED


def _added(
    pieces: Sequence[Piece], found: Iterable[Candidate], likely: list[Weights], sums: list[float]
) -> Iterator[Candidate]:
    """Yield what is likely a name, a place or an address and stands apart from what was `found`."""
    taken = _taken(pieces, found)
    at = 0
    while at < len(pieces):
        if sums[at] < LIKELY:
            at += 1
            continue
        end = at
        while end < len(pieces) and sums[end] >= LIKELY:
            end += 1
        totals = [sum(row[kind] for row in likely[at:end]) for kind in range(len(TAGGED))]
        kind = TAGGED[totals.index(max(totals))]
        yield from _left(pieces, taken, at, end, kind, sums)
        at = end


def _taken(pieces: Sequence[Piece], found: Iterable[Candidate]) -> list[bool]:
    """Say of each piece whether it was found already; both are walked through once."""
    taken = [False] * len(pieces)
    at = 0
    for each in sorted(found, key=lambda candidate: candidate.start):
        while at < len(pieces) and pieces[at].end <= each.start:
            at += 1
        while at < len(pieces) and pieces[at].start < each.end:
            taken[at] = True
            at += 1
        at = max(at - 1, 0)
    return taken


def _left(
    pieces: Sequence[Piece], taken: list[bool], first: int, end: int, kind: Kind, sums: list[float]
) -> Iterator[Candidate]:
    """Yield the parts of a stretch that were not found already, without small words at their ends."""
    at = first
    while at < end:
        if taken[at]:
            at += 1
            continue
        stop = at
        while stop < end and not taken[stop]:
            stop += 1
        left, right = at, stop
        while left < right and not _tells(pieces[left], kind):
            left += 1
        while right > left and not _tells(pieces[right - 1], kind):
            right -= 1
        if _is_enough(pieces[left:right], kind) and max(sums[left:right]) >= SURE[kind]:
            confidence = round(min(0.9, max(sums[left:right])), 2)
            start, finish = pieces[left].start, pieces[right - 1].end
            yield Candidate(start, finish, kind, _WHY[kind], _INSTEAD[kind], confidence)
        at = stop


def _is_enough(stretch: Sequence[Piece], kind: Kind) -> bool:
    """Whether so much says something by itself: an address is more than "la calle", and more than numbers."""
    if kind is not Kind.ADDRESS:
        return bool(stretch)
    words = sum(piece.is_word for piece in stretch)
    return len(stretch) >= 3 and words >= len(stretch) - words - 2


def _tells(piece: Piece, kind: Kind) -> bool:
    if piece.is_word:
        return piece.key not in INSIDE or kind is Kind.ADDRESS
    return kind is not Kind.PERSON and piece.key[:1] == "<" and piece.key[1:2].isdigit()
