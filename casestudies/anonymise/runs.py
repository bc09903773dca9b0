"""What is left with a capital and is no word: nearly always somebody or somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import (
    ACTIONS,
    LIVING,
    PLACE_PREPOSITIONS,
    PLACE_STARTS,
    PUBLIC_CUES,
    WORKING,
    Cue,
    cue_before,
)
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.page import Page
from casestudies.anonymise.place_names import INSIDE, end_of_run, place

# Public bodies: what follows in plain words is their name, and nobody's place.
_PUBLIC_HEADS = frozenset(
    [
        "ministerio",
        "corte",
        "poder",
        "servicio",
        "registro",
        "superintendencia",
        "secretaria",
        "defensoria",
        "fiscalia",
        "policia",
        "camara",
        "congreso",
        "senado",
        "tribunal",
        "consejo",
        "comision",
        "caja",
        "seguro",
        "ejercito",
        "direccion",
        "subsecretaria",
        "contraloria",
    ]
)


def find_runs(page: Page) -> Iterator[Candidate]:
    """Yield what is left with a capital inside a sentence and is no word: nearly always somebody or somewhere."""
    for index, word in enumerate(page.words):
        if word.taken or word.public or word.capital_city:
            continue
        if page.is_proper(index):
            last = end_of_run(page, index)
            if _is_telling(page, index, last):
                yield _run(page, index, last)
        elif _is_unknown_place(page, index):
            yield place(page, index, index, "un pueblo", 0.6)


def _run(page: Page, first: int, last: int) -> Candidate:
    before = page.key(first - 1)
    placed = before in PLACE_PREPOSITIONS and (
        before not in ("a", "para", "entre") or page.key(first - 2) in LIVING
    )
    if placed or last > first or page.shouted:
        return place(page, first, last, "un lugar", 0.6)
    start, end = page.claim(first, last)
    return Candidate(
        start, end, Kind.PERSON, "Palabra con mayúscula que no está en el diccionario.", "", 0.55
    )


def _is_telling(page: Page, first: int, last: int) -> bool:
    words = [word for word in page.words[first : last + 1] if word.key not in INSIDE]
    if not words or all(word.upper and len(word.key) < 7 for word in words) or _after_public_cue(page, first):
        return False
    if page.key(first) in _PUBLIC_HEADS:
        return False
    strange = [
        word
        for word in words
        if not word.public and not word.upper and not lexicon.is_plain(word.key) and len(word.key) > 2
    ]
    if strange or (
        len(words) == 1 and (_is_surname_of_somebody(page, first) or _is_with_somebody(page, first))
    ):
        return True
    if len(words) > 1 and not page.shouted and any(word.key not in lexicon.common_words() for word in words):
        return not any(word.public or word.capital_city or word.upper for word in words)
    if len(words) == 1 and _ends_address(page, first):
        return words[0].key not in lexicon.common_words()
    if _works(page, first) and not all(word.public or word.capital_city for word in words):
        return any(word.key not in lexicon.common_words() and not word.public for word in words)
    if len(words) > 1 and page.key(first) in PLACE_STARTS and page.key(first - 1) in PLACE_PREPOSITIONS:
        return not all(word.public or word.capital_city for word in words)
    lives = page.key(first - 1) in ("en", "de", "desde") and page.key(first - 2) in LIVING - {
        "soy",
        "somos",
        "es",
        "eramos",
    }
    return lives and (len(words) > 1 or words[0].key not in lexicon.common_words())


def _is_with_somebody(page: Page, index: int) -> bool:
    """Whether an uncommon word with a capital stands where a nickname stands: "trabajo con Pocha"."""
    word = page.words[index]
    return page.key(index - 1) in ("con", "a") and not word.upper and word.key not in lexicon.common_words()


def _is_surname_of_somebody(page: Page, index: int) -> bool:
    """Whether a capitalised surname that is a word, too (Robles), stands where a person stands."""
    if not lexicon.is_surname(page.key(index)) or page.words[index].upper:
        return False
    return page.key(index - 1) in ("con", "a", "que", "y") or (
        page.joined(index + 1) and page.key(index + 1) in ACTIONS
    )


def _after_public_cue(page: Page, first: int) -> bool:
    return (
        any(page.key(back) in PUBLIC_CUES for back in range(max(0, first - 3), first))
        and cue_before(page, first) is not Cue.RELATION
    )


def _ends_address(page: Page, index: int) -> bool:
    """Whether a comma and what is taken stand before, and nothing behind: "Ribeira 17, Cangas."."""
    apart = page.gap(index).strip()[-1:] == "," and page.gap(index + 1).strip()[:1] in (".", ",", ";")
    return apart and index > 0 and page.words[index - 1].taken


def _works(page: Page, first: int) -> bool:
    return page.key(first - 1) in ("en", "para", "de") and any(
        page.key(back) in WORKING for back in range(max(0, first - 4), first)
    )


def _is_unknown_place(page: Page, index: int) -> bool:
    """Whether "vivo en x" stands before a lower-case word that no list has."""
    key = page.key(index)
    if page.quiet and page.key(index - 1) == "en" and page.joined(index) and len(key) > 4:
        return lexicon.is_unknown(key) and not lexicon.looks_like_word(key)
    if (
        len(key) < 4
        or page.key(index - 1) not in ("en", "de", "desde")
        or page.key(index - 2) not in LIVING
        or not page.joined(index)
    ):
        return False
    return lexicon.is_unknown(key) and not lexicon.looks_like_word(key)
