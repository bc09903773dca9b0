"""What is promised about a gift holds: the money while it can go back, and that nobody learns of a change."""

from __future__ import annotations

import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from consultations.actions.errors import NotAllowed
from consultations.actions.gifts import STAYS_AT_LEAST, GiftRefused, redeem
from consultations.actions.opening import GIFT_LIVES_FOR
from consultations.actions.refunds import ask_refund, settle
from consultations.actions.withdrawal import withdraw, withdraw_gift
from consultations.enums import GiftState, RefundReason
from consultations.models import Consultation, Gift, Payment, Refund, Service
from consultations.money import RETURNABLE_FOR
from consultations.wording import day
from home.models import User
from tests.consultations.browsing import address, order_page, signed_in, text_of
from tests.consultations.test_gift_pages import GIVE, end_gift, without_tokens
from tests.fixtures.consultations import pay
from tests.fixtures.offers import buy_gift

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
PAUSED = "Tu regalo está en pausa"
GOING_BACK = "Estamos devolviendo tu dinero"


def paid_at(moment: datetime.datetime) -> None:
    Payment.objects.update(approved_at=moment)


def as_long_ago_as_can_go_back() -> datetime.datetime:
    return timezone.now() - RETURNABLE_FOR


def page_of(gift: Gift, reader: User) -> str:
    return without_tokens(text_of(signed_in(reader).get(order_page(gift.order))))


def ask_back(gift: Gift, amount: int, by: User) -> Refund:
    payment = gift.order.payments.get()
    return ask_refund(by=by, payment=payment, amount=Decimal(amount), reason=RefundReason.OTHER)


# --- how long the money can go back ---------------------------------------------------------------
def test_gift_ends_while_its_money_can_still_go_back() -> None:
    assert datetime.timedelta(days=7) < RETURNABLE_FOR - GIFT_LIVES_FOR < datetime.timedelta(days=15)


def test_page_of_giving_says_how_long_things_last(client_user: User, service: Service) -> None:
    page = text_of(signed_in(client_user).get(GIVE))
    assert f"durante {GIFT_LIVES_FOR.days} días" in page
    assert f"hasta {RETURNABLE_FOR.days} días después del pago" in page


@pytest.mark.parametrize("expired", [False, True])
def test_gift_can_be_withdrawn_until_its_money_cannot_go_back(
    expired: bool, gift: Gift, client_user: User
) -> None:
    if expired:
        Gift.objects.update(expires_at=timezone.now())
    paid_at(as_long_ago_as_can_go_back() + MINUTE)
    page = page_of(gift, client_user)
    assert end_gift(gift) in page
    assert day(timezone.now() + MINUTE) in page
    withdraw_gift(by=client_user, order=gift.order)
    assert Refund.objects.get().amount == 25000


@pytest.mark.parametrize("expired", [False, True])
def test_gift_paid_too_long_ago_says_whom_to_write_to_and_stays_as_it_is(
    expired: bool, gift: Gift, client_user: User, other_client: User
) -> None:
    if expired:
        Gift.objects.update(expires_at=timezone.now())
    paid_at(as_long_ago_as_can_go_back())
    page = page_of(gift, client_user)
    assert end_gift(gift) not in page
    assert "Mercado Pago ya no nos deja devolverlo" in page
    assert "mailto:" in page.partition("ya no nos deja")[2].partition("</p>")[0]
    assert (gift.code in page) is not expired
    said = text_of(signed_in(client_user).post(end_gift(gift), follow=True))
    assert "No cambió nada" in said
    assert not Refund.objects.exists()
    if not expired:
        assert redeem(by=other_client, code=gift.code)


def test_first_of_several_payments_decides_how_long(gift: Gift, client_user: User) -> None:
    paid_at(as_long_ago_as_can_go_back())
    pay(gift.order, id=78, amount=1000)
    with pytest.raises(NotAllowed, match="Escríbenos"):
        withdraw_gift(by=client_user, order=gift.order)


def test_gift_kept_by_a_won_chargeback_is_asked_back_as_any_other(gift: Gift, client_user: User) -> None:
    """Should Mercado Pago refuse, a person gives it back: its flag and the page say so."""
    pay(gift.order, id=77, status="charged_back", status_detail="reimbursed", date_last_updated=later())
    assert end_gift(gift) in page_of(gift, client_user)
    withdraw_gift(by=client_user, order=gift.order)
    assert Refund.objects.get().amount == gift.order.amount


def later() -> datetime.datetime:
    return timezone.now() + MINUTE


# --- a recipient who withdraws --------------------------------------------------------------------
def test_buyer_notices_nothing_when_the_recipient_withdraws(
    gift: Gift, redeemed: Consultation, client_user: User
) -> None:
    before = page_of(gift, client_user)
    listed = text_of(signed_in(client_user).get("/consultas/")).count("Usado")
    withdraw(by=redeemed.client, consultation=redeemed)
    assert page_of(gift, client_user) == before
    assert "Tu regalo se usó" in before
    assert gift.code not in before
    assert end_gift(gift) not in before
    assert text_of(signed_in(client_user).get("/consultas/")).count("Usado") == listed == 1


