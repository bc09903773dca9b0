"""How surely a word without a capital, or in a text that shouts, begins a name."""

from __future__ import annotations

import re

from casestudies.anonymise import lexicon
from casestudies.anonymise.capitalised import is_description
from casestudies.anonymise.cues import (
    DESCRIPTIVE,
    FOLLOWERS,
    HYPOCORISTICS,
    NICKNAME_WORDS,
    NOT_NICKNAMES,
    POSSESSIVES,
    RELATIONS,
    Cue,
)
from casestudies.anonymise.deeds import BETWEEN, does_something, looks_like_verb
from casestudies.anonymise.name_ends import SURNAME_WORDS_KEPT_OUT
from casestudies.anonymise.nicknames import (
    AFTER_TITLE,
    PARTS_OF_BODY,
    SURE_TITLES,
    ends_clause,
    has_surname,
    is_adjective,
    is_called,
    is_plural_for_one,
    is_trade,
    may_be_nickname,
)
from casestudies.anonymise.page import Page


def uncapitalised(page: Page, index: int, cue: Cue | None) -> float:
    word = page.words[index]
    if word.key in PARTS_OF_BODY:
        second = index + 1 + (page.key(index + 1) == "de")
        return 0.65 if cue is Cue.NICKNAME and page.joined(second) and ends_clause(page, second) else 0.0
    if lexicon.is_given(word.key):
        return 0.0 if page.key(index - 1) in ("san", "santa", "santo") else 0.85
    if word.key in HYPOCORISTICS and _stands_with_somebody(page, index):
        return 0.7
    if lexicon.is_word_name(word.key):
        return _uncapitalised_word_name(page, index, cue)
    if cue is Cue.APPOSED and not (page.quiet or page.shouted):
        return 0.0  # who writes names with a capital means no name here: "mi hermano, el valiente"
    if cue is Cue.APPOSED or has_surname(page, index):
        return 0.7 if may_be_nickname(page, index) else 0.0
    if cue is Cue.TITLE and page.key(index - 1) in SURE_TITLES and page.gap(index) == " ":
        return 0.7 if word.key not in AFTER_TITLE else 0.0
    if is_plural_for_one(page, index):
        return 0.85 if cue is Cue.NICKNAME else 0.65
    if cue is Cue.NICKNAME and is_called(page, index):
        return 0.65
    if cue is Cue.TITLE and page.gap(index) == " " and lexicon.is_surname(word.key):
        return 0.7 if word.key not in SURNAME_WORDS_KEPT_OUT | DESCRIPTIVE else 0.0
    if word.key in lexicon.common_words():
        return 0.65 if cue is Cue.NICKNAME and word.key in NICKNAME_WORDS - NOT_NICKNAMES else 0.0
    strange = (
        lexicon.is_unknown(word.key)
        and not lexicon.looks_like_word(word.key)
        and word.key not in NOT_NICKNAMES
    )
    if cue is None:
        met = (page.key(index - 1) in _BEFORE_PEOPLE and page.joined(index)) or does_something(page, index)
        article = (
            page.key(index - 1) in ("el", "la")
            and page.joined(index)
            and page.joined(index + 1)
            and page.key(index + 1) in BETWEEN
        )
        rare = (
            (strange and not word.key.endswith(("rrino", "logo", "loga")))
            or (_is_rare(page, word.key) and page.key(index - 1) not in ("a", "sin"))
            or (lexicon.is_surname(word.key) and not lexicon.is_word(word.key))
        )
        return 0.6 if rare and len(word.key) > 3 and (met or article) else 0.0
    if cue is Cue.INTRODUCED:
        return (
            0.8
            if strange
            or (page.key(index - 1) in ("llamo", "llama", "llamaba") and not is_description(word.key))
            else 0.0
        )
    if cue is Cue.NICKNAME:
        return (
            0.65
            if strange
            or (ends_clause(page, index) and not is_description(word.key) and not is_adjective(word.key))
            else 0.0
        )
    if cue is Cue.SELF:
        return 0.7 if _introduces_itself(page, index) else 0.0
    if cue in (Cue.TITLE, Cue.RELATION):
        unlisted = (
            cue is Cue.TITLE
            and page.joined(index)
            and (lexicon.is_surname(word.key) or lexicon.is_unknown(word.key))
        )
        related = (
            cue is Cue.RELATION
            and (lexicon.is_unknown(word.key) or _is_rare(page, word.key))
            and len(word.key) > 3
            and (
                _is_followed(page, index)
                or (
                    page.quiet
                    and page.joined(index)
                    and not is_trade(word.key)
                    and page.gap(index + 1).strip() != ""
                )
            )
        )
        titled = lexicon.is_surname(word.key) and not lexicon.is_word(word.key) and page.joined(index)
        return 0.7 if strange or unlisted or related or titled else 0.0
    return (
        0.6
        if strange and page.words[index - 1].taken is False and cue is Cue.LISTED and len(word.key) > 3
        else 0.0
    )


