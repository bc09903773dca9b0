"""Giving a payment that names no order to the order it was meant for, when a person says which."""

from __future__ import annotations

from django.db import transaction

from consultations import mercadopago
from consultations.actions.errors import NotAllowed
from consultations.actions.flags import raise_flag
from consultations.actions.payments import apply_report, expected_of
from consultations.actions.resolving import resolve
from consultations.actions.silence import is_silent, noticed
from consultations.enums import Reason
from consultations.mercadopago import PaymentReport
from consultations.models import Order, Payment, PaymentFlag
from consultations.money import WITHOUT_MONEY, is_ours
from consultations.permissions import may_refund
from home.models import User

NO_MONEY = "Ese pago no se concretó: no hay dinero que asignar."
FOREIGN = "Ese pago es de otra moneda, de otra cuenta o de prueba: no puede contar para esta orden."


def read_for(*, by: User, flag: PaymentFlag, order: Order) -> PaymentReport:
    """What Mercado Pago says of the payment, once nothing speaks against giving it to `order`.

    Raises NotAllowed, saying what does, and MercadoPagoError when the payment cannot be read.
    """
    if not may_refund(by):
        raise NotAllowed("Solo una persona de administración puede asignar un pago.")
    if flag.reason != Reason.UNKNOWN_ORDER or flag.payment_id is None:
        raise NotAllowed("Esto no es un pago sin orden.")
    if is_silent():
        raise mercadopago.Unavailable("get_payment")
    report = _read(flag.payment_id)
    _must_fit(report, order)
    return report


def _read(payment_id: int) -> PaymentReport:
    try:
        with noticed():
            return mercadopago.get_payment(payment_id)
    except mercadopago.BadCredentials:
        raise_flag(Reason.CREDENTIALS)
        raise


def attach(*, by: User, flag: PaymentFlag, order: Order, resolution: str) -> Order:
    """Have the payment of `flag` count for `order` from now on, and settle the flag.

    What it counts is decided as for any payment, from all of the order's. Of two people who attach it at once
    one does: the other's flag is settled already. Raises as `read_for` and `resolve` do.
    """
    report = read_for(by=by, flag=flag, order=order)
    with transaction.atomic():
        # The order first, as everywhere: a report of this payment may arrive meanwhile.
        Order.objects.select_for_update().get(pk=order.pk)
        resolve(by=by, flag=flag, resolution=f"Asignado a la orden {order.reference}. {resolution}")
        apply_report(report, meant_for=order)
    order.refresh_from_db()
    return order


def _must_fit(report: PaymentReport, order: Order) -> None:
    known = Payment.objects.select_related("order").filter(payment_id=report.id).first()
    named = known.order if known else Order.objects.filter(reference=report.external_reference).first()
    if named is not None:
        raise NotAllowed(f"Ese pago ya es de la orden {named.reference}.")
    if report.status in WITHOUT_MONEY:
        raise NotAllowed(NO_MONEY)
    if not is_ours(expected_of(order), report):
        raise NotAllowed(FOREIGN)
