"""Invented names, nicknames, towns, institutions and addresses, always the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import HYPOCORISTICS, NICKNAME_WORDS

_VOWELS = "aeiou"


class Makers:
    """Makes names of people and places."""

    def __init__(self, seed: int | str) -> None:
        """Start from `seed`."""
        self.random = random.Random(seed)

    def pick(self, *makers: tuple[float, Callable[[], str]]) -> str:
        """Call one of several makers, each as often as its weight says."""
        [make] = self.random.choices([maker for _, maker in makers], [weight for weight, _ in makers])
        return make()

    def any(self, heading: str) -> str:
        """Return any entry under a heading of anonymiser_names.txt."""
        return self.random.choice(lists()[heading])

    def given(self) -> str:
        """Return a given name, listed or not."""
        name = self.pick(
            (0.40, lambda: self.random.choice(_givens())),
            (0.22, lambda: self._blend(_givens())),
            (0.14, lambda: self.random.choice(_word_names())),
            (0.10, lambda: self._short(self.random.choice(_givens()))),
            (0.06, lambda: self.random.choice(sorted(HYPOCORISTICS))),
            (0.08, lambda: self.random.choice(_surnames())),
        )
        return name.capitalize()

    def surname(self) -> str:
        """Return a surname, listed or not."""
        name = self.pick(
            (0.6, lambda: self.random.choice(_surnames())), (0.4, lambda: self._blend(_surnames()))
        )
        return name.capitalize()

    def nickname(self) -> str:
        """Return a nickname: mostly a plain word."""
        name = self.pick(
            (0.45, lambda: self.any("nicknames")),
            (0.2, lambda: self.random.choice(sorted(NICKNAME_WORDS))),
            (0.2, lambda: self._short(self.random.choice(_givens()))),
            (0.15, lambda: self.random.choice(_usual_nouns())),
        )
        return name.capitalize()

    def full_name(self) -> str:
        """Return a given name and one or two surnames."""
        return " ".join([self.given(), *[self.surname() for _ in range(self.random.choice((1, 1, 2)))]])

    def town(self) -> str:
        """Return a town, listed or not."""
        name = self.pick(
            (0.55, lambda: self.random.choice(_towns())),
            (0.2, lambda: self._blend(_single_towns())),
            (0.15, lambda: f"{self.any('starts')} {self.random.choice((self.given, self.surname))()}"),
            (0.1, lambda: self.any("places")),
        )
        return _titled(name)

    def institution(self) -> str:
        """Return what stands after "colegio", "hospital", "barrio"."""
        name = self.pick(
            (0.4, lambda: self.any("institutions")),
            (0.2, lambda: f"{self.random.choice(('san', 'santa', 'santo'))} {self.random.choice(_givens())}"),
            (0.15, lambda: f"{self.random.choice(_givens())} {self.surname()}"),
            (0.15, self.town),
            (0.1, lambda: f"{self.any('plurals')} de {self.town()}"),
        )
        return _titled(name)

    def firm(self) -> str:
        """Return an employer, school or shop with the word that says what it is."""
        head = self.any("heads")
        name = self.pick(
            (0.5, self.institution),
            (0.2, self.surname),
            (0.15, lambda: f"del {self.any('wheres')}"),
            (0.15, lambda: f"de {self.town()}"),
        )
        return f"{_titled(head)} {name}"

    def address(self) -> str:
        """Return an address, often by landmarks."""
        base = self.filled(self.any("addresses"))
        if self.random.random() < 0.15:
            base = self.filled(self.any("tails"))
        tails = [self.filled(self.any("tails")) for _ in range(self.random.choice((0, 0, 0, 1, 1, 2)))]
        return self.random.choice((", ", ", ", ", ", " ")).join([base, *tails])

    def filled(self, pattern: str) -> str:
        """Fill the slots of an address."""
        makers = {
            "s": self.surname,
            "t": self.town,
            "i": self.institution,
            "p": self.given,
            "#": lambda: str(self.random.randint(*self.random.choice(((1, 99), (100, 9999))))),
            "l": lambda: self.any("landmarks"),
            "c": lambda: self.any("colours"),
            "h": lambda: self.any("blocks"),
            "o": lambda: self.random.choice(("sur", "norte", "este", "oeste", "lago", "arriba", "abajo")),
            "d": lambda: str(self.random.randint(1, 40)),
            "m": lambda: self.random.choice(("50", "75", "100", "200", "300", "25", "cien", "doscientos")),
        }
        filled = re.sub(r"\{(.)\}", lambda found: makers[found[1]](), pattern)
        return re.sub(r"\b(a|de) el\b", lambda found: {"a": "al", "de": "del"}[found[1]], filled)

    def _blend(self, names: list[str]) -> str:
        """Join the beginning of one name and the end of another: a name that no list has."""
        for _ in range(20):
            one, other = self.random.choice(names), self.random.choice(names)
            left = [at for at in range(2, len(one) - 1) if one[at - 1] in _VOWELS and one[at] not in _VOWELS]
            right = [
                at for at in range(1, len(other) - 2) if other[at] not in _VOWELS and other[at + 1] in _VOWELS
            ]
            if left and right:
                blended = one[: self.random.choice(left)] + other[self.random.choice(right) :]
                if 4 <= len(blended) <= 11:
                    return blended
        return self.random.choice(names)

    def _short(self, name: str) -> str:
        """Shorten a name as friends do: Cami, Nacho's kin."""
        stem = name[: self.random.choice((3, 4, 4, 5))].rstrip(_VOWELS) or name
        return stem + self.random.choice(("", "i", "i", "y", "e", "o", "a", "is", "ita", "ito", "in"))


def _titled(name: str) -> str:
    small = ("de", "del", "la", "las", "los", "el", "y")
    words = name.split()
    return " ".join(
        word if at and word in small else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )


@lru_cache(1)
def lists() -> dict[str, list[str]]:
    """Read what the variants are made of, by heading."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "anonymiser_names.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            found[line[2:]] = []
        elif line:
            found[list(found)[-1]] += [each.strip() for each in line.split(";") if each.strip()]
    return found


@lru_cache(1)
def _givens() -> list[str]:
    return sorted(name for name in lexicon.given_names() if len(name) > 2)


@lru_cache(1)
def _word_names() -> list[str]:
    return sorted(lexicon.word_names() - lexicon.everyday_words())


@lru_cache(1)
def _surnames() -> list[str]:
    return sorted(lexicon.surnames())


@lru_cache(1)
def _towns() -> list[str]:
    return sorted({" ".join(phrase) for phrases in lexicon.towns().values() for phrase in phrases})


@lru_cache(1)
def _single_towns() -> list[str]:
    return [town for town in _towns() if " " not in town and len(town) > 4]


@lru_cache(1)
def _usual_nouns() -> list[str]:
    known = lexicon.usual_words() - lexicon.common_words()
    return sorted(
        word for word in known if word.endswith(("ito", "ita", "in", "on", "as", "ote")) and len(word) < 10
    )
