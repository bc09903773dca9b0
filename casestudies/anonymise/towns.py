"""Towns and neighbourhoods of the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import LIVING, PLACE_PREPOSITIONS
from casestudies.anonymise.findings import Candidate
from casestudies.anonymise.page import Page, longest
from casestudies.anonymise.place_names import end_of_run, place

_ARTICLES = frozenset(["el", "la", "los", "las"])


def find_towns(page: Page, *, several_words: bool) -> Iterator[Candidate]:
    """Yield places of the list: those of several words before people's names are looked for, the others after."""
    towns = lexicon.towns()
    for index, word in enumerate(page.words):
        if word.taken:
            continue
        if several_words and (last := _end_of_region(page, index)):
            yield place(page, index, last, "un pueblo", 0.85)
            continue
        count = longest(page, index, towns)
        if count == 0 or (count > 1) is not several_words or _overlaps_public(page, index, count):
            continue
        if _is_town(page, index, count):
            last = index + count - 1
            if page.is_capitalised(index) and page.key(last + 1) in ("de", "del"):
                last = max(last, end_of_run(page, last))  # Villanueva de los Infantes
            yield place(page, index, last, "un pueblo", 0.85)


def _end_of_region(page: Page, index: int) -> int:
    """Return the last word of a place that a department makes sure, or 0: "en Jardín, Antioquia"."""
    placed = page.key(index - 1) in ("en", "de", "desde", "por", "a", "hasta") and page.joined(index)
    if not placed or not page.is_proper(index):
        return 0
    after = end_of_run(page, index) + 1
    apart = page.gap(after).strip() == "," and page.is_proper(after)
    region = longest(page, after, lexicon.regions()) if apart else 0
    goes_on = page.joined(after + region) and page.is_proper(after + region)
    return after + region - 1 if region and not goes_on else 0


def _overlaps_public(page: Page, index: int, count: int) -> bool:
    words = page.words[index : index + count]
    apart = (
        count == 1 and page.is_proper(index) and _after_comma_from(page, index) and not words[0].capital_city
    )
    return any(word.taken for word in words) or (
        not apart and all(word.capital_city or word.public for word in words)
    )


def _is_town(page: Page, index: int, count: int) -> bool:
    after = page.key(index - 1)
    placed = after in PLACE_PREPOSITIONS and page.joined(index)
    if page.is_capitalised(index):
        if count > 1:
            return page.is_capitalised(index + count - 1) and (
                not page.words[index].opens or not lexicon.is_word(page.key(index + count - 1))
            )
        return _is_single_town(page, index, placed)
    keys = [page.key(at) for at in range(index, index + count)]
    strange = any(key not in lexicon.words() and not lexicon.is_given(key) for key in keys)
    if count == 1 and placed and keys[0] in lexicon.cities():
        return page.key(index - 1) not in ("a", "al", "por", "para", "entre") or not lexicon.is_surname(
            keys[0]
        )
    listed = page.quiet and (
        any(map(str.isdigit, page.gap(index)))
        or not set(keys) <= lexicon.usual_words()
        or (count > 1 and keys[0] not in _ARTICLES)
    )
    if (listed and _after_comma_from(page, index, count)) or _after_place_in(page, index):
        return True
    if page.quiet and (_ends_after_living(page, index, count) or _stands_alone(page, index, count)):
        return True
    if keys[0] in _ARTICLES and set(keys[1:]) <= lexicon.usual_words():
        return False
    if count > 1:
        told = (keys[0] not in _ARTICLES and len("".join(keys)) > 7) or len(keys) > 3
        return (
            placed and (strange or told or (_lives(page, index) and not set(keys) <= lexicon.common_words()))
        ) or (strange and len(max(keys, key=len)) > 4)
    return placed and (
        (strange and not lexicon.is_surname(keys[0]))
        or (_lives(page, index) and keys[0] not in lexicon.common_words())
    )


def _is_single_town(page: Page, index: int, placed: bool) -> bool:
    word = page.words[index]
    if _after_comma_from(page, index) and not word.capital_city:
        return True
    if word.public or word.capital_city or (word.upper and len(word.key) < 4):
        return False
    strange = not lexicon.is_word(word.key)
    if word.opens:
        return strange and not lexicon.looks_like_word(word.key) and not lexicon.is_given(word.key)
    if strange:
        return True
    if not placed:
        return False
    return (
        page.key(index - 1) in ("en", "desde", "hasta", "hacia")
        or _lives(page, index)
        or (page.is_proper(index) and word.key not in lexicon.common_words())
    )


_NO_TOWNS = frozenset(
    lexicon.key(
        "casa calle playa sierra centro costa montana ciudad capital luna selva frontera isla esquina loma quebrada"
        " campo pueblo barrio plaza piscina oficina banco caja carcel escuela hospital iglesia linea cruz"
    ).split()
)


def _ends_after_living(page: Page, index: int, count: int) -> bool:
    """Whether "vivo en" stands before and nothing follows, in a text without capitals: "vivo en la unión"."""
    lives = page.key(index - 1) in ("en", "de", "por") and page.key(index - 2) in LIVING
    ends = not page.joined(index + count) or page.key(index + count) in (
        "y",
        "con",
        "desde",
        "pero",
        "hace",
        "tengo",
        "trabajo",
    )
    return lives and ends and page.key(index + count - 1) not in _NO_TOWNS


def _stands_alone(page: Page, index: int, count: int) -> bool:
    """Whether a town stands between punctuation, as after a name and an age, or after "en" and nothing else fits."""
    keys = {page.key(at) for at in range(index, index + count)}
    if page.key(index - 1) == "en" and page.joined(index):
        known = lexicon.words() if keys & _ARTICLES else lexicon.usual_words()
        return not keys <= known
    if page.joined(index + count) or keys & _NO_TOWNS:
        return False
    before = page.reading.text[max(0, page.words[index].start - 12) : page.words[index].start]
    return re.search(r"\d(?: años)?, (?:(?:soy )?de? )?$", before) is not None


def _after_place_in(page: Page, index: int) -> bool:
    """Whether "en" stands before, and what is taken before that: "calle 12 con 8, en la unión"."""
    return (
        page.key(index - 1) == "en"
        and page.joined(index)
        and index > 1
        and page.words[index - 2].taken
        and page.gap(index - 1).strip() in ("", ",")
    )


def _after_comma_from(page: Page, index: int, count: int = 1) -> bool:
    """Whether a comma and another place stand before: "San Bernardo, Colina"."""
    return (
        re.fullmatch(r"(?:\s?,?\s?[\w°ºª]{1,5}){0,2}\s?,\s?", page.gap(index)) is not None
        and index > 0
        and page.words[index - 1].taken
        and page.gap(index + count).strip()[:1] in (",", ".", ";", "")
        and not page.joined(index + count)
    )


def _lives(page: Page, index: int) -> bool:
    return any(page.key(back) in LIVING for back in range(max(0, index - 4), index))
