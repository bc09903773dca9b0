"""The customer journey map, drawn from counted touchpoints: a pure module, numbers in, drawing out.

The map's columns are the four phases of the journey; under each stand its actions in order, with how often
each happened, how many different people that was, and which share of them is seen at the next action.
"People" are keys of one day for visitors and of one account for the signed in: the same visitor on two days
is two. The mood line is the mean of one-tap moods, shown for ten taps or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from home.enums import Channel, Phase
from home.touchpoints import Touchpoint

FEWEST_MOODS = 10
WIDTH, HEIGHT = 1120, 220
MARGIN_TOP, MARGIN_BOTTOM = 24, 36


@dataclass(frozen=True)
class Count:
    """How often a touchpoint happened and to how many different people."""

    times: int = 0
    people: int = 0


@dataclass(frozen=True)
class Action:
    label: str
    count: Count
    goes_on: int | None = None  # percent of this action's people that the next action counts, at most 100


@dataclass(frozen=True)
class Column:
    """One phase: its actions, its people, its channels, its mood (1 to 5, None when too few tapped)."""

    phase: Phase
    label: str
    actions: tuple[Action, ...]
    people: int
    goes_on: int | None
    channels: tuple[tuple[str, int, int], ...]  # label, arrivals, percent of the phase's arrivals
    mood: float | None
    mood_taps: int


@dataclass(frozen=True)
class MoodPoint:
    x: int
    y: int
    label: str


@dataclass(frozen=True)
class JourneyMap:
    columns: tuple[Column, ...]
    mood_points: tuple[MoodPoint, ...]
    mood_path: str
    sentence: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Counted:
    """Everything the map is drawn from, as counted from the log."""

    by_touchpoint: Mapping[str, Count]
    people_by_phase: Mapping[Phase, int]
    channels: Mapping[Phase, Mapping[str, int]] = field(default_factory=dict)
    moods: Mapping[Phase, tuple[int, int]] = field(default_factory=dict)  # sum of moods, taps


def draw(touchpoints: Iterable[Touchpoint], counted: Counted) -> JourneyMap:
    """Give the whole map. Touchpoints of one phase and order are one action; their counts add up."""
    everything = list(touchpoints)
    columns = tuple(_column(phase, everything, counted) for phase in Phase)
    points = tuple(
        MoodPoint(_x(place), _y(column.mood), f"{column.mood:.1f}".replace(".", ","))
        for place, column in enumerate(columns)
        if column.mood is not None
    )
    return JourneyMap(columns, points, smooth_path([(p.x, p.y) for p in points]), sentence(counted))


def _column(phase: Phase, touchpoints: list[Touchpoint], counted: Counted) -> Column:
    mood_sum, taps = counted.moods.get(phase, (0, 0))
    return Column(
        phase=phase,
        label=str(phase.label),
        actions=_actions([each for each in touchpoints if each.phase == phase], counted),
        people=counted.people_by_phase.get(phase, 0),
        goes_on=_share_to_next_phase(phase, counted),
        channels=_channels(counted.channels.get(phase, {})),
        mood=mood_sum / taps if taps >= FEWEST_MOODS else None,
        mood_taps=taps,
    )


def _actions(touchpoints: list[Touchpoint], counted: Counted) -> tuple[Action, ...]:
    labels: dict[int, str] = {}
    counts: dict[int, Count] = {}
    for each in sorted(touchpoints, key=lambda touchpoint: touchpoint.order):
        labels.setdefault(each.order, each.action)
        before, more = counts.get(each.order, Count()), counted.by_touchpoint.get(each.name, Count())
        counts[each.order] = Count(before.times + more.times, before.people + more.people)
    orders = list(labels)
    following = [*orders[1:], None]
    return tuple(
        Action(
            labels[order], counts[order], share(counts[order].people, counts[after].people) if after else None
        )
        for order, after in zip(orders, following, strict=True)
    )


def share(people: int, later: int) -> int | None:
    """Percent of `people` that `later` is, at most 100; None when there is nobody to go on."""
    return min(100, round(100 * later / people)) if people else None


def _share_to_next_phase(phase: Phase, counted: Counted) -> int | None:
    phases = list(Phase)
    place = phases.index(phase)
    if place + 1 == len(phases):
        return None
    return share(counted.people_by_phase.get(phase, 0), counted.people_by_phase.get(phases[place + 1], 0))


def _channels(arrivals: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    total = sum(arrivals.values())
    largest_first = sorted(arrivals.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        (str(Channel(key).label), times, round(100 * times / total)) for key, times in largest_first if key
    )


def sentence(counted: Counted) -> str:
    """The map in one sentence, for who has no time to read it."""
    readers = counted.by_touchpoint.get("case_read", Count()).people
    if not readers:
        return "Todavía nadie ha leído un caso en estas fechas."
    seen = share(readers, counted.by_touchpoint.get("service_viewed", Count()).people)
    paid = counted.by_touchpoint.get("order_paid", Count()).people
    paying = "nadie contrató" if not paid else "una contrató" if paid == 1 else f"{paid} contrataron"
    return f"Por cada 100 personas que leen un caso, {seen} ven la orientación; en estas fechas {paying}."


def _x(place: int) -> int:
    column = WIDTH // len(Phase)
    return column * place + column // 2


def _y(mood: float) -> int:
    usable = HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
    return round(MARGIN_TOP + usable * (5 - mood) / 4)


def smooth_path(points: Sequence[tuple[int, int]]) -> str:
    """An SVG path through the points, level at each: the thread. Empty below two points."""
    if len(points) < 2:
        return ""
    path = f"M{points[0][0]} {points[0][1]}"
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        middle = (x1 + x2) // 2
        path += f" C{middle} {y1} {middle} {y2} {x2} {y2}"
    return path
