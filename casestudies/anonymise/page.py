"""A text as a row of words, with what each looks like and what is already taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Candidate
from casestudies.anonymise.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…\n:¿¡•*\"«“]|^\s*[-–—]|\s[-–—]\s?$")
_ABBREVIATIONS = frozenset(
    [
        "sr",
        "sra",
        "srta",
        "dr",
        "dra",
        "lic",
        "ing",
        "prof",
        "av",
        "avda",
        "sto",
        "sta",
        "ma",
        "psic",
        "d",
        "dn",
        "dna",
        "hnos",
        "hno",
        "profr",
        "profra",
        "ma",
        "mtro",
        "mtra",
        "arq",
        "abg",
        "ab",
        "econ",
    ]
)
LONGEST_WORD = 40


@dataclass(slots=True)
class Word:
    """One word of the text. `opens` says that it begins a sentence, where a capital means nothing."""

    start: int
    end: int
    key: str
    title: bool
    upper: bool
    opens: bool
    joined: bool  # only a space or a hyphen stands before it
    public: bool = False
    capital_city: bool = False
    taken: bool = False


@dataclass(slots=True)
class Page:
    """The words of one text."""

    reading: Reading
    words: list[Word] = field(default_factory=list)
    shouted: bool = False  # capitals carry no meaning in this text
    quiet: bool = False  # nearly all is in lower case: names are, too

    @classmethod
    def of(cls, reading: Reading) -> Page:
        """Split the text into words and mark those that are never personal data."""
        page = cls(reading)
        previous, before = 0, ""
        for match in _WORD.finditer(reading.text):
            gap = reading.text[previous : match.start()]
            page.words.append(_word(match, gap, before))
            previous, before = match.end(), page.words[-1].key
        if page.words:
            page.words[0].opens = True
        page.shouted = _is_shouted(page.words)
        page.quiet = _is_quiet(page.words)
        _mark(page.words, lexicon.public(), "public")
        _mark(page.words, lexicon.capitals(), "capital_city")
        return page

    def key(self, index: int) -> str:
        """The key of the word at `index`, empty outside the text."""
        return self.words[index].key if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands before the word at `index`."""
        previous = self.words[index - 1].end if index > 0 else 0
        return self.reading.text[previous : self.words[index].start] if index < len(self.words) else "\n"

    def joined(self, index: int) -> bool:
        """Whether the word at `index` exists and only a space or a hyphen stands before it."""
        return 0 < index < len(self.words) and self.words[index].joined

    def is_capitalised(self, index: int) -> bool:
        """Whether a word has a capital that means something."""
        return 0 <= index < len(self.words) and self.words[index].title and not self.shouted

    def is_proper(self, index: int) -> bool:
        """Whether a word has a capital though it begins no sentence."""
        return self.is_capitalised(index) and not self.words[index].opens

    def take(self, candidates: Iterable[Candidate]) -> None:
        """Mark the words that the candidates cover; both are walked through once."""
        position = 0
        for candidate in sorted(candidates, key=lambda candidate: candidate.start):
            while position < len(self.words) and self.words[position].end <= candidate.start:
                position += 1
            at = position
            while at < len(self.words) and self.words[at].start < candidate.end:
                self.words[at].taken = True
                at += 1

    def claim(self, first: int, last: int) -> tuple[int, int]:
        """Take the words `first` to `last` and return where they stand."""
        for word in self.words[first : last + 1]:
            word.taken = True
        return self.words[first].start, self.words[last].end


def _word(match: re.Match[str], gap: str, before: str) -> Word:
    text = match.group()
    abbreviated = gap.startswith(".") and (before in _ABBREVIATIONS or len(before) == 1)
    opens = gap != "-" and bool(_STOP.search(gap)) and not (abbreviated and gap.strip() == ".")
    key = lexicon.key(text[:LONGEST_WORD])
    upper = len(text) > 1 and text.isupper()
    title = text[0].isupper() or (len(text) > 2 and text[1] in "'’" and text[2].isupper())
    return Word(
        match.start(),
        match.end(),
        key,
        title,
        upper,
        opens,
        gap in (" ", "-", "  ") or (abbreviated and gap == ". "),
    )


def _is_shouted(words: list[Word]) -> bool:
    common = lexicon.common_words()
    inside = [word for word in words if not word.opens and word.end - word.start > 1 and word.key in common]
    return len(inside) > 3 and sum(word.title for word in inside) > 0.5 * len(inside)


def _is_quiet(words: list[Word]) -> bool:
    opening = [word for word in words if word.opens]
    return sum(word.title for word in opening) <= 0.3 * len(opening)


def _mark(words: list[Word], phrases: lexicon.Phrases, mark: str) -> None:
    """Mark the words of the longest phrase that begins at each."""
    for index in range(len(words)):
        for marked in words[index : index + _length_at(words, index, phrases)]:
            setattr(marked, mark, True)


def _stands_at(words: list[Word], index: int, phrase: tuple[str, ...]) -> bool:
    if index + len(phrase) > len(words):
        return False
    following = words[index + 1 : index + len(phrase)]
    return all(word.joined and word.key == part for word, part in zip(following, phrase[1:], strict=True))


def longest(page: Page, index: int, phrases: lexicon.Phrases) -> int:
    """Return how many words the longest phrase has that begins at `index`, or 0."""
    return _length_at(page.words, index, phrases) if index < len(page.words) else 0


def _length_at(words: list[Word], index: int, phrases: lexicon.Phrases) -> int:
    first = words[index].key
    second = words[index + 1].key if index + 1 < len(words) else ""
    for phrase in phrases.get((first, second), ()) if second else ():
        if _stands_at(words, index, phrase):
            return len(phrase)
    return 1 if (first, "") in phrases else 0
