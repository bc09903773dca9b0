"""What the office gave back on purpose is not undone by money that arrives later."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django_q.models import OrmQ

from consultations.actions.payments import sync_payment
from consultations.actions.refunds import ask_refund, excess_of
from consultations.enums import Money, Reason, RefundReason
from consultations.models import Order, Payment, PaymentFlag, Refund
from home.models import User
from tests.fixtures.refunds import PayAgain, given_back
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
GiveBack = Callable[..., None]


@pytest.fixture
def give_back(bought_payment: Payment, administrator: User, run_jobs: RunJobs) -> GiveBack:
    """A function that gives a part of the first payment back, as somebody in the office decides."""

    def give(amount: int, reason: RefundReason = RefundReason.COMPLAINT) -> None:
        ask_refund(by=administrator, payment=bought_payment, amount=Decimal(amount), reason=reason)
        run_jobs()

    return give


@pytest.mark.parametrize("reason", [RefundReason.COMPLAINT, RefundReason.LATE_ANSWER, RefundReason.OTHER])
def test_second_payment_goes_back_whole_and_leaves_a_compensation(
    reason: RefundReason,
    bought_order: Order,
    give_back: GiveBack,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    give_back(10000, reason)
    second = pay_there()
    run_jobs()
    [late] = Refund.objects.filter(payment=second)
    assert (late.reason, late.amount) == (RefundReason.EXCESS, 25000)
    assert sorted(given_back(mercadopago_standin, bought_order)) == [10000, 25000]
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PARTIALLY_REFUNDED, "")


def test_second_payment_goes_back_whole_after_a_compensation_in_the_panel(
    bought_order: Order,
    bought_payment: Payment,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.refund_in_panel(bought_payment.payment_id, 10000)
    sync_payment(bought_payment.payment_id)
    pay_there()
    run_jobs()
    assert sum(given_back(mercadopago_standin, bought_order)) == 35000


@pytest.fixture
def paid_twice(bought_order: Order, bought_payment: Payment, mercadopago_standin: StandIn) -> tuple[int, int]:
    """The numbers of two payments of the price; the site has not read the second yet."""
    made = mercadopago_standin.create_payment(bought_order.preference_id, notify=False)
    return bought_payment.payment_id, int(made["id"])


@pytest.mark.parametrize(
    ("in_panel", "kept"),
    [
        ([(1, 10000)], 25000),
        ([(0, 10000)], 25000),
        ([(1, 10000), (1, 5000)], 25000),
        ([(0, 10000), (1, 10000)], 25000),
        ([(1, 10000), (0, 20000)], 20000),
        ([(1, 25000)], 25000),
    ],
)
def test_part_of_a_duplicate_that_went_back_in_the_panel_is_no_compensation(
    in_panel: list[tuple[int, int]],
    kept: int,
    paid_twice: tuple[int, int],
    bought_order: Order,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    for which, amount in in_panel:
        mercadopago_standin.refund_in_panel(paid_twice[which], amount)
    for payment_id in paid_twice * 2:
        sync_payment(payment_id)
        run_jobs()
    assert sum(given_back(mercadopago_standin, bought_order)) == 50000 - kept
    bought_order.refresh_from_db()
    assert (bought_order.money == Money.PAID) == (kept == 25000)


def test_compensation_stays_beside_a_part_of_the_duplicate_that_went_back_in_the_panel(
    give_back: GiveBack,
    paid_twice: tuple[int, int],
    bought_order: Order,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    mercadopago_standin.refund_in_panel(paid_twice[1], 10000)
    sync_payment(paid_twice[1])
    run_jobs()
    give_back(4000)
    pay_there()
    run_jobs()
    assert sum(given_back(mercadopago_standin, bought_order)) == 75000 - 21000


def test_part_of_a_duplicate_given_back_during_a_dispute_is_no_compensation(
    bought_order: Order,
    bought_payment: Payment,
    pay_there: PayAgain,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    disputed = pay_there(transaction_amount=1000, status="in_mediation", status_detail="pending")
    second = pay_there()
    ask_refund(by=administrator, payment=second, amount=Decimal(10000), reason=RefundReason.OTHER)
    run_jobs()
    assert excess_of(bought_order) == 15000
    pay_there()
    assert excess_of(bought_order) == 40000
    mercadopago_standin.change_payment(disputed.payment_id, status="approved", notify=False)
    sync_payment(disputed.payment_id)
    run_jobs()
    assert sum(given_back(mercadopago_standin, bought_order)) == 76000 - 25000


def test_part_above_the_price_that_went_back_is_no_compensation(
    bought_order: Order,
    pay_there: PayAgain,
    administrator: User,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    first = pay_there(transaction_amount=26000)
    ask_refund(by=administrator, payment=first, amount=Decimal(1000), reason=RefundReason.OTHER)
    run_jobs()
    pay_there()
    run_jobs()
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PAID, "")
    assert sorted(given_back(mercadopago_standin, bought_order)) == [1000, 25000]


def test_payment_after_the_whole_price_went_back_is_kept_and_looked_at(
    bought_order: Order,
    give_back: GiveBack,
    pay_there: PayAgain,
    mercadopago_standin: StandIn,
    run_jobs: RunJobs,
) -> None:
    give_back(25000)
    assert not PaymentFlag.objects.exists()
    pay_there()
    run_jobs()
    assert bought_order.money == Money.PAID
    assert given_back(mercadopago_standin, bought_order) == [25000]
    flag = PaymentFlag.objects.get()
    assert (flag.reason, flag.about, flag.cleared_at) == (Reason.OVERPAID, "25000.00", None)
    assert excess_of(bought_order) == 25000


def test_payment_that_stayed_is_not_looked_at_when_the_other_was_given_back(
    bought_order: Order, bought_payment: Payment, pay_there: PayAgain, mercadopago_standin: StandIn
) -> None:
    second = pay_there()
    OrmQ.objects.all().delete()
    Refund.objects.all().delete()
    mercadopago_standin.refund_in_panel(second.payment_id)
    sync_payment(second.payment_id)
    bought_order.refresh_from_db()
    assert (bought_order.money, bought_order.attention) == (Money.PAID, "")
