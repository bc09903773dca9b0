"""How prices, deadlines and counts are said."""

from __future__ import annotations

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from consultations.wording import deadline, price, replies, turnaround

SANTIAGO = ZoneInfo("America/Santiago")
MONDAY = datetime.datetime(2026, 11, 9, 12, 0, tzinfo=SANTIAGO)


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("14990", "CLP", "$14.990 CLP"),
        ("14990.00", "CLP", "$14.990 CLP"),
        ("990", "CLP", "$990 CLP"),
        ("1234567", "COP", "$1.234.567 COP"),
        ("1500.50", "ARS", "$1.500,50 ARS"),
        ("49.9", "PEN", "S/ 49,90 PEN"),
    ],
)
def test_price_is_written_as_people_write_it(amount: str, currency: str, words: str) -> None:
    assert price(Decimal(amount), currency) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (MONDAY.replace(day=12, hour=18), "el jueves a las 18:00"),
        (MONDAY.replace(hour=13, minute=5), "hoy a las 13:05"),
        (MONDAY.replace(hour=9), "hoy a las 09:00"),
        (MONDAY.replace(day=10, hour=23), "mañana a las 23:00"),
        (MONDAY.replace(day=15, hour=23), "el domingo a las 23:00"),
        (MONDAY.replace(day=16, hour=9), "el lunes 16 de noviembre a las 09:00"),
        (MONDAY.replace(day=6, hour=18), "el viernes 6 de noviembre a las 18:00"),
        (
            datetime.datetime(2026, 11, 12, 21, 0, tzinfo=datetime.UTC),
            "el jueves a las 18:00",
        ),
    ],
)
def test_deadline_is_a_day_and_an_hour(moment: datetime.datetime, words: str) -> None:
    assert deadline(moment, now=MONDAY) == words


@pytest.mark.parametrize(
    ("hours", "words"), [(24, "24 horas"), (72, "72 horas"), (96, "4 días"), (100, "100 horas")]
)
def test_turnaround_is_in_hours_up_to_three_days(hours: int, words: str) -> None:
    assert turnaround(hours) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "sin réplicas"), (1, "una réplica"), (3, "tres réplicas"), (7, "7 réplicas")],
)
def test_replies_are_counted_in_words(count: int, words: str) -> None:
    assert replies(count) == words
