"""Reading, ticking, closing, rating: what a client does beside writing."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from consultations.actions.consultations import answer
from consultations.actions.orders import place_order
from consultations.enums import Money, PublicationWish, Status
from consultations.models import Consultation, Order, PlanStep, Rating, Service, Turn
from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.models import MoodTally, ProfessionalPage, TouchpointLog, User
from tests.consultations.browsing import DANGER, address, signed_in, text_of
from tests.fixtures.consultations import ORIENTATION, STEPS, pay
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def count_of(name: str) -> int:
    return TouchpointLog.objects.filter(name=name).count()


# --- reading --------------------------------------------------------------------------------------
def test_answer_is_new_once_and_read_from_then_on(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("detail", answered_consultation)
    first, second = text_of(browser.get(where)), text_of(browser.get(where))
    assert ORIENTATION in first
    assert "turn--unread" in first
    assert "turn--unread" not in second
    assert count_of("answer_read") == 1


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Moz": "prefetch"}),
        ("get", {"X-Purpose": "preview"}),
        ("get", {"Sec-Fetch-Dest": "empty"}),
    ],
)
def test_page_that_nobody_sees_counts_as_unread(
    method: str, headers: dict[str, str], answered_consultation: Consultation, client_user: User
) -> None:
    getattr(signed_in(client_user), method)(address("detail", answered_consultation), headers=headers)
    assert Turn.objects.get(kind="orientation").read_at is None
    assert count_of("answer_read") == 0


def test_second_answer_is_read_again(
    replied_consultation: Consultation, client_user: User, psychologist: User
) -> None:
    browser, where = signed_in(client_user), address("detail", replied_consultation)
    browser.get(where)
    answer(by=psychologist, consultation=replied_consultation, text="Sigue así.", steps=[])
    browser.get(where)
    assert (count_of("answer_read"), count_of("answer_read_again")) == (1, 1)


def test_letters_say_who_answers_with_their_registration(
    answered_consultation: Consultation, client_user: User, psychologist: User, site_tree: SiteTree
) -> None:
    ProfessionalPage.objects.update(user=psychologist)
    page = text_of(signed_in(client_user).get(address("detail", answered_consultation)))
    assert "De Elena Rojas, Psicóloga clínica, RNPI 000000." in page


def test_deadline_is_told_and_a_missed_one_is_owned_up_to(
    taken_consultation: Consultation, client_user: User
) -> None:
    browser, where = signed_in(client_user), address("detail", taken_consultation)
    assert "Tu consulta está en manos de una persona." in text_of(browser.get(where))
    late = timezone.now() - datetime.timedelta(hours=2)
    Consultation.objects.filter(pk=taken_consultation.pk).update(due_at=late)
    assert "todavía no tienes respuesta. Lo sentimos." in text_of(browser.get(where))


def test_who_lives_elsewhere_is_told_whose_clock_it_is(
    taken_consultation: Consultation, client_user: User
) -> None:
    User.objects.filter(pk=client_user.pk).update(country="ES")
    assert "(hora de Chile)" in text_of(signed_in(client_user).get(address("detail", taken_consultation)))


def test_money_that_went_back_is_told(paid_consultation: Consultation, client_user: User) -> None:
    Order.objects.update(money=Money.REFUNDED)
    page = text_of(signed_in(client_user).get(address("detail", paid_consultation)))
    assert "El pago de esta consulta se devolvió, así que la conversación está detenida." in page


# --- the plan, the mood ---------------------------------------------------------------------------
def test_step_is_ticked_and_opened_again(answered_consultation: Consultation, client_user: User) -> None:
    browser, where = signed_in(client_user), address("step", answered_consultation)
    step = PlanStep.objects.get(number=1)
    assert STEPS[0] in text_of(browser.get(address("detail", answered_consultation)))
    done = {"step": f"{step.pk}-hecho"}
    for _ in range(2):  # a double click is one tick
        assert browser.post(where, done)["Location"].endswith("#plan-2")
        step.refresh_from_db()
        assert step.done_at is not None
    assert 'aria-pressed="true"' in text_of(browser.get(address("detail", answered_consultation)))
    browser.post(where, {"step": f"{step.pk}-abierto"})
    step.refresh_from_db()
    assert step.done_at is None


@pytest.mark.parametrize("key", ["", "nada", "0-hecho", "9" * 30 + "-hecho", "²-hecho"])
def test_unknown_step_is_not_found(key: str, answered_consultation: Consultation, client_user: User) -> None:
    answer_ = signed_in(client_user).post(address("step", answered_consultation), {"step": key})
    assert answer_.status_code == 404


def test_step_of_another_consultation_is_not_found(
    answered_consultation: Consultation, client_user: User, other_client: User, service: Service
) -> None:
    other = pay(place_order(by=other_client, service=service, attempt=uuid.uuid4())).consultation
    step = PlanStep.objects.get(number=1)
    refused = signed_in(other_client).post(address("step", other), {"step": f"{step.pk}-hecho"})
    assert refused.status_code == 404
    step.refresh_from_db()
    assert step.done_at is None


def test_mood_after_reading_is_one_tap_and_counts_once(
    answered_consultation: Consultation, client_user: User
) -> None:
    MoodTally.objects.all().delete()
    browser, where = signed_in(client_user), address("mood", answered_consultation)
    for mood in ("4", "5"):
        assert browser.post(where, {"mood": mood})["Location"].endswith("#animo")
    answered_consultation.refresh_from_db()
    assert answered_consultation.mood_after == "5"
    assert [(row.mood, row.count) for row in MoodTally.objects.all()] == [(4, 1)]


@pytest.mark.parametrize("mood", ["", "0", "6", "bien"])
def test_mood_that_does_not_exist_is_left_out(
    mood: str, answered_consultation: Consultation, client_user: User
) -> None:
    assert (
        signed_in(client_user).post(address("mood", answered_consultation), {"mood": mood}).status_code == 302
    )
    answered_consultation.refresh_from_db()
    assert answered_consultation.mood_after == ""


# --- closing, rating, publishing ------------------------------------------------------------------
def test_closing_asks_two_things_apart_and_presses_neither(
    answered_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(address("close", answered_consultation)))
    assert "checked" in page.partition('name="publication" value=""')[2][:40], "no answer is the default"
    assert page.count("checked") == 1
    browser.post(address("close", answered_consultation), {})
    answered_consultation.refresh_from_db()
    assert answered_consultation.status == Status.CLOSED
    assert answered_consultation.publication_wish == PublicationWish.NOT_ASKED
    assert not has_consented(client_user, ConsentPurpose.FOLLOW_UP)
    assert not has_consented(client_user, ConsentPurpose.PUBLICATION, str(answered_consultation.pk))


def test_closing_keeps_what_was_agreed_to(answered_consultation: Consultation, client_user: User) -> None:
    form = {"follow_up": "on", "publication": "yes"}
    page = signed_in(client_user).post(address("close", answered_consultation), form, follow=True)
    assert "La consulta está cerrada" in text_of(page)
    assert has_consented(client_user, ConsentPurpose.FOLLOW_UP)
    assert has_consented(client_user, ConsentPurpose.PUBLICATION, str(answered_consultation.pk))


def test_closing_twice_is_closing_once(answered_consultation: Consultation, client_user: User) -> None:
    browser, where = signed_in(client_user), address("close", answered_consultation)
    browser.post(where, {})
    assert "Esta consulta ya está cerrada." in text_of(browser.post(where, {}, follow=True))
    assert count_of("consultation_closed") == 1


def test_consultation_that_waits_cannot_be_closed(
    taken_consultation: Consultation, client_user: User
) -> None:
    page = signed_in(client_user).post(address("close", taken_consultation), {}, follow=True)
    assert "Podrás cerrarla cuando tengas la respuesta." in text_of(page)
    taken_consultation.refresh_from_db()
    assert taken_consultation.status == Status.IN_CARE


def test_rating_is_thanked_for_and_says_what_comes_next(
    closed_consultation: Consultation, client_user: User
) -> None:
    form = {"stars": "4", "comment": "Me <b>sirvió</b>."}
    page = text_of(signed_in(client_user).post(address("rate", closed_consultation), form, follow=True))
    assert "Gracias por contarnos" in page
    assert "te llegará un correo con una encuesta breve" in page
    rating = Rating.objects.get()
    assert (rating.stars, rating.comment) == (4, "Me <b>sirvió</b>.")
    assert "sirvió" not in page, "the comment is for the team"


@pytest.mark.parametrize("stars", ["", "0", "6", "cinco"])
def test_rating_outside_one_to_five_keeps_the_comment(
    stars: str, closed_consultation: Consultation, client_user: User
) -> None:
    answer_ = signed_in(client_user).post(
        address("rate", closed_consultation), {"stars": stars, "comment": "Sigue aquí."}
    )
    assert answer_.status_code == 422
    assert "Sigue aquí.</textarea>" in text_of(answer_)
    assert not Rating.objects.exists()


def test_open_consultation_cannot_be_rated(answered_consultation: Consultation, client_user: User) -> None:
    page = signed_in(client_user).post(address("rate", answered_consultation), {"stars": "5"}, follow=True)
    assert "Podrás calificar cuando cierres la consulta." in text_of(page)
    assert not Rating.objects.exists()


def test_danger_in_a_comment_shows_the_lines(closed_consultation: Consultation, client_user: User) -> None:
    form = {"stars": "1", "comment": f"Igual {DANGER}."}
    page = text_of(signed_in(client_user).post(address("rate", closed_consultation), form, follow=True))
    assert "notice--risk" in page
    assert "*4141" in page


@pytest.mark.parametrize(("wish", "agreed"), [("yes", True), ("no", False), ("", False)])
def test_wish_about_publishing_can_be_changed_later(
    wish: str, agreed: bool, closed_consultation: Consultation, client_user: User
) -> None:
    browser, subject = signed_in(client_user), str(closed_consultation.pk)
    for step in ("yes", wish):
        page = browser.post(address("publication", closed_consultation), {"publication": step}, follow=True)
        assert "Guardamos tu decisión." in text_of(page)
    closed_consultation.refresh_from_db()
    assert closed_consultation.publication_wish == wish
    assert has_consented(client_user, ConsentPurpose.PUBLICATION, subject) == agreed


def test_wish_before_closing_is_not_taken(answered_consultation: Consultation, client_user: User) -> None:
    signed_in(client_user).post(address("publication", answered_consultation), {"publication": "yes"})
    answered_consultation.refresh_from_db()
    assert answered_consultation.publication_wish == PublicationWish.NOT_ASKED
