"""The psychologist's desk: who reaches it, what it shows, what it sends."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.enums import Status
from consultations.models import Consultation, Draft
from home.models import User
from tests.fixtures.consultations import CASE, REPLY

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_DESK = 13


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def url(name: str, consultation: Consultation) -> str:
    return reverse(f"consultations:{name}", args=[consultation.pk])


def test_desk_asks_visitors_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("consultations:desk"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/cuenta/ingresar/")


@pytest.mark.parametrize("role", ["client_user", "editor", "moderator", "marketer", "administrator"])
def test_desk_does_not_exist_for_others(role: str, request: pytest.FixtureRequest) -> None:
    answer = signed_in(request.getfixturevalue(role)).get(reverse("consultations:desk"))
    assert answer.status_code == 404


def test_desk_lists_what_waits_without_a_word_of_it(
    waiting_consultation: Consultation, psychologist: User
) -> None:
    page = signed_in(psychologist).get(reverse("consultations:desk")).content.decode()
    assert waiting_consultation.client.pseudonym in page
    assert not [text for text in CASE.values() if text in page]


def test_desk_puts_priority_first_and_then_the_longest_wait(
    waiting_consultation: Consultation, psychologist: User, make_waiting: Callable[..., Consultation]
) -> None:
    longest = make_waiting(hours=50)
    urgent = make_waiting(hours=1, priority=True)
    rows = signed_in(psychologist).get(reverse("consultations:desk")).context["waiting"]
    assert list(rows) == [urgent, longest, waiting_consultation]


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_queries_for_any_number_of_rows(
    count: int,
    psychologist: User,
    make_waiting: Callable[..., Consultation],
    django_assert_num_queries: Any,
) -> None:
    for hours in range(count):
        make_waiting(hours=hours)
    browser = signed_in(psychologist)
    browser.get(reverse("consultations:desk"))
    with django_assert_num_queries(QUERIES_OF_THE_DESK):
        browser.get(reverse("consultations:desk"))


def test_waiting_consultation_shows_no_text_before_it_is_taken(
    waiting_consultation: Consultation, psychologist: User
) -> None:
    answer = signed_in(psychologist).get(url("desk_detail", waiting_consultation))
    assert answer.status_code == 200
    assert not [text for text in CASE.values() if text in answer.content.decode()]


def test_taking_a_consultation_opens_its_text(waiting_consultation: Consultation, psychologist: User) -> None:
    browser = signed_in(psychologist)
    browser.post(url("desk_take", waiting_consultation))
    page = browser.get(url("desk_detail", waiting_consultation)).content.decode()
    assert CASE["happening"] in page


def test_taking_what_a_colleague_has_taken_says_so(
    taken_consultation: Consultation, psychologist: User, colleague: User
) -> None:
    answer = signed_in(colleague).post(url("desk_take", taken_consultation))
    assert answer.status_code == 404
    taken_consultation.refresh_from_db()
    assert taken_consultation.psychologist == psychologist


@pytest.mark.parametrize("name", ["desk_detail", "desk_answer", "desk_release", "desk_draft"])
@pytest.mark.parametrize("role", ["colleague", "client_user", "other_client", "administrator"])
def test_taken_consultation_does_not_exist_for_others(
    name: str, role: str, taken_consultation: Consultation, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(role))
    ask = browser.get if name == "desk_detail" else browser.post
    assert ask(url(name, taken_consultation)).status_code == 404


def test_psychologist_who_left_the_group_reads_nothing(
    taken_consultation: Consultation, psychologist: User
) -> None:
    psychologist.groups.clear()
    assert signed_in(psychologist).get(url("desk_detail", taken_consultation)).status_code == 404


def test_answer_reaches_the_client_by_an_email_without_content(
    taken_consultation: Consultation, psychologist: User, run_jobs: Callable[[], list[str]]
) -> None:
    run_jobs()
    mail.outbox.clear()
    form = {"text": "Una orientación secreta.", "steps": "Camina diez minutos.\n\nEscribe una línea."}
    signed_in(psychologist).post(url("desk_answer", taken_consultation), form)
    run_jobs()
    taken_consultation.refresh_from_db()
    assert taken_consultation.status == Status.ANSWERED
    assert [step.text for step in taken_consultation.turns.last().steps.all()] == [
        "Camina diez minutos.",
        "Escribe una línea.",
    ]
    [message] = mail.outbox
    assert message.to == [taken_consultation.client.email]
    everything = message.subject + message.body + str(message.alternatives[0][0])
    assert not [word for word in ("secreta", "Camina", "línea.", "orientación secreta") if word in everything]


def test_answer_sent_twice_is_one_letter(taken_consultation: Consultation, psychologist: User) -> None:
    browser = signed_in(psychologist)
    form = {"text": "Una orientación.", "steps": "Camina."}
    browser.post(url("desk_answer", taken_consultation), form)
    second = browser.post(url("desk_answer", taken_consultation), form, follow=True)
    assert second.status_code == 200
    assert taken_consultation.turns.count() == 2


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": "", "steps": "Camina."}, "text"),
        ({"text": "Hola.", "steps": ""}, "steps"),
        ({"text": "a" * 50_000, "steps": "Camina."}, "text"),
        ({"text": "Hola.", "steps": "\n".join(f"Paso {n}" for n in range(11))}, "steps"),
        ({"text": "Hola.", "steps": "p" * 401}, "steps"),
    ],
)
def test_answer_that_does_not_fit_comes_back_whole(
    form: dict[str, str], field: str, taken_consultation: Consultation, psychologist: User
) -> None:
    answer = signed_in(psychologist).post(url("desk_answer", taken_consultation), form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["text"].value() == form["text"]
    assert taken_consultation.turns.count() == 1


def test_second_orientation_needs_no_plan(replied_consultation: Consultation, psychologist: User) -> None:
    browser = signed_in(psychologist)
    assert REPLY in browser.get(url("desk_detail", replied_consultation)).content.decode()
    browser.post(url("desk_answer", replied_consultation), {"text": "Sigue así.", "steps": ""})
    replied_consultation.refresh_from_db()
    assert replied_consultation.status == Status.ANSWERED


def test_draft_of_an_answer_waits_encrypted_for_its_author(
    taken_consultation: Consultation, psychologist: User
) -> None:
    browser = signed_in(psychologist)
    answer = browser.post(
        url("desk_draft", taken_consultation),
        {"text": "A medio escribir", "steps": ""},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 204
    assert "A medio escribir" in browser.get(url("desk_detail", taken_consultation)).content.decode()
    assert Draft.objects.get().author == psychologist


def test_released_consultation_keeps_its_place_in_the_line(
    taken_consultation: Consultation, psychologist: User
) -> None:
    before = taken_consultation.waiting_since
    signed_in(psychologist).post(url("desk_release", taken_consultation))
    taken_consultation.refresh_from_db()
    assert (taken_consultation.status, taken_consultation.psychologist) == (Status.WAITING, None)
    assert taken_consultation.waiting_since == before


def test_desk_pages_are_kept_by_no_cache(taken_consultation: Consultation, psychologist: User) -> None:
    answer = signed_in(psychologist).get(url("desk_detail", taken_consultation))
    assert "no-store" in answer["Cache-Control"]


def test_overdue_consultation_says_so(taken_consultation: Consultation, psychologist: User) -> None:
    late = timezone.now() - datetime.timedelta(hours=1)
    Consultation.objects.filter(pk=taken_consultation.pk).update(due_at=late)
    assert "venció" in signed_in(psychologist).get(reverse("consultations:desk")).content.decode()
