"""Spanish words as the search index knows them: without accents, case and endings. Pure functions."""

from __future__ import annotations

import re
import unicodedata

import snowballstemmer

LONGEST_QUERY = 200
LONGEST_WORD = 40
MOST_WORDS = 12
WORD = re.compile(r"[^\W_]+")
# Words that say nothing of what somebody looks for.
STOP_WORDS = frozenset(
    """
    a al como con cuando de del desde donde e el ella en entre era es esta este esto fue ha hace hay he la
    las le les lo los me mi mis muy no nos o para pero por porque que se si sin sobre su sus te tengo tu
    un una uno y ya yo
    """.split()  # noqa: SIM905 (a list of sixty strings is no easier to read)
)


def fold(text: str) -> str:
    """`text` in lower case and without accents: "Depresión" and "depresion" become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def tokens(text: str) -> list[str]:
    """The words of `text` in the order they stand: letters and digits, nothing else."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def says_nothing(word: str) -> bool:
    """Whether `word` is one of those that stand in every text."""
    return fold(word) in STOP_WORDS


def terms_of(word: str) -> tuple[str, ...]:
    """What the index files `word` under: its stem, and the stem of how it is written without accents.

    Two terms only where accents change the stem ("separándome": separ; "separacion": separacion), so that
    those who write them and those who do not find each other.
    """
    word = word.casefold()[:LONGEST_WORD]
    # A stemmer keeps state while it works: each call has its own, because threads share the module.
    stem = snowballstemmer.stemmer("spanish").stemWord
    terms = fold(stem(word)), fold(stem(fold(word)))
    return tuple(dict.fromkeys(term[:LONGEST_WORD] for term in terms if term))


def words_of(query: str) -> list[str]:
    """The words of whatever somebody typed: no operators, quotes or control characters reach the index.

    Words that say nothing are left out, unless there are no others.
    """
    words = list(dict.fromkeys(each.lower() for each in tokens(query[:LONGEST_QUERY])))
    return ([each for each in words if not says_nothing(each)] or words)[:MOST_WORDS]
