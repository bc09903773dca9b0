"""The start page of the back office tells each role what waits, and the small words around it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import gettext

from casestudies.actions.comments import post_comment
from casestudies.models import CasePage
from consultations.models import Consultation, Order
from home.models import User
from tests.casestudies.conftest import case, make_case, topic  # noqa: F401
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
START = "/admin/"
DESK = 'href="/profesional/"'
COMMENTS = 'href="/admin/comentarios/"'


def main_of(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(START).content.decode().partition("<main")[2]


def test_psychologist_reads_what_waits_and_goes_to_the_desk(
    client: Client, psychologist: User, waiting_consultation: Consultation, site_tree: SiteTree
) -> None:
    Consultation.objects.update(priority=True)
    start = main_of(client, psychologist)
    assert "Esperan tu respuesta: 0. Sin tomar: 1. Para leer primero: 1." in start
    assert DESK in start
    assert COMMENTS not in start


def test_moderator_reads_what_waits_and_goes_to_the_comments(
    client: Client,
    moderator: User,
    client_user: User,
    case: CasePage,  # noqa: F811
) -> None:
    assert "Por revisar: 0." in main_of(client, moderator)
    post_comment(by=client_user, page=case, body="Gracias por contarlo.")
    post_comment(by=client_user, page=case, body="No quiero vivir más, me voy a matar.")
    start = main_of(client, moderator)
    assert "Por revisar: 2. Para leer primero: 1." in start
    assert COMMENTS in start
    assert DESK not in start


@pytest.mark.parametrize("role", ["editor", "marketer"])
def test_others_read_nothing_of_it(
    client: Client, role: str, request: pytest.FixtureRequest, site_tree: SiteTree
) -> None:
    start = main_of(client, request.getfixturevalue(role))
    assert DESK not in start
    assert COMMENTS not in start


def test_orders_show_their_price_as_people_write_it(
    client: Client, administrator: User, order: Order, site_tree: SiteTree
) -> None:
    Order.objects.update(amount=14990, currency="CLP")
    client.force_login(administrator)
    for address in ("/admin/ordenes/", f"/admin/ordenes/inspect/{order.pk}/"):
        page = client.get(address).content.decode()
        assert "$14.990 CLP" in page, address
        assert "990,00" not in page, address


def test_header_leads_a_psychologist_to_the_desk_and_a_client_to_their_letters(
    client: Client, psychologist: User, client_user: User, site_tree: SiteTree
) -> None:
    for person, words, others in (
        (psychologist, "Mi escritorio", "Mis consultas"),
        (client_user, "Mis consultas", "Mi escritorio"),
    ):
        client.force_login(person)
        header = client.get("/buscar/").content.decode().partition("<header")[2].partition("</header>")[0]
        assert words in header
        assert others not in header


def test_desk_signs_letters_with_the_psychologists_title(
    client: Client, psychologist: User, answered_consultation: Consultation, site_tree: SiteTree
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    client.force_login(psychologist)
    page = client.get(f"/profesional/{answered_consultation.pk}/").content.decode()
    assert "<br>Psicóloga clínica" in page
    assert "<br>Need" not in page


def test_state_in_care_names_no_gender() -> None:
    assert "psicólogo" not in str(Consultation(status="in_care").get_status_display())


def test_video_page_shows_the_player_before_its_description() -> None:
    video = {
        "title": "Un video",
        "description": "Lo que muestra.",
        "youtube_id": "XiCrniLQGYc",
    }
    page = render_to_string("home/blog_video.html", {"video": video, "user": AnonymousUser()})
    content = page.partition("<main")[2]
    assert content.index("<iframe") < content.index("Lo que muestra.")


def test_pictures_are_sorted_in_spanish() -> None:
    assert gettext("Usage count: (low to high)") == "Veces en uso, de menos a más"
