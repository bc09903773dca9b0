"""Where the money of a consultation is in doubt, the conversation waits: the one place for that rule.

What was written stays readable and what is being written can be saved; nothing is taken, answered or sent.
Nobody restores it by hand: it goes on once the payments say so again. What a gift opened waits for the
money of its buyer, of whom it says nothing.
"""

from __future__ import annotations

from django.db.models import QuerySet

from consultations.actions.alerts import is_found_fraud
from consultations.actions.errors import Paused
from consultations.enums import FUNDED, Money, OrderKind
from consultations.models import Consultation, Order

IN_REVIEW = (
    "El pago está en revisión en Mercado Pago, así que la conversación queda en pausa. Puedes leer todo y "
    "guardar lo que escribas. Cuando la revisión termine a favor de esta compra, podrás enviarlo."
)
DECIDED = (
    "La revisión del pago terminó y, con esta compra, la conversación no va a continuar. Lo escrito sigue "
    "aquí y puedes leerlo. Si crees que es un error, o si tienes una pregunta, escríbenos."
)
WENT_BACK = (
    "El pago de esta consulta se devolvió, así que la conversación está detenida. Lo escrito sigue aquí. "
    "Si no sabes por qué, escríbenos."
)
NOT_WHOLE = (
    "El pago de esta consulta no está completo, así que la conversación queda en pausa. Puedes leer todo y "
    "guardar lo que escribas. Si no sabes por qué, escríbenos."
)
OF_A_GIFT = (
    "Hay un problema administrativo con esta orientación, no tuyo, así que la conversación queda en pausa. "
    "Puedes leer todo y guardar lo que escribas. Lo estamos viendo; no tienes que hacer nada."
)
OF_A_GIFT_DECIDED = (
    "Hay un problema administrativo con esta orientación, no tuyo, y la conversación no va a continuar. Lo "
    "escrito sigue aquí y puedes leerlo. Si tienes una pregunta, escríbenos."
)
# Where nobody waits for anything any more, and where the way on is to write to us.
STOPPED = frozenset({DECIDED, WENT_BACK, OF_A_GIFT_DECIDED})
WRITE_TO_US = STOPPED | {NOT_WHOLE}
AT_THE_DESK = {
    OF_A_GIFT_DECIDED: "Hay un problema administrativo con el pago, ajeno a quien escribe. No se puede "
    "tomar ni responder.",
    DECIDED: "El pago no se aceptó. No se puede tomar ni responder.",
    OF_A_GIFT: "Hay un problema administrativo con el pago, ajeno a quien escribe. Mientras dura, no se "
    "puede tomar ni responder.",
    IN_REVIEW: "Hay una disputa o una alerta sobre el pago. Mientras dura, no se puede tomar ni responder.",
    WENT_BACK: "El pago se devolvió. No se puede tomar ni responder.",
    NOT_WHOLE: "El pago no está completo. Mientras tanto, no se puede tomar ni responder.",
}


def paying_order(order: Order) -> Order:
    """The order whose money keeps this one going: itself, or what the gift was bought with."""
    if order.kind != OrderKind.REDEMPTION:
        return order
    gift = getattr(order, "redeemed_gift", None)
    return order if gift is None else gift.order


def why_paused(order: Order) -> str:
    """What to tell the client while this order's conversation waits; "" while it goes on."""
    paying = paying_order(order)
    return _to_whom_it_is_told(_why(paying), own=paying is order)


def _to_whom_it_is_told(why: str, *, own: bool) -> str:
    """Whoever uses a gift learns nothing of its buyer's money."""
    if own or not why:
        return why
    return OF_A_GIFT_DECIDED if why == DECIDED else OF_A_GIFT


def _why(order: Order) -> str:
    if order.money in (Money.REFUNDED, Money.CHARGED_BACK):
        return WENT_BACK
    if order.money == Money.FROZEN or order.is_under_fraud_alert:
        return DECIDED if order.money in FUNDED and is_found_fraud(order) else IN_REVIEW
    return "" if order.money in FUNDED else NOT_WHOLE


def why_paused_at_the_desk(consultation: Consultation) -> str:
    """The same for whoever answers; "" while it goes on, and where somebody may be in danger."""
    why = why_paused(consultation.order)
    return AT_THE_DESK[why] if why and not consultation.priority else ""


def with_money(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """With what `why_paused` asks for, in the same query; the code of a gift stays where it is."""
    found = consultations.select_related("order__service", "order__redeemed_gift__order")
    return found.defer("order__redeemed_gift__code")


def lock_money(consultation: Consultation) -> Order:
    """Lock the order whose money keeps a consultation going, until the end of this transaction."""
    orders = Order.objects.select_related("redeemed_gift__order").defer("redeemed_gift__code")
    own = orders.get(pk=consultation.order_id)
    return Order.objects.select_for_update().get(pk=paying_order(own).pk)


def must_go_on(consultation: Consultation) -> None:
    """Raise Paused unless the money stands, and let it not change until the end of this transaction."""
    paying = lock_money(consultation)
    if why := _why(paying):
        raise Paused(_to_whom_it_is_told(why, own=paying.pk == consultation.order_id))


def must_be_answerable(consultation: Consultation) -> None:
    """The same for whoever takes or answers it. Money does not come before somebody who may be in danger."""
    if not consultation.priority:
        must_go_on(consultation)
