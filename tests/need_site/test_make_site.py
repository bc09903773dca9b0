"""The site before its first word: pages, address, first administrator, and nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from casestudies.models import CasePage
from consultations.models import Service
from home.models import BlogPage, CrisisLine, HomePage, PlainPage, ProfessionalPage, User
from home.models.sitemap_section import PAGES_A_SECTION
from need_site.page_tree import follow_site_url
from tests.home.conftest import LINK
from tests.home.test_signing_in import sign_in

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/",
    "/casos/",
    "/blog/",
    "/orientacion/",
    "/equipo/",
    "/ayuda-ahora/",
    "/como-funciona/",
    "/como-encontrar-terapia/",
    "/sobre-need/",
    "/privacidad/",
    "/terminos/",
    "/cookies/",
)


def make_site() -> str:
    out = StringIO()
    call_command("make_site", stdout=out)
    return out.getvalue()


def test_site_has_every_page_that_others_link_to(client: Client) -> None:
    make_site()

    assert {address: client.get(address).status_code for address in ADDRESSES} == dict.fromkeys(
        ADDRESSES, 200
    )
    help_now = client.get("/ayuda-ahora/").content.decode()
    assert CrisisLine.objects.exists()
    assert all(line.name in help_now for line in CrisisLine.objects.all())


def test_site_holds_nothing_of_the_demonstration(client: Client) -> None:
    make_site()

    for model in (CasePage, BlogPage, ProfessionalPage, Service, User):
        assert not model.objects.exists()
    pages = "".join(client.get(address).content.decode() for address in ADDRESSES)
    assert "demostración" not in pages


def test_legal_pages_say_that_they_are_to_be_written(client: Client) -> None:
    told = make_site()

    for address in ("/privacidad/", "/terminos/"):
        assert "está por escribirse" in client.get(address).content.decode()
        assert f"To be written before the site opens: http://localhost:8000{address}" in told


def test_site_made_twice_is_made_once_and_keeps_what_was_edited() -> None:
    make_site()
    page = PlainPage.objects.get(slug="privacidad")
    page.introduction = "Esto lo escribimos nosotros."
    page.save()
    count = Page.objects.count()

    assert make_site() == "All pages were there already.\n"

    page.refresh_from_db()
    assert page.introduction == "Esto lo escribimos nosotros."
    assert Page.objects.count() == count


def test_deleted_page_is_made_again() -> None:
    make_site()
    Page.objects.get(slug="cookies").delete()

    assert "Made: Cookies (/cookies/)" in make_site()


@pytest.mark.parametrize(
    ("url", "hostname", "port"),
    [("https://need.example", "need.example", 443), ("http://localhost:9000", "localhost", 9000)],
)
def test_sitemap_and_api_follow_the_address_of_the_site(
    client: Client, settings: Any, url: str, hostname: str, port: int
) -> None:
    make_site()
    settings.SITE_URL = url
    make_site()

    assert Site.objects.values_list("hostname", "port").get() == (hostname, port)
    section = Page.objects.get(slug="casos").pk // PAGES_A_SECTION
    assert f"<loc>{url}/sitemap-paginas-{section}.xml</loc>" in client.get("/sitemap.xml").content.decode()
    pages = client.get(f"/sitemap-paginas-{section}.xml").content.decode()
    assert f"<loc>{url}/casos/</loc>" in pages
    home = HomePage.objects.get()
    assert client.get(f"/api/v2/pages/{home.pk}/").json()["meta"]["html_url"] == f"{url}/"


def test_site_follows_its_address_at_every_migrate(settings: Any) -> None:
    make_site()
    settings.SITE_URL = "https://need.example"

    call_command("migrate", verbosity=0)

    assert Site.objects.get().hostname == "need.example"


def test_site_that_was_given_the_address_by_hand_keeps_it(settings: Any) -> None:
    make_site()
    home = HomePage.objects.get()
    Site.objects.create(hostname="need.example", port=443, root_page=home)
    settings.SITE_URL = "https://need.example"

    follow_site_url()

    assert set(Site.objects.values_list("hostname", "is_default_site")) == {
        ("localhost", True),
        ("need.example", False),
    }


def test_first_administrator_gets_in(
    client: Client, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], list[str]]
) -> None:
    make_site()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "camino-largo-2026")
    call_command("createsuperuser", email="primera@example.com", interactive=False, verbosity=0)

    sign_in(client, "primera@example.com")
    assert client.get("/admin/").url.startswith("/cuenta/ingresar/"), "not before the e-mail is confirmed"
    run_jobs()
    link = LINK.search(str(mail.outbox[-1].body))
    assert link is not None
    client.post(link.group().removeprefix("http://testserver"))
    sign_in(client, "primera@example.com")

    assert client.get("/admin/").status_code == 200
