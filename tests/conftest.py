"""What every test may use, and what holds for each of them."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from home.page_cache import forget

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("need", deadline=None)
hypothesis_settings.load_profile("need")

pytest_plugins = [
    "tests.standins.fixtures",
    "tests.fixtures.database",
    "tests.fixtures.committing",
    "tests.fixtures.queue",
    "tests.fixtures.people",
    "tests.fixtures.pages",
    "tests.fixtures.consultations",
    "tests.fixtures.refunds",
]

COMMITTING = pytest.mark.django_db(transaction=True, serialized_rollback=True)
COMMITS = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database-only",
        action="store_true",
        help="leave out tests that touch no database: a second run on another database tells nothing new",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was asked to be left out, and mark the tests that commit."""
    if config.getoption("--with-database-only"):
        without = [item for item in items if not _touches_the_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _touches_the_database(item)]
    _mark_committing(items)


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool({"db", "transactional_db"} & fixtures)


def _mark_committing(items: list[pytest.Item]) -> None:
    """Have what the migrations wrote kept aside when any test commits, and so empties the database."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        commits = mark is not None and bool(mark.kwargs.get("transaction"))
        if commits or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(COMMITTING, append=False)
            item.stash[COMMITS] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that committed, give back what the migrations wrote, whichever test comes next.

    After the last one the test database is gone, and the connection leads to the real one.
    """
    yield
    if nextitem is not None and item.stash.get(COMMITS, False):
        with item.config.stash[blocking_manager_key].unblock():
            # None when every test so far was skipped: then no database was made.
            contents = getattr(connection, "_test_serialized_contents", None)
            if contents is not None:
                connection.creation.deserialize_db_from_string(contents)


def pytest_collection_finish() -> None:
    """Look through what was imported and collected once, and never again: half a million things that stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say next to pytest's own summary what the whole test command leaves out, and why."""
    if skipped := os.environ.get("SKIPPED"):
        terminalreporter.write_line(f"skipped: {skipped}")


@pytest.fixture(autouse=True)
def _own_cache(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A cache no other test has written to, in Redis too, where tests run side by side."""
    prefix = f"test-{uuid.uuid4().hex}"
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": prefix}}
    settings.PAGE_CACHE_DIR = tmp_path / "page-cache"
    forget()
    redis_url = settings.REDIS_URL
    yield
    if redis_url:
        _forget(prefix)


@pytest.fixture
def empty_cache(settings: Any, _own_cache: None) -> Callable[[], None]:
    """Forget what this test has kept; `cache.clear()` would empty Redis for the tests beside it as well."""
    if not settings.REDIS_URL:
        return cache.clear
    return lambda: _forget(settings.CACHES["default"]["KEY_PREFIX"])


def _forget(prefix: str) -> None:
    redis = cache._cache.get_client()
    for key in redis.scan_iter(f"{prefix}:*"):
        redis.delete(key)
