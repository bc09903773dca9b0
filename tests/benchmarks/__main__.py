"""Measures the promises of speed and ends with 1 where one is broken: `make bench`.

    python -m tests.benchmarks [--cases 20000] [--rounds 5] [--seconds 3] [--part pages|growth]

Rounds of the compared parties alternate and the medians count, so that a machine that is busy for a while is
busy for all of them. DATABASE_URL and REDIS_URL say where the data and the kept pages stand; without them it
is SQLite and each process's memory.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tests.benchmarks.promises import Promise, say
from tests.benchmarks.serving import Need, bare_view, fetch, need, seconds_for

CONNECTIONS = "8"
PAUSE = 1.5
FEW = 200
# The demonstration's own.
TOPIC = "/casos/tema/ansiedad-e-insomnio/"
COMMON_WORD = "noche"
# Of the time with 200 cases: (name, path, how many times as long at most).
GROWTH = (
    ("listing", "/casos/", 1.5),
    ("topic", TOPIC, 1.5),
    ("sitemap", "/sitemap.xml", 1.5),
    ("search", f"/buscar/?q={COMMON_WORD}", 4.0),
)
_visits = count()


def main() -> int:
    options = _options()
    where = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    where += ", Redis" if os.environ.get("REDIS_URL") else ", memory"
    print(f"\n{where}: {' '.join(sys.argv[1:])}", flush=True)
    promises: list[Promise] = []
    with tempfile.TemporaryDirectory(prefix="need-bench-") as folder, need(Path(folder)) as site:
        if options.part in ("", "pages"):
            promises += say(pages(site, Path(folder), options.rounds, options.seconds))
        if options.part in ("", "growth"):
            promises += say(growth(site, options.cases, options.rounds))
    return 0 if all(each.kept for each in promises) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--cases", type=int, default=20_000, help="how many there are in the large library")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each round of requests")
    parser.add_argument("--part", choices=["pages", "growth"], default="")
    return parser.parse_args()


# --- requests per second --------------------------------------------------------------------------
def pages(site: Need, folder: Path, rounds: int, seconds: int) -> Iterator[Promise]:
    """A case page, kept and made anew each time, against a bare view that returns the same bytes."""
    case = _first_case(site)
    # An unknown parameter goes past the page cache.
    addresses = {"cached": case, "uncached": f"{case}?sin-cache=1"}
    with bare_view(folder, fetch(case)) as bare:
        if fetch(bare) != fetch(addresses["uncached"]):
            raise SystemExit("The bare view and the page differ: nothing can be compared.")
        rates = _interleaved({"bare": bare, **addresses}, rounds, seconds)
    print(f"requests per second: {', '.join(f'{name} {rate:.0f}' for name, rate in rates.items())}")
    figures = "{:.0f}/s against bare {:.0f}/s"
    for name, limit in (("cached", 2.0), ("uncached", 50.0)):
        text = f"{name} case page costs, in bare views"
        yield Promise(text, figures.format(rates[name], rates["bare"]), rates["bare"] / rates[name], limit)


def _first_case(site: Need) -> str:
    feed = fetch(f"{site.url}/casos/feed/").decode()
    found = re.search(rf'href="({re.escape(site.url)}/casos/(?!feed)[^"/]+/)"', feed)
    if found is None:
        raise SystemExit("There is no case to measure.")
    return found[1]


def _interleaved(addresses: dict[str, str], rounds: int, seconds: int) -> dict[str, float]:
    """The median requests per second of each address, measured in turns."""
    rates: dict[str, list[float]] = {name: [] for name in addresses}
    for address in addresses.values():
        _load(address, 1)
    for _ in range(rounds):
        for name, address in addresses.items():
            rates[name].append(_load(address, seconds))
            # The visits just counted are written within half a second: not in the next one's time.
            time.sleep(PAUSE)
    return {name: statistics.median(each) for name, each in rates.items()}


def _load(url: str, seconds: int) -> float:
    wrk = os.environ.get("WRK", "wrk")
    command = [wrk, "-t", "1", "-c", CONNECTIONS, "-d", f"{seconds}s", "--timeout", "10s", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{url} gave errors under load:\n{told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]


# --- with many cases ------------------------------------------------------------------------------
def growth(site: Need, cases: int, rounds: int) -> Iterator[Promise]:
    """What lists and searches take with `cases` cases, against the time with 200; nothing of it cached."""
    existing = 12
    site.grow(FEW - existing)
    few = _times(site, rounds * 4)
    site.grow(cases - FEW)
    many = _times(site, rounds * 4)
    for name, path, limit in GROWTH:
        figures = f"{few[path] * 1000:.1f} ms, then {many[path] * 1000:.1f} ms"
        yield Promise(f"{name}, {FEW} to {cases} cases", figures, many[path] / few[path], limit)


def _times(site: Need, rounds: int) -> dict[str, float]:
    """The median seconds of each address, asked for in turns, past the page cache."""
    taken: dict[str, list[float]] = {path: [] for _, path, _ in GROWTH}
    ask: Callable[[str], float] = lambda path: seconds_for(_past_the_cache(f"{site.url}{path}"))  # noqa: E731
    for path in taken:
        for _ in range(4):
            ask(path)
    for _ in range(rounds):
        for path in taken:
            taken[path].append(ask(path))
    return {path: statistics.median(each) for path, each in taken.items()}


def _past_the_cache(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}sin-cache={next(_visits)}"


if __name__ == "__main__":
    sys.exit(main())
