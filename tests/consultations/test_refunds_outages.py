"""Giving back while Mercado Pago does not answer, or lets nobody in: soon after, and nobody else waits."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from consultations import jobs, mercadopago
from consultations.actions import reconciliation, refunding, silence
from consultations.actions.refunding import carry_out, carry_out_due
from consultations.actions.refunds import ask_refund
from consultations.enums import Reason, RefundReason, RefundState
from consultations.models import Payment, PaymentFlag, Refund
from home.models import User
from tests.fixtures.refunds import due_again
from tests.standins.fixtures import StandIn

pytestmark = pytest.mark.django_db
Ask = Callable[[], Refund]
SOON = datetime.timedelta(minutes=5)


@pytest.fixture
def ask(bought_payment: Payment, administrator: User) -> Ask:
    """A function that asks for a part of the payment to go back; nobody carries it out."""

    def part() -> Refund:
        amount = Decimal(1000)
        return ask_refund(by=administrator, payment=bought_payment, amount=amount, reason=RefundReason.OTHER)

    return part


def state(refund: Refund) -> str:
    refund.refresh_from_db()
    return str(refund.state)


@pytest.mark.parametrize("mode", ["503", "401"])
def test_refund_is_tried_within_minutes_after_an_outage_of_an_hour(
    mode: str, ask: Ask, mercadopago_standin: StandIn
) -> None:
    refund = ask()
    Refund.objects.update(tries=7)
    mercadopago_standin.fail(mode, match="POST .*refunds")
    carry_out(refund.pk)
    assert state(refund) == RefundState.ASKED
    assert refund.next_try_at is not None
    assert refund.next_try_at <= timezone.now() + SOON


def test_refund_that_is_not_there_waits_longer_and_longer(ask: Ask, mercadopago_standin: StandIn) -> None:
    refund = ask()
    Refund.objects.update(tries=7)
    mercadopago_standin.fail("404", match="POST .*refunds")
    carry_out(refund.pk)
    refund.refresh_from_db()
    assert refund.next_try_at is not None
    assert refund.next_try_at > timezone.now() + SOON


def test_refund_that_meets_wrong_credentials_alarms_until_it_is_let_in(
    ask: Ask, mercadopago_standin: StandIn
) -> None:
    refund = ask()
    mercadopago_standin.fail("401", match="POST .*refunds")
    carry_out(refund.pk)
    flag = PaymentFlag.objects.get(reason=Reason.CREDENTIALS)
    assert flag.cleared_at is None
    due_again()
    carry_out(refund.pk)
    flag.refresh_from_db()
    assert (flag.cleared_at is not None, state(refund)) == (True, RefundState.DONE)


def test_refund_that_is_forbidden_waits_for_the_permission_and_is_not_refused(
    ask: Ask, mercadopago_standin: StandIn
) -> None:
    """The credentials are accepted elsewhere: nothing is said of this very refund."""
    refund = ask()
    mercadopago_standin.fail("403", match="POST .*refunds")
    carry_out(refund.pk)
    assert state(refund) == RefundState.ASKED
    due_again()
    carry_out(refund.pk)
    assert state(refund) == RefundState.DONE
    assert not PaymentFlag.objects.exists()


def test_refunds_leave_the_rest_to_a_pass_that_follows(ask: Ask) -> None:
    refunds = [ask(), ask()]
    OrmQ.objects.all().delete()
    assert carry_out_due(seconds=0) == 0
    assert [each.func() for each in OrmQ.objects.all()] == ["consultations.jobs.reconcile_payments"]
    assert carry_out_due() == 2
    assert [state(each) for each in refunds] == [RefundState.DONE, RefundState.DONE]


def test_refunds_have_what_the_reconciliation_left_of_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(reconciliation, "reconcile_due", lambda: time.sleep(0.3) or 0)
    monkeypatch.setattr(refunding, "carry_out_due", lambda *, seconds: given.append(seconds) or 0)
    for whole in (20.0, 0.0):
        monkeypatch.setattr(reconciliation, "PASS_SECONDS", whole)
        jobs.reconcile_payments()
    assert given == [pytest.approx(29.7, abs=0.2), pytest.approx(9.7, abs=0.2)]
    monkeypatch.setattr(refunding, "PASS_SECONDS", 0.0)
    jobs.reconcile_payments()
    assert given[-1] == jobs.LEAST_SECONDS


def test_refunds_stand_back_after_one_that_hung(
    ask: Ask, mercadopago_standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    refunds = [ask(), ask()]
    monkeypatch.setattr(mercadopago, "TIMEOUT_SECONDS", 0.2)
    mercadopago_standin.fail("timeout", times=1, seconds=1.0, match="POST .*refunds")
    assert carry_out_due() == 1
    assert silence.is_silent()
    assert not carry_out(refunds[1].pk)
    refunds[1].refresh_from_db()
    assert (refunds[1].tries, state(refunds[1])) == (0, RefundState.ASKED)
    mercadopago_standin.reset()


def test_refund_that_goes_wrong_stops_no_other_and_its_text_is_not_logged(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = ask(), ask()
    real = refunding._ask_mercado_pago

    def stumble(refund: Refund) -> object:
        if refund.pk == first.pk:
            raise RuntimeError("what somebody typed")
        return real(refund)

    monkeypatch.setattr(refunding, "_ask_mercado_pago", stumble)
    assert carry_out_due() == 2
    assert (state(first), state(second)) == (RefundState.ASKED, RefundState.DONE)
    assert "RuntimeError" in caplog.text
    assert "typed" not in caplog.text
