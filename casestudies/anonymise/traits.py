"""What a trained tagger sees of a text: its pieces, and for each what it looks like and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from casestudies.anonymise import cues, lexicon
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.page import Page
from casestudies.anonymise.place_names import INSIDE

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|\n|[^\w\s]")
_GROUPS = {
    "R": cues.RELATIONS,
    "A": cues.AFTER_RELATION,
    "T": cues.TITLES,
    "P": cues.POSSESSIVES,
    "I": cues.INSTITUTIONS,
    "N": cues.NAMED_IN_LOWER,
    "S": cues.PLACE_STARTS,
    "L": cues.LIVING,
    "W": cues.WORKING,
    "K": cues.NICKNAME_WORDS,
    "D": cues.DESCRIPTIVE,
    "B": cues.ABSTRACT,
    "F": cues.FOLLOWERS,
    "U": cues.PUBLIC_CUES,
    "V": cues.ACTIONS,
    "H": cues.HYPOCORISTICS,
    "X": cues.NOT_NICKNAMES,
}
TAGGED = (Kind.PERSON, Kind.PLACE_FINE, Kind.ADDRESS)
# No letter has as many pieces (about 200,000 characters); what comes after is left to the rules, which are quicker.
LONGEST = 50_000
_WINDOW = 3  # this many pieces on either side are looked at one by one
_STEPS = range(-_WINDOW, _WINDOW + 1)


@dataclass(slots=True)
class Piece:
    """A word, a number, a sign, or a whole e-mail or document; `key` and `look` are all the tagger sees of it."""

    start: int
    end: int
    key: str
    look: str
    verdict: str = ""  # what the rules say of it
    sort: str = ""
    word: str = ""  # the key, if the tagger knows the word, or else its sort

    def __post_init__(self) -> None:
        """Look the word up once."""
        self.sort = sort_of(self.key)
        self.word = word_or_sort(self.key)

    @property
    def is_word(self) -> bool:
        """Whether it is a word, and may be part of a name."""
        return self.key[:1].isalpha()

    @property
    def is_public(self) -> bool:
        """Whether it names what is nobody's, or a capital."""
        return "P" in self.look or "C" in self.look or self.key in INSIDE


def pieces_of(page: Page, found: Iterable[Candidate]) -> list[Piece]:
    """Split a text. What rules `found` is noted; where its shape told it, it is one piece."""
    pieces: list[Piece] = []
    blocks = iter(sorted(found, key=lambda candidate: candidate.start))
    block = next(blocks, None)
    covered = at = 0
    for match in _TOKEN.finditer(page.reading.text):
        while block and block.end <= match.start():
            block = next(blocks, None)
        if match.start() < covered:
            continue
        if len(pieces) == LONGEST:
            break
        inside = block is not None and block.start <= match.start()
        if block and inside and block.kind not in TAGGED:
            covered = block.end
            pieces.append(Piece(match.start(), covered, f"<{block.kind.value}>", ""))
            continue
        while at < len(page.words) and page.words[at].start < match.start():
            at += 1
        pieces.append(_piece(page, at, match))
        if block and inside:
            pieces[-1].verdict = f"{block.kind.value[:2]}{block.confidence:.2f}"
    _mark_towns(pieces)
    return pieces


def _piece(page: Page, at: int, match: re.Match[str]) -> Piece:
    text = match.group()
    if text.isdigit():
        return Piece(match.start(), match.end(), f"<{min(len(text), 6)}>", "")
    if not text[0].isalpha() or at >= len(page.words):
        return Piece(match.start(), match.end(), "<n>" if text == "\n" else text, "")
    word = page.words[at]
    style = "s" if page.shouted else "q" if page.quiet else "n"
    case = "u" if word.upper else "t" if word.title else "l"
    marks = "o" * word.opens + "P" * word.public + "C" * word.capital_city
    return Piece(match.start(), match.end(), word.key, style + case + marks)


def _mark_towns(pieces: list[Piece]) -> None:
    """Mark the words of towns of several words."""
    towns = lexicon.towns()
    for index, piece in enumerate(pieces[:-1]):
        if not piece.is_word:
            continue
        for phrase in towns.get((piece.key, pieces[index + 1].key), ()):
            stretch = pieces[index : index + len(phrase)]
            if len(stretch) == len(phrase) and all(
                each.key == part for each, part in zip(stretch, phrase, strict=True)
            ):
                for each in stretch:
                    each.look = each.look.replace("M", "") + "M"
                break


