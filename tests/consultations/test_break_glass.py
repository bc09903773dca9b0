"""An administrator's way into a consultation: recorded, reasoned, short."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

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


def test_broken_glass_closes_after_half_an_hour(address: str, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    client.post(address, {"reason": REASON})
    BreakGlassAccess.objects.update(opened_at=timezone.now() - datetime.timedelta(minutes=31))
    assert CASE["happening"] not in client.get(address).content.decode()
