"""Visits a site through the page cache, as a web server would call it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from need_site.page_cache.page_views import PageViews
from need_site.page_cache.stores import Store, new_store
from need_site.page_cache.wsgi import PageCache

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    made_anew: bool

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class CachedSite:
    """One process that serves the site: `made` counts the answers that Django had to make."""

    store: Store = field(default_factory=new_store)
    made: int = 0

    def __post_init__(self) -> None:
        self.views = PageViews(by_itself=False)
        self._django = WSGIHandler()
        self._cache = PageCache(self._make, self.store, self.views)

    def _make(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.made += 1
        return self._django(environ, start_response)

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """What a browser gets; headers as `accept_encoding="br"`."""
        before, told = self.made, []
        with _in_this_transaction():
            body = self._cache(_environ(address, method, headers), lambda *words: told.extend(words[:2]))
            content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
        status, pairs = told
        return Answer(int(status.split()[0]), dict(pairs), content, self.made > before)


@contextmanager
def _in_this_transaction() -> Iterator[None]:
    """As Django's own test client does: a request would close the connection that the test goes on using."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _environ(address: str, method: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    words = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "HTTP_USER_AGENT": BROWSER,
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **words,
    }
