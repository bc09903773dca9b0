"""From a consultation its client finds the receipt of what they paid; nobody else does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.actions.withdrawal import withdraw
from consultations.models import Consultation, Order
from home.models import User
from tests.consultations.browsing import address, signed_in, text_of

pytestmark = pytest.mark.django_db
STATES = ["paid", "waiting", "taken", "answered", "replied", "closed"]


def receipt_of(order: Order) -> str:
    return reverse("consultations:receipt", args=[order.return_token])


@pytest.mark.parametrize("state", STATES)
def test_consultation_leads_to_its_receipt_in_every_state(
    state: str, request: pytest.FixtureRequest, client_user: User
) -> None:
    consultation = request.getfixturevalue(f"{state}_consultation")
    page = text_of(signed_in(client_user).get(address("detail", consultation)))
    assert page.count(f'href="{receipt_of(consultation.order)}">Ver el recibo</a>') == 1


def test_withdrawn_consultation_leads_to_the_receipt_of_what_went_back(
    paid_consultation: Consultation, client_user: User
) -> None:
    withdraw(by=client_user, consultation=paid_consultation)
    page = text_of(signed_in(client_user).get(address("detail", paid_consultation)))
    assert page.count(f'href="{receipt_of(paid_consultation.order)}">Ver el recibo</a>') == 1


def test_psychologist_finds_no_way_to_the_receipt(
    taken_consultation: Consultation, psychologist: User
) -> None:
    page = text_of(signed_in(psychologist).get(address("detail", taken_consultation), follow=True))
    assert receipt_of(taken_consultation.order) not in page


def test_whoever_uses_a_gift_finds_no_receipt(redeemed: Consultation, other_client: User) -> None:
    page = text_of(signed_in(other_client).get(address("detail", redeemed)))
    assert "Ver el recibo" not in page
