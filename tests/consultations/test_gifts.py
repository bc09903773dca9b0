"""A gift: paid by one person, used by another, once."""

from __future__ import annotations

import datetime
import json
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from consultations.actions.consultations import submit_case, take
from consultations.actions.errors import NotAllowed, Paused
from consultations.actions.gifts import GiftRefused, redeem
from consultations.actions.opening import GIFT_LIVES_FOR
from consultations.actions.orders import place_order
from consultations.actions.pausing import OF_A_GIFT, why_paused, why_paused_at_the_desk
from consultations.actions.payments import recompute
from consultations.actions.withdrawal import withdraw, withdraw_gift
from consultations.enums import Money, OrderKind, RefundReason, Status
from consultations.models import Consultation, Gift, Order, Refund, Service
from home.actions.consents import has_consented
from home.enums import ConsentPurpose
from home.models import TouchpointLog, User
from tests.fixtures.consultations import CASE, pay
from tests.fixtures.offers import buy_gift

pytestmark = pytest.mark.django_db
DANGER = {**CASE, "happening": "No doy más, quiero morirme y ya pensé cómo hacerlo."}


def change_payment(gift: Gift, **changes: Any) -> None:
    pay(gift.order, id=77, date_last_updated=timezone.now(), **changes)


def written(consultation: Consultation, content: dict[str, str] = CASE) -> Consultation:
    submit_case(by=consultation.client, consultation=consultation, content=dict(content), mood=None)
    consultation.refresh_from_db()
    return consultation


# --- buying ---------------------------------------------------------------------------------------
def test_paid_gift_is_a_code_and_no_consultation(gift: Gift, client_user: User) -> None:
    recompute(gift.order)
    assert Gift.objects.count() == 1
    assert not Consultation.objects.exists()
    assert gift.expires_at - gift.created_at == GIFT_LIVES_FOR
    assert TouchpointLog.objects.filter(name="order_paid").count() == 1
    assert not has_consented(client_user, ConsentPurpose.ATTENTION)


def test_unpaid_gift_has_no_code(client_user: User, service: Service) -> None:
    place_order(by=client_user, service=service, attempt=uuid.uuid4(), kind=OrderKind.GIFT)
    assert not Gift.objects.exists()


def test_database_alone_tells_no_code(gift: Gift) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, digest FROM consultations_gift")
        code, digest = cursor.fetchone()
    bare = gift.code.replace("-", "")
    assert gift.code not in code
    assert bare not in code + digest


def test_buyer_is_told_once_without_the_code(gift: Gift, run_jobs: Any) -> None:
    done = run_jobs()
    assert done.count("consultations.jobs.send_gift_ready") == 1
    assert done.count("consultations.jobs.send_payment_received") == 1
    [letter] = [each for each in mail.outbox if "Tu regalo está listo" in each.body]
    everything = " ".join(f"{each.subject} {each.body} {each.alternatives[0][0]}" for each in mail.outbox)
    assert {to for each in mail.outbox for to in each.to} == {"clienta@example.com"}
    assert len(mail.outbox) == 2
    assert gift.code not in everything
    assert gift.order.return_token in letter.body
    assert gift.order.return_token in everything
    assert not {"orientación", "psicol", "consulta"} & set(everything.lower().replace("/", " ").split())


def test_show_order_counts_a_gift_as_fulfilled(gift: Gift) -> None:
    out = StringIO()
    call_command("show_order", gift.order.reference, stdout=out)
    shown = json.loads(out.getvalue())
    assert (shown["money"], shown["fulfilled"]) == ("paid", 1)


# --- redeeming ------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{spaced}"])
def test_code_opens_a_consultation_however_it_is_typed(typed: str, gift: Gift, other_client: User) -> None:
    code = typed.format(
        gift.code,
        lower=gift.code.lower(),
        bare=gift.code.replace("-", ""),
        spaced=gift.code.replace("-", " "),
    )
    consultation = redeem(by=other_client, code=code)
    assert (consultation.client, consultation.status) == (other_client, Status.WRITING)
    assert consultation.turnaround_hours == gift.order.turnaround_hours
    assert has_consented(other_client, ConsentPurpose.ATTENTION)


