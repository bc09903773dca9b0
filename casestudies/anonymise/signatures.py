"""The name at the end of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import TITLES, Cue
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.name_ends import PARTICLES
from casestudies.anonymise.page import Page

_WHY = f"Parece un nombre: {Cue.SIGNED.value}."
_SIGNED = re.compile(
    r"(?:\n\s*|[.!?…]\s+|\s[-–—~]{1,2}\s?|\b(?:saludos?|abrazos?|besos|beso|atte|att|ate|atentamente|cordialmente|cariños|bendiciones|firma|dios los bendiga"
    r"|gracias|agradecid[oa])\b[^\n.!?]{0,20}?[,.!:\n–—-]\s*)(?P<name>[^\W\d_]+\.?(?:[ ][^\W\d_]+\.?){0,5})\s*(?:\([^()]{0,60}\))?[\s.!)*💔❤️🙏]*$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[.!?\n,]\s*((?:[A-ZÑ]\.\s?){1,3}[A-ZÑ]\.?)\s*$")
_NOT_SIGNED = frozenset(
    [
        "gracias",
        "saludos",
        "saludo",
        "abrazo",
        "abrazos",
        "besos",
        "atte",
        "bendiciones",
        "ayuda",
        "ayudenme",
        "adios",
        "chao",
        "paz",
        "suerte",
        "salud",
        "animo",
        "amor",
    ]
)


def find_signatures(page: Page) -> Iterator[Candidate]:
    """Yield the name at the end of a letter: after a greeting, or alone in its line."""
    end = max(0, len(page.reading.text) - 160)
    last = range(max(0, len(page.words) - 12), len(page.words))
    if initials := _INITIALS.search(page.reading.text, end):
        signed = [at for at in last if page.words[at].start >= initials.start(1)]
        if signed and not any(page.words[at].taken for at in signed):
            page.claim(signed[0], signed[-1])
            yield Candidate(*initials.span(1), Kind.PERSON, _WHY, "", 0.85, announced=True)
            return
    match = _SIGNED.search(page.reading.text, end)
    if match is None or not page.words:
        return
    signed = [at for at in last if match.start("name") <= page.words[at].start < match.end("name")]
    first = next((at for at in signed if page.key(at) not in TITLES), None)
    if first is None or page.words[first].taken or not _signs(page, first, signed[-1]):
        return
    start, finish = page.claim(first, signed[-1])
    yield Candidate(start, finish, Kind.PERSON, _WHY, "", 0.9, announced=True)


def _signs(page: Page, first: int, last: int) -> bool:
    """Whether words at the end are a name, and neither a thanks nor the end of a sentence."""
    words = page.words[first : last + 1]
    if any(word.taken or word.key in _NOT_SIGNED or word.capital_city for word in words) or words[0].public:
        return False
    named = lexicon.is_given(words[0].key) or lexicon.is_word_name(words[0].key)
    if page.gap(first).strip() in (".", "!", "?", "…") and "\n" not in page.gap(first):
        return named and words[0].title and all(_is_part_of_name(word.key) for word in words)
    if not all(word.title or word.key in PARTICLES for word in words) or page.shouted:
        return named and len(words) < 4 and all(_is_part_of_name(word.key) for word in words[1:])
    return named or (len(words) < 4 and words[0].key not in lexicon.common_words())


def _is_part_of_name(key: str) -> bool:
    return lexicon.is_surname(key) or lexicon.is_given(key) or lexicon.is_word_name(key) or key in PARTICLES
