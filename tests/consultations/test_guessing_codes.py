"""Codes of gifts and discounts cannot be found by trying, and nobody waits for what a neighbour tried."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from consultations.actions.gifts import DOES_NOT_WORK
from consultations.models import Consultation, Gift, Order, Service
from home.models import User
from tests.consultations.browsing import NEW, form_for, signed_in, text_of, use
from tests.fixtures.offers import make_discount
from tests.fixtures.people import make_person
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
TOO_MANY = "Hubo muchos intentos con códigos"
WRONG = "7KQM-2HXA-9TRD-CW4P"


@pytest.fixture
def few_wrong_codes(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("consultations.views.guessing.WRONG_CODES_ALLOWED", "2/h")
    monkeypatch.setattr("consultations.views.guessing.WRONG_CODES_OF_A_HOUSE", "3/h")


def ask_for_price(browser: Client, service: Service, code: str) -> str:
    return text_of(browser.post(NEW, {**form_for(service), "code": code, "step": "apply"}))


def guess_too_often() -> None:
    """Several people at one address type wrong codes, until the address has typed too many."""
    for number in range(4):
        use(signed_in(make_person(f"vecina{number}@example.com")), WRONG)


def test_guessing_is_slowed_down_also_for_a_right_code(
    gift: Gift, other_client: User, few_wrong_codes: None
) -> None:
    browser = signed_in(other_client)
    for guess in ("7KQM-2HXA-9TRD-CW4P", "7KQM-2HXA-9TRD-CW4Q", "x"):
        assert DOES_NOT_WORK in text_of(use(browser, guess))
    answer = use(browser, gift.code)
    assert "Hubo muchos intentos con códigos" in text_of(answer)
    assert not Consultation.objects.exists()


def test_guessing_codes_is_slowed_down_and_buying_is_not(
    client_user: User,
    service: Service,
    few_wrong_codes: None,
    mercadopago_standin: StandIn,
) -> None:
    make_discount()
    browser = signed_in(client_user)
    for guess in ("A", "B", "C"):
        assert "No encontramos" in ask_for_price(browser, service, guess)
    answer = ask_for_price(browser, service, "OTONO20")
    assert "Hubo muchos intentos con códigos" in answer
    assert "$20.000" not in answer
    assert browser.post(NEW, form_for(service))["Location"] == Order.objects.get().checkout_url


def test_recipient_behind_a_busy_address_redeems_although_others_guessed(
    gift: Gift, other_client: User, few_wrong_codes: None
) -> None:
    guess_too_often()
    assert (
        use(signed_in(other_client), gift.code)["Location"] == f"/consultas/{Consultation.objects.get().pk}/"
    )


def test_discount_behind_a_busy_address_holds_although_others_guessed(
    client_user: User, service: Service, few_wrong_codes: None
) -> None:
    make_discount()
    guess_too_often()
    assert "$20.000 CLP" in ask_for_price(signed_in(client_user), service, "OTONO20")


def test_account_for_each_guess_buys_one_guess_at_a_busy_address(
    gift: Gift, other_client: User, few_wrong_codes: None
) -> None:
    guess_too_often()
    browser = signed_in(other_client)
    assert DOES_NOT_WORK in text_of(use(browser, WRONG))
    assert TOO_MANY in text_of(use(browser, gift.code))
    assert not Consultation.objects.exists()
