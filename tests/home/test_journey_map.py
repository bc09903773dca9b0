"""The journey map: what is counted, what is drawn, and who may see it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.enums import Channel, Phase
from home.models import MoodTally, TouchpointLog, User
from home.reports.counting import count_journey
from home.reports.journey_map import Counted, People, draw, sentence, smooth_path
from home.touchpoints import declared, person_hash
from tests.fixtures.pages import SiteTree

QUERIES_OF_THE_REPORT = 15
CASE_READ = "Revisa casos y atención psicológica proporcionada previamente"


def log(name: str, *, visitor: str = "", person: str = "", days_ago: float = 0, **fields: Any) -> None:
    at = timezone.now() - datetime.timedelta(days=days_ago)
    TouchpointLog.objects.create(name=name, visitor=visitor, person=person, at=at, **fields)


def action(label: str, counted: Counted) -> Any:
    columns = draw(declared(), counted).columns
    return next(each for column in columns for each in column.actions if each.label == label)


def test_map_has_the_four_phases_of_the_journey_in_order() -> None:
    labels = [column.label for column in draw(declared(), Counted()).columns]
    assert labels == ["Necesidad", "Investigación", "Adquisición", "Orientación y seguimiento"]


@pytest.mark.parametrize(
    "label",
    [
        "Recurre a su círculo de contención",
        "Se une a grupos de Facebook",
        "Busca orientación en blogs",
        "Busca orientación en YouTube",
        "Busca recomendación de conocidos",
        "Busca en Google",
        "Entra a páginas de psicología",
        "Entra a Need",
        "Revisa casos y atención psicológica proporcionada previamente",
        "Se registra",
        "Contrata servicio de orientación psicológica",
        "Escribe su caso",
        "Revisa el feedback del psicólogo",
        "Realiza una réplica",
        "Revisa nuevamente el feedback",
        "Califica el servicio",
    ],
)
def test_map_has_every_action_of_the_journey(label: str) -> None:
    found = action(label, Counted())
    assert (found.times, found.people, found.goes_on) == (0, 0, None)


def test_touchpoints_of_one_action_add_up() -> None:
    counted = Counted(times={"youtube_arrival": 2, "video_watched": 3})
    assert action("Busca orientación en YouTube", counted).times == 5


def test_share_that_goes_on_is_a_whole_percent() -> None:
    assert [People(3, 1).goes_on, People(2, 2).goes_on, People(0, 0).goes_on] == [33, 100, None]


def test_mood_of_fewer_than_ten_is_not_drawn() -> None:
    few = Counted(moods={Phase.NEED: (18, 9), Phase.RESEARCH: (20, 10)})
    columns = draw(declared(), few).columns
    assert [column.mood for column in columns] == [None, 2.0, None, None]


def test_mood_line_is_drawn_through_every_known_phase() -> None:
    moods = dict.fromkeys(Phase, (30, 10))
    drawn = draw(declared(), Counted(moods=moods))
    assert len(drawn.mood_points) == 4
    assert drawn.mood_path.count("C") == 3
    assert smooth_path([(1, 1)]) == ""


@pytest.mark.django_db
def test_sentence_says_what_the_numbers_mean() -> None:
    for number in range(50):
        log("case_read", visitor=f"v{number}")
    log("order_paid", person="v1")
    counted = count_journey(days=60, with_demo=True)
    assert sentence(draw(declared(), counted).columns) == (
        "De cada 100 personas que leen un caso, 2,0 contratan una orientación."
    )


@pytest.mark.django_db
def test_sentence_counts_no_buyer_who_was_not_seen_reading() -> None:
    log("case_read", visitor="a")
    log("case_read", visitor="b")
    log("signed_up", visitor="a", person="p")
    log("order_paid", person="p")
    log("order_paid", person="p")
    for number in range(4):
        log("order_paid", person=f"someone else {number}")
    counted = count_journey(days=60, with_demo=True)
    assert sentence(draw(declared(), counted).columns) == (
        "De cada 100 personas que leen un caso, 50,0 contratan una orientación."
    )


@pytest.mark.django_db
def test_sentence_says_so_when_nobody_read() -> None:
    log("order_paid", person="p")
    counted = count_journey(days=60, with_demo=True)
    assert sentence(draw(declared(), counted).columns) == "Todavía nadie ha leído un caso en estas fechas."


@pytest.mark.django_db
def test_channel_is_counted_once_an_arrival(client: Client, site_tree: SiteTree) -> None:
    client.get("/", headers={"referer": "https://www.google.com/"})
    client.get("/")
    client.get("/casos/", headers={"referer": "http://testserver/"})
    client.get("/orientacion/?ref=compartido")
    client.get("/orientacion/?ref=compartido")
    counted = count_journey(days=60, with_demo=True)
    assert counted.channels == {Phase.RESEARCH: {"google": 1, "direct": 1, "circle": 2}}


@pytest.mark.django_db
def test_channel_of_two_people_at_one_moment_is_two_arrivals() -> None:
    now = timezone.now()
    for key in ("a", "b"):
        TouchpointLog.objects.create(name="case_read", visitor=key, at=now, channel=Channel.GOOGLE)
    assert count_journey(days=60, with_demo=True).channels == {Phase.ACQUISITION: {"google": 2}}


@pytest.mark.django_db
def test_counting_tells_times_from_people_and_leaves_old_rows_out() -> None:
    log("case_read", visitor="a")
    log("case_read", visitor="a")
    log("case_read", visitor="b")
    log("case_read", visitor="c", days_ago=61)
    found = action(CASE_READ, count_journey(days=60, with_demo=True))
    assert (found.times, found.people) == (3, 2)


@pytest.mark.django_db
def test_counting_knows_who_went_on_to_any_later_action() -> None:
    log("case_read", visitor="a")
    log("case_read", visitor="b")
    log("case_read", visitor="c")
    log("signed_up", visitor="a", person="p")
    log("order_paid", person="p")
    counted = count_journey(days=60, with_demo=True)
    assert action(CASE_READ, counted).goes_on == 33
    assert action("Se registra", counted).goes_on == 100
    assert action("Contrata servicio de orientación psicológica", counted).goes_on == 0


@pytest.mark.django_db
def test_counting_takes_a_visitor_who_signs_in_for_one_person() -> None:
    log("case_read", visitor="a")
    log("signed_in", visitor="a", person="p")
    log("case_read", person="p")
    assert action(CASE_READ, count_journey(days=60, with_demo=True)).people == 1


@pytest.mark.django_db
def test_counting_knows_that_a_visitor_signed_up_and_bought(client: Client, site_tree: SiteTree) -> None:
    client.get("/")
    form = {"email": "nueva@example.com", "password1": "tres-naranjas-en-la-mesa", "adult": "on"}
    client.post(reverse("account_signup"), form)
    log("order_paid", person=person_hash(User.objects.get().pk))
    counted = count_journey(days=60, with_demo=True)
    assert (action("Entra a Need", counted).people, action("Entra a Need", counted).goes_on) == (1, 100)
    assert action("Se registra", counted).goes_on == 100


@pytest.mark.django_db
def test_counting_leaves_demonstration_rows_out_on_request() -> None:
    log("case_read", visitor="a", demo=True, channel=Channel.GOOGLE)
    MoodTally.objects.create(day=timezone.localdate(), phase=Phase.NEED, mood=2, count=4, demo=True)
    assert count_journey(days=60, with_demo=False) == Counted()
    everything = count_journey(days=60, with_demo=True)
    assert everything.channels == {Phase.ACQUISITION: {"google": 1}}
    assert everything.moods == {Phase.NEED: (8, 4)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["marketer", "administrator"])
def test_journey_report_opens_for_who_may_see_it(
    role: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    log("case_read", visitor="a")
    answer = client.get(reverse("journey_report"))
    assert answer.status_code == 200
    assert "Línea de ánimo por fase" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["editor", "moderator", "psychologist", "client_user"])
def test_journey_report_is_closed_to_others(
    role: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("journey_report")).status_code in (302, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_journey_report_costs_the_same_queries_for_any_log(
    rows: int, client: Client, marketer: Any, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        log("case_read", visitor=f"v{number}", channel=Channel.GOOGLE)
    client.force_login(marketer)
    client.get(reverse("journey_report"))
    with django_assert_num_queries(QUERIES_OF_THE_REPORT):
        client.get(reverse("journey_report"))


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["7", "abc", "-1", "99999999999", "٣"])
def test_journey_report_takes_any_period_that_is_asked(asked: str, client: Client, marketer: Any) -> None:
    client.force_login(marketer)
    assert client.get(reverse("journey_report"), {"dias": asked}).status_code == 200
