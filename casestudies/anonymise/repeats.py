"""The other places of a name that is certain somewhere in a text, in any case and spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.name_ends import PARTICLES
from casestudies.anonymise.traits import Piece

CERTAIN = 0.8
_WHY = "El mismo nombre está en otra parte del texto."
_SHORTEST = 3


def repeated(
    pieces: Sequence[Piece], taken: Sequence[bool], found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Yield what is not `taken` and names again who is certain elsewhere."""
    names = _certain(pieces, found)
    if not names:
        return
    sounds = {lexicon.sound(name) for name in names if len(name) > 4}
    short = {name[:length] for name in names for length in range(_SHORTEST, len(name))}
    for piece, is_taken in zip(pieces, taken, strict=True):
        if not is_taken and piece.is_word and _is_again(piece, names, sounds, short):
            yield Candidate(piece.start, piece.end, Kind.PERSON, _WHY, "", 0.75)


def _certain(pieces: Sequence[Piece], found: Iterable[Candidate]) -> dict[str, bool]:
    """Return the words of certain names, and whether one stands in lower case."""
    names: dict[str, bool] = {}
    at = 0
    for each in sorted(found, key=lambda candidate: candidate.start):
        while at < len(pieces) and pieces[at].start < each.start:
            at += 1
        if each.kind is not Kind.PERSON or each.confidence < CERTAIN:
            continue
        while at < len(pieces) and pieces[at].start < each.end:
            piece = pieces[at]
            at += 1
            if piece.is_word and len(piece.key) >= _SHORTEST and piece.key not in PARTICLES:
                names[piece.key] = names.get(piece.key, False) or "l" in piece.look
    return names


def _is_again(piece: Piece, names: dict[str, bool], sounds: set[str], short: set[str]) -> bool:
    """Whether a word is one of `names`, misspelt or cut short as friends do."""
    key, capital = piece.key, "t" in piece.look
    if len(key) < _SHORTEST or key in lexicon.everyday_words():
        return False
    if key in names:
        written_so = names[key] and "l" in piece.look
        if capital or "u" in piece.look:
            return "o" not in piece.look or key not in lexicon.common_words()
        return not lexicon.is_word(key) or (written_so and key not in lexicon.common_words())
    if lexicon.is_word(key) or piece.is_public:
        return False
    if len(key) > 4 and lexicon.sound(key) in sounds:
        return True
    return capital and key in short
