"""Making the API fail on request: slow, wrong, silent, or answering after nobody listens any more."""

import re
import threading
from dataclasses import dataclass

# What a mode does instead of answering. A mode that is a number is that HTTP status.
MODES = {
    "html": "a page instead of JSON, with status 200",
    "timeout": "no answer for `seconds`, then a closed connection; nothing was done",
    "reset": "the connection is closed at once; nothing was done",
    "lost": "the work is done, but the answer never arrives",
}


@dataclass
class Failure:
    """The next `remaining` calls whose `METHOD /path` contains a match of `match` fail by `mode`."""

    remaining: int
    mode: str
    match: str = ""
    seconds: float = 30.0
    retry_after: int = 60

    def __post_init__(self) -> None:
        if self.mode not in MODES and not re.fullmatch(r"[3-5]\d\d", self.mode):
            raise ValueError(f"mode: {', '.join(MODES)}, or an HTTP status")
        re.compile(self.match)


class Failures:
    """Failures that were asked for, first come, first served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Failure] = []

    def plan(self, failure: Failure) -> None:
        with self._lock:
            self._planned.append(failure)

    def take(self, method: str, path: str) -> Failure | None:
        """The failure that this call must show, if one is due."""
        with self._lock:
            for failure in self._planned:
                if failure.remaining > 0 and re.search(failure.match, f"{method} {path}"):
                    failure.remaining -= 1
                    return failure
        return None

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()
