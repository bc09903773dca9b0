"""What is known about words: which are names, towns, public figures, or plain words of the language."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

_COMBINING = re.compile("[\u0300-\u036f]+")
_LISTS = resources.files("casestudies.anonymise") / "lists"
COMMON = 9000  # this many words are everyday ones
USUAL = 21_000  # and this many everybody knows

Phrases = dict[tuple[str, str], list[tuple[str, ...]]]  # by the first two words; "" where there is one


def key(text: str) -> str:
    """Return `text` in lower case and without accents: how every list here is written."""
    if text.isascii():
        return text.lower()
    return _COMBINING.sub("", unicodedata.normalize("NFD", text.lower()))


def _lines(name: str) -> list[str]:
    if name.endswith(".gz"):
        return gzip.decompress((_LISTS / name).read_bytes()).decode().split("\n")
    lines = (_LISTS / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _words(name: str) -> Iterator[str]:
    for line in _lines(name):
        yield from (key(word) for word in line.split())


def _entries(name: str) -> Iterator[str]:
    for line in _lines(name):
        yield from (entry for part in line.split(",") if (entry := key(part.strip())))


def plain_words_by_frequency() -> list[str]:
    """The words of the books, the most frequent first."""
    return _lines("words.txt.gz")


@lru_cache(1)
def words() -> frozenset[str]:
    """Every plain word of the language, of the books and of talk."""
    return frozenset(_lines("words.txt.gz")) | frozenset(_words("colloquial.txt"))


@lru_cache(1)
def common_words() -> frozenset[str]:
    """The words that everybody uses every day."""
    return frozenset(_lines("words.txt.gz")[:COMMON]) | frozenset(_words("colloquial.txt"))


@lru_cache(1)
def everyday_words() -> frozenset[str]:
    """The words of every second sentence."""
    return frozenset(_lines("words.txt.gz")[:3000])


@lru_cache(1)
def usual_words() -> frozenset[str]:
    """The words that everybody knows, also those used seldom."""
    return frozenset(_lines("words.txt.gz")[:USUAL]) | frozenset(_words("colloquial.txt"))


@lru_cache(1)
def word_names() -> frozenset[str]:
    """Given names that are words, too."""
    return frozenset(_words("names_that_are_words.txt")) - frozenset(_words("not_names.txt"))


@lru_cache(1)
def given_names() -> frozenset[str]:
    """Given names that are nothing else."""
    listed = frozenset(_lines("given_names.txt.gz")) | frozenset(_words("more_given_names.txt"))
    return listed - word_names() - frozenset(_words("not_names.txt"))


@lru_cache(1)
def surnames() -> frozenset[str]:
    """Surnames, including those that are words."""
    return frozenset(_lines("surnames.txt.gz")) | frozenset(_words("more_surnames.txt"))


@lru_cache(1)
def capitals() -> Phrases:
    """National capitals."""
    return _by_beginning(_entries("capitals.txt"))


@lru_cache(1)
def public() -> Phrases:
    """What is written with a capital and is nobody's personal data."""
    names = given_names()
    return _by_beginning(entry for entry in _entries("public.txt") if entry not in names)


@lru_cache(1)
def towns() -> Phrases:
    """Towns, districts and neighbourhoods."""
    return _by_beginning([*_lines("towns.txt.gz"), *_entries("neighbourhoods.txt")])


@lru_cache(1)
def regions() -> Phrases:
    """Departments, states and provinces."""
    return _by_beginning(_entries("regions.txt"))


@lru_cache(1)
def cities() -> frozenset[str]:
    """Cities that are no plain words, though the word list has them."""
    return frozenset(_words("cities.txt"))


def _by_beginning(entries: Iterator[str] | list[str]) -> Phrases:
    """Index phrases by how they begin, the longest first."""
    index: Phrases = {}
    for entry in entries:
        phrase = tuple(entry.split())
        index.setdefault((phrase[0], phrase[1] if len(phrase) > 1 else ""), []).append(phrase)
    for phrases in index.values():
        phrases.sort(key=len, reverse=True)
    return index


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("qu", "k"), ("c", "k"), ("ks", "s"), ("x", "s"), ("ke", "se"), ("ki", "si"), ("z", "s"), ("h", ""), ("ll", "i"), ("y", "i"), ("j", "i"),
    ("g", "i"), ("w", "v"), ("b", "v"), ("ei", "i"), ("ai", "a"), ("sh", "s"),
)  # fmt: skip


def sound(spelling: str) -> str:
    """Reduce a name to what its many spellings share: Jhon and Yon, Gimena and Ximena are each one."""
    for letters, like in _SOUNDS:
        spelling = spelling.replace(letters, like)
    return _REPEATED.sub(r"\1", spelling)


@lru_cache(1)
def given_sounds() -> frozenset[str]:
    """The sounds of the given names that are nothing else."""
    return frozenset(sound(name) for name in given_names() if len(name) > 4)


