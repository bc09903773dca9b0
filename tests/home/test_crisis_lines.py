"""The help that every page offers is true for the country one lives in."""

from __future__ import annotations

import pytest
from django.test import Client

from home.crisis import lines_of
from home.enums import Country
from home.forms import SignupForm
from home.models import CrisisLine, User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
WITHOUT_A_LINE = ["EC", "VE", "CU", "ZZ"]


def strip_for(client: Client, user: User, country: str) -> str:
    User.objects.filter(pk=user.pk).update(country=country)
    client.force_login(user)
    html = client.get("/buscar/").content.decode()
    return html[html.index('class="crisis-strip"') :].split("</aside>")[0]


def test_strip_shows_the_line_of_ones_country(client: Client, client_user: User, site_tree: SiteTree) -> None:
    strip = strip_for(client, client_user, "PE")
    assert "Perú" in strip
    assert 'href="tel:113"' in strip


@pytest.mark.parametrize("country", WITHOUT_A_LINE)
def test_strip_never_gives_another_countrys_number(
    client: Client, client_user: User, site_tree: SiteTree, country: str
) -> None:
    strip = strip_for(client, client_user, country)
    assert "Llama al número de emergencias de tu país" in strip
    assert 'href="/ayuda-ahora/"' in strip
    assert "tel:" not in strip


def test_card_of_a_country_without_a_line_points_to_emergencies(
    client: Client, client_user: User, site_tree: SiteTree
) -> None:
    strip_for(client, client_user, "EC")
    html = client.get("/buscar/?q=suicidio").content.decode()
    assert "<strong>Llama al número de emergencias de tu país.</strong>" in html
    assert "tel:" not in html


def test_every_country_has_its_own_lines_or_none(db: None) -> None:
    for country in Country.values:
        assert {line.country for line in lines_of(country)} <= {country}
    assert CrisisLine.objects.filter(country__in=WITHOUT_A_LINE).count() == 0


def test_sign_up_offers_every_country_by_name_and_another_one_last() -> None:
    choices = SignupForm().fields["country"].choices
    names = [name for _, name in choices]
    assert names[0] == "Prefiero no decirlo"
    assert names[-1] == "Otro país"
    assert {"Ecuador", "Bolivia", "Venezuela", "Puerto Rico", "Cuba", "Chile"} <= set(names)
    assert len(names) == len(Country.values) + 1
