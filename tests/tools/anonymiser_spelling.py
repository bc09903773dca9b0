"""Other spellings of a text: lower case, without accents or stops, with the mistakes that people make."""

from __future__ import annotations

import random
import re

from casestudies.anonymise import Kind

Part = tuple[str, Kind | None]
_MISTAKES = (
    ("que", "ke"), ("c", "s"), ("s", "c"), ("z", "s"), ("v", "b"), ("b", "v"), ("ll", "y"), ("h", ""),
    ("qu", "k"), ("y", "ll"), ("g", "j"), ("por", "x"), ("que", "q"), ("ch", "sh"),
)  # fmt: skip


def spelt(chance: random.Random, parts: list[Part]) -> list[Part]:
    """Return the parts in another spelling."""
    style = chance.random()
    if style < 0.42:
        parts = [(text.lower(), kind) for text, kind in parts]
    elif style < 0.46:
        parts = [(text.upper(), kind) for text, kind in parts]
    if chance.random() < 0.35:
        parts = [(_unaccented(text), kind) for text, kind in parts]
    if chance.random() < 0.12:
        parts = [(text if kind else re.sub(r"[,.;:¿¡](?=\s|$)", "", text), kind) for text, kind in parts]
    if chance.random() < 0.3:
        parts = [(text if kind else _mistaken(chance, text), kind) for text, kind in parts]
    return parts


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áéíóúüÁÉÍÓÚ", "aeiouuAEIOU"))


def _mistaken(chance: random.Random, text: str) -> str:
    rate = chance.choice((0.03, 0.08))
    return re.sub(r"[^\W\d_]{3,}", lambda found: _mistake(chance, found.group(), rate), text)


def _mistake(chance: random.Random, word: str, rate: float) -> str:
    if chance.random() > rate:
        return word
    swaps = [(right, wrong) for right, wrong in _MISTAKES if right in word]
    if swaps and chance.random() < 0.7:
        return word.replace(*chance.choice(swaps), 1)
    at = chance.randrange(1, len(word))
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at - 1] + word[at:]))
