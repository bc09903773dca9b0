"""A small trained tagger: how likely each piece of a text belongs to a name, a place or an address.

Its weights (lists/tagger.txt.gz) are those of a linear-chain conditional random field that
tests/tools/anonymiser_tagger.py trains; here they are only added up. Linear in the length of the text.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from operator import mul

from casestudies.anonymise.traits import Piece, around, neighbours, traits_at

LABELS = ("O", "B-PERSON", "I-PERSON", "B-PLACE_FINE", "I-PLACE_FINE", "B-ADDRESS", "I-ADDRESS")
SCALE = 100  # weights are written as whole numbers
BLOCK = 2_000  # pieces that are weighed together, so that memory does not grow with the text
SURELY = 1 - 1e-7
Weights = tuple[float, ...]
_NOTHING: Weights = (0.0,) * len(LABELS)


@lru_cache(1)
def _model() -> tuple[list[Weights], dict[str, Weights]]:
    """Return the weights from label to label, exponentiated, and those of each trait."""
    packed = (resources.files("casestudies.anonymise") / "lists" / "tagger.txt.gz").read_bytes()
    return read_model(gzip.decompress(packed).decode())


def read_model(text: str) -> tuple[list[Weights], dict[str, Weights]]:
    """Read what the training wrote: first a line for each label, then one for each trait."""
    lines = text.split("\n")
    steps = [tuple(math.exp(int(each) / SCALE) for each in line.split(" ")) for line in lines[: len(LABELS)]]
    weights = {}
    for line in lines[len(LABELS) :]:
        trait, _, values = line.rpartition("\t")
        weights[trait] = tuple(int(each) / SCALE if each else 0.0 for each in values.split(" "))
    return steps, weights


@lru_cache(30_000)
def _weights_of(step: int, key: str, look: str) -> Weights:
    """Return what one neighbour says, all its traits together."""
    known = _model()[1]
    found = [known[trait] for trait in traits_at(step, key, look) if trait in known]
    return tuple(map(sum, zip(*found, strict=True))) if found else _NOTHING


def _potentials(pieces: list[Piece], first: int, end: int) -> Iterator[Weights]:
    known = _model()[1]
    for index in range(first, end):
        found = [_weights_of(*neighbour) for neighbour in neighbours(pieces, index)]
        found += [known[name] for name in around(pieces, index) if name in known]
        sums = list(map(sum, zip(*found, strict=True)))
        highest = max(sums)
        yield tuple([math.exp(max(each - highest, -50.0)) for each in sums])


def likelihoods(pieces: list[Piece]) -> list[Weights]:
    """Return for each piece how likely it is part of each of TAGGED."""
    found: list[Weights] = []
    for first in range(0, len(pieces), BLOCK):
        found += _in_block(list(_potentials(pieces, first, min(first + BLOCK, len(pieces)))))
    return found


def _in_block(potentials: list[Weights]) -> list[Weights]:
    """Go forward and backward over some pieces. Where one is surely outside, only that way is followed."""
    steps = _model()[0]
    columns = list(zip(*steps, strict=True))
    forward: list[Weights] = []
    before: Weights = (1.0,) + (0.0,) * (len(LABELS) - 1)
    for potential in potentials:
        reached = steps[0] if before[0] > SURELY else [sum(map(mul, before, column)) for column in columns]
        before = _normal(list(map(mul, potential, reached)))
        forward.append(before)
    found: list[Weights] = []
    behind: Weights = (1.0,) * len(LABELS)
    for ahead, potential in zip(reversed(forward), reversed(potentials), strict=True):
        marginal = _normal(list(map(mul, ahead, behind)))
        found.append((marginal[1] + marginal[2], marginal[3] + marginal[4], marginal[5] + marginal[6]))
        weighed = _normal(list(map(mul, potential, behind)))
        behind = columns[0] if weighed[0] > SURELY else tuple([sum(map(mul, row, weighed)) for row in steps])
    found.reverse()
    return found


def _normal(values: list[float]) -> Weights:
    total = sum(values) or 1.0
    return tuple([value / total for value in values])
