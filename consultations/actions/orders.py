"""Placing an order and asking Mercado Pago for its payment link."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.errors import NotAllowed
from consultations.actions.payments import offer_facts
from consultations.enums import CURRENCIES_WITHOUT_DECIMALS, Money
from consultations.models import Order, Service
from consultations.touchpoints import CHECKOUT_STARTED
from home.actions.consents import give_consent
from home.enums import ConsentPurpose
from home.models import User
from home.touchpoints import record

LINK_LIVES_FOR = datetime.timedelta(hours=24)
FIRST_CHECK_AFTER = datetime.timedelta(minutes=2)
# Read by banks and shown on statements: nothing about health.
NEUTRAL_TITLE = "Servicio en línea Need"


@transaction.atomic
def place_order(*, by: User, service: Service, attempt: uuid.UUID) -> Order:
    """Freeze price and terms of `service` for `by`, who has agreed to be attended.

    The same `attempt` (one form, however often it is sent) gives the same order.
    Raises NotAllowed when the service is not for sale.
    """
    if not service.active:
        raise NotAllowed("Este servicio ya no está a la venta.")
    now = timezone.now()
    order, created = Order.objects.get_or_create(
        client=by,
        attempt=attempt,
        defaults={
            "service": service,
            "amount": whole(service),
            "currency": service.currency,
            "turnaround_hours": service.turnaround_hours,
            "replies_included": service.replies_included,
            "created_at": now,
            "expires_at": now + LINK_LIVES_FOR,
            "next_check_at": now + FIRST_CHECK_AFTER,
        },
    )
    if created:
        give_consent(by=by, purpose=ConsentPurpose.ATTENTION)
        record(CHECKOUT_STARTED, user=by, subject_id=order.pk, facts=offer_facts(order))
    return order


def start_checkout(order: Order) -> str:
    """Give the address where this order is paid, asking Mercado Pago for it the first time.

    Raises NotAllowed once it is paid or expired, and what `mercadopago.create_preference` raises; asking
    again after a lost answer uses the same idempotency key, so there is one link.
    """
    if order.money not in (Money.UNPAID, Money.PENDING):
        raise NotAllowed("Esta orden ya tiene un pago.")
    if order.expires_at <= timezone.now():
        raise NotAllowed("El enlace de pago venció. Puedes comenzar uno nuevo.")
    if not order.checkout_url:
        _ask_for_link(order)
    return order.checkout_url


def _ask_for_link(order: Order) -> None:
    back = settings.SITE_URL + reverse("consultations:order", args=[order.return_token])
    preference = mercadopago.create_preference(
        reference=order.reference,
        title=NEUTRAL_TITLE,
        amount=order.amount,
        currency=order.currency,
        back_urls={"success": back, "pending": back, "failure": back},
        notification_url=None,
        payer_email=None,
        expires_at=order.expires_at,
        idempotency_key=str(order.idempotency_key),
    )
    order.preference_id, order.checkout_url = preference.id, preference.init_point
    Order.objects.filter(pk=order.pk).update(preference_id=preference.id, checkout_url=preference.init_point)


def whole(service: Service) -> Decimal:
    """The price as Mercado Pago takes it: without cents where the currency has none."""
    if service.currency in CURRENCIES_WITHOUT_DECIMALS:
        return service.price.to_integral_value()
    return service.price
