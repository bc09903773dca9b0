"""Whether the payments do their work: a few questions to our own tables, none to Mercado Pago.

A check gives its name, whether all is well, and a sentence for the office.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from consultations.actions.balance import days_behind, drift
from consultations.actions.flags import THE_ACCOUNT
from consultations.actions.hints import PANELS_TEST
from consultations.actions.refunds import stuck
from consultations.enums import Reason, RefundState
from consultations.models import PaymentFlag, PaymentHint

LATE_AFTER = datetime.timedelta(minutes=15)


class Health(NamedTuple):
    """What one check found. The sentence names no person and no order."""

    name: str
    well: bool
    sentence: str


def hints_are_read() -> Health:
    """Whether every notification was worked off within 15 minutes; the panel's own test leads nowhere."""
    waiting = PaymentHint.objects.filter(processed_at=None).exclude(data_id=PANELS_TEST)
    since = waiting.order_by("received_at").values_list("received_at", flat=True).first()
    age = timezone.now() - since if since else datetime.timedelta()
    minutes = int(age.total_seconds() // 60)
    if age < LATE_AFTER:
        return Health("hints", True, "Los avisos de Mercado Pago se leen a tiempo.")
    return Health("hints", False, f"Un aviso de Mercado Pago espera desde hace {_long(minutes)}.")


def credentials_are_accepted() -> Health:
    """Whether Mercado Pago let us in the last time it was asked."""
    flags = PaymentFlag.objects.filter(subject=THE_ACCOUNT, reason=Reason.CREDENTIALS, cleared_at=None)
    if flags.exists():
        return Health("credentials", False, "Mercado Pago no acepta las credenciales.")
    return Health("credentials", True, "Mercado Pago acepta las credenciales.")


def links_are_made() -> Health:
    """Whether Mercado Pago makes the payment links it is asked for, or somebody has seen to it."""
    flags = PaymentFlag.objects.filter(reason=Reason.LINK_REFUSED, cleared_at=None, resolved_at=None)
    refused = flags.count()
    if refused:
        return Health("links", False, f"Mercado Pago no crea enlaces de pago de estos precios: {refused}.")
    return Health("links", True, "Mercado Pago crea los enlaces de pago.")


def balances_agree() -> Health:
    """Whether Mercado Pago and the site agree about the last days, and were asked to."""
    open_ones, behind = drift().count(), days_behind()
    if open_ones:
        return Health("balance", False, f"Hay diferencias con Mercado Pago sin resolver: {open_ones}.")
    if behind:
        return Health("balance", False, f"Días sin terminar de comparar con Mercado Pago: {behind}.")
    sentence = "Los pagos de los últimos siete días coinciden con los de Mercado Pago."
    return Health("balance", True, sentence)


def refunds_are_made() -> Health:
    """Whether what was to go back did: nothing asked for long ago, nothing refused that nobody settled."""
    looked_at = PaymentFlag.objects.filter(
        reason=Reason.REFUND_REFUSED, cleared_at=None, resolved_at__isnull=False, order__isnull=False
    )
    settled = Q(state=RefundState.REFUSED, payment__order__in=looked_at.values("order"))
    waiting = stuck().exclude(settled).count()
    if waiting:
        return Health("refunds", False, f"Devoluciones que no se hicieron: {waiting}.")
    return Health("refunds", True, "Lo que se debía devolver se devolvió.")


CHECKS: tuple[Callable[[], Health], ...] = (
    hints_are_read,
    credentials_are_accepted,
    links_are_made,
    balances_agree,
    refunds_are_made,
)


def check_payments() -> list[Health]:
    return [check() for check in CHECKS]


def payments_are_well() -> bool:
    return all(health.well for health in check_payments())


def _long(minutes: int) -> str:
    return f"{minutes} minutos" if minutes < 120 else f"{minutes // 60} horas"
