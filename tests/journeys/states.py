"""One consultation in each of its states, made by the site's own actions beside the running site.

Browser tests that look at pages, and not at how one gets there, begin here:

    def test_something(states, page):
        steps.sign_in(page, states["email"], PASSWORD)
        page.goto(states["writing"])
"""

from __future__ import annotations

import json
import uuid

from django.contrib.auth.models import AnonymousUser, Group
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.views.defaults import page_not_found

from casestudies.actions.anonymising import save_original
from casestudies.enums import TurnKind
from casestudies.models import CaseIndexPage, CasePage
from consultations.actions import consultations as actions
from consultations.actions.aftercare import put_first
from consultations.actions.case_drafts import (
    approve_case,
    case_of,
    digest_of,
    prepare_case,
    withdraw_consent_to_case,
)
from consultations.actions.gifts import redeem
from consultations.actions.orders import place_order
from consultations.actions.reading import rate
from consultations.actions.withdrawal import withdraw
from consultations.enums import PublicationWish
from consultations.models import Consultation, Order, Service
from home.enums import Mood
from home.models import User
from home.permissions import PSYCHOLOGISTS
from surveys import links
from surveys.actions.answering import answer_survey
from surveys.models import Invitation
from tests.fixtures.consultations import CASE, ORIENTATION, REPLY, STEPS, pay
from tests.fixtures.offers import buy_gift
from tests.fixtures.people import make_person
from tests.journeys.product import Product

PSYCHOLOGIST = "psicologa@example.com"
EDITOR = "editora@example.com"
ADMINISTRATOR = "admin@example.com"
DANGER = {**CASE, "happening": "No doy más, quiero morirme y ya pensé cómo hacerlo."}

# What the anonymiser finds a name, a town and an address in.
NAMED = "Me llamo Fernanda Quilodrán, de Panguipulli.\n\nEscríbeme a ferni.quilo@example.com: no duermo."


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
        "withdrawn": _withdrawn(client),
    }
    cases = _cases(client, psychologist)
    addresses = {
        name: reverse("consultations:detail", args=[each.pk]) for name, each in consultations.items()
    }
    for name in ("waiting", "waiting_in_danger", "in_care", "replied", "rated"):
        addresses[f"desk_{name}"] = _desk_page(consultations[name])
    for name, each in cases.items():
        addresses[name] = reverse("consultations:case", args=[each.pk])
    addresses["workbench"] = _workbench()
    addresses["gone"] = _gone(client, psychologist)
    addresses["desk_left_alone"] = _left_alone(client)
    addresses["desk_note"] = _asks_for_a_note(client, psychologist)
    addresses["emergency_access"] = _emergency_access(consultations["waiting"])
    addresses["order_unpaid"] = _order_page(unpaid)
    addresses["order_paid"] = _order_page(consultations["writing"].order)
    addresses["order_returning"] = _order_page(consultations["withdrawn"].order)
    gift = buy_gift(client, unpaid.service)
    addresses["order_gift"] = _order_page(gift.order)
    addresses["redeemed"] = _redeemed(client, gift.order)
    addresses["refund"] = reverse("consultations_refund", args=[_payment_of(consultations["rated"])])
    addresses["order_in_the_office"] = reverse(
        "ordenes_modeladmin_inspect", args=[consultations["withdrawn"].order_id]
    )
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


def _redeemed(client: User, like: Order) -> str:
    """The space that another gift opened for this client."""
    giver = make_person(f"regala-{uuid.uuid4().hex[:8]}@example.com")
    opened = redeem(by=client, code=buy_gift(giver, like.service).code)
    return reverse("consultations:detail", args=[opened.pk])


def _order_page(order: Order) -> str:
    return reverse("consultations:order", args=[order.return_token])


def _payment_of(consultation: Consultation) -> int:
    return consultation.order.payments.get().pk


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


def _withdrawn(client: User) -> Consultation:
    consultation = _waiting(client)
    withdraw(by=client, consultation=consultation)
    return consultation


def _left_alone(client: User) -> str:
    """Taken by somebody who is not in the team any more."""
    leaver = make_person(f"se-va-{uuid.uuid4().hex[:8]}@example.com")
    team = Group.objects.get(name=PSYCHOLOGISTS)
    leaver.groups.add(team)
    consultation = _taken(client, leaver)
    leaver.groups.remove(team)
    return _desk_page(consultation)


def _asks_for_a_note(client: User, psychologist: User) -> str:
    """Closed; afterwards its person said something that speaks of danger."""
    consultation = _closed(client, psychologist)
    put_first(by=client, consultation=consultation)
    return _desk_page(consultation)


def _desk_page(consultation: Consultation) -> str:
    return reverse("consultations:desk_detail", args=[consultation.pk])


def _emergency_access(consultation: Consultation) -> str:
    return reverse("consultations:break_glass", args=[consultation.pk])


def _cases(client: User, psychologist: User) -> dict[str, Consultation]:
    """Cases made from consultations: before there is a text, with one to decide about, and approved."""
    approved = _case_written(client, psychologist)
    source = case_of(approved)
    assert source is not None
    approve_case(by=client, consultation=approved, seen=digest_of(source))
    return {
        "case_preparing": _case_begun(client, psychologist),
        "case_to_approve": _case_written(client, psychologist),
        "case_approved": approved,
    }


def _case_begun(client: User, psychologist: User) -> Consultation:
    consultation = _answered(client, psychologist)
    actions.close(by=client, consultation=consultation, follow_up=True, publication=PublicationWish.YES)
    prepare_case(by=psychologist, consultation=consultation)
    return consultation


def _case_written(client: User, psychologist: User) -> Consultation:
    consultation = _case_begun(client, psychologist)
    page = _page_of(consultation)
    page.title, page.summary, page.age_band = "Despierto antes que el despertador", "No duermo.", "25-34"
    page.turns = [
        ("turn", {"kind": "consultation", "text": CASE["happening"]}),
        ("turn", {"kind": "orientation", "text": ORIENTATION}),
    ]
    page.plan = [("step", {"title": each, "detail": ""}) for each in STEPS]
    page.takeaways = "Despertar no es fracasar.\nLo anotado pesa menos."
    page.save_revision(clean=False)
    return consultation


def _page_of(consultation: Consultation) -> CasePage:
    source = case_of(consultation)
    assert source is not None
    assert source.page is not None
    return source.page


def _workbench() -> str:
    """Of a case whose letters an editor pasted: those of a consultation are its psychologist's alone."""
    editor = User.objects.get(email=EDITOR)
    page = CasePage(title="Caso sin título", slug=f"caso-{uuid.uuid4().hex[:12]}", country="CL", live=False)
    page.owner = editor
    CaseIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=editor, clean=False)
    save_original(by=editor, case=page, letters=[{"kind": TurnKind.CONSULTATION, "text": NAMED}])
    return reverse("casestudies_anonymiser", args=[page.pk])


def _gone(client: User, psychologist: User) -> str:
    """The address of a case whose person no longer agrees."""
    consultation = _case_written(client, psychologist)
    slug = _page_of(consultation).slug
    withdraw_consent_to_case(consultation_id=str(consultation.pk))
    return f"{CaseIndexPage.objects.get().url}{slug}/"


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
