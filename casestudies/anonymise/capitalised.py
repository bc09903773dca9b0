"""How surely a word with a capital begins a name."""

from __future__ import annotations

import re

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import (
    ABSTRACT,
    AFTER_RELATION,
    DESCRIPTIVE,
    FOLLOWERS,
    INSTITUTIONS,
    NICKNAME_WORDS,
    NOT_NICKNAMES,
    RELATIONS,
    TITLES,
    Cue,
)
from casestudies.anonymise.deeds import does_something, has_follower
from casestudies.anonymise.page import Page

_MONTHS_AND_DAYS = frozenset(
    ["abril", "mayo", "julio", "junio", "enero", "agosto", "octubre", "domingo", "sabado", "viernes"]
)


_BEFORE_DATES = frozenset(
    [
        "en",
        "de",
        "el",
        "los",
        "este",
        "ese",
        "del",
        "desde",
        "hasta",
        "cada",
        "proximo",
        "pasado",
        "a",
        "fines",
        "mediados",
        "un",
        "todos",
        "y",
    ]
)


def capitalised(page: Page, index: int, cue: Cue | None) -> float:
    word = page.words[index]
    if lexicon.is_given(word.key):
        return 0.95
    if _CALLED_AFTER.match(page.reading.lower, word.end) and not word.public:
        return 0.85
    if lexicon.is_word_name(word.key):
        return _capitalised_word_name(page, index, cue)
    if word.upper and len(word.key) < 6 and cue not in (Cue.INTRODUCED, Cue.NICKNAME):
        return 0.0
    strange = not (lexicon.is_word(word.key) if word.opens else lexicon.is_plain(word.key))
    if cue in (Cue.INTRODUCED, Cue.NICKNAME):
        called = cue is Cue.NICKNAME and page.is_proper(index) and word.title and not word.upper
        return 0.85 if strange or called or not is_description(word.key) else 0.0
    if cue is Cue.APPOSED:
        return 0.0 if word.key in (TITLES | INSTITUTIONS) - NICKNAME_WORDS else 0.85
    if cue in (Cue.TITLE, Cue.RELATION) and not word.opens:
        return 0.85 if strange or not is_description(word.key) else 0.0
    if cue is Cue.LISTED and not word.opens and page.is_proper(index):
        return 0.75 if strange or lexicon.is_surname(word.key) else 0.0
    if cue is Cue.SELF and (strange or page.key(index - 1) in ("el", "la")) and page.is_proper(index):
        return 0.0 if word.key in (RELATIONS | TITLES | INSTITUTIONS) - NICKNAME_WORDS else 0.85
    if strange and cue is Cue.SELF:
        return 0.85
    if _stands_apart(page, index) and word.key not in lexicon.common_words() and not word.upper:
        return 0.6
    if not word.opens and page.key(index - 1) in ("el", "la", "al", "del") and page.joined(index):
        nicknamed = word.key in NICKNAME_WORDS and page.key(index + 1) != "de"
        acting = (
            word.title and not word.upper and does_something(page, index) and word.key not in INSTITUTIONS
        )
        return 0.7 if nicknamed else 0.6 if acting and not is_description(word.key) else 0.0
    if has_age(page, index) and word.key not in lexicon.common_words():
        return 0.75
    return _opening(page, index) if word.opens else 0.0


def is_description(key: str) -> bool:
    return (
        key in RELATIONS
        or key in AFTER_RELATION
        or key in NOT_NICKNAMES
        or key in TITLES
        or (key in lexicon.common_words() and key not in NICKNAME_WORDS)
    )


def _capitalised_word_name(page: Page, index: int, cue: Cue | None) -> float:
    word = page.words[index]
    if cue in (Cue.INTRODUCED, Cue.TITLE, Cue.NICKNAME, Cue.RELATION, Cue.LISTED, Cue.APPOSED):
        return 0.9
    of_oneself = word.key not in ABSTRACT or page.key(index - 1) in ("soy", "habla", "escribe", "saluda")
    if cue is Cue.SELF and page.is_proper(index) and of_oneself:
        return 0.8
    followed = page.is_proper(index + 1) and page.joined(index + 1)
    if followed and (lexicon.is_surname(page.key(index + 1)) or lexicon.is_given(page.key(index + 1))):
        return 0.9
    if page.key(index - 1) == "de" and page.key(index - 2) in RELATIONS:
        return 0.85  # "la mamá de Paz"
    if word.opens:
        return 0.8 if has_follower(page, index) else 0.0
    if _stands_apart(page, index):
        return 0.75
    before = page.key(index - 1)
    if word.key in _MONTHS_AND_DAYS and before in _BEFORE_DATES:
        return 0.0
    if before in (
        "la",
        "el",
        "mi",
        "una",
        "un",
        "las",
        "los",
        "su",
        "tu",
        "del",
        "al",
        "esa",
        "ese",
        "esta",
        "este",
        "san",
        "santa",
        "santo",
    ) and page.joined(index):
        return 0.0 if word.key in ABSTRACT or before not in ("la", "el", "al", "del") else 0.75
    if word.key in ABSTRACT | DESCRIPTIVE:
        return (
            0.7
            if does_something(page, index)
            or (before in ("con", "y", "a") and not lexicon.is_word(page.key(index + 1)))
            else 0.0
        )
    return 0.8


def _stands_apart(page: Page, index: int) -> bool:
    """Whether commas stand on both sides: "mi perro, Percebe, ladra"."""
    return (
        page.is_proper(index)
        and page.gap(index).strip() == ","
        and page.gap(index + 1).strip() == ","
        and page.key(index) not in ABSTRACT
    )


# "Coco, como le decimos", "Mainor, mi compañero,"
_CALLED_AFTER = re.compile(
    r"\s?[,(]\s?(?:como|as[ií])\s(?:le|me|lo|la|nos|se)\s(?:dec|dic|digo|llam)"
    r"|,\s(?:mi|nuestr[oa])\s(?:herman|prim|espos|marid|novi|hij|suegr|amig|jef|veci)\w+,"
)
_AGE_AFTER = re.compile(r",\s(?:de\s)?\d{1,2}(?:\saños|[,.;])")


def has_age(page: Page, index: int) -> bool:
    """Whether an age follows, as after a name: "conocí a Artigas, de 72"."""
    return _AGE_AFTER.match(page.reading.text, page.words[index].end) is not None


def _opening(page: Page, index: int) -> float:
    """An unknown word or a surname that begins a sentence: only before what a person does."""
    key = page.key(index)
    if (
        page.gap(index + 1).strip() == ","
        and page.key(index + 1) in ("mi", "un", "una", "el", "la", "su")
        and page.key(index + 2) in RELATIONS
        and key not in lexicon.usual_words()
    ):
        return 0.75  # "Mainor, mi compañero, no vino"
    if page.gap(index + 1).strip() or (
        page.key(index + 1) not in FOLLOWERS and not _is_past(page, index + 1)
    ):
        return 0.0
    if lexicon.is_unknown(key) and not lexicon.looks_like_word(key):
        return 0.7
    return 0.0


def _is_past(page: Page, index: int) -> bool:
    """Whether a word is a verb that tells what somebody did: in -ó, -aba, -ía."""
    word = page.words[index] if index < len(page.words) else None
    if word is None or len(word.key) < 4:
        return False
    return page.reading.text[word.end - 1] == "ó" or (
        word.key.endswith(("aba", "ia")) and lexicon.is_word(word.key)
    )