def test_buyer_cannot_withdraw_what_a_recipient_gave_back(
    gift: Gift, redeemed: Consultation, client_user: User
) -> None:
    withdraw(by=redeemed.client, consultation=redeemed)
    with pytest.raises(NotAllowed, match="ya se usó"):
        withdraw_gift(by=client_user, order=gift.order)
    assert not Refund.objects.exists()
    gift.refresh_from_db()
    assert gift.withdrawn_at is None


def test_buyer_still_reads_used_when_it_expired_after_the_recipient_withdrew(
    gift: Gift, redeemed: Consultation, client_user: User
) -> None:
    withdraw(by=redeemed.client, consultation=redeemed)
    Gift.objects.update(expires_at=timezone.now())
    assert "Tu regalo se usó" in page_of(gift, client_user)


def test_recipient_who_withdrew_is_told_how_long_the_code_works_and_uses_it_again(
    gift: Gift, redeemed: Consultation
) -> None:
    browser = signed_in(redeemed.client)
    assert "Quien te lo dio no se entera" in text_of(browser.get(address("withdraw", redeemed)))
    page = text_of(browser.post(address("withdraw", redeemed), follow=True))
    assert f"al menos hasta el {day(timezone.now() + STAYS_AT_LEAST)}" in page
    again = redeem(by=redeemed.client, code=gift.code)
    # The old page says the same, whoever used the code meanwhile.
    assert text_of(browser.get(address("withdraw", redeemed), follow=True)) == page
    assert again != redeemed


def test_code_that_a_recipient_gave_back_works_for_nobody_else(
    gift: Gift, redeemed: Consultation, client_user: User, colleague: User
) -> None:
    before = page_of(gift, colleague)
    withdraw(by=redeemed.client, consultation=redeemed)
    assert page_of(gift, colleague) == before
    for somebody in (client_user, colleague):
        with pytest.raises(GiftRefused):
            redeem(by=somebody, code=gift.code)
    first = Gift.objects.get().first_redeemed_at
    assert redeem(by=redeemed.client, code=gift.code).client == redeemed.client
    assert Gift.objects.get().first_redeemed_at == first


def test_office_sees_how_a_gift_really_is(redeemed: Consultation, administrator: User) -> None:
    office = signed_in(administrator)
    assert "Usado" in text_of(office.get("/admin/regalos/"))
    withdraw(by=redeemed.client, consultation=redeemed)
    assert "Sin usar" in text_of(office.get("/admin/regalos/"))


def test_gifts_redeemed_before_have_their_first_time(
    gift: Gift, redeemed: Consultation, client_user: User, service: Service
) -> None:
    unused = buy_gift(client_user, service)
    Gift.objects.filter(pk=gift.pk).update(first_redeemed_at=timezone.now())
    import_module("consultations.migrations.0012_first_redeemed_at").note_first_time(apps, None)
    gift.refresh_from_db()
    unused.refresh_from_db()
    assert (gift.first_redeemed_at, unused.first_redeemed_at) == (redeemed.order.created_at, None)


# --- money that is on its way back ----------------------------------------------------------------
def test_gift_whose_whole_refund_is_asked_for_opens_nothing(
    gift: Gift, administrator: User, client_user: User, other_client: User
) -> None:
    ask_back(gift, 25000, administrator)
    with pytest.raises(GiftRefused):
        redeem(by=other_client, code=gift.code)
    page = page_of(gift, client_user)
    assert GOING_BACK in page
    assert PAUSED not in page
    assert gift.code not in page
    for reader, place in ((client_user, "/consultas/"), (administrator, "/admin/regalos/")):
        assert GiftState.STOPPED.label in text_of(signed_in(reader).get(place))


def test_gift_works_again_once_its_refund_is_refused(
    gift: Gift, administrator: User, other_client: User
) -> None:
    settle(ask_back(gift, 25000, administrator), None)
    assert redeem(by=other_client, code=gift.code)


def test_gift_of_which_a_part_goes_back_works_on(gift: Gift, administrator: User, other_client: User) -> None:
    ask_back(gift, 10000, administrator)
    assert redeem(by=other_client, code=gift.code)


def test_gift_whose_money_went_back_is_listed_as_given_back(
    gift: Gift, client_user: User, administrator: User
) -> None:
    pay(gift.order, id=77, status="refunded", refunded=25000, date_last_updated=later())
    for reader, place in ((client_user, "/consultas/"), (administrator, "/admin/regalos/")):
        page = text_of(signed_in(reader).get(place))
        assert "Devuelto" in page
        assert GiftState.STOPPED.label not in page


@pytest.mark.parametrize("status", ["in_mediation", "charged_back"])
def test_gift_in_dispute_is_still_in_pause(status: str, gift: Gift, client_user: User) -> None:
    pay(gift.order, id=77, status=status, status_detail="", date_last_updated=later())
    assert GiftState.STOPPED.label in text_of(signed_in(client_user).get("/consultas/"))


def test_page_of_another_kind_of_order_knows_no_gift(client_user: User, paid_order: Any) -> None:
    page = text_of(signed_in(client_user).get(order_page(paid_order)))
    assert reverse("consultations:withdraw_gift", args=[paid_order.return_token]) not in page
