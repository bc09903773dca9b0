"""A person settles what a flag asks about."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task
from wagtail.log_actions import log

from consultations.actions.errors import NotAllowed
from consultations.actions.flags import EACH_TIME_ANEW, raise_flag
from consultations.actions.payments import recompute
from consultations.enums import Reason
from consultations.models import Order, Payment, PaymentFlag
from consultations.permissions import may_refund
from home.models import User

IT_IS_FRAUD = "Es fraude."
IT_IS_NO_FRAUD = "No es fraude."
FLAG_REOPENED = "consultations.flag.reopen"


@transaction.atomic
def resolve(*, by: User, flag: PaymentFlag, resolution: str, is_fraud: bool = False) -> None:
    """Settle a flag, saying how. It is raised again only when what it is about changes.

    An alert of fraud is settled in one of two ways: it was none and the consultation goes on, or, with
    `is_fraud`, it was, and the consultation stays paused.
    """
    if not may_refund(by):
        raise NotAllowed("Solo una persona de administración puede resolver esto.")
    if not resolution.strip():
        raise NotAllowed("Escribe qué se decidió.")
    if is_fraud and flag.reason != Reason.FRAUD:
        raise NotAllowed("Este aviso no es de un posible fraude.")
    # The order first, as everywhere: payments arrive meanwhile.
    order = flag.order and Order.objects.select_for_update().get(pk=flag.order.pk)
    now = timezone.now()
    if flag.reason == Reason.FRAUD and order is not None:
        # Which of the two was decided, before why.
        resolution = f"{IT_IS_FRAUD if is_fraud else IT_IS_NO_FRAUD} {resolution}"
    changes = {"resolved_at": now, "resolved_by": by, "resolution": resolution}
    if not PaymentFlag.objects.filter(pk=flag.pk, resolved_at=None, cleared_at=None).update(**changes):
        raise NotAllowed("Esto ya estaba resuelto.")
    if flag.reason == Reason.CREDENTIALS:
        # What somebody decided says nothing of whether they are accepted.
        async_task("consultations.jobs.check_credentials")
    if order is None:
        return
    if flag.reason == Reason.FRAUD and not is_fraud:
        order.fraud_cleared_at = now
        order.save(update_fields=["fraud_cleared_at"])
    recompute(order)


def may_reopen(flag: PaymentFlag) -> bool:
    """Whether what somebody decided can be taken back: what it is about still holds, and asks for somebody.

    A payment that was given to an order stays there. What is wrong with the account tells of itself again.
    """
    if flag.resolved_at is None or flag.cleared_at is not None or flag.reason in EACH_TIME_ANEW:
        return False
    if flag.reason != Reason.UNKNOWN_ORDER or flag.payment_id is None:
        return True
    return not Payment.objects.filter(payment_id=flag.payment_id).exists()


@transaction.atomic
def reopen(*, by: User, flag: PaymentFlag) -> PaymentFlag:
    """Take back what was decided: it stays in the history, and the same is asked again if it still holds."""
    if not may_refund(by):
        raise NotAllowed("Solo una persona de administración puede abrir esto otra vez.")
    order = flag.order and Order.objects.select_for_update().get(pk=flag.order.pk)
    flag.refresh_from_db()
    standing = PaymentFlag.objects.filter(pk=flag.pk, resolved_at__isnull=False, cleared_at=None)
    if not may_reopen(flag) or not standing.update(cleared_at=timezone.now()):
        raise NotAllowed("Esto no se puede abrir otra vez.")
    log(instance=flag, action=FLAG_REOPENED, user=by)
    if order is None:
        return raise_flag(Reason(flag.reason), payment_id=flag.payment_id, about=flag.about)
    recompute(order)
    again = PaymentFlag.objects.filter(order=order, reason=flag.reason, cleared_at=None)
    return again.first() or flag
