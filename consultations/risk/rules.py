"""What a rule is, and the lexicon they are read from.

The rules are text, not code (`lexicon/*.txt`), so that a psychologist can read and question them:

    [self_harm] severity=2 weight=1 unless=denied,past      the group's meaning, then one phrase a line
    (volvi|volver) ~2 cortarme                              `phrases.py` explains how they are written
        !(el pelo|la barba)                                 an indented line goes on with the one above
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from consultations.risk.phrases import Phrase, compile_phrase

_LEXICON = Path(__file__).parent / "lexicon"


class Reason(StrEnum):
    """Why a text was flagged. Codes for machines and for the psychologist's desk; never the words used."""

    PASSIVE_IDEATION = "passive_ideation"
    ACTIVE_IDEATION = "active_ideation"
    PLAN = "plan"
    FAREWELL = "farewell"
    RECENT_ATTEMPT = "recent_attempt"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    DANGER_TO_OTHERS = "danger_to_others"
    THIRD_PARTY = "third_party"
    RESEMBLES = "resembles"  # no phrase matched, but the text reads like those of people in danger


class Unless(StrEnum):
    """What takes the danger out of a match (see `context`)."""

    DENIED = "denied"  # "no quiero morir"
    PAST = "past"  # long ago and resolved
    FICTION = "fiction"  # films, songs, news, lessons
    HYPERBOLE = "hyperbole"  # "me quiero morir de la vergüenza"
    FEAR = "fear"  # afraid of dying, as in a panic attack
    SCOLDING = "scolding"  # "mi mamá me va a matar cuando vea las notas"
    WAY_OUT = "way_out"  # fed up with a job, a flat, a boss


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase and what it means.

    `severity` is 1 to 3. A `weight` of 1 flags alone; smaller ones are signs that must add up, and negative
    ones calm.
    """

    reason: Reason
    severity: int
    phrase: Phrase
    unless: frozenset[Unless]
    weight: float = 1.0


@cache
def piece(file: str, name: str) -> str:
    """Return the phrase called `name` in lexicon file `file`. Raises KeyError if there is none."""
    return dict(line.split(": ", 1) for line in _lines(_LEXICON / file))[name]


def compiled(source: str) -> Phrase:
    """Compile a phrase that may use the lexicon's pieces."""
    return compile_phrase(source, lambda name: piece("pieces.txt", name))


def load_rules(pattern: str) -> tuple[Rule, ...]:
    """Return the rules of the lexicon files matching `pattern`, such as "dangers/*.txt"."""
    return tuple(rule for path in sorted(_LEXICON.glob(pattern)) for rule in _rules_in(path))


def _rules_in(path: Path) -> Iterator[Rule]:
    reason, options = "", {}
    for line in _lines(path):
        if line.startswith("["):
            reason, _, rest = line[1:].partition("] ")
            options = dict(option.split("=") for option in rest.split())
        else:
            yield _rule(reason, options, line)


def _rule(reason: str, options: dict[str, str], phrase: str) -> Rule:
    return Rule(
        Reason(reason),
        int(options["severity"]),
        compiled(phrase),
        frozenset(Unless(name) for name in options["unless"].split(",") if name != "-"),
        float(options["weight"]),
    )


def _lines(path: Path) -> list[str]:
    """The lines of a lexicon file, whole again, without comments."""
    whole: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            whole[-1] += ("" if whole[-1].endswith("|") else " ") + line.strip()
        elif line and not line.startswith("#"):
            whole.append(line)
    return whole
