"""Texts put together from invented sentences, whose gaps are filled with names, places and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from casestudies.anonymise import Kind, lexicon
from tests.tools.anonymiser_spelling import Part, spelt
from tests.tools.anonymiser_variants import Example, Variants, example

_GAP = re.compile(r"\{(.)\}")
_KINDS = {
    "p": Kind.PERSON,
    "f": Kind.PERSON,
    "k": Kind.PERSON,
    "s": Kind.PERSON,
    "t": Kind.PLACE_FINE,
    "i": Kind.PLACE_FINE,
    "e": Kind.PLACE_FINE,
    "a": Kind.ADDRESS,
}


class Sentences:
    """Puts texts together."""

    def __init__(self, variants: Variants) -> None:
        """Fill gaps and change spellings with `variants`."""
        self.variants = variants
        self.random = variants.random

    def text(self) -> Example:
        """Return a text of a few sentences."""
        count = self.random.choice((1, 2, 3, 3, 4, 5))
        parts: list[Part] = []
        for line in self.random.sample(_lines(), count):
            parts += [*self.filled(line), (self.random.choice((" ", ". ", ", ", "\n")), None)]
        return example(spelt(self.random, parts))

    def filled(self, line: str) -> list[Part]:
        """Fill the gaps of one sentence."""
        makers = {
            "p": self.variants.given,
            "f": self.variants.full_name,
            "k": self.variants.nickname,
            "s": self.variants.surname,
            "t": self.variants.town,
            "i": self.variants.institution,
            "e": self.variants.firm,
            "a": self.variants.address,
            "w": lambda: self.random.choice(_plain_words()),
            "c": lambda: self.random.choice(_public()).title(),
        }
        parts: list[Part] = []
        position = 0
        for gap in _GAP.finditer(line):
            parts += [(line[position : gap.start()], None), (makers[gap[1]](), _KINDS.get(gap[1]))]
            position = gap.end()
        return [*parts, (line[position:], None)]


@lru_cache(1)
def _lines() -> list[str]:
    path = Path(__file__).parent / "anonymiser_sentences.txt"
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


@lru_cache(1)
def _plain_words() -> list[str]:
    """Words that are neither the most common nor names."""
    kept_out = lexicon.everyday_words() | lexicon.word_names() | lexicon.surnames() | lexicon.given_names()
    ranked = list(dict.fromkeys(lexicon.plain_words_by_frequency()))[:60_000]
    return [
        word
        for word in ranked
        if len(word) > 3 and word not in kept_out and (word, "") not in lexicon.towns()
    ]


@lru_cache(1)
def _public() -> list[str]:
    phrases = [phrase for known in (lexicon.public(), lexicon.capitals()) for phrase in known.values()]
    return sorted(" ".join(words) for each in phrases for words in each)
