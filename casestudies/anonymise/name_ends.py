"""How far a name goes: second names, surnames, initials."""

from __future__ import annotations

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import NICKNAME_WORDS
from casestudies.anonymise.page import Page, longest

PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "san",
        "santa",
        "von",
        "van",
        "da",
        "do",
        "dos",
        "di",
        "der",
        "y",
        "i",
        "e",
    ]
)


_NICKNAME_TAILS = frozenset(["chico", "chica", "grande", "viejo", "vieja", "junior", "jr"])


SURNAME_WORDS_KEPT_OUT = frozenset(
    [
        "bueno",
        "delgado",
        "calvo",
        "moreno",
        "rubio",
        "leal",
        "alegre",
        "cano",
        "cariño",
        "nieto",
        "prieto",
        "amado",
        "casas",
        "mayo",
        "casa",
        "cuello",
        "calle",
        "mesa",
        "mercado",
        "barrera",
        "blanco",
        "negrete",
        "rojas",
        "vale",
        "vera",
        "caro",
        "barra",
        "cabezas",
        "izquierdo",
        "mata",
        "marca",
        "toca",
        "para",
        "sala",
        "cada",
        "cuevas",
    ]
)


def end_of_name(page: Page, first: int) -> int:
    """Return the last word of the name that begins at `first`: second names, surnames, initials."""
    last = first
    while last - first < 6:
        step = _step(page, first, last)
        if not step:
            break
        last += step
    return last


def _step(page: Page, first: int, last: int) -> int:
    """Return how many words further the name goes on."""
    following = last + 1
    if not page.joined(following) or page.words[following].taken or page.words[following].opens:
        return 0
    word = page.words[following]
    if word.key in PARTICLES and word.key not in ("y", "e"):
        return _step_over_particles(page, following)
    if page.is_capitalised(first) and page.is_capitalised(following):
        if word.public and word.key not in lexicon.surnames() and longest(page, following, lexicon.public()):
            return 0
        return 1
    if (
        page.is_capitalised(first)
        and word.key in _NICKNAME_TAILS
        and page.key(first - 1) in ("el", "la", "al", "del")
    ):
        return 1
    if lexicon.is_given(word.key) or word.key in ("jr", "junior"):
        return 1
    if (
        not page.is_capitalised(first)
        and lexicon.is_unknown(word.key)
        and (page.key(first) in NICKNAME_WORDS or not lexicon.looks_like_word(word.key))
        and len(word.key) > 4
    ):
        return 1
    surname = lexicon.is_surname(word.key) and word.key not in SURNAME_WORDS_KEPT_OUT
    rare = word.key not in lexicon.common_words() or page.key(first) not in lexicon.words()
    return (
        1
        if surname
        and (rare or page.key(following + 1) in lexicon.surnames())
        and not page.is_capitalised(first)
        else 0
    )


def _step_over_particles(page: Page, at: int) -> int:
    count = 0
    while page.key(at + count) in PARTICLES and page.joined(at + count) and count < 3:
        count += 1
    end = at + count
    if not page.joined(end) or page.words[end].taken:
        return 0
    name = page.words[end].key
    if lexicon.is_given(name) and lexicon.is_word_name(page.key(at - 1)) and count == 1:
        return count + 1  # "flor de maría"
    town = longest(page, end, lexicon.towns()) or page.words[end].public or page.words[end].capital_city
    if (
        page.is_proper(end)
        and (
            lexicon.is_surname(name)
            or lexicon.is_given(name)
            or lexicon.is_word_name(name)
            or page.is_capitalised(at)
        )
    ) or (page.is_proper(end) and not town and not lexicon.is_word(name)):
        return count + 1
    return 0
