"""The office has something read again at Mercado Pago, and its flag says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from consultations.actions.errors import NotAllowed
from consultations.actions.flags import raise_flag
from consultations.actions.health import credentials_are_accepted
from consultations.actions.hints import store_hint, work_off
from consultations.actions.looking_again import look_again
from consultations.actions.resolving import resolve
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag, PaymentHint
from home.models import User
from tests.consultations.browsing import signed_in, text_of
from tests.fixtures.refunds import PayAgain
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


def page_of(flag: PaymentFlag) -> str:
    return reverse("consultations_flag", args=[flag.pk])


def ask_again(by: User, flag: PaymentFlag) -> Any:
    return signed_in(by).post(page_of(flag), {"step": "look"})


def money_of(order: Order) -> str:
    order.refresh_from_db()
    return str(order.money)


@pytest.fixture
def given_up(bought_order: Order, mercadopago_standin: StandIn) -> PaymentFlag:
    """A payment whose notification could not be read, in two days."""
    payment = mercadopago_standin.create_payment(bought_order.preference_id, notify=False)
    hint = store_hint(topic="payment", data_id=str(payment["id"]), request_id="r")
    PaymentHint.objects.update(checks=15)
    hint.refresh_from_db()
    mercadopago_standin.fail("404")
    assert work_off(hint) == "not found"
    return PaymentFlag.objects.get(reason=Reason.NOT_FOUND)


def test_notification_that_was_given_up_is_read_again_and_needs_nobody_then(
    given_up: PaymentFlag, bought_order: Order, administrator: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    for _ in range(2):
        assert ask_again(administrator, given_up)["Location"] == page_of(given_up)
    said = text_of(signed_in(administrator).post(page_of(given_up), {"step": "look"}, follow=True))
    assert "No queda nada que preguntar" in said
    assert "Se lo preguntaremos" not in said
    run_jobs()
    given_up.refresh_from_db()
    assert given_up.cleared_at
    assert money_of(bought_order) == Money.PAID
    assert PaymentHint.objects.get().outcome == "applied"


def test_notification_that_still_cannot_be_read_keeps_its_flag(
    given_up: PaymentFlag, administrator: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    mercadopago_standin.fail("404")
    ask_again(administrator, given_up)
    run_jobs()
    assert PaymentFlag.objects.get() == given_up
    hint = PaymentHint.objects.get()
    assert (hint.outcome, hint.processed_at is None) == ("not found", False)


def test_notification_that_is_read_later_by_itself_needs_nobody_either(given_up: PaymentFlag) -> None:
    work_off(store_hint(topic="payment", data_id=str(given_up.payment_id), request_id="r2"))
    given_up.refresh_from_db()
    assert given_up.cleared_at


def test_notification_of_something_else_with_the_same_number_settles_nothing(given_up: PaymentFlag) -> None:
    for topic in ("mp-connect", "topic_merchant_order_wh"):
        work_off(store_hint(topic=topic, data_id=str(given_up.payment_id), request_id="r2"))
    given_up.refresh_from_db()
    assert given_up.cleared_at is None


def test_credentials_are_checked_on_request(
    administrator: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    flag = raise_flag(Reason.CREDENTIALS)
    mercadopago_standin.fail("401")
    ask_again(administrator, flag)
    run_jobs()
    flag.refresh_from_db()
    assert flag.cleared_at is None
    ask_again(administrator, flag)
    run_jobs()
    flag.refresh_from_db()
    assert flag.cleared_at
    assert PaymentFlag.objects.count() == 1


def test_credentials_that_somebody_says_are_renewed_are_well_once_they_are_accepted(
    administrator: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    flag = raise_flag(Reason.CREDENTIALS)
    mercadopago_standin.fail("401")
    resolve(by=administrator, flag=flag, resolution="Se renovaron.")
    assert not credentials_are_accepted().well, "nobody has asked yet"
    run_jobs()
    assert not credentials_are_accepted().well
    again = PaymentFlag.objects.get(cleared_at=None)
    assert (again.resolved_at, again == flag) == (None, False)
    resolve(by=administrator, flag=again, resolution="Ahora sí.")
    run_jobs()
    assert credentials_are_accepted().well


def test_silence_says_nothing_of_the_credentials(
    administrator: User, mercadopago_standin: StandIn, run_jobs: RunJobs
) -> None:
    flag = raise_flag(Reason.CREDENTIALS)
    mercadopago_standin.fail("500")
    ask_again(administrator, flag)
    run_jobs()
    flag.refresh_from_db()
    assert flag.cleared_at is None


def test_order_of_a_flag_is_read_again(
    bought_order: Order,
    pay_there: PayAgain,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    payment = pay_there(status="authorized")
    flag = PaymentFlag.objects.get(reason=Reason.AUTHORIZED)
    mercadopago_standin.change_payment(payment.payment_id, status="approved", notify=False)
    ask_again(administrator, flag)
    run_jobs()
    flag.refresh_from_db()
    assert (money_of(bought_order), flag.cleared_at is None) == (Money.PAID, False)


def test_alert_that_names_nothing_leaves_nothing_to_read(administrator: User, run_jobs: RunJobs) -> None:
    flag = raise_flag(Reason.FRAUD, about="r")
    run_jobs()
    browser = signed_in(administrator)
    page = text_of(browser.post(page_of(flag), {"step": "look"}, follow=True))
    assert "no nombra nada que leer" in page
    assert run_jobs() == []


def test_others_do_not_have_mercado_pago_asked(psychologist: User) -> None:
    with pytest.raises(NotAllowed):
        look_again(by=psychologist, flag=raise_flag(Reason.CREDENTIALS))
