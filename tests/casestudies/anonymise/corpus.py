"""Labelled texts, all invented, and how well the anonymiser does on them.

In texts.json, `[[Camila|PERSON]]` marks what must be found and `{{la}}` what may be flagged or not. A text
without marks is a trap. A hash of its id says which text is held out: measured, never looked at while tuning.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from casestudies.anonymise import Kind, find

_MARK = re.compile(r"\[\[(?P<found>[^|\]]+)\|(?P<kind>[A-Z_/]+)\]\]|\{\{(?P<ignored>[^}]*)\}\}")


@dataclass(frozen=True)
class Span:
    """What must be found."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Text:
    """One labelled text."""

    id: str
    country: str
    text: str
    spans: tuple[Span, ...]
    ignored: tuple[tuple[int, int], ...]

    @property
    def held_out(self) -> bool:
        """Whether this text is for measuring only."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 3 == 0


def load(name: str = "texts.json") -> list[Text]:
    """Read texts.json, or unseen.json: written by others, and measured once all tuning was done."""
    rows = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [_text(**row) for row in rows]


def _text(id: str, country: str, text: str) -> Text:
    pieces: list[str] = []
    spans: list[Span] = []
    ignored: list[tuple[int, int]] = []
    position = length = 0
    for mark in _MARK.finditer(text):
        pieces.append(text[position : mark.start()])
        start = length + mark.start() - position
        marked = mark["found"] or mark["ignored"]
        pieces.append(marked)
        length, position = start + len(marked), mark.end()
        if mark["kind"]:
            spans.append(Span(start, length, Kind(mark["kind"])))
        else:
            ignored.append((start, length + 1))  # and the space after it
    return Text(id, country, "".join([*pieces, text[position:]]), tuple(spans), tuple(ignored))


@dataclass
class Score:
    """Counts over many texts; found is what has four fifths of its characters flagged, whatever the kind."""

    marked: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    flagged: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    clean: int = 0
    alarms: int = 0
    # Out of the repr, so that a failing test does not show what was held out.
    misses: list[tuple[str, str, str]] = field(default_factory=list, repr=False)
    extras: list[tuple[str, str, str]] = field(default_factory=list, repr=False)

    def add(self, other: Score) -> None:
        """Count what `other` counted, too."""
        for name in ("marked", "found", "flagged", "right"):
            getattr(self, name).update(getattr(other, name))
        self.clean += other.clean
        self.alarms += other.alarms
        self.misses += other.misses
        self.extras += other.extras

    def recall(self, *, direct: bool) -> float:
        """The share found of direct, or of indirect, identifiers."""
        kinds = [kind for kind in self.marked if kind.direct is direct]
        return sum(self.found[kind] for kind in kinds) / max(1, sum(self.marked[kind] for kind in kinds))

    @property
    def precision(self) -> float:
        """The share of flagged characters inside marked or ignored stretches."""
        return self.right.total() / max(1, self.flagged.total())

    @property
    def alarms_per_ten(self) -> float:
        """False alarms in ten texts without personal data."""
        return 10 * self.alarms / max(1, self.clean)


def measure(texts: Iterable[Text]) -> Score:
    """Run the anonymiser over `texts` and count."""
    score = Score()
    for text in texts:
        _count(score, text)
    return score


def _count(score: Score, text: Text) -> None:
    findings = [finding for finding in find(text.text) if finding.kind is not Kind.RARE]
    flagged = {position for finding in findings for position in range(finding.start, finding.end)}
    allowed = {position for span in text.spans for position in range(span.start, span.end)}
    allowed |= {position for start, end in text.ignored for position in range(start, end)}
    for span in text.spans:
        score.marked[span.kind] += 1
        covered = len(flagged.intersection(range(span.start, span.end)))
        if covered >= 0.8 * (span.end - span.start):
            score.found[span.kind] += 1
        else:
            score.misses.append((text.id, span.kind.value, text.text[span.start : span.end]))
    for finding in findings:
        stretch = set(range(finding.start, finding.end))
        score.flagged[finding.kind] += len(stretch)
        score.right[finding.kind] += len(stretch & allowed)
        if stretch - allowed:
            score.extras.append((text.id, finding.kind.value, finding.text))
    if not text.spans:
        score.clean += 1
        score.alarms += len(findings)
