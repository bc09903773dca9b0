"""What the account page promises: closed consultations lose their texts when their time is over."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from consultations.actions.consultations import close
from consultations.actions.reading import note_mood_after, rate
from consultations.actions.retention import months_before
from consultations.enums import PublicationWish
from consultations.jobs import delete_old_letters
from consultations.models import Consultation, Draft, PlanStep, Rating, Turn
from home.enums import Mood
from home.models import SiteSettings, User
from tests.consultations.browsing import address, signed_in, text_of
from tests.fixtures.consultations import CASE, ORIENTATION
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def closed_ago(consultation: Consultation, *, months: int, days: int = 0) -> None:
    moment = months_before(timezone.now(), months) - datetime.timedelta(days=days)
    Consultation.objects.filter(pk=consultation.pk).update(closed_at=moment)


@pytest.fixture
def complete(answered_consultation: Consultation) -> Consultation:
    """Closed, with everything that a person can leave in it."""
    person = answered_consultation.client
    note_mood_after(by=person, consultation=answered_consultation, mood=Mood.WELL)
    close(
        by=person, consultation=answered_consultation, follow_up=False, publication=PublicationWish.NOT_ASKED
    )
    rate(by=person, consultation=answered_consultation, stars=4, comment="Me sirvió.")
    Draft.objects.create(consultation=answered_consultation, author=person, content={"text": "Resto"})
    return answered_consultation


def test_texts_are_deleted_when_their_time_is_over(complete: Consultation) -> None:
    closed_ago(complete, months=24)
    assert delete_old_letters() == 1
    assert not Turn.objects.exists()
    assert not PlanStep.objects.exists()
    assert not Draft.objects.exists()
    rating = Rating.objects.get()
    assert (rating.stars, rating.comment) == (4, "")
    complete.refresh_from_db()
    assert (complete.mood_before, complete.mood_after) == ("", "")
    assert delete_old_letters() == 0, "twice is once"


def test_texts_stay_until_the_last_day(complete: Consultation) -> None:
    closed_ago(complete, months=24, days=-1)
    assert delete_old_letters() == 0
    assert Turn.objects.count() == 2


def test_open_consultation_keeps_its_texts_however_old(answered_consultation: Consultation) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=5000)
    Consultation.objects.update(opened_at=long_ago, submitted_at=long_ago, taken_at=long_ago)
    assert delete_old_letters() == 0
    assert Turn.objects.count() == 2


@pytest.mark.parametrize(("setting", "months", "deleted"), [(6, 5, 0), (6, 6, 1), (0, 0, 0)])
def test_time_is_the_one_the_team_has_set(
    setting: int, months: int, deleted: int, closed_consultation: Consultation, site_tree: SiteTree
) -> None:
    SiteSettings.objects.create(site=site_tree.site, retention_months=setting)
    closed_ago(closed_consultation, months=months)
    assert delete_old_letters() == deleted


@pytest.mark.parametrize("role", ["client_user", "psychologist"])
def test_page_says_why_there_are_no_letters(
    role: str, closed_consultation: Consultation, client_user: User, request: pytest.FixtureRequest
) -> None:
    closed_ago(closed_consultation, months=25)
    delete_old_letters()
    name = "detail" if role == "client_user" else "desk_detail"
    answer = signed_in(request.getfixturevalue(role)).get(address(name, closed_consultation))
    assert answer.status_code == 200
    assert "borra" in text_of(answer).partition("<main")[2]
    assert not [text for text in (CASE["happening"], ORIENTATION) if text in text_of(answer)]


@pytest.mark.parametrize(
    ("moment", "months", "earlier"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2028, 2, 29), 24, (2026, 2, 28)),
        ((2026, 12, 1), 12, (2025, 12, 1)),
    ],
)
def test_months_before_a_day_are_counted_by_the_calendar(
    moment: tuple[int, int, int], months: int, earlier: tuple[int, int, int]
) -> None:
    day = datetime.datetime(*moment, tzinfo=datetime.UTC)
    assert months_before(day, months) == datetime.datetime(*earlier, tzinfo=datetime.UTC)
