"""The registry of touchpoints: each is declared once, used somewhere, and recorded without personal data."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory

from home.enums import Channel, Phase
from home.models import DailySalt, TouchpointLog, User
from home.touchpoints import (
    HOME_VISITED,
    POST_READ,
    Recorded,
    Touchpoint,
    UndeclaredTouchpoint,
    declare,
    declared,
    person_hash,
    record,
    subscribe,
)
from tests.fixtures.pages import SiteTree
from tests.fixtures.people import PASSWORD
from tests.home.conftest import add_post

VIDEO = {"youtube_id": "XiCrniLQGYc", "title": "Respirar", "description": "Dos minutos."}
ROOMS = ("home", "casestudies", "consultations", "surveys")
DECLARATION = r"^{name} = declare\("


def constants() -> list[tuple[str, str]]:
    """Every declared touchpoint as (room, name of its constant)."""
    return [
        (room, name)
        for room in ROOMS
        for name, value in vars(import_module(f"{room}.touchpoints")).items()
        if isinstance(value, Touchpoint)
    ]


def sources() -> dict[Path, str]:
    root = Path(settings.BASE_DIR)
    paths = [path for room in ROOMS for path in (root / room).rglob("*.py") if "migrations" not in path.parts]
    return {path: path.read_text() for path in paths}


@pytest.mark.parametrize(("room", "name"), constants())
def test_every_touchpoint_is_used(room: str, name: str) -> None:
    used = [
        path
        for path, text in sources().items()
        if re.search(rf"\b{name}\b", re.sub(DECLARATION.format(name=name), "", text, flags=re.MULTILINE))
    ]

    assert used, f"{name} of {room} is declared and never recorded"


def test_every_declared_touchpoint_is_a_constant_of_its_room() -> None:
    assert len(declared()) == len(constants())


def test_every_phase_of_the_journey_has_touchpoints() -> None:
    assert {each.phase for each in declared()} == set(Phase)


def test_one_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(HOME_VISITED.name, phase=Phase.NEED, action="Otra", order=1)


@pytest.mark.django_db
def test_an_undeclared_touchpoint_cannot_be_recorded() -> None:
    stranger = Touchpoint("stranger", Phase.NEED, "Nadie lo declaró", 1)

    with pytest.raises(UndeclaredTouchpoint):
        record(stranger)
    with pytest.raises(UndeclaredTouchpoint):
        subscribe(stranger, print)


@pytest.mark.django_db
def test_log_holds_neither_address_nor_agent_nor_page(rf: RequestFactory, client_user: User) -> None:
    request = rf.get(
        "/blog/lo-que-lee/?q=secreto", REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Navegador/1"}
    )
    request.user = client_user

    record(POST_READ, request=request)

    row = str(TouchpointLog.objects.values().get())
    for telling in (
        "203.0.113.9",
        "Navegador",
        "lo-que-lee",
        "secreto",
        client_user.email,
        client_user.pseudonym,
    ):
        assert telling not in row


@pytest.mark.django_db
def test_a_visitor_has_one_key_today_and_none_that_lasts(
    rf: RequestFactory, empty_cache: Callable[[], None]
) -> None:
    def visit() -> str:
        record(HOME_VISITED, request=rf.get("/", REMOTE_ADDR="203.0.113.9"))
        return TouchpointLog.objects.latest("pk").visitor

    first, again = visit(), visit()
    DailySalt.objects.all().delete()
    empty_cache()
    later = visit()

    assert first == again
    assert later != first


@pytest.mark.django_db
def test_subscribers_are_told_once_with_ids_alone(client_user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Recorded] = []
    monkeypatch.setattr("home.touchpoints._subscribers", {POST_READ.name: []})
    subscribe(POST_READ, told.append)
    subscribe(POST_READ, told.append)

    record(POST_READ, user=client_user, subject_id=7)

    assert [(each.touchpoint, each.user_id, each.subject_id) for each in told] == [
        (POST_READ, client_user.pk, "7")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "referrer", "channel"),
    [
        ("/?ref=compartido", "https://www.google.com/", Channel.CIRCLE),
        ("/?ref=correo", "", Channel.EMAIL),
        ("/", "https://www.google.cl/", Channel.GOOGLE),
        ("/", "https://duckduckgo.com/", Channel.GOOGLE),
        ("/", "https://l.facebook.com/", Channel.FACEBOOK),
        ("/", "https://www.youtube.com/", Channel.YOUTUBE),
        ("/", "https://web.whatsapp.com/", Channel.CIRCLE),
        ("/", "https://psicologia.example/", Channel.OTHER_SITE),
        ("/", "http://testserver/blog/", Channel.NONE),
        ("/", "http://[", Channel.DIRECT),
        ("/", "//[a]/", Channel.DIRECT),
        ("/", "http://\uff0f", Channel.DIRECT),
        ("/", "", Channel.DIRECT),
    ],
)
def test_channel_is_how_the_visit_came(
    rf: RequestFactory, address: str, referrer: str, channel: Channel
) -> None:
    record(HOME_VISITED, request=rf.get(address, headers={"referer": referrer}))

    assert TouchpointLog.objects.get().channel == channel


@pytest.mark.django_db
def test_visits_of_the_signed_in_do_not_say_whose_they_are(
    client: Client, site_tree: SiteTree, client_user: User
) -> None:
    video = [("video", VIDEO)]
    post = add_post(site_tree, body=video)
    client.force_login(client_user)
    TouchpointLog.objects.all().delete()

    for address in ("/", "/casos/", "/orientacion/", "/buscar/?q=duelo", post.url, f"{post.url}video/"):
        assert client.get(address, headers={"referer": "https://www.google.com/"}).status_code == 200

    rows = TouchpointLog.objects.all()
    assert {each.person for each in rows} == {""}
    assert len({each.visitor for each in rows}) == 1
    assert {each.name for each in rows} == {
        "search_engine_arrival",
        "home_visited",
        "cases_listed",
        "service_viewed",
        "cases_searched",
        "post_read",
        "video_watched",
    }


@pytest.mark.django_db
def test_acts_of_the_signed_in_do_not_lead_to_the_days_visits(client: Client, client_user: User) -> None:
    client.post("/cuenta/ingresar/", {"login": client_user.email, "password": PASSWORD})
    client.get("/cuenta/evolucion/")

    rows = TouchpointLog.objects.values_list("name", "person", "visitor")
    me = person_hash(client_user.pk)
    assert set(rows) == {("signed_in", me, ""), ("evolution_viewed", me, "")}


@pytest.mark.django_db
def test_migration_forgets_whose_the_visits_were() -> None:
    kept = {"visitor": "v", "person": "p"}
    for name in ("case_read", "signed_up", "order_paid"):
        TouchpointLog.objects.create(name=name, **kept)

    forget = import_module("home.migrations.0005_forget_whose_visits").forget_whose_visits
    forget(apps, None)

    assert set(TouchpointLog.objects.values_list("name", "visitor", "person")) == {
        ("case_read", "v", ""),
        ("signed_up", "v", "p"),
        ("order_paid", "", "p"),
    }


def test_persons_key_is_not_the_id_and_is_steady(settings: object) -> None:
    assert person_hash(1) == person_hash(1)
    assert person_hash(1) != person_hash(2)
    assert person_hash(None) == ""
