"""No page of a back-office list opens for whoever may not open the list; and none shows a history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail_modeladmin.options import ModelAdmin

from casestudies.actions.comments import post_comment
from casestudies.models import CasePage
from consultations.actions.flags import raise_flag
from consultations.enums import Reason
from consultations.models import BreakGlassAccess, Consultation
from home.models import User
from surveys.models import Invitation
from tests.casestudies.conftest import case, make_case, topic  # noqa: F401
from tests.fixtures.offers import buy_gift, make_discount
from tests.surveys.conftest import invitation  # noqa: F401

pytestmark = pytest.mark.django_db
INDEX = "_modeladmin_index"
PAGES = ("", "create/", "inspect/{}/", "edit/{}/", "delete/{}/", "history/{}/")
# What each role may open; an administrator opens them all.
OPEN_TO = {"moderator": {"comentarios"}}


@pytest.fixture
def rows(
    case: CasePage,  # noqa: F811
    invitation: Invitation,  # noqa: F811
    closed_consultation: Consultation,
    other_client: User,
) -> dict[str, object]:
    """One row of each list, by the list's address."""
    order = closed_consultation.order
    return {
        "accesos-de-emergencia": BreakGlassAccess.objects.create(
            consultation_id=closed_consultation.pk, administrator_id=1, reason="Una razón."
        ).pk,
        "comentarios": post_comment(by=other_client, page=case, body="Gracias por contarlo.").pk,
        "consultas": closed_consultation.pk,
        "descuentos": make_discount().pk,
        "invitaciones": invitation.pk,
        "ordenes": order.pk,
        "pagos-por-mirar": raise_flag(Reason.CREDENTIALS).pk,
        "regalos": buy_gift(other_client, order.service).pk,
    }


def names_of(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names_of(each)
        elif each.name:
            yield each.name


def lists() -> set[str]:
    """The addresses of all lists that are registered."""
    return {name.removesuffix(INDEX) for name in names_of(get_resolver()) if name.endswith(INDEX)}


def test_every_list_is_looked_at_here(rows: dict[str, object]) -> None:
    assert set(rows) == lists(), "give a new list a row above"


def test_no_list_shows_the_history_of_a_row() -> None:
    """The library shows it to everybody who may enter the office."""
    assert ModelAdmin.history_view_enabled, "it is no longer the library's habit"
    assert [name for name in names_of(get_resolver()) if name.endswith("_modeladmin_history")] == []


@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist"])
def test_pages_of_a_list_are_closed_to_whoever_may_not_open_the_list(
    role: str, rows: dict[str, object], client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    closed = {each: pk for each, pk in rows.items() if each not in OPEN_TO.get(role, ())}
    addresses = [f"/admin/{each}/{page.format(pk)}" for each, pk in closed.items() for page in PAGES]
    assert [each for each in addresses if client.get(each).status_code == 200] == []


def test_history_of_a_row_opens_for_nobody(
    rows: dict[str, object], client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    for each, pk in rows.items():
        assert client.get(f"/admin/{each}/").status_code == 200
        assert client.get(f"/admin/{each}/history/{pk}/").status_code == 404, each
