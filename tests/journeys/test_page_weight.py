"""What a first visit to a case costs: bytes as they travel, and requests, with nothing in the cache."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import OUR_OWN, PHONE
from tests.journeys.pages import CASE, POST

MOST_BYTES = 100_000
MOST_REQUESTS = 12


class Ledger:
    """What Chromium itself counts, headers included, through its DevTools protocol."""

    def __init__(self, session: Any) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        # Icons written into the page's own text travel with it.
        if not event["request"]["url"].startswith("data:"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def __str__(self) -> str:
        lines = [f"{self.bytes.get(key, 0):>8} {address}" for key, address in self.addresses.items()]
        total = f"{sum(self.bytes.values()):>8} bytes in {len(self.addresses)} requests"
        return "\n".join([*sorted(lines, reverse=True), total])


@pytest.mark.parametrize("path", [CASE, POST])
def test_page_weight_of_a_first_visit(
    base_url: str, browser: Browser, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Without the guard of `page`: a context with routes asks for everything twice as carefully.
    with browser.new_context(viewport=PHONE, base_url=base_url) as context:
        page = context.new_page()
        ledger = Ledger(context.new_cdp_session(page))
        page.goto(path, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => true)")

    with capsys.disabled():
        print(f"\nFirst visit to {path}\n{ledger}")
    assert {urlsplit(address).hostname for address in ledger.addresses.values()} <= OUR_OWN
    assert sum(ledger.bytes.values()) <= MOST_BYTES
    assert len(ledger.addresses) <= MOST_REQUESTS
