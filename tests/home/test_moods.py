"""One tap on "¿Cómo estás hoy?": a tally of the day, and thanks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from home.models import MoodTally
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
FROM_NEED = {"sec-fetch-site": "same-origin"}


def tap(client: Client, mood: object = 2, headers: dict[str, str] | None = None, **more: str) -> Any:
    data = {"mood": mood, "phase": "need", "next": "/", **more}
    return client.post("/animo/", data, headers=headers or FROM_NEED)


def tallies() -> list[tuple[str, int, int]]:
    return list(MoodTally.objects.order_by("mood").values_list("phase", "mood", "count"))


def test_taps_are_added_up_by_day_phase_and_mood(client: Client) -> None:
    for mood in (2, 2, 5):
        tap(client, mood)

    assert tallies() == [("need", 2, 2), ("need", 5, 1)]


def test_page_says_thanks_and_never_which(client: Client, site_tree: SiteTree) -> None:
    answer = tap(client, 1)

    assert answer.url == "/?animo=gracias#animo"
    page = client.get("/?animo=gracias").content.decode()
    assert "Gracias por decirlo" in page
    assert "Muy mal" not in page
    assert not client.cookies


def test_no_script_no_token_and_no_account_is_needed(site_tree: SiteTree) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert 'name="mood" value="1"' in strict.get("/").content.decode()

    assert tap(strict).status_code == 302
    assert tallies() == [("need", 2, 1)]


@pytest.mark.parametrize("mood", ["0", "6", "muy mal", ""])
def test_nonsense_is_not_counted_and_is_no_error(client: Client, mood: str) -> None:
    assert tap(client, mood).status_code == 302
    assert tallies() == []


def test_unknown_phase_and_other_sites_are_not_counted(client: Client) -> None:
    tap(client, phase="elsewhere")
    tap(client, headers={"sec-fetch-site": "cross-site"})

    assert tallies() == []


def test_the_way_back_stays_within_need(client: Client) -> None:
    assert tap(client, next="/casos/?pagina=2").url == "/casos/?pagina=2&animo=gracias#animo"
    assert tap(client, next="//example.org/").url == "/?animo=gracias#animo"


def test_one_person_cannot_sway_the_tally(client: Client, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    for _ in range(25):
        tap(client)

    assert tallies()[0][2] <= 10


@pytest.mark.parametrize("origin", ["http://[", "//[a]/", "http://\uff0f", "null"])
def test_an_origin_that_makes_no_sense_is_not_counted_and_is_no_error(client: Client, origin: str) -> None:
    assert tap(client, headers={"origin": origin}).status_code == 302
    assert tap(client, headers={"referer": origin}).status_code == 302
    assert tallies() == []
