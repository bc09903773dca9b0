"""The customer journey map, drawn from counted touchpoints: a pure module, numbers in, drawing out.

The map's columns are the four phases of the journey; under each stand its actions in order, with how often
each happened, how many different people that was, and which share of them is seen at any later action.
"People" are keys of one day for whoever visits and of one account for whoever uses the service: the same
visitor on two days is two, and becomes the account only on the day of signing up. The mood line is the mean
of one-tap moods, shown for ten taps or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from home.enums import Channel, Phase
from home.touchpoints import Touchpoint

FEWEST_MOODS = 10
WIDTH, HEIGHT = 1120, 220
MARGIN_TOP, MARGIN_BOTTOM = 24, 36


@dataclass(frozen=True)
class People:
    """How many different people were here, and how many of them were also seen further on, and buying."""

    count: int = 0
    went_on: int = 0
    bought: int = 0

    @property
    def goes_on(self) -> int | None:
        """Whole percent of the people here who went on; None when nobody was here."""
        return round(100 * self.went_on / self.count) if self.count else None


@dataclass(frozen=True)
class Action:
    label: str
    times: int
    people: int
    goes_on: int | None
    bought: int = 0  # how many of these people bought


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

    times: Mapping[str, int] = field(default_factory=dict)  # by touchpoint's name
    people: Mapping[int, People] = field(default_factory=dict)  # by the action's place on the map
    people_by_phase: Mapping[int, People] = field(default_factory=dict)  # by the phase's place
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
    return JourneyMap(columns, points, smooth_path([(p.x, p.y) for p in points]), sentence(columns))


def place_of(touchpoint: Touchpoint) -> tuple[Phase, int]:
    """Where a touchpoint stands: those of one phase and order are one action."""
    return touchpoint.phase, touchpoint.order


def actions_in_order(touchpoints: Iterable[Touchpoint]) -> list[tuple[Phase, int]]:
    """The places of all actions, from the first of the journey to the last."""
    phases = list(Phase)
    return sorted(
        {place_of(each) for each in touchpoints}, key=lambda place: (phases.index(place[0]), place[1])
    )


def _column(phase: Phase, touchpoints: list[Touchpoint], counted: Counted) -> Column:
    mood_sum, taps = counted.moods.get(phase, (0, 0))
    place = list(Phase).index(phase)
    people = counted.people_by_phase.get(place, People())
    last = place + 1 == len(Phase)
    return Column(
        phase=phase,
        label=str(phase.label),
        actions=_actions(phase, touchpoints, counted),
        people=people.count,
        goes_on=None if last else people.goes_on,
        channels=_channels(counted.channels.get(phase, {})),
        mood=mood_sum / taps if taps >= FEWEST_MOODS else None,
        mood_taps=taps,
    )


def _actions(phase: Phase, touchpoints: list[Touchpoint], counted: Counted) -> tuple[Action, ...]:
    places = actions_in_order(touchpoints)
    return tuple(
        _action(
            number,
            number + 1 == len(places),
            [each for each in touchpoints if place_of(each) == place],
            counted,
        )
        for number, place in enumerate(places)
        if place[0] == phase
    )


def _action(place: int, last: bool, touchpoints: list[Touchpoint], counted: Counted) -> Action:
    people = counted.people.get(place, People())
    return Action(
        label=touchpoints[0].action,
        times=sum(counted.times.get(each.name, 0) for each in touchpoints),
        people=people.count,
        goes_on=None if last else people.goes_on,
        bought=people.bought,
    )


def _channels(arrivals: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    total = sum(arrivals.values())
    largest_first = sorted(arrivals.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        (str(Channel(key).label), times, round(100 * times / total)) for key, times in largest_first if key
    )


def sentence(columns: Iterable[Column]) -> str:
    """The map in one sentence, for who has no time to read it."""
    acquisition = next(column for column in columns if column.phase == Phase.ACQUISITION)
    reading = acquisition.actions[0] if acquisition.actions else None
    if reading is None or not reading.people:
        return "Todavía nadie ha leído un caso en estas fechas."
    # Only those who were seen reading: who buys may have come without, or have read on another day.
    share = f"{100 * reading.bought / reading.people:.1f}".replace(".", ",")
    return f"De cada 100 personas que leen un caso, {share} contratan una orientación."


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
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (x1 + x2) // 2
        path += f" C{middle} {y1} {middle} {y2} {x2} {y2}"
    return path
