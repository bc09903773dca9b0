"""Names and nicknames, in any case and spelling: by lists, and by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.capitalised import capitalised, has_age
from casestudies.anonymise.cues import (
    DESCRIPTIVE,
    FOLLOWERS,
    PLACE_PREPOSITIONS,
    PUBLIC_CUES,
    Cue,
    cue_before,
)
from casestudies.anonymise.deeds import does_something
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.name_ends import PARTICLES, end_of_name
from casestudies.anonymise.nicknames import PARTS_OF_BODY
from casestudies.anonymise.page import Page
from casestudies.anonymise.signatures import find_signatures
from casestudies.anonymise.uncapitalised import uncapitalised

_NOBODY = frozenset(["dios", "virgen", "jesus", "papa"])
_ANNOUNCING = frozenset({Cue.INTRODUCED, Cue.SIGNED})
_NAMING = frozenset({Cue.INTRODUCED, Cue.TITLE, Cue.NICKNAME, Cue.RELATION})


def find_people(page: Page) -> Iterator[Candidate]:
    """Yield people's names, and then the other places where the same names stand."""
    known: dict[str, float] = {}
    for index, word in enumerate(page.words):
        if word.taken:
            continue
        confidence, cue = _confidence(page, index)
        if confidence:
            last = (
                end_of_name(page, index)
                if page.key(index) not in PARTS_OF_BODY
                else _end_of_nickname(page, index)
            )
            for named in page.words[index : last + 1]:
                if named.key not in PARTICLES and len(named.key) > 2:
                    known[named.key] = confidence
            yield _person(page, index, last, confidence, cue)
    for signature in find_signatures(page):
        yield signature
        known.update(
            (word.key, 0.9)
            for word in page.words
            if signature.start <= word.start < signature.end and word.key not in PARTICLES
        )
    yield from find_again(page, known)


def _end_of_nickname(page: Page, index: int) -> int:
    """Return the last word of a nickname that begins with a part of the body: "cara de pan"."""
    last = index + 1 + (page.key(index + 1) == "de")
    return last if page.joined(last) else index


def _person(page: Page, first: int, last: int, confidence: float, cue: Cue | None) -> Candidate:
    start, end = page.claim(first, last)
    if (
        end < len(page.reading.text)
        and page.reading.text[end] == "."
        and page.words[last].upper is False
        and end - page.words[last].start == 1
    ):
        end += 1  # the full stop of an initial
    why = f"Parece un nombre: {cue.value}." if cue else "Parece el nombre de una persona."
    return Candidate(start, end, Kind.PERSON, why, "", confidence, cue in _ANNOUNCING)


def _confidence(page: Page, index: int) -> tuple[float, Cue | None]:
    """Return how surely a name begins at `index` (0 for not at all) and what announces it."""
    word = page.words[index]
    if _is_initial(page, index):
        return 0.8, None
    if len(word.key) < 2 or word.key in PARTICLES:
        return _begins_with_particle(page, index)
    cue = cue_before(page, index)
    if _is_public(page, index, cue):
        return 0.0, None
    if page.is_capitalised(index):
        return capitalised(page, index, cue), cue
    return uncapitalised(page, index, cue), cue


def _begins_with_particle(page: Page, index: int) -> tuple[float, Cue | None]:
    """Return how surely a surname begins here that has a particle: "la economista Del Hierro"."""
    if page.is_proper(index) and page.is_proper(index + 1) and page.joined(index + 1):
        cue = cue_before(page, index)
        if cue in (Cue.TITLE, Cue.INTRODUCED) and not page.words[index + 1].public:
            return 0.85, cue
    return 0.0, None


def _is_initial(page: Page, index: int) -> bool:
    """Whether initials and a surname begin here: "J. P. Rojas", "m. carrasco"."""
    at = index
    while at - index < 3 and len(page.key(at)) == 1 and page.gap(at + 1) in (". ", "."):
        at += 1
    if at == index or not page.is_capitalised(index) or not page.is_capitalised(at):
        return False
    named = lexicon.is_surname(page.key(at)) or not lexicon.is_plain(page.key(at))
    return len(page.key(at)) > 2 and page.joined(at) and named


