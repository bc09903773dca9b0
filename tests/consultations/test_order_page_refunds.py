"""The order's page of a gift that its buyer gave up: it follows the refund, also one that was refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from consultations.actions.withdrawal import withdraw, withdraw_gift
from consultations.enums import Money, RefundState
from consultations.models import Consultation, Gift, Order, Refund
from home.models import User
from tests.consultations.browsing import order_page, signed_in, text_of

pytestmark = pytest.mark.django_db
ASKED = "Te devolvemos $25.000 CLP por el mismo medio con que pagaste. Ya está pedido"
DONE = "Mercado Pago devolvió $25.000 CLP el "
REFUSED = "Mercado Pago no aceptó devolver $25.000 CLP por sí solo. Una persona del equipo lo está viendo"
GOING_BACK, WITH_US = "Te estamos devolviendo tu dinero", "Tu devolución necesita más tiempo"


def given_up(gift: Gift, state: RefundState) -> str:
    """The address of the page of a gift whose refund is in `state`."""
    withdraw_gift(by=gift.order.client, order=gift.order)
    if state != RefundState.ASKED:
        done = 501 if state == RefundState.DONE else None
        Refund.objects.update(state=state, settled_at=timezone.now(), next_try_at=None, refund_id=done)
    return order_page(gift.order)


@pytest.mark.parametrize(
    ("state", "title", "told"),
    [
        (RefundState.ASKED, GOING_BACK, ASKED),
        (RefundState.DONE, GOING_BACK, DONE),
        (RefundState.REFUSED, WITH_US, REFUSED),
    ],
)
def test_buyer_who_gave_up_a_gift_reads_how_the_refund_is_going_and_whom_to_write_to(
    state: RefundState, title: str, told: str, gift: Gift, client_user: User
) -> None:
    page = text_of(signed_in(client_user).get(given_up(gift, state)))
    assert f"<h1>{title}</h1>" in page
    assert "Anulaste tu regalo y su código ya no sirve." in page
    assert [each for each in (ASKED, DONE, REFUSED) if each in page] == [told]
    assert "Si tienes una pregunta, escríbenos a" in page
    assert gift.order.reference in page


@pytest.mark.parametrize(
    ("state", "title"),
    [(RefundState.ASKED, GOING_BACK), (RefundState.DONE, GOING_BACK), (RefundState.REFUSED, WITH_US)],
)
def test_others_read_of_a_refused_refund_without_its_amount(
    state: RefundState, title: str, gift: Gift, client: Client
) -> None:
    page = text_of(client.get(given_up(gift, state)))
    assert f"<h1>{title}</h1>" in page
    assert ("Una persona del equipo lo está viendo" in page) == (state == RefundState.REFUSED)
    for hidden in ("25.000", "regalo", gift.order.reference):
        assert hidden not in page.partition("<main")[2].partition("</main>")[0]


def test_refusal_that_another_refund_made_good_is_not_told(gift: Gift, client_user: User) -> None:
    place = given_up(gift, RefundState.REFUSED)
    refused = Refund.objects.get()
    Refund.objects.create(payment=refused.payment, amount=refused.amount, reason=refused.reason)
    page = text_of(signed_in(client_user).get(place))
    assert f"<h1>{GOING_BACK}</h1>" in page
    assert ASKED in page
    assert REFUSED not in page


def test_gift_whose_money_is_back_is_still_said_to_be_annulled_with_amount_and_date(
    gift: Gift, client_user: User
) -> None:
    place = given_up(gift, RefundState.DONE)
    Order.objects.update(money=Money.REFUNDED)
    page = text_of(signed_in(client_user).get(place))
    assert "<h1>Tu dinero fue devuelto</h1>" in page
    assert "Anulaste tu regalo y su código ya no sirve." in page
    assert DONE in page
    assert "Anulaste" not in text_of(Client().get(place))


def test_consultation_whose_money_is_back_is_still_said_to_be_withdrawn(
    paid_consultation: Consultation, client_user: User
) -> None:
    withdraw(by=client_user, consultation=paid_consultation)
    Refund.objects.update(state=RefundState.DONE, settled_at=timezone.now(), next_try_at=None, refund_id=502)
    Order.objects.update(money=Money.REFUNDED)
    page = text_of(signed_in(client_user).get(order_page(paid_consultation.order)))
    assert "Retiraste tu consulta." in page
    assert DONE in page
