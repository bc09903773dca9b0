"""What was measured against what was promised, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """`ratio` must not pass `limit`."""

    text: str
    figures: str
    ratio: float
    limit: float

    @property
    def kept(self) -> bool:
        return self.ratio <= self.limit

    def __str__(self) -> str:
        verdict = "ok" if self.kept else "BROKEN"
        return f"{self.text:<42}{self.figures:<34}{self.ratio:>8.2f}  at most {self.limit:<6g}{verdict}"


def say(promises: Iterable[Promise]) -> list[Promise]:
    """Print each as soon as it is known."""
    said = []
    for promise in promises:
        print(promise, flush=True)
        said.append(promise)
    return said
