"""The payment link of an order: one that lives, found again after a lost answer, closed once it is paid."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django_q.tasks import async_task

from consultations import mercadopago
from consultations.actions.errors import NotAllowed
from consultations.actions.flags import clear_account_flag, raise_flag
from consultations.enums import Reason
from consultations.models import Order
from consultations.wording import NEUTRAL_TITLE, price

NO_LINK_NOW = (
    "Ahora no podemos abrir el pago y ya avisamos a una persona del equipo. Tu compra quedó guardada; este "
    "intento no cobró nada."
)
logger = logging.getLogger(__name__)


def ensure_link(order: Order) -> None:
    """Have the order hold its one living link, asking for it if there is none.

    Raises MercadoPagoError, and NotAllowed where Mercado Pago refuses to make one.
    """
    if order.checkout_url and _lives(order):
        return
    if order.preference_id:
        _let_go(order)
    if order.checkout_url:  # made by somebody who was faster
        return
    living = (_find(order) if order.link_asked_at else []) or _ask(order)
    _hold(order, living[0])
    # Only now is it settled which of them stays, also where somebody else found them at the same moment.
    for surplus in living[1:]:
        if surplus.id != order.preference_id:
            _close(surplus.id)


def close_link(order: Order) -> None:
    """Close the link of a paid order, so that nobody pays it twice. Raises Unavailable or BadCredentials."""
    if not order.preference_id:
        return
    _close(order.preference_id)


def drop_link(order: Order) -> None:
    """Close the link of an order that nobody is to pay any more: now, or else as soon as can be."""
    try:
        close_link(order)
    except mercadopago.MercadoPagoError:
        async_task("consultations.jobs.close_link", order.pk)


def _lives(order: Order) -> bool:
    """Whether the link that is held can still be paid in: Mercado Pago may have ended it before its time."""
    try:
        held = mercadopago.get_preference(order.preference_id)
    except mercadopago.NotFound:
        return False
    return held.expires_at is None or held.expires_at > timezone.now()


def _let_go(order: Order) -> None:
    """Forget a link that is over. The key goes with it: the same key would give the same link again."""
    Order.objects.filter(pk=order.pk, preference_id=order.preference_id).update(
        preference_id="", checkout_url="", idempotency_key=uuid.uuid4()
    )
    order.refresh_from_db()


def _ask(order: Order) -> list[mercadopago.Preference]:
    """Ask for a link. After a lost answer it may exist all the same: then it is found by its reference."""
    order.link_asked_at = order.link_asked_at or timezone.now()
    Order.objects.filter(pk=order.pk).update(link_asked_at=order.link_asked_at)
    try:
        return [_create(order)]
    except mercadopago.Unavailable as lost:
        try:
            found = _find(order)
        except mercadopago.MercadoPagoError:
            found = []
        if not found:
            raise lost from None
        return found


def _create(order: Order) -> mercadopago.Preference:
    """What is refused would be refused again, to the next buyer too: a person is told, and the buyer."""
    try:
        made = _send(order)
    except (mercadopago.Refused, ValueError) as error:
        logger.error("Mercado Pago makes no link for order %s: %s", order.reference, type(error).__name__)
        raise_flag(Reason.LINK_REFUSED, about=_what_it_asks(order))
        raise NotAllowed(NO_LINK_NOW) from error
    clear_account_flag(Reason.LINK_REFUSED, about=_what_it_asks(order))
    return made


def _what_it_asks(order: Order) -> str:
    """What the same refusal is to be expected for: other links may be made meanwhile."""
    return f"{price(order.amount, order.currency)}, {order.service.name}"


def _send(order: Order) -> mercadopago.Preference:
    back = settings.SITE_URL + reverse("consultations:order", args=[order.return_token])
    return mercadopago.create_preference(
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


def _find(order: Order) -> list[mercadopago.Preference]:
    """The links of this order that still live."""
    now = timezone.now()
    found = mercadopago.find_preferences(order.reference)
    return [each for each in found if each.expires_at is None or each.expires_at > now]


def _hold(order: Order, preference: mercadopago.Preference) -> None:
    """Keep the link; of two that were made at once, the first to be kept stays and the other is closed."""
    held = Order.objects.filter(pk=order.pk, preference_id="").update(
        preference_id=preference.id,
        checkout_url=preference.init_point,
        collector_id=preference.collector_id,
        link_made_at=timezone.now(),
    )
    order.refresh_from_db()
    if not held and order.preference_id != preference.id:
        _close(preference.id)


def _close(preference_id: str) -> None:
    try:
        mercadopago.expire_preference(preference_id)
    except (mercadopago.NotFound, mercadopago.Refused) as error:
        logger.warning("A payment link could not be closed: %s", error)
