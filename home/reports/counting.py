"""Counts the touchpoint log for the reports: a fixed number of queries, whatever the log's size."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Sum, Value, When
from django.utils import timezone

from home.enums import Phase
from home.models import MoodTally, TouchpointLog
from home.reports import journey_map
from home.touchpoints import declared

KEY = Case(When(person="", then=F("visitor")), default=F("person"), output_field=CharField())


def count_journey(*, days: int, with_demo: bool) -> journey_map.Counted:
    """Count everything of the last `days` days, demonstration rows included or not."""
    since = timezone.now() - datetime.timedelta(days=days)
    rows = TouchpointLog.objects.filter(at__gte=since)
    moods = MoodTally.objects.filter(day__gte=timezone.localdate(since))
    if not with_demo:
        rows, moods = rows.filter(demo=False), moods.filter(demo=False)
    return journey_map.Counted(
        by_touchpoint=_by_touchpoint(rows),
        people_by_phase=_people_by_phase(rows),
        channels=_channels(rows),
        moods=_moods(moods),
    )


def _by_touchpoint(rows: QuerySet[TouchpointLog]) -> dict[str, journey_map.Count]:
    counted = rows.values("name").annotate(times=Count("pk"), people=Count(KEY, distinct=True)).order_by()
    return {row["name"]: journey_map.Count(row["times"], row["people"]) for row in counted}


def _phase_case() -> Case:
    """The phase of a row, told by its name: the registry knows it, the log does not repeat it."""
    by_phase: dict[Phase, list[str]] = defaultdict(list)
    for touchpoint in declared():
        by_phase[touchpoint.phase].append(touchpoint.name)
    whens = [When(name__in=names, then=Value(str(phase))) for phase, names in by_phase.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def _people_by_phase(rows: QuerySet[TouchpointLog]) -> dict[Phase, int]:
    counted = rows.annotate(phase=_phase_case()).values("phase").annotate(people=Count(KEY, distinct=True))
    return {Phase(row["phase"]): row["people"] for row in counted.order_by() if row["phase"]}


def _channels(rows: QuerySet[TouchpointLog]) -> dict[Phase, dict[str, int]]:
    counted = rows.exclude(channel="").annotate(phase=_phase_case()).values("phase", "channel")
    found: dict[Phase, dict[str, int]] = defaultdict(dict)
    for row in counted.annotate(times=Count("pk")).order_by():
        if row["phase"]:
            found[Phase(row["phase"])][row["channel"]] = row["times"]
    return dict(found)


def _moods(tallies: QuerySet[MoodTally]) -> dict[Phase, tuple[int, int]]:
    counted: Any = tallies.values("phase").annotate(taps=Sum("count"), total=Sum(F("count") * F("mood")))
    return {Phase(row["phase"]): (row["total"] or 0, row["taps"] or 0) for row in counted.order_by()}
