"""Browser tests: real Chromium against the product's own processes. All of them carry the mark `browser`.

    def test_something(need_running, page, foreign_requests):
        page.goto("/casos/")
        letter = need_running.wait_for_mail("clienta@example.com", "Confirma tu correo")
        page.goto(need_running.link_in(letter))
        assert foreign_requests == []

`page` belongs to one visitor; `new_visitor()` gives another one, with cookies of their own.
`complaints` holds what the browser itself had to say about their pages: errors, refused scripts and styles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from tests.journeys.product import Product, running
from tests.journeys.states import made_states
from tests.journeys.steps import new_address
from tests.tools.chromium import find_chromium

HERE = Path(__file__).parent
OUR_OWN = frozenset({"localhost", "127.0.0.1", "::1"})
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
# Two cores may be busy with other tests; nothing is waited for longer than it takes.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def need_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with its demo content, started once for all browser tests of a run."""
    with running(tmp_path_factory.mktemp("need")) as product:
        yield product


@pytest.fixture(scope="session")
def states(need_running: Product) -> dict[str, str]:
    """A client with a consultation in each of its states, by address: see tests.journeys.states."""
    return made_states(need_running, new_address("estados"))


@pytest.fixture(scope="session")
def base_url(need_running: Product) -> str:
    """What pytest-playwright puts before an address that begins with a slash."""
    return need_running.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium. Its sandbox does not work for root and in containers."""
    args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": args}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "es-CL", "viewport": DESKTOP}


@pytest.fixture
def foreign_requests() -> list[str]:
    """Every address on another host that a page of this test asked for. None of them was let through."""
    return []


@pytest.fixture
def complaints() -> list[str]:
    """Every error and warning in the console of a page of this test, and every exception a script let go."""
    return []


@pytest.fixture
def new_visitor(
    new_context: Callable[..., BrowserContext], foreign_requests: list[str], complaints: list[str]
) -> Callable[..., Page]:
    """A function that opens a page for somebody new; it takes Playwright's options of a browser context."""

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname in OUR_OWN:
            route.continue_()
        else:
            foreign_requests.append(route.request.url)
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.page and message.page.url}: {message.text}")

    def visitor(**options: Any) -> Page:
        context = new_context(**options)
        context.route("**/*", guard)
        context.on("console", listen)
        context.on("weberror", lambda failure: complaints.append(str(failure.error)))
        return context.new_page()

    return visitor


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Page:
    return new_visitor()
