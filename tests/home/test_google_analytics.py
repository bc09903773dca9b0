"""What is mirrored to Google Analytics, for whom, and what never is."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.test import Client
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from home import google_analytics
from home.actions.consents import give_consent, has_consented, withdraw_consent
from home.enums import ConsentPurpose
from home.jobs import send_analytics_event
from home.models import Consent, User
from home.touchpoints import SIGNED_UP, declared, person_hash, record
from tests.fixtures.people import PASSWORD

SECRET = "api-secret-of-the-tests"
SIGN_UP = {"email": "nueva@example.com", "password1": "tres-naranjas-en-la-mesa", "adult": "on"}


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
def test_analytics_knows_somebody_by_a_random_id_of_their_consent(
    collector: Collector, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    def sent_id() -> str:
        give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
        record(SIGNED_UP, user=client_user)
        run_jobs()
        return str(collector.received[-1]["client_id"])

    first, again = sent_id(), sent_id()
    withdraw_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    assert set(Consent.objects.values_list("analytics_id", flat=True)) == {""}
    later = sent_id()

    assert first == again
    assert len({first, later, person_hash(client_user.pk), str(client_user.pk)}) == 4
    assert len(first) == 32


@pytest.mark.django_db
def test_event_that_could_not_be_told_for_hours_stays_untold(collector: Collector) -> None:
    now = int(time.time() * 1_000_000)
    for hours in (2, 4):
        send_analytics_event("sign_up", "somebody", now - hours * 3_600_000_000, {})
    assert len(collector.received) == 1


@pytest.mark.django_db
def test_analytics_learns_the_minute_and_the_queue_forgets_the_event(
    collector: Collector, client_user: User
) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    record(SIGNED_UP, user=client_user)

    task = SignedPackage.loads(OrmQ.objects.get().payload)
    assert task["args"][2] % 60_000_000 == 0
    assert task["save"] is False


@pytest.mark.django_db
def test_consents_of_other_purposes_have_no_id_for_analytics(client_user: User) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.FOLLOW_UP)
    assert Consent.objects.get().analytics_id == ""


@pytest.mark.django_db
def test_migration_gives_each_live_consent_an_id(client_user: User) -> None:
    for _ in range(2):
        give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
        withdraw_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    give_consent(by=client_user, purpose=ConsentPurpose.FOLLOW_UP)
    Consent.objects.update(analytics_id="")

    give = import_module("home.migrations.0006_consent_analytics_id").give_each_live_consent_its_own
    give(apps, None)

    with_id = Consent.objects.exclude(analytics_id="")
    assert list(with_id.values_list("purpose", "withdrawn_at")) == [("analytics", None)]


@pytest.mark.django_db
def test_yes_of_the_banner_is_recorded_at_sign_up_and_sent(
    collector: Collector, client: Client, run_jobs: Callable[[], list[str]]
) -> None:
    client.cookies["need_consent"] = "analytics"
    client.post("/cuenta/registro/", SIGN_UP)

    consent = Consent.objects.get()
    assert (consent.user.email, consent.purpose) == (SIGN_UP["email"], "analytics")
    run_jobs()
    assert [each["events"][0]["name"] for each in collector.received] == ["sign_up"]
    assert collector.received[0]["events"][0]["params"]["method"] == "email"


@pytest.mark.django_db
def test_yes_of_the_banner_is_recorded_at_sign_in_and_sent(
    collector: Collector, client: Client, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    client.cookies["need_consent"] = "analytics"
    client.post("/cuenta/ingresar/", {"login": client_user.email, "password": PASSWORD})

    assert has_consented(client_user, ConsentPurpose.ANALYTICS)
    run_jobs()
    assert [each["events"][0]["name"] for each in collector.received] == ["login"]


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["none", "", "yes"])
def test_without_a_yes_of_the_banner_nothing_is_recorded(
    collector: Collector, client: Client, client_user: User, cookie: str
) -> None:
    client.cookies["need_consent"] = cookie
    client.post("/cuenta/registro/", SIGN_UP)
    client.post("/cuenta/ingresar/", {"login": client_user.email, "password": PASSWORD})

    assert not Consent.objects.exists()


@pytest.mark.django_db
def test_yes_of_the_banner_does_not_undo_what_somebody_took_back(
    collector: Collector, client: Client, client_user: User
) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    withdraw_consent(by=client_user, purpose=ConsentPurpose.ANALYTICS)
    client.cookies["need_consent"] = "analytics"
    client.post("/cuenta/ingresar/", {"login": client_user.email, "password": PASSWORD})

    assert not has_consented(client_user, ConsentPurpose.ANALYTICS)
    assert Consent.objects.count() == 1


@pytest.mark.django_db
def test_yes_of_the_banner_is_not_recorded_where_nothing_is_measured(
    client: Client, client_user: User
) -> None:
    client.cookies["need_consent"] = "analytics"
    client.post("/cuenta/ingresar/", {"login": client_user.email, "password": PASSWORD})

    assert not Consent.objects.exists()


def test_every_declared_event_is_sent_by_the_server_or_by_the_script() -> None:
    events = {each.ga_event for each in declared()} - {""}

    assert events | {"refund"} == google_analytics.SERVER_EVENTS | google_analytics.BROWSER_EVENTS
    script = (Path(site_settings.BASE_DIR) / "need_site/static/js/consent.js").read_text()
    for event in google_analytics.BROWSER_EVENTS - {"page_view"}:
        assert f'gtag("event", "{event}"' in script
    for event in google_analytics.SERVER_EVENTS:
        assert event not in re.findall(r'gtag\("event", "(\w+)"', script)


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
