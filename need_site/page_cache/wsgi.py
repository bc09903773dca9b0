"""The page cache itself: a WSGI application around Django's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from home.page_cache import COUNTING, KEEPING, PARTS_SHOWN, is_kept, one_state
from need_site.page_cache.entries import OF_A_304, Entry, Headers, is_unchanged, make_entry, may_be_stored
from need_site.page_cache.keys import Environ, PageKey, is_anonymous, page_key
from need_site.page_cache.page_views import PageViews
from need_site.page_cache.stores import Store, expiry

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class PageCache:
    """Answers from `store` what views called the same for everybody, and leaves the rest to `django`."""

    def __init__(self, django: Application, store: Store, views: PageViews) -> None:
        self._django, self._store, self._views = django, store, views

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = page_key(environ)
        if key is None:
            return self._uncached(environ, start_response)
        stamp, entry = self._store.find(key)
        if entry is not None and stamp and entry.stamp == stamp and entry.expires > time.time():
            if entry.counted is not None:
                self._views.note(environ, entry.counted)
            return _answer(entry, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._uncached(environ, start_response)
        with one_state(stamp):
            return self._made_anew(key, stamp, environ, start_response)

    def _uncached(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if is_anonymous(environ):
            environ[COUNTING] = self._views
        with one_state():
            return self._django(environ, start_response)

    def _made_anew(
        self, key: PageKey, stamp: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Django's answer, kept where it may be. The visit is counted by Django's side this time."""
        environ[KEEPING], environ[COUNTING] = True, self._views
        told: list[Any] = []
        response: Any = self._django(environ, lambda *words: told.extend(words[:2]))
        status, headers = told
        if not is_kept(response) or response.streaming:
            start_response(status, headers)
            return response  # type: ignore[no-any-return]
        body = response.content
        response.close()
        entry = make_entry(
            body,
            headers,
            stamp=stamp,
            expires=expiry(),
            encoding=key.encoding,
            counted=response.kept_as,
        )
        if stamp and _shows_what_was_asked(key, environ) and may_be_stored(status, headers, body):
            self._store.put(key, entry)
        return _answer(entry, environ, start_response, status)


def _shows_what_was_asked(key: PageKey, environ: Environ) -> bool:
    """Whether every part that the address asks for is the part of a list that the answer shows."""
    shown = environ.get(PARTS_SHOWN, {})
    return all(shown.get(name) == number for name, number in key.query)


def _answer(
    entry: Entry, environ: Environ, start_response: StartResponse, status: str = "200 OK"
) -> Iterable[bytes]:
    if status == "200 OK" and is_unchanged(environ.get("HTTP_IF_NONE_MATCH", ""), entry.etag):
        start_response("304 Not Modified", _of_a_304(entry.headers))
        return []
    # A list of its own: servers may change what they are given.
    start_response(status, list(entry.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [entry.body]


def _of_a_304(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() in OF_A_304]
