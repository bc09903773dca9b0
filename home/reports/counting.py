"""Counts the touchpoint log for the reports: a fixed number of queries, whatever the log's size."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Sum, Value, When
from django.utils import timezone

from home.enums import Phase
from home.models import MoodTally, TouchpointLog
from home.reports import journey_map
from home.touchpoints import declared

# The place of what is on no map, and of nothing.
ELSEWHERE, NOWHERE = -1, -2
# A visitor of a day who signs up that day is one person: `bridge` finds whom a visitor's key became.
SEEN = """
WITH bridge AS (
    SELECT visitor, MIN(person) AS person FROM home_touchpointlog
    WHERE at >= %s AND visitor <> '' AND person <> '' GROUP BY visitor
), seen AS (
    SELECT DISTINCT COALESCE(NULLIF(log.person, ''), bridge.person, log.visitor) AS who,
        CASE log.name {places} ELSE {elsewhere} END AS place
    FROM home_touchpointlog log LEFT JOIN bridge ON bridge.visitor = log.visitor
    WHERE log.at >= %s AND (log.demo = %s OR log.demo = %s)
), furthest AS (
    SELECT who, MAX(place) AS place FROM seen GROUP BY who
), buyers AS (
    SELECT who FROM seen WHERE place = %s
)
SELECT seen.place, COUNT(*), SUM(CASE WHEN furthest.place > seen.place THEN 1 ELSE 0 END), COUNT(buyers.who)
FROM seen JOIN furthest ON furthest.who = seen.who LEFT JOIN buyers ON buyers.who = seen.who
WHERE seen.place >= 0 GROUP BY seen.place
"""


def count_journey(*, days: int, with_demo: bool) -> journey_map.Counted:
    """Count everything of the last `days` days, demonstration rows included or not."""
    since = timezone.now() - datetime.timedelta(days=days)
    rows = TouchpointLog.objects.filter(at__gte=since)
    moods = MoodTally.objects.filter(day__gte=timezone.localdate(since))
    if not with_demo:
        rows, moods = rows.filter(demo=False), moods.filter(demo=False)
    actions = journey_map.actions_in_order(declared())
    phases = list(Phase)
    return journey_map.Counted(
        times=_times(rows),
        people=_people(
            {each.name: actions.index(journey_map.place_of(each)) for each in declared()},
            since,
            with_demo,
            buying=_place_of_buying(actions),
        ),
        people_by_phase=_people(
            {each.name: phases.index(each.phase) for each in declared()}, since, with_demo
        ),
        channels=_channels(rows),
        moods=_moods(moods),
    )


def _times(rows: QuerySet[TouchpointLog]) -> dict[str, int]:
    return dict(rows.values_list("name").annotate(times=Count("pk")).order_by())


def _people(
    places: dict[str, int], since: datetime.datetime, with_demo: bool, buying: int = NOWHERE
) -> dict[int, journey_map.People]:
    """How many people reached each place, and how many of them a later one, and the place of buying."""
    whens = " ".join("WHEN %s THEN %s" for _ in places)
    names = [value for pair in places.items() for value in pair]
    with connection.cursor() as cursor:
        query = SEEN.format(places=whens, elsewhere=ELSEWHERE)
        cursor.execute(query, [since, *names, since, False, with_demo, buying])
        return {
            place: journey_map.People(count, int(later), bought)
            for place, count, later, bought in cursor.fetchall()
        }


def _place_of_buying(actions: list[tuple[Phase, int]]) -> int:
    """Where a later room declared that somebody bought: it is the purchase for analytics too."""
    bought = (each for each in declared() if each.ga_event == "purchase")
    return next((actions.index(journey_map.place_of(each)) for each in bought), NOWHERE)


def _phase_case() -> Case:
    """The phase of a row, told by its name: the registry knows it, the log does not repeat it."""
    by_phase: dict[Phase, list[str]] = defaultdict(list)
    for touchpoint in declared():
        by_phase[touchpoint.phase].append(touchpoint.name)
    whens = [When(name__in=names, then=Value(str(phase))) for phase, names in by_phase.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def _channels(rows: QuerySet[TouchpointLog]) -> dict[Phase, dict[str, int]]:
    """How often somebody arrived by each channel, in the phase of what they did first.

    Arriving by Google and reading a case are two rows of one moment, and one arrival.
    """
    told = rows.exclude(channel="")
    same_moment = {each: OuterRef(each) for each in ("at", "visitor", "person")}
    earlier = told.filter(**same_moment, pk__lt=OuterRef("pk"))
    arrivals = told.filter(~Exists(earlier)).annotate(phase=_phase_case()).values("phase", "channel")
    found: dict[Phase, dict[str, int]] = defaultdict(dict)
    for row in arrivals.annotate(times=Count("pk")).order_by():
        if row["phase"]:
            found[Phase(row["phase"])][row["channel"]] = row["times"]
    return dict(found)


def _moods(tallies: QuerySet[MoodTally]) -> dict[Phase, tuple[int, int]]:
    counted: Any = tallies.values("phase").annotate(taps=Sum("count"), total=Sum(F("count") * F("mood")))
    return {Phase(row["phase"]): (row["total"] or 0, row["taps"] or 0) for row in counted.order_by()}
