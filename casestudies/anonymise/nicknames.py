"""What tells a nickname that is an ordinary word from the word itself."""

from __future__ import annotations

import re

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import INSTITUTIONS, NICKNAME_WORDS, NOT_NICKNAMES, RELATIONS, TITLES
from casestudies.anonymise.deeds import looks_like_verb
from casestudies.anonymise.page import Page

SURE_TITLES = frozenset(lexicon.key("don dona misia dn ").split())


AFTER_TITLE = frozenset(lexicon.key("de del que y para con el la me se no en es natural ").split())


PARTS_OF_BODY = frozenset(
    lexicon.key(
        "cara pata patas ojo ojos boca diente dientes cabeza mano manos pelo pelos pie pies pico nariz oreja "
        "orejas "
    ).split()
)


# "mi tía la menor", "mi hermano el otro día": what tells one from another, and is no nickname.
_TELLS_APART = frozenset(
    lexicon.key(
        "chico chica grande viejo vieja otro otra dia fin primo prima tio tia doctor doctora profe maestro "
        "maestra cura que misma mismo unica unico primera primero ultima ultimo mejor peor lunes martes "
        "miercoles jueves viernes sabado domingo mes año "
    ).split()
)


def has_surname(page: Page, index: int) -> bool:
    """Whether an article stands before and a surname that is no everyday word behind: "el gringo alvarado"."""
    following = page.key(index + 1)
    return (
        page.key(index - 1) in ("el", "la", "al", "del")
        and page.joined(index)
        and page.joined(index + 1)
        and lexicon.is_surname(following)
        and following not in lexicon.common_words()
    )


def may_be_nickname(page: Page, index: int) -> bool:
    """Whether a word after "mi hermano el" or before a surname names somebody."""
    key = page.key(index)
    if key in RELATIONS | TITLES | INSTITUTIONS | NOT_NICKNAMES - NICKNAME_WORDS or key in _TELLS_APART:
        return key in NICKNAME_WORDS and key not in _TELLS_APART
    if key in NICKNAME_WORDS:
        return True
    if key in lexicon.common_words() or is_trade(key) or len(key) < 3:
        return False
    return page.gap(index - 1).strip() == "," or not looks_like_verb(key) or has_surname(page, index)


def is_plural_for_one(page: Page, index: int) -> bool:
    """Whether a feminine plural follows a masculine article, as only nicknames do: "el tuercas", "el greñas"."""
    key = page.key(index)
    before = page.key(index - 1) in ("el", "al", "del") and page.joined(index)
    return (
        before
        and len(key) > 4
        and key.endswith("as")
        and key not in _AS_WORDS
        and key[:-1] in lexicon.words()
    )


_AS_WORDS = frozenset(
    lexicon.key(
        "alias paraguas gracias atras ademas demas jamas apenas mientras afueras sacapuntas quitamanchas "
        "ambas guardaespaldas navidades pijamas "
    ).split()
)


_QUALITIES = (
    "cion",
    "dad",
    "ez",
    "eza",
    "ura",
    "ncia",
    "ismo",
    "mente",
    "ento",
    "aje",
    "sis",
    "ar",
    "er",
    "ir",
    "mos",
)


def is_called(page: Page, index: int) -> bool:
    """Whether "me dicen" or "le decían" stands before a noun that ends its clause: "me dicen chamaco"."""
    key = page.key(index)
    said = page.key(index - 1) in ("dicen", "decian", "apodan", "apodaron") and page.key(index - 2) in (
        "me",
        "le",
        "nos",
    )
    described = key in NOT_NICKNAMES or is_adjective(key) or key.endswith(_QUALITIES) or looks_like_verb(key)
    return (
        said
        and not described
        and len(key) > 3
        and key not in lexicon.everyday_words()
        and ends_clause(page, index)
    )


_TRADES = re.compile(
    "(?:er[oa]|ista|tor[a]?|dor[a]?|sor[a]?|log[oa]|[ae]nte|i?ac[oa]|ian[oa]|[eo]gan[oa]|rrin[oa]|ic[oa]|ari[oa]|ent[oa]|ens[e]|ad[oa]|id[oa])s?$"
)


def _has_both_genders(key: str) -> bool:
    """Whether a word is said of men and of women, as adjectives are: vegana, odioso."""
    other = key[:-1] + {"a": "o", "o": "a"}.get(key[-1:], "")
    pair = {key, other}
    return other != key[:-1] and pair <= lexicon.words() and not pair.isdisjoint(lexicon.usual_words())


def is_trade(key: str) -> bool:
    """Whether a word looks like what somebody does or is: panadero, contadora, lacaniano."""
    if key.endswith(("on", "ona")) and any(
        key.removesuffix("a")[:-2] + vowel in lexicon.words() for vowel in "oa"
    ):
        return True
    return _TRADES.search(key) is not None or is_adjective(key) or _has_both_genders(key)


_ADJECTIVES = (
    "ada",
    "ado",
    "ida",
    "ido",
    "osa",
    "oso",
    "ista",
    "ante",
    "ente",
    "able",
    "ible",
    "ando",
    "endo",
    "mente",
    "ar",
    "er",
    "ir",
    "ivo",
    "iva",
)


def is_adjective(key: str) -> bool:
    return key.endswith(_ADJECTIVES)


def ends_clause(page: Page, index: int) -> bool:
    gap = page.gap(index + 1).strip()
    return (
        gap != ""
        or index + 1 >= len(page.words)
        or page.key(index + 1)
        in ("porque", "desde", "por", "en", "y", "todos", "todas", "pero", "de", "los", "mis", "xq", "pq")
    )
