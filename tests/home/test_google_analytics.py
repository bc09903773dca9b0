"""What is mirrored to Google Analytics, for whom, and what never is."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from home import google_analytics
from home.actions.consents import give_consent, withdraw_consent
from home.enums import ConsentPurpose
from home.models import User
from home.touchpoints import SIGNED_UP, record

SECRET = "api-secret-of-the-tests"


class Collector(HTTPServer):
    """A Measurement Protocol address of our own: keeps what it is sent."""

    received: list[dict[str, Any]]
    status = 204


class Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append({"path": self.path, **json.loads(body)})
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def collector(settings: Any) -> Iterator[Collector]:
    server = Collector(("127.0.0.1", 0), Handler)
    server.received = []
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.GA_MEASUREMENT_ID, settings.GA_API_SECRET = "G-TEST", SECRET
    settings.GA_API_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_analytics_gets_nothing_without_consent(
    collector: Collector, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    record(SIGNED_UP, user=client_user)
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    withdraw_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    record(SIGNED_UP, user=client_user)
    assert run_jobs() == []
    assert collector.received == []


@pytest.mark.django_db
def test_analytics_gets_the_event_of_who_agreed_and_nothing_about_them(
    collector: Collector, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    record(SIGNED_UP, user=client_user, facts={"method": "email", "email": client_user.email})
    run_jobs()
    [sent] = collector.received
    assert sent["events"] == [{"name": "sign_up", "params": {"engagement_time_msec": 1, "method": "email"}}]
    assert sent["consent"] == {"ad_user_data": "DENIED", "ad_personalization": "DENIED"}
    assert client_user.email not in json.dumps(sent)
    assert client_user.pseudonym not in json.dumps(sent)


@pytest.mark.django_db
def test_analytics_that_is_not_configured_queues_nothing(
    client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    record(SIGNED_UP, user=client_user)
    assert run_jobs() == []


def test_analytics_error_does_not_show_the_secret(collector: Collector) -> None:
    collector.status = 500
    with pytest.raises(google_analytics.AnalyticsError) as caught:
        google_analytics.send({})
    assert SECRET not in str(caught.value)


def test_analytics_unreachable_is_an_error_of_its_own(settings: Any) -> None:
    settings.GA_MEASUREMENT_ID, settings.GA_API_SECRET = "G-TEST", SECRET
    settings.GA_API_URL = "http://127.0.0.1:9"
    with pytest.raises(google_analytics.AnalyticsError) as caught:
        google_analytics.send({})
    assert SECRET not in str(caught.value)


def test_analytics_refuses_an_event_that_is_not_the_servers() -> None:
    with pytest.raises(ValueError, match="page_view"):
        google_analytics.payload(event="page_view", client_id="1", timestamp_micros=1, params={})
