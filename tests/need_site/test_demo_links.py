"""The demonstration's plain pages lead on: what they name they link, and every link leads somewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from home.models import PlainPage

pytestmark = pytest.mark.django_db
WITH_LINKS = {
    "ayuda-ahora",
    "como-encontrar-terapia",
    "cookies",
    "privacidad",
    "sobre-need",
    "como-funciona",
    "terminos",
}
SIGN_IN = "/cuenta/"


def body_of(html: str) -> str:
    main = html.partition('<main id="contenido"')[2].partition("</main>")[0]
    return main.partition('class="prose"')[2]


def test_plain_pages_link_what_they_name(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    call_command("seed_demo")
    pages = PlainPage.objects.live()
    assert {page.slug for page in pages} >= WITH_LINKS
    for slug in sorted(WITH_LINKS):
        html = client.get(f"/{slug}/").content.decode()
        links = re.findall(r'href="(/[^"]*)"', body_of(html))
        assert links, slug
        assert "](" not in html, slug
        for name in ("Ayuda ahora", "Cómo encontrar terapia"):
            assert f"«{name}»" not in html, (slug, name)
        for link in links:
            assert client.get(link).status_code == (302 if link == SIGN_IN else 200), (slug, link)
        assert '<li><a href="/como-encontrar-terapia/">' in html, "the footer"