_CLITICS = re.compile("(?:me|te|se|nos|os|le|les|lo|la|los|las){1,2}$")
_DIMINUTIVE = re.compile("(?:c?it|ill|cit|ecit|ic)(?=[oa]s?$)")
_ENDINGS = re.compile("(?:mente|isim[oa]s?|it[oa]s?|az[oa]s?|ot[ae]s?|on(?:a|es|as)?|s|es)$")
_LAUGHTER = re.compile("(?:[jhea]*[jh][aeiou]+[jhaeiou]*|x+d+|m+h*m*|[aeiouy]+h*|l+o+l+|u+f+|s+h+|z+)$")
_REPEATED = re.compile(r"([a-zñ])\1+")
_SPELLINGS = (
    ("c", "s"), ("s", "c"), ("z", "s"), ("s", "z"), ("c", "z"), ("z", "c"), ("b", "v"), ("v", "b"), ("ll", "y"), ("y", "ll"),
    ("k", "c"), ("k", "qu"), ("ke", "que"), ("j", "g"), ("g", "j"), ("h", ""), ("x", "ch"), ("sh", "ch"), ("i", "y"),
    ("n", "ñ"), ("m", "n"), ("n", "m"), ("w", "gu"), ("w", "hu"),
)  # fmt: skip


@lru_cache(50_000)
def is_word(spelling: str) -> bool:
    """Whether a key is a plain word, as it stands or with the endings that Spanish puts to words."""
    known = words()
    if spelling in known or len(spelling) < 3 or _LAUGHTER.fullmatch(spelling):
        return True
    if _is_verb_with_clitics(spelling):
        return True
    if (plain := _DIMINUTIVE.sub("", spelling)) != spelling and plain in known and plain not in given_names():
        return True
    if (stem := _ENDINGS.sub("", spelling)) != spelling and len(stem) > 3 and spelling not in given_names():
        return any(stem + vowel in known for vowel in ("", "o", "a", "e"))
    return _REPEATED.sub(r"\1", spelling) in known


@lru_cache(50_000)
def is_plain(spelling: str) -> bool:
    """Whether a key is a word of the dictionary as it stands: what a capital inside a sentence is measured by."""
    known = words()
    if spelling in known or len(spelling) < 3 or _is_verb_with_clitics(spelling):
        return True
    stem = re.sub("(?:mente|e?s)$", "", spelling)
    return stem != spelling and len(stem) > 3 and stem in known


def _is_verb_with_clitics(spelling: str) -> bool:
    stem = _CLITICS.sub("", spelling)
    if stem == spelling or stem not in words():
        return False
    return stem.endswith(("ar", "er", "ir", "ndo")) or (
        spelling.endswith(
            (
                "me",
                "nos",
                "melo",
                "mela",
                "noslo",
                "selo",
                "sela",
                "telo",
                "tela",
                "telos",
                "telas",
                "melos",
                "melas",
                "selos",
                "selas",
                "nle",
                "nles",
                "nlo",
                "nla",
                "nlos",
                "nlas",
            )
        )
        and len(stem) > 2
    )


@lru_cache(20_000)
def looks_like_word(spelling: str) -> bool:
    """Whether a key is a plain word, possibly misspelt as people misspell."""
    if len(spelling) > 30 or is_word(spelling):
        return True
    known = words()
    once = {spelling.replace(wrong, right) for wrong, right in _SPELLINGS if wrong in spelling}
    twice = {word.replace(wrong, right) for word in once for wrong, right in _SPELLINGS if wrong in word}
    if not known.isdisjoint(once | twice | {"h" + spelling}):
        return True
    return len(spelling) > 5 and not known.isdisjoint(_one_letter_off(spelling))


def _one_letter_off(spelling: str) -> Iterator[str]:
    cuts = [(spelling[:n], spelling[n:]) for n in range(len(spelling) + 1)]
    for left, right in cuts:
        if right:
            yield left + right[1:]
            yield left + right[1:2] + right[0] + right[2:]
        for letter in "aeiorsnltdc":
            yield left + letter + right


@lru_cache(50_000)
def is_given(spelling: str) -> bool:
    """Whether a key is a given name and nothing else, possibly a diminutive (camilita)."""
    names = given_names()
    if spelling in names:
        return True
    if len(spelling) < 4 or spelling in words() or spelling in word_names():
        return False
    plain = _DIMINUTIVE.sub("", spelling)
    if (
        plain != spelling
        and len(plain) > 3
        and (plain in names or plain + "o" in names or plain + "a" in names)
    ):
        return True
    return sound(spelling) in given_sounds() and not is_plain(spelling)


def is_word_name(spelling: str) -> bool:
    """Whether a key is a given name that is also a word."""
    return spelling in word_names()


def is_surname(spelling: str) -> bool:
    """Whether a key is a surname."""
    return spelling in surnames()


def is_unknown(spelling: str) -> bool:
    """Whether a key is no word and no name of any list."""
    return not (is_word(spelling) or is_given(spelling) or is_word_name(spelling) or is_surname(spelling))
