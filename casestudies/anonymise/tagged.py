"""What the tagger adds to what the rules found, and what of theirs it rejects.

Who gives one name gives more, and a text that names nobody names nobody often: how sure is sure enough is
decided text by text, by whether something in it is certain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casestudies.anonymise.cues import PUBLIC_CUES
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.place_names import INSIDE
from casestudies.anonymise.repeats import repeated
from casestudies.anonymise.tagger import Weights, likelihoods
from casestudies.anonymise.traits import LONGEST, TAGGED, Piece

# Where to end a stretch: it goes as far as pieces are at least LIKELY.
LIKELY = 0.1


@dataclass(frozen=True, slots=True)
class Bar:
    """How likely a stretch must be to be found, and what no rule can find if the tagger thinks it less likely."""

    person: float
    place: float
    address: float
    rejected: float  # below this, what a rule found is left out ...
    certain: float  # ... unless the rule is as sure as this

    def sure(self, kind: Kind) -> float:
        """How likely what the tagger adds must be."""
        return {Kind.PERSON: self.person, Kind.PLACE_FINE: self.place}.get(kind, self.address)


TELLING = Bar(person=0.15, place=0.15, address=0.2, rejected=0.1, certain=0.8)
BRIEF = Bar(person=0.8, place=0.7, address=0.5, rejected=0.5, certain=0.85)
SILENT = Bar(person=0.93, place=0.9, address=0.7, rejected=0.8, certain=0.96)
_WHY = {
    Kind.PERSON: "Por las palabras que lo rodean, parece un nombre o apodo.",
    Kind.PLACE_FINE: "Por las palabras que lo rodean, parece un lugar o una institución.",
    Kind.ADDRESS: "Por las palabras que lo rodean, parece decir dónde queda una casa o un trabajo.",
}
_INSTEAD = {Kind.PERSON: "", Kind.PLACE_FINE: "un lugar", Kind.ADDRESS: "[dirección]"}


def settle(pieces: list[Piece], found: list[Candidate]) -> list[Candidate]:
    """Return what rules and tagger find together."""
    pieces = pieces[:LONGEST]
    return settled(pieces, found, likelihoods(pieces))


def settled(pieces: list[Piece], found: list[Candidate], likely: list[Weights]) -> list[Candidate]:
    """Return what rules and tagger find together, where the tagger said what is `likely`."""
    sums = [sum(each) for each in likely]
    bar = _bar_for(pieces, found, sums)
    kept = [each for each in found if not _is_rejected(each, pieces, sums, bar)]
    kept += _added(pieces, kept, likely, sums, bar)
    if bar is SILENT and len(kept) == 1 and _is_lone(kept[0], pieces, sums):
        return []
    return [*kept, *repeated(pieces, _taken(pieces, kept), kept)]


def _bar_for(pieces: list[Piece], found: list[Candidate], sums: Sequence[float]) -> Bar:
    if _tells_of_somebody(pieces, found, sums):
        return TELLING
    return SILENT if len(pieces) >= ENOUGH else BRIEF


def _tells_of_somebody(pieces: list[Piece], found: list[Candidate], sums: Sequence[float]) -> bool:
    """Whether something is certain: a number, a mail, or a name that is announced, or two that are likely."""
    named = 0
    for each in found:
        if each.kind not in TAGGED:
            if each.kind.direct and each.confidence >= SHAPED:
                return True
        elif each.announced and each.confidence >= ANNOUNCED:
            return True
        elif each.confidence >= CERTAIN and _highest(each, pieces, sums) >= AGREED:
            named += 1
    return named >= SEVERAL


SHAPED = 0.75
ANNOUNCED = 0.85
LONE = 0.99
ENOUGH = 40  # pieces: what is shorter says nothing by its silence
CERTAIN = 0.8
AGREED = 0.9
SEVERAL = 2


def _is_lone(each: Candidate, pieces: list[Piece], sums: Sequence[float]) -> bool:
    """Whether the only finding of a text is too weak: real letters with one weak trace have others."""
    if each.kind not in TAGGED or (each.announced and each.confidence >= ANNOUNCED):
        return False
    return _highest(each, pieces, sums) < LONE


def _highest(each: Candidate, pieces: Sequence[Piece], sums: Sequence[float]) -> float:
    """Return how likely the tagger thinks the likeliest piece of a finding, 1 where it did not read it."""
    at = bisect_left(pieces, each.start, key=lambda piece: piece.start)
    if at == LONGEST:
        return 1.0
    highest = 0.0
    while at < len(pieces) and pieces[at].start < each.end:
        highest = max(highest, sums[at])
        at += 1
    return highest


def _is_rejected(each: Candidate, pieces: Sequence[Piece], sums: Sequence[float], bar: Bar) -> bool:
    """Whether the tagger is sure that it is none, though a rule found it."""
    if each.kind not in TAGGED or each.confidence >= (ANNOUNCED if each.announced else bar.certain):
        return False
    return _highest(each, pieces, sums) < bar.rejected


def _added(
    pieces: Sequence[Piece], found: Iterable[Candidate], likely: list[Weights], sums: list[float], bar: Bar
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
        yield from _left(pieces, taken, at, end, kind, sums, bar.sure(kind))
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
    pieces: Sequence[Piece],
    taken: list[bool],
    first: int,
    end: int,
    kind: Kind,
    sums: list[float],
    sure: float,
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
        while (
            left < right
            and not _tells(pieces[left], kind)
            and not _begins(pieces[left], sums[left], at > first)
        ):
            left += 1
        while right > left and not _tells(pieces[right - 1], kind):
            right -= 1
        said = pieces[max(0, left - 3) : left]
        if (
            _is_enough(pieces[left:right], kind)
            and not _is_known(pieces[left:right], said, kind)
            and max(sums[left:right]) >= sure
        ):
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


_WORKS = PUBLIC_CUES - {
    "obra",
    "equipo",
    "marca",
    "tema",
    "jugador",
    "programa",
    "pagina",
    "juego",
    "show",
    "frase",
}
_CLITICS = re.compile(r"[aei]r(?:me|te|se|nos|l[oae]s?)$")


def _is_known(stretch: Sequence[Piece], said: Sequence[Piece], kind: Kind) -> bool:
    """Whether it is nobody's: a capital, what a work is called, or a verb that no dictionary has."""
    if kind is Kind.PERSON and len(stretch) == 1 and "t" not in stretch[0].look:
        return _CLITICS.search(stretch[0].key) is not None
    if kind is Kind.PLACE_FINE and all(piece.is_public for piece in stretch if piece.is_word):
        return True
    return kind is not Kind.ADDRESS and any(piece.key in _WORKS for piece in said)


def _begins(piece: Piece, likely: float, goes_on: bool) -> bool:
    """Whether a small word begins a name or goes on with one: "San Emigdio", "Los Cardales", "bosa la libertad"."""
    saint = goes_on or piece.key in ("san", "santa", "santo")
    return likely >= CERTAIN and (saint or ("t" in piece.look and "o" not in piece.look))


def _tells(piece: Piece, kind: Kind) -> bool:
    if piece.is_word:
        return piece.key not in INSIDE or kind is Kind.ADDRESS
    return kind is not Kind.PERSON and piece.key[:1] == "<" and piece.key[1:2].isdigit()