def test_recipient_has_an_order_of_their_own_that_leads_to_no_price(
    redeemed: Consultation, gift: Gift
) -> None:
    own = redeemed.order
    assert own != gift.order
    assert (own.client, own.kind, own.list_price, own.amount) == (
        redeemed.client,
        OrderKind.REDEMPTION,
        0,
        0,
    )
    assert (own.money, own.next_check_at, own.discount, own.attention) == (Money.PAID, None, None, "")


def test_redeeming_is_no_second_purchase(redeemed: Consultation, run_jobs: Any) -> None:
    assert TouchpointLog.objects.filter(name="order_paid").count() == 1
    assert TouchpointLog.objects.filter(name="checkout_started").count() == 1
    run_jobs()
    to_recipient = next(each for each in mail.outbox if each.to == [redeemed.client.email])
    assert redeemed.order.reference not in to_recipient.body
    assert "Mercado Pago" not in to_recipient.body
    # The buyer's receipt, and where the code is.
    assert [each.to for each in mail.outbox].count(["clienta@example.com"]) == 2


def test_same_person_twice_is_one_consultation_and_somebody_else_gets_none(
    redeemed: Consultation, gift: Gift, colleague: User
) -> None:
    assert redeem(by=redeemed.client, code=gift.code) == redeemed
    with pytest.raises(GiftRefused):
        redeem(by=colleague, code=gift.code)
    assert Consultation.objects.count() == 1


def test_every_code_that_does_not_work_says_the_same(
    gift: Gift, client_user: User, service: Service, other_client: User, colleague: User
) -> None:
    used, over, dead, lost = (buy_gift(client_user, service) for _ in range(4))
    redeem(by=colleague, code=used.code)
    Gift.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    withdraw_gift(by=client_user, order=dead.order)
    Order.objects.filter(pk=lost.order_id).update(money=Money.CHARGED_BACK)
    said = set()
    for code in (used.code, over.code, dead.code, lost.code, "7KQM-2HXA-9TRD-CW4P", "", "x" * 9999):
        with pytest.raises(GiftRefused) as refused:
            redeem(by=other_client, code=code)
        said.add(str(refused.value))
    assert len(said) == 1
    assert not has_consented(other_client, ConsentPurpose.ATTENTION)


def test_buyer_may_use_their_own_gift(gift: Gift, client_user: User) -> None:
    assert redeem(by=client_user, code=gift.code).client == client_user


# --- ending ---------------------------------------------------------------------------------------
def test_buyer_withdraws_an_unused_gift_for_everything(
    gift: Gift, client_user: User, other_client: User
) -> None:
    for _ in range(2):
        withdraw_gift(by=client_user, order=gift.order)
    refund = Refund.objects.get()
    assert (refund.amount, refund.reason) == (25000, RefundReason.WITHDRAWAL)
    with pytest.raises(GiftRefused):
        redeem(by=other_client, code=gift.code)


def test_expired_gift_can_still_be_given_back(gift: Gift, client_user: User) -> None:
    Gift.objects.update(expires_at=timezone.now())
    withdraw_gift(by=client_user, order=gift.order)
    assert Refund.objects.count() == 1


def test_used_gift_cannot_be_withdrawn(redeemed: Consultation, gift: Gift, client_user: User) -> None:
    with pytest.raises(NotAllowed, match="ya se usó"):
        withdraw_gift(by=client_user, order=gift.order)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("who", ["other_client", "psychologist", "administrator"])
def test_nobody_but_the_buyer_withdraws_a_gift(who: str, gift: Gift, request: Any) -> None:
    with pytest.raises(NotAllowed):
        withdraw_gift(by=request.getfixturevalue(who), order=gift.order)


def test_money_that_arrives_after_withdrawing_goes_back(gift: Gift, client_user: User) -> None:
    withdraw_gift(by=client_user, order=gift.order)
    pay(gift.order, id=78)
    assert sorted(Refund.objects.values_list("reason", flat=True)) == ["late_payment", "withdrawal"]


