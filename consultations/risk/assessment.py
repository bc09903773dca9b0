"""Put the rules to a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consultations.risk.context import Surroundings
from consultations.risk.normalise import sentences
from consultations.risk.rules import Reason, Rule
from consultations.risk.rules_other_people import OTHER_PEOPLE
from consultations.risk.rules_own_acts import OWN_ACTS
from consultations.risk.rules_own_life import OWN_WISHES

RULES: tuple[Rule, ...] = (*OWN_WISHES, *OWN_ACTS, *OTHER_PEOPLE)

_LONGEST = 120  # words of a stretch read at once; no phrase is longer than the overlap
_OVERLAP = 25


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say: `severity` is 0 (nothing found) to 3 (a person must read this first)."""

    flag: bool
    reasons: tuple[str, ...]
    severity: int


def assess(text: str) -> Assessment:
    """Assess `text` (any str, any length; linear in it). Never raises and never returns a word of it."""
    parts = tuple(dict.fromkeys(part for whole in sentences(text, _VOCABULARY) for part in _stretches(whole)))
    found = _Findings()
    surroundings = Surroundings(parts)
    known: dict[str, list[Rule]] = {}
    for part in parts:
        for rule in _candidates(part, known):
            if found.could_gain(rule) and _holds(rule, part, surroundings):
                found.add(rule)
    return found.verdict()


def _candidates(part: str, known: dict[str, list[Rule]]) -> list[Rule]:
    """The rules that could match `part`; `known` remembers words already looked up."""
    rules: dict[int, Rule] = {}
    for word in part.split():
        if word not in known:
            known[word] = _INDEX.rules_for(word)
        for rule in known[word]:
            rules[id(rule)] = rule
    return list(rules.values())


class _Findings:
    """The strongest rule per reason, and hints waiting for company."""

    def __init__(self) -> None:
        self._severity: dict[Reason, int] = {}
        self._hints: dict[int, Rule] = {}

    def could_gain(self, rule: Rule) -> bool:
        if rule.weight < 1:
            return id(rule) not in self._hints
        return rule.severity > self._severity.get(rule.reason, 0)

    def add(self, rule: Rule) -> None:
        if rule.weight < 1:
            self._hints[id(rule)] = rule
        else:
            self._severity[rule.reason] = rule.severity

    def verdict(self) -> Assessment:
        severity = dict(self._severity)
        if sum(rule.weight for rule in self._hints.values()) >= 1:
            for rule in self._hints.values():
                severity.setdefault(rule.reason, rule.severity)
        reasons = tuple(sorted(reason.value for reason in severity))
        return Assessment(bool(reasons), reasons, max(severity.values(), default=0))


def _holds(rule: Rule, sentence: str, surroundings: Surroundings) -> bool:
    matches: Iterator[re.Match[str]] = rule.phrase.regex.finditer(sentence)
    return any(not surroundings.excuse(rule, sentence, match) for match in matches)


def _stretches(sentence: str) -> Iterator[str]:
    """Cut what never takes a breath into overlapping stretches, to bound the work on each."""
    words = sentence.split()
    if len(words) <= _LONGEST:
        yield sentence
        return
    for start in range(0, len(words) - _OVERLAP, _LONGEST - _OVERLAP):
        yield " ".join(words[start : start + _LONGEST]) + " "


class _Index:
    """Finds the rules worth trying on a word: those that cannot match without it."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._whole: dict[str, list[Rule]] = {}
        self._beginnings: dict[str, list[tuple[str, Rule]]] = {}  # by their first two letters
        for rule in rules:
            for anchor in rule.phrase.anchors:
                if anchor.endswith("*"):
                    self._beginnings.setdefault(anchor[:2], []).append((anchor[:-1], rule))
                else:
                    self._whole.setdefault(anchor, []).append(rule)

    def rules_for(self, word: str) -> list[Rule]:
        begun = [rule for start, rule in self._beginnings.get(word[:2], ()) if word.startswith(start)]
        return self._whole.get(word, []) + begun


_INDEX = _Index(RULES)
_VOCABULARY = frozenset().union(*(rule.phrase.words for rule in RULES))
