"""What a person must look at: raised once, told by e-mail once, standing until the facts are gone.

Orders' flags follow from their payments (`keep`); what belongs to no order is raised by who meets it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from consultations.enums import Reason
from consultations.models import Order, PaymentFlag
from consultations.money import Finding

THE_ACCOUNT = "account"
# What was notified could not be read: once it can, nobody has to look.
READ_IN_VAIN = frozenset({Reason.REFUSED, Reason.NOT_FOUND})
# Not a fact about one payment: once somebody settled it, the next time is another one.
EACH_TIME_ANEW = frozenset({Reason.CREDENTIALS, Reason.LINK_REFUSED})
# About the account, and yet each for itself.
ONE_BY_ONE = {Reason.FRAUD: "alert", Reason.LINK_REFUSED: "link"}


def keep(order: Order, findings: Sequence[Finding]) -> str:
    """Have exactly these findings stand for an order; gives those that still wait for a person, in words.

    Call with the order's row locked.
    """
    standing = {flag.reason: flag for flag in _rows().filter(order=order, cleared_at=None)}
    gone = [flag.pk for reason, flag in standing.items() if reason not in {each.reason for each in findings}]
    if gone:
        PaymentFlag.objects.filter(pk__in=gone).update(cleared_at=timezone.now())
    subject = f"order {order.pk}"
    flags = [_stand(each, standing.get(each.reason), subject=subject, order=order) for each in findings]
    return " ".join(flag.get_reason_display() for flag in flags if flag.resolved_at is None)[:200]


@transaction.atomic
def raise_flag(reason: Reason, *, payment_id: int | None = None, about: str = "") -> PaymentFlag:
    """Flag something that belongs to no order: a payment, or without one the account itself."""
    subject = _subject(reason, payment_id, about)
    standing = _rows().select_for_update().filter(subject=subject, reason=reason, cleared_at=None)
    known = standing.first()
    if known is not None and known.resolved_at is not None and reason in EACH_TIME_ANEW:
        standing.update(cleared_at=timezone.now())
        known = None
    return _stand(Finding(reason, about), known, subject=subject, payment_id=payment_id)


def clear_stranger_flag(payment_id: int) -> None:
    """A payment that named no order is known to be of one after all; what somebody decided stays."""
    open_ones = PaymentFlag.objects.filter(payment_id=payment_id, reason=Reason.UNKNOWN_ORDER)
    open_ones.filter(cleared_at=None, resolved_at=None).update(cleared_at=timezone.now())


def clear_account_flag(reason: Reason, *, about: str = "") -> None:
    """What was wrong with the account no longer is."""
    subject = _subject(reason, None, about)
    standing = PaymentFlag.objects.filter(subject=subject, reason=reason, cleared_at=None)
    standing.update(cleared_at=timezone.now())


def clear_payment_flags(reason: Reason, *, but: Collection[int]) -> None:
    """This no longer holds for any payment but these."""
    standing = PaymentFlag.objects.filter(reason=reason, cleared_at=None, payment_id__isnull=False)
    standing.exclude(payment_id__in=list(but)).update(cleared_at=timezone.now())


def clear_unread_flags(number: int, *, topic: str) -> None:
    """What a notification named was read after all. The same number may be another thing in another topic."""
    unread = Q(reason=Reason.REFUSED) | Q(reason=Reason.NOT_FOUND, about=topic)
    standing = PaymentFlag.objects.filter(unread, subject=f"payment {number}", cleared_at=None)
    standing.update(cleared_at=timezone.now())


def _rows() -> QuerySet[PaymentFlag]:
    """Without what was decided: adding up money never waits for a note to be decrypted."""
    return PaymentFlag.objects.defer("resolution")


def _subject(reason: Reason, payment_id: int | None, about: str) -> str:
    """What a flag of no order is about. Of two alerts of fraud that name no payment neither is the other."""
    if payment_id is not None:
        return f"payment {payment_id}"
    named = ONE_BY_ONE.get(reason)
    return f"{named} {about}"[:60] if named else THE_ACCOUNT


def _stand(
    finding: Finding,
    known: PaymentFlag | None,
    *,
    subject: str,
    order: Order | None = None,
    payment_id: int | None = None,
) -> PaymentFlag:
    """The standing flag of this finding; a new one when there is none, or a person settled another case."""
    about = finding.about[:120]
    row = {"about": about, "order": order, "payment_id": payment_id}
    if known is None:
        return _raise(subject, finding.reason, row)
    if known.about == about:
        return known
    if known.resolved_at is not None:
        PaymentFlag.objects.filter(pk=known.pk).update(cleared_at=timezone.now())
        return _raise(subject, finding.reason, row)
    PaymentFlag.objects.filter(pk=known.pk).update(about=about)
    return known


def _raise(subject: str, reason: Reason, row: dict[str, Any]) -> PaymentFlag:
    flag, created = PaymentFlag.objects.get_or_create(
        subject=subject, reason=reason, cleared_at=None, defaults=row
    )
    if created:
        async_task("consultations.jobs.send_payment_flag", flag.pk)
    return flag
