"""From answers to a score, and from two scores to a sentence a person can trust.

A difference below the instrument's reliable change may be chance, and is called "about the same". No
sentence speaks of a cure, and no error repeats what a person answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.instruments import Instrument, get_instrument


class ScoringError(Exception):
    """Answers cannot be scored, or two scores cannot be compared."""


class InstrumentDisabled(ScoringError):
    """The instrument is described in the registry but must not be used."""


class MissingAnswers(ScoringError):
    """Some items have no answer; `items` holds their numbers, from 1."""

    def __init__(self, items: tuple[int, ...]) -> None:
        self.items = items
        super().__init__(f"Items without an answer: {', '.join(map(str, items))}")


class TooManyAnswers(ScoringError):
    """There are more answers than items."""


class AnswersOutOfRange(ScoringError):
    """Some answers are not among the options; `items` holds their numbers, from 1."""

    def __init__(self, items: tuple[int, ...]) -> None:
        self.items = items
        super().__init__(f"Items with an answer that is not an option: {', '.join(map(str, items))}")


class ScoresNotComparable(ScoringError):
    """The two scores come from different instruments or versions."""


class ChangeKind(StrEnum):
    """How a score moved, from the person's point of view."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Score:
    """A total in points, its band in plain Spanish, and whether the risk item was above 0."""

    instrument: str
    version: str
    total: int
    maximum: int
    band: str
    risk: bool


@dataclass(frozen=True, slots=True)
class Change:
    """How two scores differ: `difference` is current minus previous, in points."""

    kind: ChangeKind
    difference: int
    sentence: str


def score(instrument: Instrument, answers: Sequence[int | None]) -> Score:
    """Add up `answers` (the options' values, in the order of the items).

    Raises InstrumentDisabled, MissingAnswers, TooManyAnswers or AnswersOutOfRange.
    """
    values = _checked(instrument, answers)
    total = sum(values)
    return Score(
        instrument=instrument.key,
        version=instrument.version,
        total=total,
        maximum=instrument.maximum,
        band=band_label(instrument, total),
        risk=instrument.risk_item is not None and values[instrument.risk_item - 1] > 0,
    )


def band_label(instrument: Instrument, total: int) -> str:
    """Return the plain Spanish name of the band a total falls in ("" where there are no cut-offs)."""
    return next((cut.label for cut in reversed(instrument.cutoffs) if total >= cut.minimum), "")


def compare(previous: Score, current: Score) -> Change:
    """Say how a person's score moved since `previous`, honouring the reliable change.

    Raises ScoresNotComparable for scores of different instruments or versions, and
    `surveys.instruments.UnknownInstrument` for a version that is gone.
    """
    if (previous.instrument, previous.version) != (current.instrument, current.version):
        raise ScoresNotComparable("Scores of different instruments or versions")
    instrument = get_instrument(current.instrument, current.version)
    change = compare_totals(instrument, previous.total, current.total)
    if not current.risk:
        return change
    # A falling total must never talk over the one answer that matters most.
    sentence = f"{change.sentence} Lo que marcaste en la última pregunta importa más que cualquier puntaje."
    return Change(change.kind, change.difference, sentence)


def compare_totals(instrument: Instrument, previous: int, current: int) -> Change:
    """Say how a total moved, when only the two totals (in points) are at hand."""
    difference = current - previous
    kind = _kind(instrument, difference)
    return Change(kind, difference, _sentence(instrument, kind, difference))


def _checked(instrument: Instrument, answers: Sequence[int | None]) -> list[int]:
    if not instrument.enabled:
        raise InstrumentDisabled(instrument.key)
    if len(answers) > len(instrument.items):
        raise TooManyAnswers(f"{len(answers)} answers for {len(instrument.items)} items")
    padded = [*answers, *[None] * (len(instrument.items) - len(answers))]
    missing = tuple(number for number, answer in enumerate(padded, 1) if answer is None)
    if missing:
        raise MissingAnswers(missing)
    allowed = {option.value for option in instrument.options}
    # True == 1 in Python: a boolean is a mistake of the caller, not an answer.
    wrong = tuple(n for n, a in enumerate(padded, 1) if type(a) is not int or a not in allowed)
    if wrong:
        raise AnswersOutOfRange(wrong)
    return [answer for answer in padded if answer is not None]


def _kind(instrument: Instrument, difference: int) -> ChangeKind:
    if abs(difference) < instrument.reliable_change:
        return ChangeKind.SAME
    return ChangeKind.WORSE if (difference > 0) == instrument.higher_is_worse else ChangeKind.BETTER


def _sentence(instrument: Instrument, kind: ChangeKind, difference: int) -> str:
    if difference == 0:
        return "Tu puntaje es el mismo que antes."
    points = f"{abs(difference)} punto" + ("" if abs(difference) == 1 else "s")
    moved = f"Tu puntaje {'subió' if difference > 0 else 'bajó'} {points}"
    if kind is ChangeKind.SAME:
        return f"{moved}: un cambio así puede ser solo el vaivén de una semana a otra."
    margin = "más de lo que suele variar por sí solo" if instrument.validated else "más que un vaivén pequeño"
    if kind is ChangeKind.BETTER:
        return (
            f"{moved}, {margin}. Parece que estas semanas pesan menos; no asegura cómo vendrán las próximas."
        )
    return (
        f"{moved}, {margin}. Parece que estas semanas pesan más; "
        "es un buen momento para contarlo y pedir apoyo."
    )
