"""One living link for an order, whatever happens to the answers; none once it is paid."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.errors import NotAllowed
from consultations.actions.health import links_are_made
from consultations.actions.links import close_link, ensure_link
from consultations.actions.orders import place_order, start_checkout
from consultations.actions.payments import sync_order
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag
from home.models import User
from tests.consultations.browsing import order_page, signed_in, text_of
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _test_payments_count(settings: Any) -> None:
    settings.DEBUG = True


def links_of(standin: StandIn, order: Order) -> list[dict[str, Any]]:
    return list(standin.ledger(order.reference)["preferences"])


def living(standin: StandIn, order: Order) -> list[str]:
    now = timezone.now()
    return [
        each["id"]
        for each in links_of(standin, order)
        if datetime.datetime.fromisoformat(each["expiration_date_to"]) > now
    ]


def test_link_says_whose_account_it_is(mercadopago_standin: StandIn, order: Order) -> None:
    start_checkout(order)
    order.refresh_from_db()
    assert order.collector_id == links_of(mercadopago_standin, order)[0]["collector_id"]


@pytest.mark.parametrize("mode", ["lost", "500"])
def test_link_whose_answer_was_lost_is_found_and_used(
    mode: str, mercadopago_standin: StandIn, order: Order
) -> None:
    if mode == "500":
        # It exists although the call failed, as with a server that knows no idempotency keys.
        ensure_link(Order.objects.get(pk=order.pk))
        Order.objects.update(preference_id="", checkout_url="", link_asked_at=None)
    mercadopago_standin.fail(mode, match="POST /checkout/preferences")
    assert start_checkout(order) == links_of(mercadopago_standin, order)[0]["init_point"]
    assert len(links_of(mercadopago_standin, order)) == 1


def test_lost_link_is_found_at_the_next_try(mercadopago_standin: StandIn, order: Order) -> None:
    mercadopago_standin.fail("lost", match="POST /checkout/preferences")
    mercadopago_standin.fail("500", match="GET /checkout/preferences/search")
    with pytest.raises(mercadopago.Unavailable):
        start_checkout(order)
    # Another key: only looking can tell that there is one.
    order.refresh_from_db()
    assert order.link_asked_at
    order.idempotency_key = type(order.idempotency_key)(int=1)
    assert start_checkout(order) == links_of(mercadopago_standin, order)[0]["init_point"]
    assert len(links_of(mercadopago_standin, order)) == 1


def test_of_several_links_one_stays_open(mercadopago_standin: StandIn, order: Order) -> None:
    for number in (1, 2):
        Order.objects.update(preference_id="", checkout_url="", link_asked_at=None)
        again = Order.objects.get(pk=order.pk)
        again.idempotency_key = type(order.idempotency_key)(int=number)
        ensure_link(again)
    assert len(living(mercadopago_standin, order)) == 2
    Order.objects.update(preference_id="", checkout_url="")
    order.refresh_from_db()
    start_checkout(order)
    assert living(mercadopago_standin, order) == [order.preference_id]


def test_links_found_by_two_at_once_leave_the_one_that_is_held(
    mercadopago_standin: StandIn, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        Order.objects.update(preference_id="", checkout_url="", link_asked_at=None)
        again = Order.objects.get(pk=order.pk)
        again.idempotency_key = type(order.idempotency_key)(int=number)
        ensure_link(again)
    Order.objects.update(preference_id="", checkout_url="")
    order.refresh_from_db()
    found = mercadopago.find_preferences(order.reference)

    def found_by_both(reference: str) -> list[mercadopago.Preference]:
        Order.objects.update(preference_id=found[1].id, checkout_url=found[1].init_point)
        return found

    monkeypatch.setattr(mercadopago, "find_preferences", found_by_both)
    ensure_link(order)
    assert order.preference_id == found[1].id
    assert living(mercadopago_standin, order) == [found[1].id]


def test_link_made_at_the_same_moment_is_closed(mercadopago_standin: StandIn, order: Order) -> None:
    first, second = Order.objects.get(pk=order.pk), Order.objects.get(pk=order.pk)
    second.idempotency_key = type(order.idempotency_key)(int=2)
    ensure_link(first)
    ensure_link(second)
    assert second.checkout_url == first.checkout_url
    assert living(mercadopago_standin, order) == [first.preference_id]


@pytest.mark.parametrize("how", ["ended", "unknown"])
def test_link_that_is_over_before_its_time_gives_way_to_one_other(
    how: str, mercadopago_standin: StandIn, order: Order
) -> None:
    first = start_checkout(order)
    if how == "ended":
        mercadopago.expire_preference(order.preference_id)
    else:
        mercadopago_standin.fail("404", match="GET /checkout/preferences/[^s]")
        Order.objects.update(link_asked_at=None)
        order.refresh_from_db()
    second = start_checkout(order)
    assert second != first
    assert start_checkout(order) == second
    assert order.preference_id in living(mercadopago_standin, order)


def test_link_is_kept_while_it_cannot_be_known_whether_it_lives(
    mercadopago_standin: StandIn, order: Order
) -> None:
    first = start_checkout(order)
    mercadopago_standin.fail("500", match="GET /checkout/preferences/")
    with pytest.raises(mercadopago.Unavailable):
        start_checkout(order)
    assert start_checkout(order) == first
    assert len(links_of(mercadopago_standin, order)) == 1


def test_paid_order_leaves_no_link_to_pay_again(
    mercadopago_standin: StandIn, order: Order, run_jobs: RunJobs
) -> None:
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, notify=False)
    sync_order(order)
    run_jobs()
    assert living(mercadopago_standin, order) == []
    with pytest.raises(ValueError, match="payment page"):
        mercadopago_standin.pay(order.preference_id, "approve")


def test_link_that_cannot_be_closed_now_is_closed_later(mercadopago_standin: StandIn, order: Order) -> None:
    start_checkout(order)
    mercadopago_standin.fail("503")
    with pytest.raises(mercadopago.Unavailable):
        close_link(order)
    close_link(order)
    assert living(mercadopago_standin, order) == []


@pytest.mark.parametrize("mode", ["404", "400"])
def test_link_that_is_not_there_needs_no_closing(
    mode: str, mercadopago_standin: StandIn, order: Order
) -> None:
    start_checkout(order)
    mercadopago_standin.fail(mode)
    close_link(order)


def test_payment_that_nobody_told_of_is_found_before_paying_again(
    mercadopago_standin: StandIn, order: Order, client_user: User
) -> None:
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, notify=False)
    answer = signed_in(client_user).post(order_page(order), follow=True)
    assert answer.redirect_chain == [(order_page(order), 302)]
    assert "Esta orden ya tiene un pago." in text_of(answer)
    assert "Tu pago está confirmado" in text_of(answer)


def test_nobody_pays_again_while_it_cannot_be_known_whether_they_paid(
    mercadopago_standin: StandIn, order: Order, client_user: User
) -> None:
    start_checkout(order)
    mercadopago_standin.fail("500", times=2, match="search")
    page = text_of(signed_in(client_user).post(order_page(order), follow=True))
    assert "Mercado Pago no está respondiendo." in page
    assert "no se cobró" not in page


def test_payment_in_review_is_not_paid_a_second_time(mercadopago_standin: StandIn, order: Order) -> None:
    start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, status="in_process", notify=False)
    with pytest.raises(NotAllowed, match="está en revisión"):
        start_checkout(order)


def test_coupon_may_be_paid_another_way(mercadopago_standin: StandIn, order: Order) -> None:
    url = start_checkout(order)
    mercadopago_standin.create_payment(order.preference_id, status="pending", method="ticket", notify=False)
    assert start_checkout(order) == url
    assert order.money == Money.PENDING


def test_return_reads_the_payment_it_names_although_no_search_knows_it(
    mercadopago_standin: StandIn, order: Order, client_user: User, run_jobs: RunJobs
) -> None:
    start_checkout(order)
    hidden = ["search", "merchant_orders"]
    payment = mercadopago_standin.create_payment(order.preference_id, hide=hidden, notify=False)
    signed_in(client_user).get(order_page(order), {"status": "approved", "payment_id": payment["id"]})
    run_jobs()
    order.refresh_from_db()
    assert order.money == Money.PAID


@pytest.mark.parametrize("payment_id", ["null", "1", "9" * 30, "²", ""])
def test_return_with_a_forged_payment_claims_nothing(
    payment_id: str, mercadopago_standin: StandIn, order: Order, client_user: User, run_jobs: RunJobs
) -> None:
    browser, query = signed_in(client_user), {"status": "approved", "payment_id": payment_id}
    page = text_of(browser.get(order_page(order), query))
    assert "Todavía no vemos un pago en Mercado Pago." in page
    run_jobs()
    order.refresh_from_db()
    assert order.money == Money.UNPAID
    assert "Todavía no vemos un pago en Mercado Pago." in text_of(browser.get(order_page(order), query))


@pytest.mark.parametrize("refused_by", ["Mercado Pago", "our own check"])
def test_link_that_is_refused_alarms_a_person_and_tells_the_buyer_so(
    refused_by: str, mercadopago_standin: StandIn, order: Order, run_jobs: RunJobs
) -> None:
    if refused_by == "Mercado Pago":
        mercadopago_standin.fail("400", match="POST /checkout/preferences")
    else:
        Order.objects.update(amount=Decimal("0.50"))
        order.refresh_from_db()
    page = signed_in(order.client).post(f"/consultas/orden/{order.return_token}/", follow=True)
    assert "Ahora no podemos abrir el pago" in text_of(page)
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.cleared_at) == (Reason.LINK_REFUSED, None)
    assert not links_are_made().well
    assert "consultations.jobs.send_payment_flag" in run_jobs()


def test_link_of_another_price_leaves_the_alarm_standing(
    mercadopago_standin: StandIn, order: Order, other_client: User
) -> None:
    mercadopago_standin.fail("400", match="POST /checkout/preferences")
    with pytest.raises(NotAllowed):
        start_checkout(order)
    dearer = place_order(by=other_client, service=order.service, attempt=uuid.uuid4())
    Order.objects.filter(pk=dearer.pk).update(list_price=30000, amount=30000)
    dearer.refresh_from_db()
    start_checkout(dearer)
    [flag] = PaymentFlag.objects.all()
    assert (flag.cleared_at, flag.about) == (None, "$25.000 CLP, Orientación por escrito")
    assert not links_are_made().well


def test_link_that_is_made_again_ends_the_alarm(mercadopago_standin: StandIn, order: Order) -> None:
    mercadopago_standin.fail("400", match="POST /checkout/preferences")
    with pytest.raises(NotAllowed, match="Ahora no podemos abrir el pago"):
        start_checkout(order)
    start_checkout(order)
    assert links_are_made().well
    assert not PaymentFlag.objects.filter(cleared_at=None).exists()
