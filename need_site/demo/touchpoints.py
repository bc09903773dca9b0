"""Sixty days of plausible touchpoints, marked as demonstration, so that reports have shape."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

from django.utils import timezone

from home.enums import Channel, Mood, Phase
from home.models import MoodTally, TouchpointLog

DAYS = 60
SEED = 2026
BATCH = 2000

# Where a visit starts: (first touchpoint, channel, weight).
ARRIVALS = (
    ("search_engine_arrival", Channel.GOOGLE, 46),
    ("facebook_arrival", Channel.FACEBOOK, 14),
    ("circle_arrival", Channel.CIRCLE, 9),
    ("youtube_arrival", Channel.YOUTUBE, 7),
    ("recommendation_arrival", Channel.CIRCLE, 8),
    ("other_site_arrival", Channel.OTHER_SITE, 6),
    ("home_visited", Channel.DIRECT, 10),
)
# What a visit goes on to, in order, with the share of those still there who do.
VISIT = (
    ("post_read", 0.42),
    ("video_watched", 0.06),
    ("home_visited", 0.35),
    ("cases_listed", 0.62),
    ("cases_searched", 0.12),
    ("case_read", 0.78),
    ("service_viewed", 0.22),
)
JOURNEY = (
    ("signed_up", 0.34, 0),
    ("signed_in", 1.0, 0),
    ("checkout_started", 0.74, 0),
    ("order_paid", 0.81, 0),
    ("case_submitted", 0.93, 0),
    ("case_taken", 1.0, 1),
    ("answer_sent", 1.0, 2),
    ("answer_read", 0.97, 2),
    ("reply_sent", 0.66, 4),
    ("answer_read_again", 0.95, 6),
    ("consultation_closed", 0.86, 8),
    ("service_rated", 0.71, 8),
    ("survey_sent", 0.8, 8),
    ("survey_answered", 0.58, 9),
    ("evolution_viewed", 0.8, 9),
    ("continue_chosen", 0.24, 10),
    ("therapy_chosen", 0.15, 10),
)
# Mean mood by phase: distress, the same while looking, expectant, and relief for many but not all.
MOOD_WEIGHTS = {
    Phase.NEED: (30, 38, 22, 8, 2),
    Phase.RESEARCH: (22, 40, 27, 9, 2),
    Phase.ACQUISITION: (12, 31, 37, 16, 4),
    Phase.ACCOMPANIMENT: (5, 14, 30, 36, 15),
}


def make_touchpoints(visits_a_day: int = 45) -> int:
    """Fill the last sixty days; gives how many rows were written. The same seed gives the same shape."""
    chance = random.Random(SEED)  # noqa: S311 (shape for a report, not a secret)
    written = _write(_sixty_days(chance, visits_a_day))
    _tally_moods(chance)
    return written


def make_more(count: int) -> int:
    """Write at least `count` further rows, for measuring."""
    chance = random.Random(count)  # noqa: S311
    written, today = 0, timezone.now()
    while written < count:
        rows: list[TouchpointLog] = []
        while len(rows) < BATCH:
            day = today - datetime.timedelta(days=chance.randrange(DAYS))
            rows += _visit(chance, day, f"more-{count}-{written + len(rows)}")
        written += len(TouchpointLog.objects.bulk_create(rows))
    return written


def _write(rows: Iterator[TouchpointLog]) -> int:
    everything = list(rows)
    TouchpointLog.objects.bulk_create(everything, batch_size=BATCH)
    return len(everything)


def _sixty_days(chance: random.Random, visits_a_day: int) -> Iterator[TouchpointLog]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for ago in range(DAYS, 0, -1):
        day = midnight - datetime.timedelta(days=ago)
        growth = 0.7 + 0.6 * (DAYS - ago) / DAYS
        weekend = 0.75 if day.weekday() >= 5 else 1.0
        for number in range(round(visits_a_day * growth * weekend * chance.uniform(0.85, 1.15))):
            yield from _visit(chance, day, f"demo-{ago}-{number}")


def _visit(chance: random.Random, day: datetime.datetime, key: str) -> list[TouchpointLog]:
    at = day + datetime.timedelta(hours=min(23, max(0, chance.gauss(19, 4))), minutes=chance.randrange(60))
    name, channel, _ = chance.choices(ARRIVALS, weights=[weight for *_, weight in ARRIVALS])[0]
    rows = [_row(name, at, key, channel=channel)]
    reached = name
    for reached_name, share in VISIT:
        if chance.random() < share:
            at += datetime.timedelta(minutes=chance.randrange(1, 5))
            rows.append(_row(reached_name, at, key))
            reached = reached_name
    return rows + (_client(chance, at, key) if reached == "service_viewed" else [])


def _client(chance: random.Random, at: datetime.datetime, key: str) -> list[TouchpointLog]:
    rows: list[TouchpointLog] = []
    for name, share, days_later in JOURNEY:
        optional = name in (
            "reply_sent",
            "answer_read_again",
            "service_rated",
            "continue_chosen",
            "therapy_chosen",
        )
        if chance.random() >= share:
            if optional:
                continue
            break
        moment = at + datetime.timedelta(days=days_later, minutes=5 * len(rows))
        if moment < timezone.now():
            rows.append(_row(name, moment, "", person=key))
    return rows


def _row(
    name: str, at: datetime.datetime, visitor: str, *, person: str = "", channel: str = ""
) -> TouchpointLog:
    return TouchpointLog(
        name=name, at=at, visitor=visitor[:32], person=person[:32], channel=channel, demo=True
    )


def _tally_moods(chance: random.Random) -> None:
    today = timezone.localdate()
    taps = {Phase.NEED: 9, Phase.RESEARCH: 5, Phase.ACQUISITION: 2, Phase.ACCOMPANIMENT: 2}
    rows: dict[tuple[datetime.date, Phase, int], int] = {}
    for ago in range(1, DAYS + 1):
        for phase, most in taps.items():
            for _ in range(chance.randrange(most + 1)):
                mood = chance.choices(Mood.values, weights=MOOD_WEIGHTS[phase])[0]
                key = (today - datetime.timedelta(days=ago), phase, mood)
                rows[key] = rows.get(key, 0) + 1
    MoodTally.objects.bulk_create(
        MoodTally(day=day, phase=phase, mood=mood, count=count, demo=True)
        for (day, phase, mood), count in rows.items()
    )
