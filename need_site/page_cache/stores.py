"""Where kept answers stand: in Redis, or in this process, and whether the site has changed since."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from typing import Protocol

from home.generations import LocalGenerations, RedisGenerations, entry_key, generations
from home.page_cache import LONGEST_LIFE
from need_site.page_cache.entries import Entry
from need_site.page_cache.keys import PageKey

MOST_ENTRIES = 500


class Store(Protocol):
    def find(self, key: PageKey) -> tuple[str, Entry | None]:
        """The site's present stamp (empty when unknown: then nothing may be kept), and what stands there."""

    def put(self, key: PageKey, entry: Entry) -> None:
        """Keep `entry` until it expires or more recent ones take its place."""


class Recent:
    """The entries that were used last, in this process."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._entries: OrderedDict[PageKey, Entry] = OrderedDict()

    def get(self, key: PageKey) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
        return entry

    def put(self, key: PageKey, entry: Entry) -> None:
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > self.most:
                self._entries.popitem(last=False)


class LocalStore:
    """The answers of this process alone."""

    def __init__(self, marks: LocalGenerations) -> None:
        self._marks, self.recent = marks, Recent()

    def find(self, key: PageKey) -> tuple[str, Entry | None]:
        return self._marks.stamp(key.path), self.recent.get(key)

    def put(self, key: PageKey, entry: Entry) -> None:
        self.recent.put(key, entry)


class RedisStore:
    """The answers of every process. Redis that does not answer keeps nothing and breaks nothing.

    What this process used last it has at hand, and asks Redis only whether it is still the newest.
    """

    def __init__(self, marks: RedisGenerations) -> None:
        self._marks, self.recent = marks, Recent()

    def find(self, key: PageKey) -> tuple[str, Entry | None]:
        known = self.recent.get(key)
        if known is not None and known.expires > time.time():
            stamp = self._marks.stamp(key.path)
            if stamp == known.stamp:
                return stamp, known
        stamp, stored = self._marks.stamp_and_value(key.path, _name(key))
        if stored is None:
            return stamp, None
        try:
            entry = Entry.from_bytes(stored)
        except (ValueError, TypeError):
            # Written by another version of Need: drawn anew, and replaced.
            return stamp, None
        self.recent.put(key, entry)
        return stamp, entry

    def put(self, key: PageKey, entry: Entry) -> None:
        self.recent.put(key, entry)
        life = max(1, int(entry.expires - time.time()))
        self._marks.ask(lambda client: client.set(_name(key), entry.to_bytes(), ex=life))


def _name(key: PageKey) -> str:
    return entry_key(hashlib.sha256(str(key).encode()).hexdigest())


def expiry() -> float:
    return time.time() + LONGEST_LIFE


def new_store() -> Store:
    marks = generations()
    return RedisStore(marks) if isinstance(marks, RedisGenerations) else LocalStore(marks)