@lru_cache(1)
def _vocabulary() -> frozenset[str]:
    """The words that the tagger knows one by one."""
    return lexicon.common_words().union(*_GROUPS.values())


@lru_cache(30_000)
def sort_of(key: str) -> str:
    """Return in a few letters how common a word is and of which lists it is."""
    if not key[:1].isalpha():
        return key
    if lexicon.is_given(key):
        return "g"
    lists = (
        "n" * lexicon.is_word_name(key) + "s" * lexicon.is_surname(key) + "t" * ((key, "") in lexicon.towns())
    )
    return _frequency(key) + lists


def _frequency(key: str) -> str:
    ranks = (lexicon.everyday_words, lexicon.common_words, lexicon.usual_words, lexicon.words)
    for rank, known in enumerate(ranks):
        if key in known():
            return str(rank)
    if lexicon.is_word(key):
        return "4"
    return "5" if lexicon.looks_like_word(key) else "6"


@lru_cache(30_000)
def word_or_sort(key: str) -> str:
    """Return a word that the tagger knows as it stands, and any other by its sort."""
    return key if not key or key in _vocabulary() or not key[:1].isalpha() else "#" + sort_of(key)


@lru_cache(10_000)
def traits_at(step: int, key: str, look: str) -> tuple[str, ...]:
    """Return what can be told of a piece `step` away by itself: the nearer, the more."""
    return tuple(f"{step}{trait}" for trait in _traits(abs(step), key, look))


def _traits(distance: int, key: str, look: str) -> list[str]:
    if not key:
        return ["edge"]
    if not key[0].isalpha():
        return ["w=" + key]
    sort = sort_of(key)
    found = ["w=" + word_or_sort(key)]
    if distance < 3:
        found += [f"g={name}" for name, group in _GROUPS.items() if key in group]
    if distance < 2:
        found += [f"c={sort}", f"l={look}", f"cl={sort}{look}", f"3={key[-3:]}"]
    if distance == 0:
        found += [
            f"2={key[-2:]}",
            f"b={key[:3]}",
            f"n={min(len(key), 9)}",
            *(f"i={letter}" for letter in sort),
        ]
    return found


_EDGE = Piece(0, 0, "", "")


def around(pieces: list[Piece], index: int) -> Iterator[str]:
    """Yield what can only be told of several pieces together, for the piece at `index`."""
    here = pieces[index]
    if 3 <= index < len(pieces) - 2:
        first, second_piece, piece_before, _, piece_after, last = pieces[index - 3 : index + 3]
    else:
        first, second_piece, piece_before, piece_after, last = (
            pieces[at] if 0 <= at < len(pieces) else _EDGE
            for at in (index - 3, index - 2, index - 1, index + 1, index + 2)
        )
    second, before, after, sort = second_piece.word, piece_before.word, piece_after.word, here.sort
    yield f"A{before}|{here.word}"
    yield f"B{second}|{before}"
    yield f"C{second}|{before}|{sort}"
    yield f"D{before}|{sort}{here.look}"
    yield f"E{sort}{here.look}|{after}"
    yield f"F{before}|{sort}|{after}"
    yield f"G{after}|{last.word}"
    yield f"H{piece_before.sort}|{sort}|{piece_after.sort}"
    yield f"I{first.word}|{second}|{before}"
    yield f"J{before}|{after}"
    yield f"K{second}|{before}|{piece_after.sort}"
    yield f"V{here.verdict}"
    if here.verdict or piece_before.verdict or piece_after.verdict:
        yield f"v{piece_before.verdict[:2]}|{here.verdict[:2]}|{piece_after.verdict[:2]}"
    if here.verdict:
        yield f"U{here.verdict}|{sort}{here.look}"
        yield f"T{here.verdict}|{here.word}"
        yield f"S{here.verdict}|{before}"


def neighbours(pieces: list[Piece], index: int) -> list[tuple[int, str, str]]:
    """Return the pieces near the one at `index`: how far away, key and look."""
    last = len(pieces)
    return [
        (step, pieces[at].key, pieces[at].look) if 0 <= (at := index + step) < last else (step, "", "")
        for step in _STEPS
    ]


def all_traits(pieces: list[Piece], index: int) -> Iterator[str]:
    """Yield every trait of the piece at `index`, as the training writes them."""
    for neighbour in neighbours(pieces, index):
        yield from traits_at(*neighbour)
    yield from around(pieces, index)
