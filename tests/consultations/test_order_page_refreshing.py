"""The page that waits for news of a payment: what its address claims, and refreshing until it is known."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from consultations.models import Order
from home.models import User
from tests.consultations.browsing import order_page, signed_in, text_of
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
CONFIRMED = "Tu pago está confirmado"
CONFIRMING = "Estamos confirmando tu pago"
CLAIMS = ("approved", "pending", "in_process", "authorized", "rejected")
FORGED = "?status=approved&collection_status=approved&payment_id=1&external_reference=N-AAAA"
NO_FUNDS = "La tarjeta no tiene fondos o cupo suficiente. Prueba con otra."


def heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("loads", "seconds"), [("", "10"), ("5", "10"), ("6", "15"), ("75", "60"), ("76", ""), ("x" * 9, "10")]
)
def test_waiting_page_refreshes_itself_ever_more_slowly(
    loads: str, seconds: str, order: Order, client_user: User
) -> None:
    answer = signed_in(client_user).get(order_page(order), {"status": "approved", "vez": loads})
    assert answer.headers.get("Refresh", "").partition(";")[0] == seconds


def test_claimed_rejection_is_confirmed_by_itself_and_told_once_verified(
    order: Order, client_user: User
) -> None:
    browser = signed_in(client_user)
    waiting = browser.get(order_page(order), {"status": "rejected", "collection_status": "rejected"})
    assert heading(text_of(waiting)) == CONFIRMING
    seconds, _, again = waiting.headers["Refresh"].partition("; url=")
    assert (seconds, again) == ("10", f"{order_page(order)}?status=rejected&vez=1")
    pay(order, status="rejected", status_detail="cc_rejected_other_reason")
    told = browser.get(again)
    assert heading(text_of(told)) == "El pago no pasó"
    assert "Refresh" not in told.headers


def test_page_of_a_coupon_tells_the_approval_by_itself(order: Order, client_user: User) -> None:
    browser = signed_in(client_user)
    pay(order, id="77", status="pending", payment_type="ticket")
    answer = browser.get(order_page(order))
    assert answer.headers["Refresh"].startswith("10; url=")
    later = timezone.now() + datetime.timedelta(seconds=5)
    pay(order, id="77", status="approved", payment_type="ticket", date_last_updated=later)
    told = browser.get(answer.headers["Refresh"].partition("url=")[2])
    assert heading(text_of(told)) == CONFIRMED
    assert "Refresh" not in told.headers


def test_refreshing_can_be_stopped(order: Order, client_user: User) -> None:
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(order), {"status": "approved"}))
    stop = f"{order_page(order)}?status=approved&amp;actualizar=no"
    assert stop in page
    assert "Refresh" not in browser.get(stop.replace("&amp;", "&")).headers


def test_settled_page_stays_still(paid_order: Order, client_user: User) -> None:
    assert "Refresh" not in signed_in(client_user).get(order_page(paid_order) + FORGED).headers


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Moz": "prefetch"}),
        ("get", {"Sec-Fetch-Dest": "empty"}),
    ],
)
def test_page_that_nobody_sees_asks_mercado_pago_nothing(
    method: str, headers: dict[str, str], order: Order, client_user: User
) -> None:
    OrmQ.objects.all().delete()
    getattr(signed_in(client_user), method)(order_page(order), headers=headers)
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("names", [("status", "payment_id"), ("collection_status", "collection_id")])
def test_payment_that_the_address_names_is_waited_for_until_its_rejection_is_told(
    claim: str, names: tuple[str, str], order: Order, client_user: User
) -> None:
    browser = signed_in(client_user)
    waiting = browser.get(order_page(order), dict(zip(names, (claim, "77"), strict=True)))
    assert heading(text_of(waiting)) == CONFIRMING
    again = waiting.headers["Refresh"].partition("url=")[2]
    assert again == f"{order_page(order)}?status={claim}&payment_id=77&vez=1"
    assert f"?status={claim}&amp;payment_id=77&amp;actualizar=no" in text_of(waiting)
    pay(order, id=77, status="rejected", status_detail="cc_rejected_insufficient_amount")
    told = browser.get(again)
    assert heading(text_of(told)) == "El pago no pasó"
    assert NO_FUNDS in text_of(told)
    assert "Intentar de nuevo" in text_of(told)
    assert "Refresh" not in told.headers


@pytest.mark.parametrize("claim", CLAIMS)
def test_payment_that_the_address_names_and_that_was_cancelled_is_told(
    claim: str, order: Order, client_user: User
) -> None:
    pay(order, id=77, status="cancelled", status_detail="expired")
    page = text_of(signed_in(client_user).get(order_page(order), {"status": claim, "payment_id": "77"}))
    assert heading(page) == "El pago se canceló"


@pytest.mark.parametrize("claim", CLAIMS)
def test_second_try_is_confirmed_before_anything_of_the_first_is_told(
    claim: str, order: Order, client_user: User
) -> None:
    pay(order, id=76, status="rejected", status_detail="cc_rejected_insufficient_amount")
    browser = signed_in(client_user)
    page = text_of(browser.get(order_page(order), {"status": claim, "payment_id": "77"}))
    assert heading(page) == CONFIRMING
    assert NO_FUNDS not in page


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim_does_not_outlive_the_link(claim: str, order: Order, client_user: User) -> None:
    Order.objects.update(expires_at=timezone.now())
    answer = signed_in(client_user).get(order_page(order), {"status": claim, "payment_id": "77"})
    assert heading(text_of(answer)) == "El enlace de pago venció"
    assert "Refresh" not in answer.headers


@pytest.mark.parametrize("named", ["null", "", "²", "7" * 19, "77&x=<script>"])
def test_address_that_names_no_payment_hands_nothing_on(named: str, order: Order, client_user: User) -> None:
    answer = signed_in(client_user).get(order_page(order), {"status": "approved", "payment_id": named})
    assert answer.headers["Refresh"] == f"10; url={order_page(order)}?status=approved&vez=1"


def test_link_that_stops_refreshing_stands_right_after_what_is_told(order: Order, client_user: User) -> None:
    page = text_of(signed_in(client_user).get(order_page(order), {"status": "approved"}))
    told = page.index('class="lead"')
    assert told < page.index("Dejar de actualizar") < page.index("</header>", told)
    assert "<a " not in page[told : page.index("Dejar de actualizar")].rpartition("<a ")[0]
