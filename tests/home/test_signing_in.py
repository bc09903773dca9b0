"""Signing in and out, where each role lands, and the ways back in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from home.models import TouchpointLog, User
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/cuenta/ingresar/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("client_user", "/consultas/"),
        ("psychologist", "/profesional/"),
        ("editor", "/admin/"),
        ("moderator", "/admin/"),
        ("marketer", "/admin/"),
        ("administrator", "/admin/"),
    ],
)
def test_each_role_lands_where_its_work_is(
    client: Client, request: pytest.FixtureRequest, role: str, place: str
) -> None:
    person: User = request.getfixturevalue(role)

    answer = sign_in(client, person.email)

    assert answer.url == reverse("home:after_login")
    assert client.get(answer.url).url == place


def test_sign_in_goes_on_to_where_one_was_going(client: Client, client_user: User) -> None:
    assert sign_in(client, client_user.email, next="/cuenta/evolucion/").url == "/cuenta/evolucion/"


def test_sign_in_is_one_touchpoint_of_that_person(client: Client, client_user: User) -> None:
    sign_in(client, client_user.email)

    log = TouchpointLog.objects.get()
    assert log.name == "signed_in"
    assert client_user.email not in (log.person, log.visitor)


def test_wrong_password_and_unknown_address_read_the_same(client: Client, client_user: User) -> None:
    wrong = sign_in(client, client_user.email, "otra-clave-cualquiera")
    unknown = sign_in(client, "nadie@example.com", "otra-clave-cualquiera")

    errors = [each.context["form"].non_field_errors() for each in (wrong, unknown)]
    assert (
        errors[0] == errors[1] == ["El correo o la contraseña no coinciden. Revisa ambos y vuelve a probar."]
    )
    assert "_auth_user_id" not in client.session


def test_wrong_password_is_not_echoed(client: Client, client_user: User) -> None:
    assert b"otra-clave-cualquiera" not in sign_in(client, client_user.email, "otra-clave-cualquiera").content


def test_many_wrong_passwords_close_the_door_for_a_while(
    client: Client, client_user: User, settings: Any
) -> None:
    settings.RATELIMIT_ENABLE = True
    answers = [sign_in(client, client_user.email, f"clave-equivocada-{n}") for n in range(12)]

    assert "Espera unos minutos" in answers[-1].content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_post_and_goes_home(client: Client, client_user: User) -> None:
    client.force_login(client_user)

    assert client.get("/cuenta/salir/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/cuenta/salir/").url == "/"
    assert "_auth_user_id" not in client.session


def test_reset_by_link_changes_the_password(
    client: Client, client_user: User, link_in_mail: Callable[[], str]
) -> None:
    assert client.post("/cuenta/clave/recuperar/", {"email": client_user.email}).status_code == 302
    form = client.get(link_in_mail()).url

    client.post(form, {"password1": "cuatro-limones-verdes"})

    client_user.refresh_from_db()
    assert client_user.check_password("cuatro-limones-verdes")


def test_reset_answers_the_same_for_an_unknown_address(
    client: Client, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    known = client.post("/cuenta/clave/recuperar/", {"email": client_user.email})
    unknown = client.post("/cuenta/clave/recuperar/", {"email": "nadie@example.com"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    run_jobs()
    assert [message.subject for message in mail.outbox] == [
        "Elige una contraseña nueva",
        "No hay una cuenta con este correo",
    ]


def test_used_reset_link_says_so(client: Client, client_user: User, link_in_mail: Callable[[], str]) -> None:
    client.post("/cuenta/clave/recuperar/", {"email": client_user.email})
    link = link_in_mail()
    client.post(client.get(link).url, {"password1": "cuatro-limones-verdes"})

    assert "Este enlace ya no sirve" in Client().get(link).content.decode()


def test_changing_the_address_waits_for_the_link(
    client: Client, client_user: User, link_in_mail: Callable[[], str]
) -> None:
    client.force_login(client_user)
    old = client_user.email
    client.post("/cuenta/correo/", {"email": "otra@example.com", "action_add": "1"})
    client_user.refresh_from_db()
    assert client_user.email == old

    client.post(link_in_mail())

    client_user.refresh_from_db()
    assert client_user.email == "otra@example.com"


PAGES = [
    "/cuenta/registro/",
    "/cuenta/ingresar/",
    "/cuenta/inactiva/",
    "/cuenta/verificar/",
    "/cuenta/verificar/no-existe/",
    "/cuenta/clave/recuperar/",
    "/cuenta/clave/recuperar/enviado/",
    "/cuenta/clave/recuperar/listo/",
    "/cuenta/clave/recuperar/1-falso/",
]
OWN_PAGES = [
    "/cuenta/",
    "/cuenta/salir/",
    "/cuenta/correo/",
    "/cuenta/confirmar-clave/",
    "/cuenta/clave/cambiar/",
    "/cuenta/seguridad/",
]


@pytest.mark.parametrize("address", PAGES)
def test_visitors_account_pages_are_ours(client: Client, address: str) -> None:
    assert_ours(client.get(address))


@pytest.mark.parametrize("address", OWN_PAGES)
def test_own_account_pages_are_ours_and_kept_nowhere(client: Client, client_user: User, address: str) -> None:
    client.force_login(client_user)

    answer = client.get(address)

    assert_ours(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("address", OWN_PAGES)
def test_visitors_are_asked_to_sign_in_first(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url in (f"{LOGIN}?next={address}", "/")


def assert_ours(answer: Any) -> None:
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="es">' in page
    assert "<h1>" in page
    assert not any(name and name.startswith("allauth/") for name in (each.name for each in answer.templates))


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_sign_in_leads_to_ours_and_takes_no_password(
    client: Client, psychologist: User, address: str
) -> None:
    assert client.get(f"{address}?next=/admin/pages/").url == f"{LOGIN}?next=%2Fadmin%2Fpages%2F"

    for field in ("username", "email", "login"):
        answer = client.post(address, {field: psychologist.email, "password": PASSWORD, "next": "/admin/"})
        assert answer.url == f"{LOGIN}?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("step", ["", "done/", "confirm/MQ/a-token/", "complete/"])
def test_wagtails_own_password_reset_leads_to_our_sign_in(client: Client, step: str) -> None:
    assert client.get(f"/admin/password_reset/{step}").url == LOGIN


def test_sign_in_goes_on_to_no_other_site(client: Client, client_user: User) -> None:
    carried = client.get("/admin/login/?next=https://otro.example/").url

    answer = client.post(carried, {"login": client_user.email, "password": PASSWORD})

    assert answer.url == reverse("home:after_login")
