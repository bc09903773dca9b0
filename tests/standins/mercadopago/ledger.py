"""What the stand-in remembers: JSON documents by kind and id, and the answers given to idempotency keys.

SQLite does the work, so a killed stand-in comes back with everything it had answered.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Document = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT, id TEXT, reference TEXT, body TEXT, UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS by_reference ON documents (kind, reference);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS counter (last INTEGER);
"""


class Ledger:
    """Documents on disk at `path`, or in memory. Safe to use from many threads."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        # The page cache survives a killed process; only a killed machine would lose something.
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside is kept together, or not at all; other threads wait."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._db.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._db.execute("COMMIT")
            finally:
                self._depth -= 1

    def next_id(self) -> int:
        """A number above 32 bits, never given before. It follows the clock, so that a stand-in which lost its
        state does not hand out an id that the site still knows."""
        with self.transaction():
            row = self._db.execute("SELECT last FROM counter").fetchone()
            number = max(int(time.time() * 1000), (row[0] if row else 0) + 1)
            self._db.execute("DELETE FROM counter")
            self._db.execute("INSERT INTO counter VALUES (?)", (number,))
            return number

    def save(self, kind: str, document: Document) -> None:
        row = (kind, str(document["id"]), document.get("external_reference"), json.dumps(document))
        with self.transaction():
            self._db.execute(
                "INSERT INTO documents (kind, id, reference, body) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET reference = excluded.reference, body = excluded.body",
                row,
            )

    def get(self, kind: str, key: object) -> Document | None:
        rows = self._select("kind = ? AND id = ?", kind, str(key))
        return rows[0] if rows else None

    def find(self, kind: str, *, reference: str | None = None) -> list[Document]:
        """Documents of a kind, oldest first; those of one external reference if it is given."""
        if reference is None:
            return self._select("kind = ?", kind)
        return self._select("kind = ? AND reference = ?", kind, reference)

    def answer_to(self, key: str) -> tuple[int, Any] | None:
        """What was answered to this idempotency key."""
        with self._lock:
            row = self._db.execute("SELECT status, body FROM answers WHERE key = ?", (key,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def remember_answer(self, key: str, status: int, body: Any) -> None:
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, status, json.dumps(body))
            )

    def clear(self) -> None:
        """Forgets everything but the last id."""
        with self.transaction():
            self._db.execute("DELETE FROM documents")
            self._db.execute("DELETE FROM answers")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _select(self, where: str, *values: str) -> list[Document]:
        with self._lock:
            rows = self._db.execute(
                f"SELECT body FROM documents WHERE {where} ORDER BY position",  # noqa: S608 (fixed texts)
                values,
            ).fetchall()
        return [json.loads(row[0]) for row in rows]
