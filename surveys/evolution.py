"""How somebody has been, wave by wave: a drawing, a table and a sentence for each instrument answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from home.models import User
from surveys.enums import WayOn
from surveys.instruments import PHQ_9, Instrument, UnknownInstrument, get_instrument
from surveys.models import Invitation, Response
from surveys.plot import Plot, build_plot
from surveys.scoring import Change, ChangeKind, Score, band_label, compare

# Totals of the PHQ-9 (Kroenke, Spitzer, Williams 2001): from here on distress is moderate, moderately severe.
MILD, MODERATE, MODERATELY_SEVERE = 5, 10, 15


@dataclass(frozen=True, slots=True)
class Evolution:
    """All answers of one person to one instrument. `change` is from the first to the last of them."""

    instrument: Instrument
    latest: Score
    plot: Plot
    change: Change | None


def evolutions_of(user: User) -> tuple[Evolution, ...]:
    """How this person has been, one evolution an instrument; empty when they never answered. One query."""
    responses = Response.objects.filter(user=user).order_by("answered_at", "pk")
    series: dict[tuple[str, str], list[Response]] = {}
    for response in responses:
        series.setdefault((response.instrument, response.instrument_version), []).append(response)
    known = ((_instrument(*key), answered) for key, answered in series.items())
    return tuple(_evolution(instrument, answered) for instrument, answered in known if instrument is not None)


def next_due_at(user: User) -> datetime.datetime | None:
    """When this person will be asked again; None when nothing more is planned."""
    planned = Invitation.objects.filter(user=user, claimed_at=None, answered_at=None, cancelled_at=None)
    return planned.order_by("due_at").values_list("due_at", flat=True).first()


def marks_risk(evolutions: Iterable[Evolution]) -> bool:
    """Whether the last answers open the risk path."""
    return any(each.latest.risk for each in evolutions)


def way_on(evolutions: Iterable[Evolution]) -> WayOn:
    """Which way on comes first: therapy when distress is high, marks danger, or is not easing."""
    for each in evolutions:
        if each.latest.risk or (each.instrument.key == PHQ_9.key and _asks_for_therapy(each)):
            return WayOn.THERAPY
    return WayOn.CONTINUE


def is_light(evolutions: Iterable[Evolution]) -> bool:
    """Whether distress is so low that there is nothing to propose."""
    return any(each.instrument.key == PHQ_9.key and each.latest.total < MILD for each in evolutions)


def _asks_for_therapy(evolution: Evolution) -> bool:
    total, change = evolution.latest.total, evolution.change
    if total >= MODERATELY_SEVERE:
        return True
    if change is None:
        return False
    stuck = change.kind is ChangeKind.SAME and total >= MODERATE
    return stuck or change.kind is ChangeKind.WORSE


def _instrument(key: str, version: str) -> Instrument | None:
    # Answers to a version that left the registry cannot be read any more; they must not break the page.
    try:
        return get_instrument(key, version)
    except UnknownInstrument:
        return None


def _evolution(instrument: Instrument, responses: list[Response]) -> Evolution:
    scores = [_stored_score(instrument, response) for response in responses]
    days = [timezone.localdate(response.answered_at) for response in responses]
    plot = build_plot([(day, each.total) for day, each in zip(days, scores, strict=True)], instrument)
    change = compare(scores[0], scores[-1]) if len(scores) > 1 else None
    return Evolution(instrument, scores[-1], plot, change)


def _stored_score(instrument: Instrument, response: Response) -> Score:
    """The score as it was stored; the instrument may have been switched off since."""
    total = int(response.total)
    return Score(
        instrument=instrument.key,
        version=instrument.version,
        total=total,
        maximum=instrument.maximum,
        band=band_label(instrument, total),
        risk=instrument.risk_item is not None and response.answers[instrument.risk_item - 1] > 0,
    )