def _stands_with_somebody(page: Page, index: int) -> bool:
    """Whether a short name that is a word stands where a person stands: "la veo con rama."."""
    if page.words[index].opens and does_something(page, index):
        return True
    before = page.key(index - 1) in ("con", "a", "y", "el", "la", "al", "del") and page.joined(index)
    return before and (not page.joined(index + 1) or page.key(index + 1) in FOLLOWERS)


_BEFORE_PEOPLE = frozenset(["con", "gusta", "gustaba", "amo", "extraño", "extrano", "odio", "a", "sin"])


_AFTER_ONESELF = re.compile(
    r",\s(?:\d\d|tengo|de|y tengo|vivo|escribo|la|el)\b|\s(?:y\s)?(?:tengo|vivo|escribo)\b"
)


def _introduces_itself(page: Page, index: int) -> bool:
    """Whether "soy rolo, 20 años", "soy tincho y tengo": a name that only its place announces."""
    key = page.key(index)
    if page.key(index - 1) in ("es", "era", "somos", "fui") and key.endswith(("ita", "itas", "itos")):
        return False
    if page.key(index - 1) not in ("soy", "habla", "escribe", "saluda", "aqui", "soi") or is_trade(key):
        return lexicon.is_unknown(key) and not lexicon.looks_like_word(key) and not is_trade(key)
    if lexicon.is_unknown(key) and not lexicon.looks_like_word(key):
        return True
    end = page.words[index].end
    after = page.reading.lower[end : end + 12]
    return len(key) > 2 and key not in lexicon.usual_words() and _AFTER_ONESELF.match(after) is not None


def _is_rare(page: Page, key: str) -> bool:
    """Whether, in a text without capitals, a word is so seldom that it is likelier to be a name."""
    if (
        not page.quiet
        or key in lexicon.usual_words()
        or (lexicon.is_word(key) and key not in lexicon.words())
    ):
        return False
    return not (looks_like_verb(key) or is_trade(key))


def _is_followed(page: Page, index: int) -> bool:
    """Whether what follows goes on about somebody: "mi amiga yare ya le dijo"."""
    return page.joined(index + 1) and page.key(index + 1) in FOLLOWERS - {"y", "e", "es", "la"}


def _uncapitalised_word_name(page: Page, index: int, cue: Cue | None) -> float:
    key = page.key(index)
    joined = page.joined(index)
    if cue in (Cue.INTRODUCED, Cue.TITLE) and joined and key not in ("el", "la", "una", "uno"):
        return (
            0.8
            if key not in DESCRIPTIVE
            or (
                cue is Cue.TITLE
                and page.key(index - 1) in ("don", "dona", "sra", "sr", "senora", "tia", "tio")
            )
            else 0.6
        )
    if key in HYPOCORISTICS and page.key(index - 1) in ("el", "la", "al", "del", "con", "y") and joined:
        return 0.7
    if cue is Cue.SELF and page.key(index - 1) in ("es", "era") and not page.quiet:
        return 0.0  # "¿esto es prudencia?"
    if cue in (Cue.RELATION, Cue.SELF, Cue.NICKNAME, Cue.APPOSED):
        possessed = cue is not Cue.RELATION or page.key(index - 2) in POSSESSIVES | RELATIONS
        return 0.7 if possessed and key not in DESCRIPTIVE else 0.0
    following = page.key(index + 1)
    if (
        joined
        and page.joined(index + 1)
        and lexicon.is_surname(following)
        and following not in lexicon.common_words()
        and key not in ("una", "uno", "el")
    ):
        return 0.7
    return 0.65 if cue is Cue.LISTED and key not in DESCRIPTIVE else 0.0
