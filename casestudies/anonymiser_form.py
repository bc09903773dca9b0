"""Reads what an editor chose for each finding, and keeps what was typed when something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casestudies.actions.anonymising import Choice, Group
from casestudies.enums import Decision, TurnKind

LONGEST_LETTER = 50_000
MOST_LETTERS = 12


@dataclass
class Row:
    """One group as the page shows it: what is chosen or typed for it, and what is wrong with that."""

    group: Group
    choice: str
    replacement: str
    reason: str
    error: str = ""

    @property
    def decision(self) -> Decision | None:
        return Decision(self.choice) if self.choice in Decision.values else None


@dataclass
class DecisionsForm:
    """The rows of the page, filled from what was decided before or from what was sent."""

    groups: Iterable[Group]
    data: Mapping[str, str] | None = None
    rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [self._row(group) for group in self.groups]

    def _row(self, group: Group) -> Row:
        if self.data is None or f"choice-{group.key}" not in self.data:
            return _row_as_decided(group)
        row = Row(
            group,
            choice=self.data.get(f"choice-{group.key}", ""),
            replacement=" ".join(self.data.get(f"replacement-{group.key}", "").split()),
            reason=" ".join(self.data.get(f"reason-{group.key}", "").split()),
        )
        row.error = _error(row)
        return row

    def is_valid(self) -> bool:
        return not any(row.error for row in self.rows)

    @property
    def choices(self) -> list[Choice]:
        """What is to be stored: the rows with a decision."""
        return [
            Choice(row.group, row.decision, row.replacement, row.reason)
            for row in self.rows
            if row.decision is not None and not row.error
        ]

    @property
    def undecided(self) -> int:
        return sum(not row.group.decided for row in self.rows)


def _row_as_decided(group: Group) -> Row:
    decision = group.first.decision if group.decided else None
    if decision is None:
        return Row(group, choice="", replacement=group.suggestion, reason="")
    return Row(group, decision.choice, decision.replacement or group.suggestion, decision.reason)


def _error(row: Row) -> str:
    if row.decision is None:
        return ""
    if row.decision == Decision.KEEP:
        return "" if row.reason else "Escribe por qué puede quedarse."
    if not row.replacement:
        return "Escribe qué va en su lugar."
    if row.replacement.casefold() in {each.casefold() for each in row.group.texts}:
        return "Es lo mismo que ya dice. Escribe otra cosa, o elige conservar."
    return ""


@dataclass
class OriginalForm:
    """The letters as they were written, each with its kind; empty ones are left out."""

    data: Mapping[str, str]
    error: str = ""

    @property
    def letters(self) -> list[dict[str, str]]:
        pairs = [
            (self.data.get(f"kind-{index}", ""), self.data.get(f"text-{index}", ""))
            for index in range(MOST_LETTERS)
        ]
        return [
            {"kind": kind, "text": text.replace("\r\n", "\n").strip()} for kind, text in pairs if text.strip()
        ]

    def is_valid(self) -> bool:
        letters = self.letters
        if not letters:
            self.error = "Pega al menos una carta."
        elif any(each["kind"] not in TurnKind.values for each in letters):
            self.error = "Di de quién es cada carta."
        elif any(len(each["text"]) > LONGEST_LETTER for each in letters):
            self.error = f"Una carta pasa de {LONGEST_LETTER} letras. Divídela en dos."
        return not self.error
