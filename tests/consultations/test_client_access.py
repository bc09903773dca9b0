"""A consultation exists for its client alone: for anybody else every address and method is a 404."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import Status
from consultations.models import Consultation, Draft, PlanStep
from home.models import User
from tests.consultations.browsing import CASE_FORM, address, signed_in, text_of

pytestmark = pytest.mark.django_db
NAMES = ("detail", "draft", "step", "mood", "close", "rate", "publication")
METHODS = ("get", "head", "post")
STRANGERS = ("other_client", "colleague", "editor", "moderator", "marketer", "administrator")
EVERY_FIELD = {**CASE_FORM, "text": "Texto", "stars": "1", "publication": "yes", "step": "1-hecho"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", STRANGERS)
def test_consultation_does_not_exist_for_strangers(
    name: str, role: str, answered_consultation: Consultation, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(role))
    where = address(name, answered_consultation)
    nowhere = reverse(f"consultations:{name}", args=[uuid.uuid4()])
    for method in METHODS:
        data = EVERY_FIELD if method == "post" else {}
        assert getattr(browser, method)(where, data).status_code == 404
        assert getattr(browser, method)(nowhere, data).status_code == 404
    assert _nothing_changed(answered_consultation)


def _nothing_changed(consultation: Consultation) -> bool:
    consultation.refresh_from_db()
    ticked = PlanStep.objects.exclude(done_at=None).exists()
    unread = consultation.turns.filter(kind="orientation", read_at=None).exists()
    untouched = consultation.status == Status.ANSWERED and not consultation.mood_after
    return untouched and unread and not ticked and not Draft.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_visitors_are_asked_to_sign_in_and_learn_nothing(
    name: str, answered_consultation: Consultation, client: Client
) -> None:
    nowhere = uuid.uuid4()
    for pk in (answered_consultation.pk, nowhere):
        sign_in = f"/cuenta/ingresar/?next={reverse('consultations:detail', args=[pk])}"
        answer = client.get(reverse(f"consultations:{name}", args=[pk]))
        assert (answer.status_code, answer["Location"]) == (302, sign_in)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_visitor_posts_changes_nothing(
    name: str, answered_consultation: Consultation, client: Client
) -> None:
    answer = client.post(address(name, answered_consultation), EVERY_FIELD)
    assert answer.status_code in (302, 403)
    assert _nothing_changed(answered_consultation)


def test_assigned_psychologist_is_sent_to_the_desk(
    answered_consultation: Consultation, psychologist: User
) -> None:
    browser = signed_in(psychologist)
    where = browser.get(address("detail", answered_consultation))["Location"]
    assert where == reverse("consultations:desk_detail", args=[answered_consultation.pk])
    for name in NAMES:
        assert browser.post(address(name, answered_consultation), EVERY_FIELD).status_code == 404
    assert _nothing_changed(answered_consultation)


def test_assigned_psychologist_who_left_is_a_stranger(
    answered_consultation: Consultation, psychologist: User
) -> None:
    psychologist.groups.clear()
    assert signed_in(psychologist).get(address("detail", answered_consultation)).status_code == 404


def test_list_shows_nobody_elses(answered_consultation: Consultation, other_client: User) -> None:
    page = text_of(signed_in(other_client).get("/consultas/"))
    assert str(answered_consultation.pk) not in page
    assert "Aquí estarán tus cartas" in page


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("detail", "close")])
def test_address_that_only_takes_posts_leads_its_client_back(
    name: str, answered_consultation: Consultation, client_user: User
) -> None:
    answer = signed_in(client_user).get(address(name, answered_consultation))
    assert answer["Location"].partition("#")[0] == address("detail", answered_consultation)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(
    method: str, answered_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    for name in NAMES:
        assert getattr(browser, method)(address(name, answered_consultation)).status_code == 405


def test_confidential_pages_are_kept_by_no_cache(
    answered_consultation: Consultation, client_user: User
) -> None:
    answer = signed_in(client_user).get(address("detail", answered_consultation))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
