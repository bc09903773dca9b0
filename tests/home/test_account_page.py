"""/cuenta/: what Need knows of a person, and what they can change about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from home.actions.consents import give_consent, has_consented
from home.enums import ConsentPurpose
from home.models import Consent, SiteSettings, User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
CASE = "0b8f9c66-1c1a-4a4e-9d0e-3a2f5f0d7c11"


@pytest.fixture
def own(client: Client, client_user: User) -> Client:
    client.force_login(client_user)
    return client


def page(client: Client) -> str:
    return client.get("/cuenta/").content.decode()


def test_page_shows_what_need_knows(own: Client, client_user: User, site_tree: SiteTree) -> None:
    SiteSettings.objects.create(site=site_tree.site, retention_months=30)

    shown = page(own)

    assert client_user.email in shown
    assert client_user.pseudonym in shown
    assert "30 meses" in shown
    for way in (
        "/consultas/",
        "/cuenta/evolucion/",
        "/cuenta/clave/cambiar/",
        "/cuenta/seguridad/",
        "/cuenta/salir/",
    ):
        assert f'"{way}"' in shown


def test_page_takes_the_same_queries_with_many_consents(
    own: Client, client_user: User, django_assert_num_queries: Any
) -> None:
    own.get("/cuenta/")
    for number in range(20):
        give_consent(by=client_user, purpose=ConsentPurpose.PUBLICATION, subject=CASE[:-2] + f"{number:02}")

    with django_assert_num_queries(7):
        own.get("/cuenta/")


def test_another_pseudonym_is_given_by_post_alone(own: Client, client_user: User) -> None:
    before = client_user.pseudonym
    assert own.get("/cuenta/seudonimo/").status_code == 405

    own.post("/cuenta/seudonimo/")

    client_user.refresh_from_db()
    assert client_user.pseudonym != before
    assert client_user.pseudonym in page(own)


def test_a_taken_pseudonym_is_never_given(
    own: Client, client_user: User, other_client: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up = iter([other_client.pseudonym, "Nube Lenta 4444"])
    monkeypatch.setattr("home.actions.people.new_pseudonym", lambda: next(made_up))

    own.post("/cuenta/seudonimo/")

    client_user.refresh_from_db()
    assert client_user.pseudonym == "Nube Lenta 4444"


def test_country_changes_the_crisis_lines_shown(own: Client, client_user: User) -> None:
    assert "*4141" in page(own)

    own.post("/cuenta/pais/", {"country": "ES"})

    client_user.refresh_from_db()
    assert client_user.country == "ES"
    assert "Llama al 024" in page(own)


def test_country_can_be_taken_back(own: Client, client_user: User) -> None:
    own.post("/cuenta/pais/", {"country": "ES"})
    own.post("/cuenta/pais/", {"country": ""})

    client_user.refresh_from_db()
    assert client_user.country == ""


def test_unknown_country_is_refused_next_to_the_field(own: Client, client_user: User) -> None:
    answer = own.post("/cuenta/pais/", {"country": "XX"})

    assert answer.status_code == 422
    assert answer.context["country_form"].errors["country"]


@pytest.mark.parametrize("purpose", ["attention", "follow_up", "analytics"])
def test_each_consent_is_given_and_withdrawn_apart(own: Client, client_user: User, purpose: str) -> None:
    own.post("/cuenta/consentimiento/", {"purpose": purpose, "agreed": "yes"})
    assert list(Consent.objects.values_list("purpose", "withdrawn_at")) == [(purpose, None)]

    own.post("/cuenta/consentimiento/", {"purpose": purpose, "agreed": "no"})

    row = Consent.objects.get()
    assert row.withdrawn_at is not None
    assert "Lo retiraste el" in page(own)


def test_giving_again_keeps_the_earlier_dates(own: Client, client_user: User) -> None:
    for answer in ("yes", "no", "yes", "yes"):
        own.post("/cuenta/consentimiento/", {"purpose": "follow_up", "agreed": answer})

    assert Consent.objects.count() == 2
    assert has_consented(client_user, ConsentPurpose.FOLLOW_UP)


def test_publication_is_withdrawn_for_one_consultation(own: Client, client_user: User) -> None:
    give_consent(by=client_user, purpose=ConsentPurpose.PUBLICATION, subject=CASE)
    assert f"/consultas/{CASE}/" in page(own)

    own.post("/cuenta/consentimiento/", {"purpose": "publication", "subject": CASE, "agreed": "no"})

    assert not has_consented(client_user, ConsentPurpose.PUBLICATION, CASE)


@pytest.mark.parametrize(
    "data",
    [
        {"purpose": "publication", "agreed": "yes"},
        {"purpose": "publication", "subject": CASE, "agreed": "yes"},
        {"purpose": "attention", "subject": CASE, "agreed": "yes"},
        {"purpose": "everything", "agreed": "yes"},
        {"purpose": "attention", "agreed": "perhaps"},
        {},
    ],
)
def test_consents_nobody_asked_for_are_refused(own: Client, other_client: User, data: dict[str, str]) -> None:
    give_consent(by=other_client, purpose=ConsentPurpose.PUBLICATION, subject=CASE)

    assert own.post("/cuenta/consentimiento/", data).status_code == 400
    assert Consent.objects.count() == 1


def test_analytics_consent_goes_with_its_cookie(own: Client) -> None:
    own.post("/cuenta/consentimiento/", {"purpose": "analytics", "agreed": "yes"})
    assert own.cookies["need_consent"].value == "analytics"

    own.post("/cuenta/consentimiento/", {"purpose": "analytics", "agreed": "no"})
    assert own.cookies["need_consent"].value == "none"


@pytest.mark.parametrize("address", ["/cuenta/seudonimo/", "/cuenta/pais/", "/cuenta/consentimiento/"])
def test_changes_need_the_form_token(client_user: User, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(client_user)

    answer = strict.post(address)

    assert answer.status_code == 403
    assert "No pudimos enviar el formulario" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "place"),
    [("client_user", "/consultas/"), ("psychologist", "/profesional/"), ("editor", "/admin/")],
)
def test_page_leads_each_role_to_its_own_place(
    client: Client, request: pytest.FixtureRequest, role: str, place: str
) -> None:
    client.force_login(request.getfixturevalue(role))

    assert f'<a class="button" href="{place}">' in page(client)
