"""What people do, after a name: "dijo", "me dejó", "no quiere"."""

from __future__ import annotations

import re

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import ABSTRACT, ACTIONS, DESCRIPTIVE, FOLLOWERS
from casestudies.anonymise.page import Page

_BROKEN = re.compile("(?:ie|ue)(?=[^aeiou]{1,3}$)")
BETWEEN = frozenset(
    [
        "me",
        "te",
        "se",
        "le",
        "nos",
        "les",
        "lo",
        "la",
        "los",
        "las",
        "no",
        "ya",
        "nunca",
        "siempre",
        "tambien",
        "tampoco",
        "ni",
        "apenas",
        "casi",
        "todavia",
        "aun",
        "solo",
    ]
)


def does_something(page: Page, index: int) -> bool:
    """Whether what only people do follows: "dijo", "me dijo", "no quiere"."""
    following = index + 1
    while page.key(following) in BETWEEN and following - index < 4 and page.joined(following):
        following += 1
    return page.joined(following) and page.key(following) in ACTIONS


_VERBAL = re.compile(
    "(?:a|e|o|an|en|on|aron|ieron|aba|aban|ia|ian|amos|emos|imos|aste|iste|ado|ido|ando|iendo|[aei]r(?:e|a|as|an|emos|ia|ian)?)$"
)


def looks_like_verb(key: str) -> bool:
    """Whether a word may be a form of a verb: after "mi hermana la" only such words are no nickname."""
    stem = _VERBAL.sub("", key)
    if stem == key or len(stem) < 2:
        return False
    stems = {stem, _BROKEN.sub("e", stem), _BROKEN.sub("o", stem)}
    return any(each + ending in lexicon.words() for each in stems for ending in ("ar", "er", "ir"))


def has_follower(page: Page, index: int) -> bool:
    gap = page.gap(index + 1).strip()
    if gap == ",":
        return page.key(index + 1) in ("mi", "la", "el", "que", "una", "un", "tu", "mis")
    return (
        gap == "" and page.key(index + 1) in FOLLOWERS and page.key(index) not in DESCRIPTIVE | ABSTRACT
    ) or (
        gap == ""
        and page.key(index + 1)
        in FOLLOWERS
        - {
            "no",
            "es",
            "era",
            "me",
            "y",
            "esta",
            "ya",
            "tambien",
            "ni",
            "hace",
            "la",
            "se",
            "sigue",
            "nunca",
            "siempre",
        }
    )
