"""Measures the public pages with Lighthouse (mobile) against a running product with its demo content.

`make lighthouse` prints a table of the four scores of each page, the median of RUNS runs (3 by default),
and fails where one is below what Need promises. Needs Node.js; the reports stay in .lighthouse/.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.journeys.product import ROOT, running
from tests.tools.chromium import find_chromium

LIGHTHOUSE = "lighthouse@13"
PROMISED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
ATTEMPTS = 3
REPORTS = ROOT / ".lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"


def main() -> int:
    REPORTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product:
        scores = {path: measure(product.url + path) for path in pages_of(product.url)}
    print(f"{'page':55}" + "".join(f"{category:>16}" for category in PROMISED))
    for path, found in scores.items():
        print(f"{path:55}" + "".join(f"{found[category]:>16}" for category in PROMISED))
    return int(any(found[each] < PROMISED[each] for found in scores.values() for each in PROMISED))


def pages_of(url: str) -> list[str]:
    """The public pages: with the first case and the first post of the site map's sections."""
    paths = [path for section in _paths_in(f"{url}/sitemap.xml") for path in _paths_in(url + section)]
    case = next(path for path in paths if re.fullmatch(r"/casos/[^/]+/", path))
    post = next(path for path in paths if re.fullmatch(r"/blog/[^/]+/", path))
    return ["/", "/casos/", case, "/blog/", post, "/orientacion/"]


def _paths_in(address: str) -> list[str]:
    """What a site map, or the index of its sections, lists."""
    with urllib.request.urlopen(address) as answer:
        return re.findall(r"<loc>https?://[^/<]+(/[^<]*)</loc>", answer.read().decode())


def measure(url: str) -> dict[str, int]:
    """The median score, 0 to 100, of each category."""
    runs = [_run(url, number) for number in range(int(os.environ.get("RUNS", "3")))]
    return {category: round(statistics.median(run[category] for run in runs)) for category in PROMISED}


def _run(url: str, number: int) -> dict[str, float]:
    name = re.sub(r"\W+", "-", url.split("/", 3)[3]).strip("-") or "home"
    report = REPORTS / f"{name}-{number}.json"
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(PROMISED)}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": find_chromium() or "", "npm_config_loglevel": "error"}
    for attempt in range(ATTEMPTS):
        # Chromium sometimes records no trace (Lighthouse's NO_NAVSTART): such a run measured nothing.
        if subprocess.run(command, check=attempt == ATTEMPTS - 1, env=environment).returncode == 0:
            break
    categories = json.loads(report.read_text())["categories"]
    return {category: categories[category]["score"] * 100 for category in PROMISED}


if __name__ == "__main__":
    sys.exit(main())
