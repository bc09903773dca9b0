"""The drawing of a person's evolution: numbers in, coordinates and plain words out.

The template only places what this module worked out. The line is a monotone cubic (Fritsch and Carlson,
1980): smooth, yet never above or below the values it joins, so it claims nothing that was not answered.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveys.instruments import Instrument
from surveys.scoring import ChangeKind, band_label, compare_totals

# About a phone's own width, so that the letters in the drawing are not shrunk on one.
WIDTH = 360
HEIGHT = 260
LEFT, RIGHT, TOP, BOTTOM = 34, 30, 16, 30
LABEL_SPACE = 40  # pixels below which two date labels would touch

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


class NothingToPlot(ValueError):
    """The series is empty."""


class ValueOutOfScale(ValueError):
    """A value lies outside the instrument's minimum and maximum."""


@dataclass(frozen=True, slots=True)
class Point:
    """One answer: its place in pixels, its date ("3 mar"), and its value in words.

    `show_label` is false where the date would touch the one before it.
    """

    x: float
    y: float
    label: str
    value_label: str
    show_label: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A strip across the drawing, in pixels; `label` says in plain words what lies in it."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the value axis: `y` in pixels, `label` in points."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything the SVG template needs. Pixels; the origin is at the top left.

    `noise` is the strip of plus and minus the reliable change around the first value; inside it a change
    may be chance. `direction` says whether up or down is better. `summary` tells it all without a drawing
    to the person who answered, `report` to whoever reads about them; `facts` only what was answered and when,
    with no word on how it went.
    """

    width: int
    height: int
    points: tuple[Point, ...]
    path: str
    bands: tuple[Band, ...]
    noise: Band
    ticks: tuple[Tick, ...]
    direction: str
    summary: str
    report: str
    facts: str


def build_plot(series: Sequence[tuple[date, int]], instrument: Instrument) -> Plot:
    """Work out the drawing of `series` (day and total in points, in any order).

    Raises NothingToPlot for an empty series and ValueOutOfScale for an impossible total.
    """
    ordered = _checked(series, instrument)
    points = _points(ordered, instrument)
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        points=points,
        path=_smooth_path([(point.x, point.y) for point in points]),
        bands=_cutoff_bands(instrument),
        noise=_noise_band(instrument, ordered[0][1]),
        ticks=_ticks(instrument),
        direction="Hacia abajo es mejor." if instrument.higher_is_worse else "Hacia arriba es mejor.",
        summary=_summary(ordered, instrument),
        report=_report(ordered, instrument),
        facts=_facts(ordered, instrument),
    )


def _checked(series: Sequence[tuple[date, int]], instrument: Instrument) -> list[tuple[date, int]]:
    if not series:
        raise NothingToPlot("No answers to draw")
    if any(not instrument.minimum <= value <= instrument.maximum for _, value in series):
        raise ValueOutOfScale(f"A total outside the scale of {instrument.key}")
    return sorted(series, key=lambda pair: pair[0])


def _points(ordered: list[tuple[date, int]], instrument: Instrument) -> tuple[Point, ...]:
    points: list[Point] = []
    last_labelled = float("-inf")
    for x, (day, value) in zip(_xs([day for day, _ in ordered]), ordered, strict=True):
        shown = x - last_labelled >= LABEL_SPACE
        last_labelled = x if shown else last_labelled
        label = f"{day.day} {MONTHS[day.month - 1][:3]}"
        points.append(
            Point(
                x,
                _y(instrument, value),
                label,
                f"{value} de {instrument.maximum}",
                shown,
            )
        )
    return tuple(points)


def _xs(days: list[date]) -> list[float]:
    """Place days by distance in time; a lone day, or several answers on one day, evenly."""
    inner = WIDTH - LEFT - RIGHT
    span = (days[-1] - days[0]).days
    if span == 0:
        return [round(LEFT + inner * (n + 1) / (len(days) + 1), 1) for n in range(len(days))]
    return [round(LEFT + inner * (day - days[0]).days / span, 1) for day in days]


def _y(instrument: Instrument, value: float) -> float:
    share = (value - instrument.minimum) / (instrument.maximum - instrument.minimum)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _strip(instrument: Instrument, low: float, high: float, label: str) -> Band:
    top, base = _y(instrument, high), _y(instrument, low)
    return Band(LEFT, top, WIDTH - LEFT - RIGHT, round(base - top, 1), label)


def _cutoff_bands(instrument: Instrument) -> tuple[Band, ...]:
    starts = [cutoff.minimum for cutoff in instrument.cutoffs]
    ends = [*starts[1:], instrument.maximum]
    return tuple(
        _strip(instrument, start, end, cutoff.label)
        for cutoff, start, end in zip(instrument.cutoffs, starts, ends, strict=True)
    )


def _noise_band(instrument: Instrument, first: int) -> Band:
    low = max(instrument.minimum, first - instrument.reliable_change)
    high = min(instrument.maximum, first + instrument.reliable_change)
    return _strip(instrument, low, high, "Dentro de esta franja, un cambio puede ser solo vaivén")


def _ticks(instrument: Instrument) -> tuple[Tick, ...]:
    values = sorted(
        {
            instrument.minimum,
            instrument.maximum,
            *(c.minimum for c in instrument.cutoffs),
        }
    )
    return tuple(Tick(LEFT, _y(instrument, value), str(value)) for value in values)


def _summary(ordered: list[tuple[date, int]], instrument: Instrument) -> str:
    (first_day, first), (last_day, last) = ordered[0], ordered[-1]
    scale = f"de {instrument.maximum} puntos ({band_label(instrument, last)})"
    if len(ordered) == 1:
        return (
            f"Respondiste una vez, el {_long(first_day)}: {last} {scale}. "
            "Con la próxima respuesta verás la línea."
        )
    change = compare_totals(instrument, first, last)
    return (
        f"Respondiste {len(ordered)} veces, del {_long(first_day)} al {_long(last_day)}. "
        f"Empezaste en {first} y la última vez fue {last} {scale}. {change.sentence}"
    )


def _report(ordered: list[tuple[date, int]], instrument: Instrument) -> str:
    (first_day, first), (last_day, last) = ordered[0], ordered[-1]
    scale = f"de {instrument.maximum} puntos ({band_label(instrument, last)})"
    if len(ordered) == 1:
        return f"Respondió una vez, el {_long(first_day)}: {last} {scale}."
    same = compare_totals(instrument, first, last).kind is ChangeKind.SAME
    return (
        f"Respondió {len(ordered)} veces, del {_long(first_day)} al {_long(last_day)}. "
        f"Empezó en {first} y la última vez fue {last} {scale}. "
        f"{'El cambio puede ser solo vaivén.' if same else 'El cambio es mayor que un vaivén.'}"
    )


def _facts(ordered: list[tuple[date, int]], instrument: Instrument) -> str:
    last_day, last = ordered[-1]
    return f"La última vez, el {_long(last_day)}, fue {last} de {instrument.maximum} puntos."


def _long(day: date) -> str:
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def _smooth_path(places: list[tuple[float, float]]) -> str:
    """Return an SVG path through `places` (left to right) that never overshoots them."""
    path = [f"M{places[0][0]:g} {places[0][1]:g}"]
    slopes = _tangents(places)
    for n, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(places)):
        third = (x1 - x0) / 3
        path.append(
            f"C{x0 + third:.1f} {y0 + slopes[n] * third:.1f} "
            f"{x1 - third:.1f} {y1 - slopes[n + 1] * third:.1f} {x1:g} {y1:g}"
        )
    return " ".join(path)


def _tangents(places: list[tuple[float, float]]) -> list[float]:
    secants = [(y1 - y0) / (x1 - x0) if x1 > x0 else 0.0 for (x0, y0), (x1, y1) in itertools.pairwise(places)]
    if not secants:
        return [0.0]
    inner = [_harmonic(before, after) for before, after in itertools.pairwise(secants)]
    return [secants[0], *inner, secants[-1]]


def _harmonic(before: float, after: float) -> float:
    # The harmonic mean keeps each piece monotone (Fritsch and Butland, 1984); at a peak the line is flat.
    return 0.0 if before * after <= 0 else 2 * before * after / (before + after)