def _is_public(page: Page, index: int, cue: Cue | None) -> bool:
    word = page.words[index]
    if word.capital_city:
        return not _is_person_not_capital(page, index, cue)
    if cue is Cue.INTRODUCED and page.key(index - 1) == "llama" and _is_of_a_work(page, index):
        return True
    if cue in (None, Cue.LISTED) and _is_listed_with_public(page, index):
        return True
    if word.public:
        if (
            page.is_proper(index)
            and (cue in (Cue.INTRODUCED, Cue.NICKNAME) or has_age(page, index))
            and page.key(index) not in _NOBODY
        ):
            return False
        alone = lexicon.is_word_name(word.key) or lexicon.is_surname(word.key) or lexicon.is_given(word.key)
        named = cue in _NAMING or cue is Cue.SELF
        followed = page.is_proper(index + 1) and page.joined(index + 1) and not page.words[index + 1].public
        return not (named and (alone or followed) and page.key(index) not in _NOBODY)
    return any(page.key(back) in PUBLIC_CUES for back in range(max(0, index - 3), index)) and cue not in (
        Cue.INTRODUCED,
        Cue.RELATION,
        Cue.TITLE,
    )


def _is_of_a_work(page: Page, index: int) -> bool:
    """Whether an app, a song or the like is what is called so: "una app que se llama Calm"."""
    for back in range(index - 1, max(-1, index - 8), -1):
        if page.key(back) in PUBLIC_CUES:
            return True
        if page.words[back].opens:
            break
    return False


def _is_listed_with_public(page: Page, index: int) -> bool:
    """Whether somebody known stands before, of whom one is a fan: "fanática de Messi y de Charly"."""
    known = any(page.words[back].public for back in range(max(0, index - 3), index))
    listed = page.key(index - 1) in ("y", "e", "o") or page.key(index - 2) in ("y", "e", "o")
    return known and listed and any(page.key(back) in PUBLIC_CUES for back in range(max(0, index - 7), index))


def _is_person_not_capital(page: Page, index: int, cue: Cue | None) -> bool:
    """Tell Santiago who did not call from Santiago where it rains."""
    if cue in (Cue.INTRODUCED, Cue.NICKNAME):
        return True
    if not lexicon.is_word_name(page.key(index)):
        return False
    if (
        cue in _NAMING
        or cue is Cue.SELF
        or (page.is_proper(index + 1) and page.joined(index + 1) and not page.words[index + 1].capital_city)
    ):
        return True
    if page.key(index - 1) == "a" and page.key(index + 1) in ("lo", "le") and page.joined(index + 1):
        return True  # "a Santiago lo echaron"
    if page.key(index - 1) in PLACE_PREPOSITIONS - {"a", "para", "al"} and page.joined(index):
        return False
    return page.is_capitalised(index) and does_something(page, index)


def find_again(page: Page, known: dict[str, float]) -> Iterator[Candidate]:
    """Yield the other places of names that were sure somewhere, whatever their case."""
    for index, word in enumerate(page.words):
        if word.taken or word.key not in known or (word.public and not page.is_capitalised(index)):
            continue
        plain = lexicon.is_word(word.key) or lexicon.is_word_name(word.key)
        if plain and not page.is_capitalised(index) and not _names_again(page, index):
            continue
        yield _person(page, index, end_of_name(page, index), known[word.key] - 0.05, None)


def _names_again(page: Page, index: int) -> bool:
    """Whether a lower-case word stands where a name stands: "con rosa", "rosa me dijo"."""
    if page.key(index) in DESCRIPTIVE or page.key(index) in lexicon.common_words():
        return False
    return (
        page.key(index - 1) in ("con", "a", "que", "y", "para", "sin") and page.key(index + 1) in FOLLOWERS
    ) or (page.key(index - 1) in ("con", "a") and not page.key(index + 1))
