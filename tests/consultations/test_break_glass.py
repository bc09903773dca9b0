"""An administrator's way into a consultation: recorded, reasoned, short."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import BreakGlassAccess, Consultation
from home.models import User
from tests.fixtures.consultations import CASE

pytestmark = pytest.mark.django_db
REASON = "La persona reclamó por escrito que no reconoce su consulta."


@pytest.fixture
def address(taken_consultation: Consultation) -> str:
    return reverse("consultations:break_glass", args=[taken_consultation.pk])


@pytest.mark.parametrize(
    "role", ["client_user", "psychologist", "colleague", "editor", "moderator", "marketer"]
)
def test_break_glass_does_not_exist_for_others(
    role: str, address: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": REASON}).status_code == 404


def test_break_glass_shows_nothing_without_a_reason(
    address: str, client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    assert CASE["happening"] not in client.get(address).content.decode()
    short = client.post(address, {"reason": "porque sí"})
    assert short.status_code == 422
    assert not BreakGlassAccess.objects.exists()


def test_break_glass_with_a_reason_opens_and_stays_on_record(
    address: str, client: Client, administrator: User, taken_consultation: Consultation
) -> None:
    client.force_login(administrator)
    page = client.post(address, {"reason": REASON}, follow=True).content.decode()
    assert CASE["happening"] in page
    [access] = BreakGlassAccess.objects.all()
    assert (access.consultation_id, access.administrator_id) == (taken_consultation.pk, administrator.pk)
    assert access.reason == REASON


def test_break_glass_reason_is_encrypted(address: str, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.post(address, {"reason": REASON})
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM consultations_breakglassaccess")
        assert REASON not in cursor.fetchone()[0]


def test_broken_glass_of_an_unwritten_case_says_that_there_is_nothing_yet(
    client: Client, administrator: User, paid_consultation: Consultation
) -> None:
    client.force_login(administrator)
    where = reverse("consultations:break_glass", args=[paid_consultation.pk])
    page = client.post(where, {"reason": REASON}, follow=True).content.decode()
    assert "Todavía no hay cartas." in page
    assert "se borraron" not in page


def test_broken_glass_closes_after_half_an_hour(address: str, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.post(address, {"reason": REASON})
    BreakGlassAccess.objects.update(opened_at=timezone.now() - datetime.timedelta(minutes=31))
    assert CASE["happening"] not in client.get(address).content.decode()


# --- the record, which administrators see of each other -------------------------------------------
RECORD = "/admin/accesos-de-emergencia/"


def test_record_says_who_opened_what_and_why(
    address: str, client: Client, administrator: User, taken_consultation: Consultation
) -> None:
    client.force_login(administrator)
    client.post(address, {"reason": REASON})
    BreakGlassAccess.objects.create(
        consultation_id=taken_consultation.pk, administrator_id=10**9, reason="De alguien que ya se fue."
    )
    page = client.get(RECORD).content.decode()
    for told in (REASON, administrator.email, str(taken_consultation)[:17], "De alguien que ya se fue."):
        assert told in page
    assert "Cuenta 1000000000, que ya no existe" in page
    assert CASE["happening"] not in page


@pytest.mark.parametrize("role", ["editor", "moderator", "marketer", "psychologist"])
def test_record_is_closed_to_others(role: str, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.get(RECORD)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_record_is_in_the_menu_of_administrators_alone(
    client: Client, administrator: User, moderator: User
) -> None:
    for person, shown in ((administrator, True), (moderator, False)):
        client.force_login(person)
        assert (RECORD in client.get("/admin/").content.decode()) is shown


def test_record_cannot_be_changed_by_hand(address: str, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.post(address, {"reason": REASON})
    access = BreakGlassAccess.objects.get()
    for way in ("create/", f"edit/{access.pk}/", f"delete/{access.pk}/"):
        client.post(RECORD + way, {"reason": "otra razón, más conveniente"})
    assert BreakGlassAccess.objects.get().reason == REASON


def test_record_costs_the_same_queries_for_one_and_three(
    client: Client,
    administrator: User,
    taken_consultation: Consultation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(administrator)
    counts = []
    for _ in range(3):
        BreakGlassAccess.objects.create(
            consultation_id=taken_consultation.pk, administrator_id=administrator.pk, reason=REASON
        )
        client.get(RECORD)
        with django_assert_max_num_queries(60) as counted:
            client.get(RECORD)
        counts.append(len(counted))
    assert counts[0] == counts[2]
