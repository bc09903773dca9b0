"""The back office: in Spanish, under Need's name, and open to the team alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms import CharField, EmailField, Form
from django.test import Client

from home.models import User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, administrator: User, site_tree: SiteTree) -> Client:
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    return client


def test_office_speaks_spanish_and_bears_needs_name(office: Client) -> None:
    page = office.get("/admin/").content.decode()

    assert "Panel de control - Need" in page.replace("\n", " ")
    assert "Buscar en todas las páginas…" in page
    assert "css/admin/theme.css" in page
    for words in ("Search all pages", "Sign in to Wagtail", " Pages <"):
        assert words not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/pages/", "Explorando"),
        ("/admin/users/", "Usuarios"),
        ("/admin/snippets/home/crisisline/", "Líneas de ayuda en crisis"),
        ("/admin/settings/home/sitesettings/", "Ajustes del sitio"),
    ],
)
def test_office_pages_open_for_an_administrator(office: Client, address: str, words: str) -> None:
    answer = office.get(address, follow=True)

    assert answer.status_code == 200
    assert words.lower() in answer.content.decode().lower()


@pytest.mark.parametrize("address", ["/admin/", "/admin/users/", "/admin/pages/"])
def test_office_is_closed_to_clients_and_visitors(client: Client, client_user: User, address: str) -> None:
    assert client.get(address).url.startswith("/cuenta/ingresar/")

    client.force_login(client_user)
    answer = client.get(address)

    assert answer.status_code == 403
    assert "no se abre con tu cuenta" in answer.content.decode()


def test_office_keeps_its_own_looser_policy_to_itself(office: Client) -> None:
    assert "'unsafe-inline'" in office.get("/admin/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in office.get("/").headers["Content-Security-Policy"]


def test_djangos_own_errors_say_tu() -> None:
    class Ask(Form):
        email = EmailField()
        name = CharField()

    form = Ask({"email": "no es un correo"})

    assert form.errors["email"] == ["Escribe un correo completo, como nombre@ejemplo.com."]
    assert form.errors["name"] == ["Falta completar esto."]


def test_office_shows_images_of_the_bucket(office: Client, settings: Any) -> None:
    settings.MEDIA_SOURCES = ["https://media-need.s3.amazonaws.com"]

    policy = office.get("/admin/").headers["Content-Security-Policy"]

    # The order of the directives is the package's own, and differs from process to process.
    assert "img-src 'self' data: blob: https://media-need.s3.amazonaws.com" in policy.split("; ")
