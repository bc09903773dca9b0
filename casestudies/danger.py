"""Does a text that somebody typed here speak of danger? Asked in this room, answered by a later one.

The reader of such texts belongs to `consultations`, which this room may not import: it registers itself.
Nothing of a text is kept or logged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Assessor = Callable[[str], bool]
_assessors: list[Assessor] = []

# What people type into a search box is often one noun or verb, too little for a reader of letters.
PLAIN_WORDS = re.compile(
    r"\b(?:[sz]ui[csz]id\w*|auto\s?le[csz]i\w*|"
    r"(?:cortar|matar|ahorcar|colgar|lastimar|lesionar|danar|envenenar|morir)me|morir)\b"
)


def register_assessor(assessor: Assessor) -> None:
    """Have `assessor` asked about every text from now on; registering it twice changes nothing."""
    if assessor not in _assessors:
        _assessors.append(assessor)


def speaks_of_danger(text: str) -> bool:
    """Whether any registered reader sees somebody's life or safety at stake in `text`."""
    return any(assessor(text) for assessor in _assessors)


def asks_about_danger(query: str) -> bool:
    """The same for what was typed into the search box, where one plain word is enough."""
    decomposed = unicodedata.normalize("NFKD", query.lower())
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return bool(PLAIN_WORDS.search(plain)) or speaks_of_danger(query)
