"""Where the money of a consultation is in doubt, the conversation waits: the one place for that rule.

What was written stays readable and what is being written can be saved; nothing is taken, answered or sent.
Nobody restores it by hand: it goes on once the payments say so again.
"""

from __future__ import annotations

from consultations.actions.errors import Paused
from consultations.enums import FUNDED, Money
from consultations.models import Consultation, Order

IN_REVIEW = (
    "El pago está en revisión en Mercado Pago, así que la conversación queda en pausa. Puedes leer todo y "
    "guardar lo que escribas. Cuando la revisión termine a favor de esta compra, podrás enviarlo."
)
WENT_BACK = (
    "El pago de esta consulta se devolvió, así que la conversación está detenida. Lo escrito sigue aquí. "
    "Si no sabes por qué, escríbenos."
)
NOT_WHOLE = (
    "El pago de esta consulta no está completo, así que la conversación queda en pausa. Puedes leer todo y "
    "guardar lo que escribas. Si no sabes por qué, escríbenos."
)
AT_THE_DESK = {
    IN_REVIEW: "Hay una disputa o una alerta sobre el pago. Mientras dura, no se puede tomar ni responder.",
    WENT_BACK: "El pago se devolvió. No se puede tomar ni responder.",
    NOT_WHOLE: "El pago no está completo. Mientras tanto, no se puede tomar ni responder.",
}


def why_paused(order: Order) -> str:
    """What to tell the client while this order's conversation waits; "" while it goes on."""
    if order.money == Money.FROZEN or order.is_under_fraud_alert:
        return IN_REVIEW
    if order.money in FUNDED:
        return ""
    return WENT_BACK if order.money in (Money.REFUNDED, Money.CHARGED_BACK) else NOT_WHOLE


def why_paused_at_the_desk(consultation: Consultation) -> str:
    """The same for whoever answers; "" while it goes on, and where somebody may be in danger."""
    why = why_paused(consultation.order)
    return AT_THE_DESK[why] if why and not consultation.priority else ""


def must_go_on(consultation: Consultation) -> None:
    """Raise Paused unless the money stands, and let it not change until the end of this transaction."""
    if why := why_paused(Order.objects.select_for_update().get(pk=consultation.order_id)):
        raise Paused(why)


def must_be_answerable(consultation: Consultation) -> None:
    """The same for whoever takes or answers it. Money does not come before somebody who may be in danger."""
    if not consultation.priority:
        must_go_on(consultation)
