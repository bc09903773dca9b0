"""What a person must look at: told once, settled once, asked again when it is something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.core import mail
from django.db import transaction

from consultations.actions.errors import NotAllowed
from consultations.actions.flags import clear_account_flag, keep, raise_flag
from consultations.actions.resolving import resolve
from consultations.enums import Money, Reason
from consultations.models import Order, PaymentFlag
from consultations.money import Finding
from home.models import User
from tests.fixtures.consultations import pay

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
SHORT, OTHER = Finding(Reason.SHORT, "100"), Finding(Reason.OVERPAID, "5")


def found(order: Order, *findings: Finding) -> str:
    with transaction.atomic():
        return keep(order, findings)


def standing() -> Sequence[tuple[str, str]]:
    flags = PaymentFlag.objects.filter(cleared_at=None, resolved_at=None).order_by("pk")
    return list(flags.values_list("reason", "about"))


def test_reason_is_told_once_to_the_administrators_alone(
    order: Order, administrator: User, psychologist: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    for _ in range(3):
        found(order, SHORT)
        run_jobs()
    (message,) = mail.outbox
    assert message.to == [administrator.email]
    assert order.reference in message.body
    assert "Se pagó menos que el precio." in message.body
    known = [order.client.email, order.client.pseudonym, order.service.name]
    assert not [word for word in known if word in message.body + message.subject]
    found(order, SHORT, OTHER)
    run_jobs()
    assert len(mail.outbox) == 2


def test_reason_that_is_gone_before_the_letter_leaves_needs_none(
    order: Order, administrator: User, run_jobs: RunJobs
) -> None:
    found(order, SHORT)
    assert found(order) == ""
    run_jobs()
    assert not mail.outbox


def test_reason_that_comes_back_is_another_flag(order: Order) -> None:
    for findings in ([SHORT], [], [SHORT]):
        found(order, *findings)
    assert PaymentFlag.objects.count() == 2
    assert standing() == [("short", "100")]


def test_settled_excess_stays_settled_until_the_sum_changes(order: Order, administrator: User) -> None:
    pay(order)
    pay(order)
    order.refresh_from_db()
    assert order.attention == "Se pagó más que el precio."
    resolve(by=administrator, flag=PaymentFlag.objects.get(), resolution="La persona lo quiso así.")
    order.refresh_from_db()
    assert (order.money, order.attention) == (Money.PAID, "")
    pay(order, status="rejected")
    order.refresh_from_db()
    assert order.attention == ""
    pay(order)
    order.refresh_from_db()
    assert order.attention == "Se pagó más que el precio."
    assert standing() == [("overpaid", "50000.00")]


def test_flag_is_settled_once_and_by_administrators(
    order: Order, administrator: User, psychologist: User
) -> None:
    found(order, SHORT)
    flag = PaymentFlag.objects.get()
    with pytest.raises(NotAllowed):
        resolve(by=psychologist, flag=flag, resolution="")
    pay(order, amount=100)
    flag = PaymentFlag.objects.get(cleared_at=None)
    resolve(by=administrator, flag=flag, resolution="Se devolvió.")
    with pytest.raises(NotAllowed):
        resolve(by=administrator, flag=flag, resolution="Otra vez.")
    flag.refresh_from_db()
    assert (flag.resolved_by, flag.resolution) == (administrator, "Se devolvió.")


def test_flag_of_the_account_stands_once_and_can_come_again(administrator: User) -> None:
    for _ in range(2):
        raise_flag(Reason.CREDENTIALS)
    assert PaymentFlag.objects.count() == 1
    clear_account_flag(Reason.CREDENTIALS)
    raise_flag(Reason.CREDENTIALS)
    resolve(by=administrator, flag=PaymentFlag.objects.get(cleared_at=None), resolution="Se renovaron.")
    raise_flag(Reason.CREDENTIALS)
    assert PaymentFlag.objects.count() == 3


def test_flag_of_a_stranger_payment_is_settled_for_good(administrator: User) -> None:
    flag = raise_flag(Reason.UNKNOWN_ORDER, payment_id=7, about="approved")
    resolve(by=administrator, flag=flag, resolution="Es de otra tienda.")
    raise_flag(Reason.UNKNOWN_ORDER, payment_id=7, about="approved")
    assert standing() == []
    raise_flag(Reason.UNKNOWN_ORDER, payment_id=7, about="charged_back")
    assert standing() == [("unknown_order", "charged_back")]
