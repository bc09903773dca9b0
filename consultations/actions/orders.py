"""Placing an order and asking Mercado Pago for its payment link."""

from __future__ import annotations

import datetime
import logging
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from consultations import mercadopago
from consultations.actions.discounts import Offer, hold_offer, lock_discounts
from consultations.actions.errors import NotAllowed
from consultations.actions.links import drop_link, ensure_link
from consultations.actions.payments import offer_facts, recompute, sync_order
from consultations.actions.uncounted import has_uncounted
from consultations.enums import Money, OrderKind
from consultations.models import Order, Service
from consultations.money import ON_THE_WAY
from consultations.order_state import PAID_LATER
from consultations.touchpoints import CHECKOUT_STARTED
from home.actions.consents import give_consent
from home.enums import ConsentPurpose
from home.models import User
from home.touchpoints import record

LINK_LIVES_FOR = datetime.timedelta(hours=24)
FIRST_CHECK_AFTER = datetime.timedelta(minutes=2)
# A person is waiting for the page.
LOOK_FOR_SECONDS = 8

PRICE_CHANGED = "El precio cambió mientras continuabas. Míralo antes de seguir."

UNCOUNTED = (
    "Llegó un pago que no coincide con tu compra. Una persona del equipo lo está viendo. "
    "No hagas otro pago: te escribiremos."
)

logger = logging.getLogger(__name__)


class PriceChanged(NotAllowed):
    """What is to be paid is not what was agreed to."""

    def __init__(self) -> None:
        super().__init__(PRICE_CHANGED)


@transaction.atomic
def place_order(
    *,
    by: User,
    service: Service,
    attempt: uuid.UUID,
    code: str = "",
    kind: OrderKind = OrderKind.OWN,
    agreed: Decimal | None = None,
) -> Order:
    """Freeze price and terms of `service` for `by`, who for themselves has agreed to be attended.

    The same `attempt` (one form, however often it is sent) gives the same order. One that costs nothing is
    paid at once. Raises NotAllowed when the service is not for sale, CodeRefused when the code does not hold,
    PriceChanged when it costs anything but `agreed`: an offer may end at the last moment.
    """
    if not service.active:
        raise NotAllowed("Este servicio ya no está a la venta.")
    # Before looking for the order of another click, which may be about to use the same discount.
    lock_discounts(by=by, code=code)
    known = placed_before(by=by, attempt=attempt)
    if known is not None:
        return known
    offer = hold_offer(by=by, service=service, code=code)
    if agreed not in (None, offer.quote.amount):
        raise PriceChanged
    order, created = Order.objects.get_or_create(
        client=by, attempt=attempt, defaults=_frozen(service, offer, kind)
    )
    if created:
        _begin(order, by)
    return order


def placed_before(*, by: User, attempt: uuid.UUID) -> Order | None:
    """The order of this attempt, if it was sent before."""
    return Order.objects.filter(client=by, attempt=attempt).select_related("service").first()


def _frozen(service: Service, offer: Offer, kind: OrderKind) -> dict[str, object]:
    now = timezone.now()
    return {
        "service": service,
        "kind": kind,
        "list_price": offer.quote.list_price,
        "discount": offer.discount,
        "discount_reason": offer.reason,
        "amount": offer.quote.amount,
        "currency": service.currency,
        "turnaround_hours": service.turnaround_hours,
        "replies_included": service.replies_included,
        "created_at": now,
        "expires_at": now + LINK_LIVES_FOR,
        # Nothing is paid where nothing is owed: nobody has to be asked.
        "next_check_at": now + FIRST_CHECK_AFTER if offer.quote.amount else None,
    }


def _begin(order: Order, by: User) -> None:
    if order.kind == OrderKind.OWN:
        give_consent(by=by, purpose=ConsentPurpose.ATTENTION)
    record(CHECKOUT_STARTED, user=by, subject_id=order.pk, facts=offer_facts(order))
    if not order.amount:
        # Its row is nobody else's yet: it was made in this transaction.
        recompute(order)


def start_checkout(order: Order) -> str:
    """Give the address where this order is paid, asking Mercado Pago for it the first time.

    Where a link exists somebody may have paid in it: Mercado Pago is asked first. Raises NotAllowed once the
    order is paid, being paid or expired, or holds money that does not count, and MercadoPagoError where that
    or the link cannot be known; asking again after a lost answer gives the same link.
    """
    _must_be_payable(order)
    if order.link_asked_at or order.preference_id:
        _look_first(order)
        _must_be_payable(order)
    ensure_link(order)
    _must_still_be_payable(order)
    return order.checkout_url


def _must_still_be_payable(order: Order) -> None:
    """Making a link takes seconds, with no lock: meanwhile the order may have made room for another one."""
    order.refresh_from_db()
    try:
        _must_be_payable(order)
    except NotAllowed:
        drop_link(order)
        raise


def _must_be_payable(order: Order) -> None:
    if order.money not in (Money.UNPAID, Money.PENDING):
        raise NotAllowed("Esta orden ya tiene un pago.")
    if has_uncounted(order):
        raise NotAllowed(UNCOUNTED)
    if order.expires_at <= timezone.now():
        raise NotAllowed("El enlace de pago venció. Puedes comenzar uno nuevo.")
    if order.payments.filter(status__in=ON_THE_WAY).exclude(payment_type__in=PAID_LATER).exists():
        raise NotAllowed("Tu pago está en revisión. No pagues de nuevo: te avisaremos por correo.")


def _look_first(order: Order) -> None:
    """What is refused or not there says that no payment can be known; silence says nothing, and is raised."""
    try:
        sync_order(order, seconds=LOOK_FOR_SECONDS)
    except (mercadopago.NotFound, mercadopago.Refused) as error:
        logger.warning("Order %s could not be looked up whole: %s", order.reference, error)
