"""A second reader that has no rules: it compares a text with labelled examples.

Rules only know the phrases somebody thought of; most people say the worst in words of their own. This reader
asks of every word and every run of five letters how much more often it stands in the texts of people in
danger than in the others (naive Bayes), and flags what leans far enough. A miss or a false alarm seen in
practice becomes, invented anew, one more line of `lexicon/examples.txt`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

from consultations.risk.normalise import sentences

# Where about one safe text in twelve is flagged, when it is left out of the examples.
THRESHOLD = -0.02
FEWEST = 40  # traits that must be known: of a handful of words the mean is chance
# Beyond the length of a letter nothing stands out against the mean, and reading would only cost time.
LONGEST = 20_000
_RUN = 5
_SMOOTHING = 2

_FILE = Path(__file__).parent / "lexicon" / "examples.txt"


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text: `risk` says whether a life or someone's safety is at stake now."""

    risk: bool
    category: str
    text: str


@cache
def load_examples() -> tuple[Example, ...]:
    """The labelled examples that ship with the product. All of them are invented."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    fields = (line.split("|", 2) for line in lines if line and not line.startswith("#"))
    return tuple(Example(label == "risk", category, text) for label, category, text in fields)


def resembles_risk(text: str) -> bool:
    """Say whether `text` leans towards the examples of danger. Never raises."""
    return len(text) <= LONGEST and leaning(text, _weights()) > THRESHOLD


def leaning(text: str, weights: Mapping[str, float]) -> float:
    """The mean weight of what `text` is made of, higher towards danger; -1 when too little of it is known."""
    known = [weights[trait] for trait in _traits(text) if trait in weights]
    return sum(known) / len(known) if len(known) >= FEWEST else -1.0


def learn(examples: Iterable[Example]) -> dict[str, float]:
    """Return, for each trait seen, how much likelier it is in a text of danger (log odds)."""
    seen: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    texts = Counter[bool]()
    for example in examples:
        seen[example.risk].update(_traits(example.text))
        texts[example.risk] += 1

    def share(trait: str, risk: bool) -> float:
        return (seen[risk][trait] + _SMOOTHING) / (texts[risk] + 2 * _SMOOTHING)

    return {trait: log(share(trait, True) / share(trait, False)) for trait in seen[True] | seen[False]}


@cache
def _weights() -> dict[str, float]:
    return learn(load_examples())


def _traits(text: str) -> set[str]:
    """The folded words of `text` and every run of five letters, across words."""
    traits: set[str] = set()
    for sentence in sentences(text):
        words = [word for word in sentence.split() if word != ","]
        line = f" {' '.join(words)} "
        traits.update(f"={word}" for word in words)
        traits.update(line[start : start + _RUN] for start in range(len(line) - _RUN + 1))
    return traits
