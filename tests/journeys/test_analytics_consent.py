"""The script that brings the analytics tag to life: only after a yes, and without saying what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.product import Product

SCRIPT = Path(__file__).parents[2] / "need_site/static/js/consent.js"
TAG = """<template id="analytics-tag"><script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  gtag('js', new Date());
  gtag('config', 'G-TEST123');
</script></template>"""
OFFERS = """<article data-offer="breve" data-price="15000.50" data-currency="CLP"></article>
<article data-offer="larga" data-price="25000.00" data-currency="CLP"></article>"""
DENIED = {
    "ad_storage": "denied",
    "ad_user_data": "denied",
    "ad_personalization": "denied",
    "analytics_storage": "denied",
    "wait_for_update": 500,
}


@pytest.fixture
def case(page: Page, need_running: Product) -> Page:
    """A case's page that is bare but for the tag and the script."""

    def answer(route: Route, main: str = "") -> None:
        end = f"{TAG}<script>{SCRIPT.read_text()}</script>"
        html = f"<!doctype html><title>Me separé</title><main>{main}</main>{end}"
        route.fulfill(content_type="text/html; charset=utf-8", body=html)

    for address in ("casos/me-separe/*", "casos/tema/me-separe/", "blog/me-separe/"):
        page.route(f"**/{address}", answer)
    page.route("**/orientacion/", lambda route: answer(route, OFFERS))
    page.route("**/ayuda-ahora/", answer)
    page.goto("/robots.txt")
    return page


def read(page: Page, *, consent: str, address: str = "/casos/me-separe/?q=secreto") -> Any:
    """Visit the case with this answer in the cookie; give what reached Google's queue, or None."""
    page.context.add_cookies([{"name": "need_consent", "value": consent, "url": page.url}])
    page.goto(address)
    return page.evaluate("window.dataLayer?.map(call => Array.from(call)) ?? null")


@pytest.mark.parametrize("consent", ["none", "yes", "xanalytics"])
def test_nothing_runs_without_a_yes(case: Page, consent: str) -> None:
    assert read(case, consent=consent) is None


def test_a_yes_denies_advertising_first_and_then_runs_the_tag(case: Page) -> None:
    calls = read(case, consent="analytics")

    assert calls[0] == ["consent", "default", DENIED]
    assert calls[1] == ["consent", "update", {"analytics_storage": "granted"}]
    assert [call[0] for call in calls[2:]] == ["set", "js", "config", "event"]


def test_google_learns_the_section_and_nothing_more(case: Page, need_running: Product) -> None:
    calls = read(case, consent="analytics")

    assert calls[2][1] == {
        "page_location": f"{need_running.url}/casos/",
        "page_title": "Need",
        "page_referrer": "",
    }
    assert "secreto" not in str(calls)
    assert "separe" not in str(calls)


@pytest.mark.parametrize(
    ("address", "told"),
    [("/casos/me-separe/", "case"), ("/blog/me-separe/", "post"), ("/casos/tema/me-separe/", None)],
)
def test_google_learns_that_something_was_opened_and_not_what(
    case: Page, address: str, told: str | None
) -> None:
    calls = read(case, consent="analytics", address=address)

    events = [call[1:] for call in calls if call[0] == "event"]
    assert events == ([["select_content", {"content_type": told}]] if told else [])


def test_google_learns_what_is_for_sale(case: Page) -> None:
    calls = read(case, consent="analytics", address="/orientacion/")

    assert calls[-1] == [
        "event",
        "view_item",
        {
            "currency": "CLP",
            "value": 40000.5,
            "items": [
                {"item_id": "breve", "price": 15000.5, "quantity": 1},
                {"item_id": "larga", "price": 25000, "quantity": 1},
            ],
        },
    ]


def test_google_does_not_learn_that_somebody_looked_for_help(case: Page, need_running: Product) -> None:
    calls = read(case, consent="analytics", address="/ayuda-ahora/")

    assert calls[2][1]["page_location"] == f"{need_running.url}/"


def test_taking_the_yes_back_forgets_googles_cookies(case: Page) -> None:
    cookies = [{"name": name, "value": "1", "url": case.url} for name in ("_ga", "_ga_TEST123", "other")]
    case.context.add_cookies(cookies)

    read(case, consent="none")

    names = {cookie["name"] for cookie in case.context.cookies()}
    assert names == {"need_consent", "other"}