def test_recipient_who_withdraws_leaves_the_code_usable(
    redeemed: Consultation, gift: Gift, run_jobs: Any
) -> None:
    Gift.objects.update(expires_at=timezone.now())
    written(redeemed)
    run_jobs()
    mail.outbox.clear()
    withdraw(by=redeemed.client, consultation=redeemed)
    run_jobs()
    assert (redeemed.status, redeemed.turns.count()) == (Status.WITHDRAWN, 0)
    assert not Refund.objects.exists()
    assert not mail.outbox
    gift.refresh_from_db()
    assert gift.expires_at > timezone.now() + datetime.timedelta(days=29)


def test_recipient_may_use_the_code_again_after_withdrawing(redeemed: Consultation, gift: Gift) -> None:
    withdraw(by=redeemed.client, consultation=redeemed)
    again = redeem(by=redeemed.client, code=gift.code)
    assert again != redeemed
    assert again.status == Status.WRITING


def test_recipient_cannot_withdraw_once_it_was_opened(redeemed: Consultation, psychologist: User) -> None:
    take(by=psychologist, consultation=written(redeemed))
    with pytest.raises(NotAllowed):
        withdraw(by=redeemed.client, consultation=redeemed)


# --- the buyer's money ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"status": "charged_back", "status_detail": "in_process"},
        {"status": "charged_back", "status_detail": "settled"},
        {"status": "in_mediation", "status_detail": ""},
        {"status": "refunded", "refunded": 25000},
    ],
)
def test_code_does_not_work_without_the_buyers_money(
    changes: dict[str, Any], gift: Gift, other_client: User
) -> None:
    change_payment(gift, **changes)
    with pytest.raises(GiftRefused):
        redeem(by=other_client, code=gift.code)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "charged_back", "status_detail": "in_process"},
        {"status": "charged_back", "status_detail": "settled"},
        {"status": "refunded", "refunded": 25000},
    ],
)
def test_redeemed_consultation_waits_for_the_buyers_money_and_names_no_dispute(
    changes: dict[str, Any], redeemed: Consultation, gift: Gift, psychologist: User
) -> None:
    written(redeemed)
    change_payment(gift, **changes)
    redeemed = Consultation.objects.get(pk=redeemed.pk)
    assert why_paused(redeemed.order) == OF_A_GIFT
    assert "no tuyo" in OF_A_GIFT
    assert why_paused_at_the_desk(redeemed)
    with pytest.raises(Paused):
        take(by=psychologist, consultation=redeemed)


def test_paused_gift_goes_on_when_the_dispute_is_won(
    redeemed: Consultation, gift: Gift, psychologist: User
) -> None:
    written(redeemed)
    change_payment(gift, status="charged_back", status_detail="in_process")
    change_payment(gift, status="charged_back", status_detail="reimbursed")
    redeemed = Consultation.objects.get(pk=redeemed.pk)
    assert why_paused(redeemed.order) == ""
    take(by=psychologist, consultation=redeemed)


def test_who_may_be_in_danger_is_answered_whatever_the_buyers_money_does(
    redeemed: Consultation, gift: Gift, psychologist: User
) -> None:
    written(redeemed, DANGER)
    change_payment(gift, status="charged_back", status_detail="in_process")
    redeemed = Consultation.objects.get(pk=redeemed.pk)
    assert why_paused_at_the_desk(redeemed) == ""
    take(by=psychologist, consultation=redeemed)


def test_recipient_may_withdraw_while_the_buyer_disputes(redeemed: Consultation, gift: Gift) -> None:
    change_payment(gift, status="charged_back", status_detail="in_process")
    withdraw(by=redeemed.client, consultation=redeemed)
    assert redeemed.status == Status.WITHDRAWN


def test_recipients_later_purchases_are_their_own(
    redeemed: Consultation, gift: Gift, service: Service
) -> None:
    change_payment(gift, status="refunded", refunded=25000)
    own = pay(place_order(by=redeemed.client, service=service, attempt=uuid.uuid4()))
    assert why_paused(own) == ""
