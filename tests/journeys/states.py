"""One consultation in each of its states, made by the site's own actions beside the running site.

Browser tests that look at pages, and not at how one gets there, begin here:

    def test_something(states, page):
        steps.sign_in(page, states["email"], PASSWORD)
        page.goto(states["writing"])
"""

from __future__ import annotations

import json
import uuid

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import page_not_found

from consultations.actions import consultations as actions
from consultations.actions.orders import place_order
from consultations.actions.reading import rate
from consultations.enums import PublicationWish
from consultations.models import Consultation, Order, Service
from home.enums import Mood
from home.models import User
from surveys import links
from surveys.actions.answering import answer_survey
from surveys.models import Invitation
from tests.fixtures.consultations import CASE, ORIENTATION, REPLY, STEPS, pay
from tests.fixtures.people import make_person
from tests.journeys.product import Product

PSYCHOLOGIST = "psicologa@example.com"
DANGER = {**CASE, "happening": "No doy más, quiero morirme y ya pensé cómo hacerlo."}


def made_states(product: Product, email: str) -> dict[str, str]:
    """A new client's `email`, and the addresses of their pages by state: consultations, the desk's, orders,
    surveys. `not_found` is the whole page that answers where there is nothing."""
    code = f"from tests.journeys import states; states.print_states({email!r})"
    printed = product.manage("shell", "--no-imports", "-c", code)
    states: dict[str, str] = json.loads(printed.splitlines()[-1])
    return {"email": email, **states}


def print_states(email: str) -> None:
    client = make_person(email, country="CL")
    psychologist = User.objects.get(email=PSYCHOLOGIST)
    unpaid = _order(client)
    consultations = {
        "writing": _paid(client),
        "to_be_sent": _paid(client),
        "to_be_interrupted": _paid(client),
        "waiting": _waiting(client),
        "waiting_in_danger": _waiting(client, DANGER),
        "in_care": _taken(client, psychologist),
        "answered": _answered(client, psychologist),
        "replied": _replied(client, psychologist),
        "closed": _closed(client, psychologist),
        "rated": _rated(client, psychologist),
    }
    addresses = {
        name: reverse("consultations:detail", args=[each.pk]) for name, each in consultations.items()
    }
    for name in ("waiting", "waiting_in_danger", "in_care", "replied", "rated"):
        addresses[f"desk_{name}"] = reverse("consultations:desk_detail", args=[consultations[name].pk])
    addresses["order_unpaid"] = _order_page(unpaid)
    addresses["order_paid"] = _order_page(consultations["writing"].order)
    addresses["survey"] = _survey(consultations["closed"])
    addresses["results"] = _results(consultations["rated"])
    addresses["unsubscribe"] = _stop(consultations["closed"])
    print(json.dumps({**addresses, "not_found": _not_found()}))


def _not_found() -> str:
    """As a string, for tests that show it at an address of their own."""
    request = RequestFactory().get("/no-existe/")
    request.user = AnonymousUser()
    return page_not_found(request, Http404()).content.decode()


def _order(client: User) -> Order:
    service = Service.objects.filter(active=True).order_by("sort_order")[0]
    return place_order(by=client, service=service, attempt=uuid.uuid4())


def _order_page(order: Order) -> str:
    return reverse("consultations:order", args=[order.return_token])


def _paid(client: User) -> Consultation:
    return pay(_order(client)).consultation


def _waiting(client: User, content: dict[str, str] = CASE) -> Consultation:
    consultation = _paid(client)
    actions.submit_case(by=client, consultation=consultation, content=dict(content), mood=Mood.BAD)
    return consultation


def _taken(client: User, psychologist: User) -> Consultation:
    consultation = _waiting(client)
    actions.take(by=psychologist, consultation=consultation)
    return consultation


def _answered(client: User, psychologist: User) -> Consultation:
    consultation = _taken(client, psychologist)
    actions.answer(by=psychologist, consultation=consultation, text=ORIENTATION, steps=STEPS)
    return consultation


def _replied(client: User, psychologist: User) -> Consultation:
    consultation = _answered(client, psychologist)
    actions.reply(by=client, consultation=consultation, text=REPLY)
    return consultation


def _closed(client: User, psychologist: User) -> Consultation:
    consultation = _answered(client, psychologist)
    actions.close(by=client, consultation=consultation, follow_up=True, publication=PublicationWish.NO)
    return consultation


def _rated(client: User, psychologist: User) -> Consultation:
    consultation = _closed(client, psychologist)
    rate(by=client, consultation=consultation, stars=4, comment="")
    return consultation


def _invitation(consultation: Consultation) -> Invitation:
    return Invitation.objects.filter(consultation=consultation).order_by("wave")[0]


def _survey(consultation: Consultation) -> str:
    return reverse("surveys:answer", args=[links.answer_token(_invitation(consultation))])


def _results(consultation: Consultation) -> str:
    invitation = _invitation(consultation)
    answers = {"phq-9": [2, 2, 1, 2, 1, 1, 1, 0, 0], "need-breve": [1, 1, 2, 2]}
    answer_survey(by=invitation.user, invitation=invitation, answers=answers)
    return reverse("surveys:answer", args=[links.answer_token(invitation)])


def _stop(consultation: Consultation) -> str:
    return reverse("surveys:unsubscribe", args=[links.unsubscribe_token(_invitation(consultation))])
