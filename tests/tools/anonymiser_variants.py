"""Variants of labelled texts to train the tagger on: other names and spellings, the same marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casestudies.anonymise import Kind, lexicon
from casestudies.anonymise.cues import INSTITUTIONS, NICKNAME_WORDS
from tests.casestudies.anonymise.corpus import Text
from tests.tools.anonymiser_makers import Makers
from tests.tools.anonymiser_spelling import Part, spelt


@dataclass(frozen=True)
class Example:
    """A text and its marked stretches."""

    text: str
    spans: tuple[tuple[int, int, Kind], ...]


def parts_of(text: Text) -> list[Part]:
    """Cut a labelled text into marked and unmarked parts."""
    parts: list[Part] = []
    position = 0
    for span in text.spans:
        parts += [(text.text[position : span.start], None), (text.text[span.start : span.end], span.kind)]
        position = span.end
    return [*parts, (text.text[position:], None)]


def example(parts: list[Part]) -> Example:
    """Put parts together again."""
    spans, length = [], 0
    for text, kind in parts:
        if kind:
            spans.append((length, length + len(text), kind))
        length += len(text)
    return Example("".join(text for text, _ in parts), tuple(spans))


class Variants(Makers):
    """Makes variants, always the same for the same seed."""

    def of(self, parts: list[Part]) -> Example:
        """Return a variant with other names and another spelling."""
        same: dict[str, str] = {}
        changed: list[Part] = []
        for text, kind in parts:
            if kind in (Kind.PERSON, Kind.PLACE_FINE, Kind.ADDRESS) and self.random.random() < 0.85:
                before = changed[-1][0] if changed else ""
                if lexicon.key(text) not in same:
                    same[lexicon.key(text)] = self.instead(text, kind, before)
                changed.append((self._cased(same[lexicon.key(text)], text), kind))
            else:
                changed.append((text, kind))
        return example(spelt(self.random, changed))

    def instead(self, text: str, kind: Kind, before: str) -> str:
        """Return another name, place or address of the same sort."""
        if kind is Kind.PERSON:
            return self._person_instead(text, before)
        if kind is Kind.PLACE_FINE:
            return self._place_instead(text, before)
        return self.address() if self.random.random() < 0.4 else self._address_instead(text)

    def _cased(self, new: str, old: str) -> str:
        if old == old.lower():
            return new.lower()
        return new.upper() if old.isupper() and len(old) > 4 else new

    def _person_instead(self, text: str, before: str) -> str:
        words = text.split()
        if len(words) == 1:
            plain = lexicon.is_word(lexicon.key(text)) and not lexicon.is_word_name(lexicon.key(text))
            called = re.search(r"\b(?:el|la|al|del|dicen|llaman|apodo|decía|decian|dice)\s$", before.lower())
            if plain and called:
                return self.nickname() if self.random.random() < 0.8 else self.given()
            title = re.search(
                r"\b(?:doctora?|licenciad[oa]|sargento|profesora?|señora?|dra?\.?)\s$", before.lower()
            )
            return self.surname() if title and self.random.random() < 0.5 else self.given()
        if re.search(r"\d|\.", text):
            return text
        kept = [word if word in ("de", "del", "la", "los", "y", "el") else "" for word in words]
        if lexicon.key(words[0]) in NICKNAME_WORDS:
            kept[0] = self.nickname().split()[0]
        first = next((at for at, word in enumerate(kept) if not word), 0)
        return " ".join(
            word or (self.given() if at == first else self.surname()) for at, word in enumerate(kept)
        )

    def _place_instead(self, text: str, before: str) -> str:
        words = lexicon.key(text).split()
        head = lexicon.key(before).split()[-1:] or [""]
        if words and words[0] in INSTITUTIONS and len(words) > 1:
            return f"{text.split()[0]} {self.institution()}"
        if head[0] in INSTITUTIONS or any(char.isdigit() for char in text):
            return self.institution()
        towns = lexicon.towns()
        is_town = len(words) == 1 or tuple(words) in towns.get((words[0], words[1]), ())
        if is_town:
            return self.town()
        return text if self.random.random() < 0.6 else self.firm()

    def _address_instead(self, text: str) -> str:
        changed = re.sub(r"\d", lambda _: str(self.random.randint(1, 9)), text)
        return re.sub(
            r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{4,}",
            lambda found: self.surname() if self.random.random() < 0.5 else found.group(),
            changed,
        )
