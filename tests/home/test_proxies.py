"""Where a visitor is said to be from, and that nobody can choose it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django_ratelimit.core import _get_ip

from home.models import MoodTally, User
from home.proxies import NOWHERE, client_address
from home.touchpoints import visitor_hash
from tests.home.test_signing_in import sign_in

PROXY = "10.0.0.7"


def address(settings: Any, count: int, forwarded: str | None, remote: str = PROXY) -> str:
    settings.TRUSTED_PROXIES = count
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert _get_ip(request).rpartition(":")[0] in client_address(request), "the limits' own view"
    return client_address(request)


@pytest.mark.parametrize(
    ("count", "forwarded", "told"),
    [
        (0, None, PROXY),
        (0, "203.0.113.9", PROXY),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1,203.0.113.9:40112", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.8", "203.0.113.9"),
        (1, "2001:db8::5", "2001:db8::5"),
        (1, "[2001:db8::5]:443", "2001:db8::5"),
        # Nothing to go by: whoever called, as when a health check comes past the proxy.
        (1, None, PROXY),
        (2, "203.0.113.9", PROXY),
        (1, "203.0.113.9, unknown", PROXY),
        (1, "", PROXY),
    ],
)
def test_address_is_what_our_own_proxies_say(
    settings: Any, count: int, forwarded: str | None, told: str
) -> None:
    assert address(settings, count, forwarded) == told


def test_address_of_a_socket_is_nowhere_and_no_error(settings: Any) -> None:
    assert address(settings, 0, None, remote="") == NOWHERE


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1])
def test_forged_addresses_do_not_get_past_a_limit(client: Client, settings: Any, count: int) -> None:
    settings.RATELIMIT_ENABLE, settings.TRUSTED_PROXIES = True, count

    for number in range(15):
        headers = {"sec-fetch-site": "same-origin", "x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"}
        client.post("/animo/", {"mood": 2, "phase": "need", "next": "/"}, headers=headers)

    assert MoodTally.objects.get().count == 10


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "limited"), [(0, True), (1, False)])
def test_people_behind_the_proxy_are_told_apart(
    client: Client, client_user: User, settings: Any, count: int, limited: bool
) -> None:
    settings.TRUSTED_PROXIES = count

    for number in range(31):
        headers = {"x-forwarded-for": f"203.0.113.{number}"}
        answer = client.post(
            "/cuenta/ingresar/", {"login": f"n{number}@example.com", "password": "x"}, headers=headers
        )

    assert (answer.status_code == 429 or "Espera unos minutos" in answer.content.decode()) is limited


@pytest.mark.django_db
def test_sign_in_works_where_the_proxy_said_nothing(client: Client, client_user: User, settings: Any) -> None:
    settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    client.defaults["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"

    assert sign_in(client, client_user.email).status_code == 302


@pytest.mark.django_db
def test_visitors_behind_the_proxy_have_each_their_key(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1

    keys = {
        visitor_hash(RequestFactory().get("/", headers={"x-forwarded-for": forwarded}))
        for forwarded in ("203.0.113.9", "198.51.100.1, 203.0.113.9", "203.0.113.10")
    }

    assert len(keys) == 2
