"""Which state of the public site a kept answer was made of: one mark for the whole site, one for each page.

Whoever keeps something reads the stamp before making it and compares it on every use, so nothing made while
somebody published can pass for new. With Redis every process reads the same marks; without it they are lines
of one file, which costs an `os.stat` to look at and reaches every process of the machine, the queue's too.
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")
EVERYTHING = "*"
LARGEST_FILE = 64 * 1024
MOST_PAGES = 1000
# A Redis that does not answer is left alone for this long, and costs nobody more than this.
SECONDS_TO_WAIT = 0.25
SECONDS_TO_LEAVE_ALONE = 1.0


class LocalGenerations:
    """Marks in a file that only grows: its size alone tells that something happened.

    Its first line names it. When it has grown large a new one takes its place, and all is old once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._site = ""
        self._pages: dict[str, int] = {}

    def stamp(self, path: str) -> str:
        """The present state of the site and of the page at `path`; empty when it cannot be known."""
        with self._lock:
            try:
                self._look()
            except OSError:
                return ""
            return f"{self._site}:{self._pages.get(path, 0)}"

    def purge(self, path: str = EVERYTHING) -> bool:
        """Make what is kept of `path`, or of the whole site, old. False when it could not be told."""
        try:
            self._begin()
            with self._file.open("ab") as file:
                file.write(f"{path}\n".encode())
                too_large = file.tell() > LARGEST_FILE
            if too_large:
                self._begin_anew()
        except OSError:
            return False
        return True

    def _look(self) -> None:
        try:
            facts = self._file.stat()
        except FileNotFoundError:
            self._begin()
            facts = self._file.stat()
        seen = (facts.st_ino, facts.st_size, facts.st_mtime_ns)
        if seen != self._seen:
            self._read()
            self._seen = seen

    def _read(self) -> None:
        # Every line ends in one, so the last piece is empty.
        name, *lines = self._file.read_bytes().decode().split("\n")[:-1] or [""]
        whole = max((number for number, line in enumerate(lines, 1) if line == EVERYTHING), default=0)
        self._site = f"{name}:{whole}"
        self._pages = {line: number for number, line in enumerate(lines, 1) if number > whole}

    def _begin(self) -> None:
        if self._file.exists():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), self._file.open("xb") as file:
            file.write(f"{uuid.uuid4().hex}\n".encode())

    def _begin_anew(self) -> None:
        unfinished = self._file.with_suffix(f".{uuid.uuid4().hex}")
        unfinished.write_text(f"{uuid.uuid4().hex}\n")
        unfinished.replace(self._file)


class RedisGenerations:
    """Marks in one hash: Redis forgets all of them or none, and a single lost one would revive old pages."""

    def __init__(self, client: Redis, prefix: str) -> None:
        self._client, self._hash = client, f"{prefix}:page-generations"
        self._silent_until = 0.0

    def stamp(self, path: str) -> str:
        return self.stamp_and_value(path, "")[0]

    def stamp_and_value(self, path: str, key: str) -> tuple[str, bytes | None]:
        """The stamp, and what Redis holds under `key`, in one round trip."""
        return self.ask(lambda client: self._look(client, path, key)) or ("", None)

    def _look(self, client: Redis, path: str, key: str) -> tuple[str, bytes | None]:
        found: list[Any] = []
        if key:
            pipe = client.pipeline(transaction=False)
            pipe.hmget(self._hash, [EVERYTHING, path])
            pipe.get(key)
            (site, page), *found = pipe.execute()
        else:
            site, page = cast("list[Any]", client.hmget(self._hash, [EVERYTHING, path]))
        if site is None:
            client.hsetnx(self._hash, EVERYTHING, uuid.uuid4().hex)
            site, page = cast("list[Any]", client.hmget(self._hash, [EVERYTHING, path]))
        return f"{_text(site)}:{_text(page)}", found[0] if found else None

    def purge(self, path: str = EVERYTHING) -> bool:
        # Rare, and never to be skipped: tried also while Redis is left alone.
        try:
            if path == EVERYTHING or self._client.hlen(self._hash) > MOST_PAGES:
                pipe = self._client.pipeline()
                pipe.delete(self._hash)
                pipe.hset(self._hash, EVERYTHING, uuid.uuid4().hex)
                pipe.execute()
            else:
                self._client.hset(self._hash, path, uuid.uuid4().hex)
        except RedisError:
            return False
        return True

    def ask(self, question: Callable[[Redis], T]) -> T | None:
        """What `question` finds out; None when Redis does not answer, which then rests for a second."""
        if time.monotonic() < self._silent_until:
            return None
        try:
            return question(self._client)
        except RedisError:
            self._silent_until = time.monotonic() + SECONDS_TO_LEAVE_ALONE
            return None


def _text(value: bytes | None) -> str:
    return value.decode() if value else ""


def generations() -> LocalGenerations | RedisGenerations:
    """The marks of this site, in Redis or on this machine, as the settings have it now."""
    return _generations(settings.REDIS_URL, _prefix(), settings.PAGE_CACHE_DIR)


def entry_key(name: str) -> str:
    """A Redis key beside the marks."""
    return f"{_prefix()}:page:{name}"


def _prefix() -> str:
    return str(settings.CACHES["default"].get("KEY_PREFIX") or "need")


@lru_cache(maxsize=4)
def _generations(redis_url: str, prefix: str, folder: Path) -> LocalGenerations | RedisGenerations:
    if not redis_url:
        return LocalGenerations(folder / "generations")
    client = Redis.from_url(
        redis_url,
        socket_timeout=SECONDS_TO_WAIT,
        socket_connect_timeout=SECONDS_TO_WAIT,
        retry=Retry(NoBackoff(), 0),
    )
    return RedisGenerations(client, prefix)
