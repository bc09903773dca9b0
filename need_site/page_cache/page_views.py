"""Counts visits outside the request: noted in memory, written together about once a second.

A crash loses at most what was noted since. The rows are those the request itself would have written.
"""

from __future__ import annotations

import atexit
import datetime
import io
import logging
import os
import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from home.enums import Phase
from home.models import TouchpointLog
from home.page_cache import CountedAs
from home.touchpoints import named, record_page_view

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 0.5
# With the database gone for long, the oldest visits are forgotten first.
MOST_WAITING = 50_000
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Visit:
    environ: dict[str, str]
    at: datetime.datetime
    counted: CountedAs


class PageViews:
    """Visits that wait to be written. `flush` writes them; after `note` a thread does so by itself."""

    def __init__(self, *, by_itself: bool = True) -> None:
        self._waiting: deque[Visit] = deque(maxlen=MOST_WAITING)
        self._writing = threading.Lock()
        self._by_itself = by_itself
        self._process = 0
        self._ending = threading.Event()

    def note(self, environ: dict[str, Any], counted: CountedAs) -> None:
        """Remember one visit: the request's words without its cookies, and the moment."""
        words = {name: value for name, value in environ.items() if type(value) is str}
        words.pop("HTTP_COOKIE", None)
        self._waiting.append(Visit(words, timezone.now(), counted))
        if self._by_itself and self._process != os.getpid():
            self._begin()

    def flush(self) -> int:
        """Write what waits; give how many rows. What cannot be written waits for the next time."""
        with self._writing:
            visits = [self._waiting.popleft() for _ in range(len(self._waiting))]
            try:
                rows = [row for visit in visits for row in _rows_or_none(visit)]
                TouchpointLog.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
            except DatabaseError as error:
                # The kind of error alone: its text may hold a row.
                logger.warning("%d page views wait to be written: %s", len(visits), type(error).__name__)
                self._waiting.extendleft(reversed(visits))
                return 0
        return len(rows)

    def _begin(self) -> None:
        """Start the thread, once a process: a forked worker has none of its parent's."""
        with self._writing:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
        threading.Thread(target=self._run, name="page-views", daemon=True).start()
        atexit.register(self._end)

    def _run(self) -> None:
        while not self._ending.wait(SECONDS_BETWEEN):
            self._write_once()

    def _end(self) -> None:
        self._ending.set()
        self._write_once()

    def _write_once(self) -> None:
        if not self._waiting:
            return
        close_old_connections()
        try:
            self.flush()
        except Exception as error:
            logger.error("Page views were lost: %s", type(error).__name__)
        finally:
            close_old_connections()


def _rows_or_none(visit: Visit) -> list[TouchpointLog]:
    """A request that nobody can read is no visit, and takes no other's count along."""
    try:
        return _rows_of(visit)
    except DatabaseError:
        raise
    except Exception as error:
        logger.warning("A page view was not counted: %s", type(error).__name__)
        return []


def _rows_of(visit: Visit) -> list[TouchpointLog]:
    rows: list[TouchpointLog] = []
    request = WSGIRequest({**visit.environ, "wsgi.input": io.BytesIO()})
    touchpoint = named(visit.counted.touchpoint)
    record_page_view(request, touchpoint, lands_in=Phase(visit.counted.lands_in), at=visit.at, into=rows)
    return rows
