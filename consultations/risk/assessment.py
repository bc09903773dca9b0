"""Put the rules to a text, and where they find nothing, the examples."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consultations.risk.context import Surroundings
from consultations.risk.examples import resembles_risk
from consultations.risk.index import Index
from consultations.risk.normalise import sentences
from consultations.risk.rules import Reason, Rule, load_rules

ENOUGH = 0.99  # signs of one family that add up to this flag the text
PASSAGE = 100  # words within which signs count together: in a long letter everything turns up once
_FAMILIES = ("own_life", "unsafe_home", "others_in_danger", "somebody_else")
_LONGEST = 120  # words of a stretch read at once; no phrase is longer than the overlap
_OVERLAP = 25


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say: `severity` is 0 (nothing found) to 3 (a person must read this first)."""

    flag: bool
    reasons: tuple[str, ...]
    severity: int


def assess(text: str) -> Assessment:
    """Assess `text` (any str, any length; linear in it). Never raises and never returns a word of it.

    The first call in a process reads the lexicon, which takes a moment.
    """
    reader = _reader()
    parts = [part for sentence in sentences(text, reader.vocabulary) for part in _stretches(sentence)]
    surroundings = Surroundings(parts)
    severity = reader.dangers(surroundings)
    # What is faint is only looked for where nothing is plain.
    for rule in reader.heaviest_signs(parts, surroundings) if not severity else ():
        severity[rule.reason] = rule.severity
    if not severity and resembles_risk(text):
        severity[Reason.RESEMBLES] = 1
    return Assessment(bool(severity), tuple(sorted(map(str, severity))), max(severity.values(), default=0))


class _Reader:
    """The lexicon, ready to be put to texts."""

    def __init__(self) -> None:
        dangers = load_rules("dangers/*.txt")
        calming = load_rules("signs/reassuring.txt")
        self._families = [(*load_rules(f"signs/{family}.txt"), *calming) for family in _FAMILIES]
        signs = tuple(rule for family in self._families for rule in family)
        self.vocabulary = frozenset[str]().union(*(rule.phrase.words for rule in dangers + signs))
        self._danger_index = Index(dangers)
        self._sign_index = Index(tuple(dict.fromkeys(signs)))

    def dangers(self, surroundings: Surroundings) -> dict[Reason, int]:
        """For each reason found, the severity of its gravest rule."""
        severity: dict[Reason, int] = {}
        lookup = self._danger_index.lookup()
        for part in surroundings.parts:
            for rule in lookup.rules(part):
                if rule.severity > severity.get(rule.reason, 0) and _holds(rule, part, surroundings):
                    severity[rule.reason] = rule.severity
        return severity

    def heaviest_signs(self, parts: Sequence[str], surroundings: Surroundings) -> Iterator[Rule]:
        """For each family whose signs add up within one passage, its heaviest sign."""
        lookup = self._sign_index.lookup()
        signs = {
            part: [rule for rule in lookup.rules(part) if _holds(rule, part, surroundings)]
            for part in surroundings.parts
        }
        for family in self._families:
            present = _first_passage(parts, signs, frozenset(family))
            if present:
                yield max(present, key=lambda rule: (rule.weight, rule.severity))


@cache
def _reader() -> _Reader:
    return _Reader()


def _first_passage(
    parts: Sequence[str], signs: Mapping[str, Sequence[Rule]], family: frozenset[Rule]
) -> set[Rule]:
    """The signs of `family` in the first passage where they add up; none if they never do."""
    passage: deque[tuple[int, Rule]] = deque()
    read = 0
    for part in parts:
        read += part.count(" ")
        fresh = [(read, rule) for rule in signs[part] if rule in family]
        passage.extend(fresh)
        while passage and passage[0][0] < read - PASSAGE:
            passage.popleft()
        present = {rule for _, rule in passage} if fresh else set()
        if sum(rule.weight for rule in present) >= ENOUGH:
            return present
    return set()


def _holds(rule: Rule, part: str, surroundings: Surroundings) -> bool:
    matches: Iterator[re.Match[str]] = rule.phrase.regex.finditer(part)
    return any(not surroundings.excuse(rule, part, match) for match in matches)


def _stretches(sentence: str) -> Iterator[str]:
    """Cut what never takes a breath into overlapping stretches, to bound the work on each."""
    words = sentence.split()
    if len(words) <= _LONGEST:
        yield sentence
        return
    for start in range(0, len(words) - _OVERLAP, _LONGEST - _OVERLAP):
        yield " ".join(words[start : start + _LONGEST]) + " "
