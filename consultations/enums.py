"""States of money and of a consultation, with the groups of states the rest of the room asks about."""

from __future__ import annotations

from typing import Final

from django.db import models


class Currency(models.TextChoices):
    CLP = "CLP", "pesos chilenos"
    ARS = "ARS", "pesos argentinos"
    COP = "COP", "pesos colombianos"
    MXN = "MXN", "pesos mexicanos"
    PEN = "PEN", "soles"
    UYU = "UYU", "pesos uruguayos"


# Mercado Pago takes whole numbers in these currencies.
CURRENCIES_WITHOUT_DECIMALS: Final = frozenset({Currency.CLP, Currency.COP})


class OrderKind(models.TextChoices):
    """What an order is for: oneself, somebody who gets a code, or what such a code is worth."""

    OWN = "own", "Para sí"
    GIFT = "gift", "Regalo"
    REDEMPTION = "redemption", "Canje de un regalo"


class DiscountKind(models.TextChoices):
    PERCENT = "percent", "Porcentaje"
    AMOUNT = "amount", "Monto fijo"


class Refusal(models.TextChoices):
    """Why a discount does not hold, as it is said next to the field of the code."""

    UNKNOWN = "unknown", "No encontramos ese código. Revisa cómo está escrito."
    NOT_YET = "not_yet", "Ese código todavía no se puede usar."
    OVER = "over", "Ese código ya venció."
    USED_UP = "used_up", "Ese código ya se usó todas las veces que se podía."
    USED_BY_YOU = "used_by_you", "Ya usaste ese código las veces que se podía."
    OTHER_SERVICE = "other_service", "Ese código no vale para este servicio."


class GiftState(models.TextChoices):
    """What becomes of a gift; it follows from dates and money, and is stored nowhere."""

    UNUSED = "unused", "Sin usar"
    USED = "used", "Usado"
    EXPIRED = "expired", "Vencido"
    WITHDRAWN = "withdrawn", "Anulado"
    STOPPED = "stopped", "Detenido por el pago"
    RETURNED = "returned", "Devuelto"


class Money(models.TextChoices):
    """What an order's payments add up to."""

    UNPAID = "unpaid", "Sin pagar"
    PENDING = "pending", "Pago en curso"
    SHORT = "short", "Pago incompleto"
    PAID = "paid", "Pagado"
    PARTIALLY_REFUNDED = "partially_refunded", "Devuelto en parte"
    REFUNDED = "refunded", "Devuelto"
    FROZEN = "frozen", "En disputa"
    CHARGED_BACK = "charged_back", "Contracargo"


# What keeps a consultation going: the price was paid and has not gone back as a whole.
FUNDED: Final = frozenset({Money.PAID, Money.PARTIALLY_REFUNDED})


class Reason(models.TextChoices):
    """Why a person must look at a payment. Said in e-mails: never about anybody's health."""

    FOREIGN = "foreign", "Un pago con otra moneda, otro cobrador o de prueba."
    COLLECTOR_UNKNOWN = "collector_unknown", "No se sabe qué cuenta debía cobrar; el pago se contó."
    UNKNOWN_STATUS = "unknown_status", "Estado de pago desconocido."
    AUTHORIZED = "authorized", "Un pago quedó autorizado, sin cobrar."
    SHORT = "short", "Se pagó menos que el precio."
    OVERPAID = "overpaid", "Se pagó más que el precio."
    NEVER_OPENED = "never_opened", "Se devolvió una parte antes de abrir la consulta."
    DISPUTED = "disputed", "Hay una disputa en Mercado Pago."
    LOST = "lost", "Se perdió un contracargo."
    FRAUD = "fraud", "Mercado Pago avisó de un posible fraude."
    UNKNOWN_ORDER = "unknown_order", "Un pago que no nombra ninguna orden."
    REFUSED = "refused", "Mercado Pago se negó a mostrar lo que avisó."
    NOT_FOUND = "not_found", "Mercado Pago avisó de un pago que nunca apareció."
    REFUND_REFUSED = "refund_refused", "Mercado Pago rechazó una devolución."
    DIFFERENCE = "difference", "El sitio y Mercado Pago no coinciden en un pago."
    CREDENTIALS = "credentials", "Mercado Pago no acepta las credenciales."
    LINK_REFUSED = "link_refused", "Mercado Pago se niega a crear enlaces de pago."


# What somebody writes down about these settles nothing: the matter goes on, or was settled elsewhere.
ONLY_NOTED: Final = frozenset({Reason.DISPUTED, Reason.DIFFERENCE})
# What a flag of UNKNOWN_ORDER is about where a payment names another order than the one it counts for.
NAMES_ANOTHER = "nombra "


class PaymentEventKind(models.TextChoices):
    """What Mercado Pago told: the state of a payment, or until when a chargeback may be answered."""

    REPORT = "report", "Estado"
    CHARGEBACK = "chargeback", "Contracargo"


class RefundReason(models.TextChoices):
    """Why money went back. The client reads none of these words."""

    WITHDRAWAL = "withdrawal", "La persona retiró su consulta"
    EXCESS = "excess", "Se pagó de más"
    LATE_PAYMENT = "late_payment", "Se pagó después de retirar la consulta"
    COMPLAINT = "complaint", "Reclamo por la respuesta"
    LATE_ANSWER = "late_answer", "No se respondió a tiempo"
    OTHER = "other", "Otra razón"
    IN_PANEL = "in_panel", "Hecha en Mercado Pago"


# What an administrator may give as the reason; the others are given by what happened.
OFFICE_REASONS: Final = (
    RefundReason.COMPLAINT,
    RefundReason.LATE_ANSWER,
    RefundReason.EXCESS,
    RefundReason.OTHER,
)


class RefundState(models.TextChoices):
    """How far a refund is; `consultations.actions.refunds.settle` alone changes it."""

    ASKED = "asked", "Pedida"
    DONE = "done", "Hecha"
    REFUSED = "refused", "Rechazada por Mercado Pago"


# Mercado Pago may still do what it refused once, but never takes back what it has given.
REFUND_TRANSITIONS: Final[dict[RefundState, frozenset[RefundState]]] = {
    RefundState.ASKED: frozenset({RefundState.DONE, RefundState.REFUSED}),
    RefundState.REFUSED: frozenset({RefundState.DONE}),
    RefundState.DONE: frozenset(),
}


class DifferenceKind(models.TextChoices):
    """In what a payment here differs from the same payment at Mercado Pago."""

    UNKNOWN_HERE = "unknown_here", "El sitio no lo conocía"
    MISSING_THERE = "missing_there", "Mercado Pago no lo encuentra"
    STATUS = "status", "Otro estado"
    AMOUNT = "amount", "Otro monto"
    REFUNDED = "refunded", "Otro monto devuelto"
    REFUND = "refund", "Una devolución que el sitio no conocía"


class Status(models.TextChoices):
    """Where a consultation is; `consultations.actions.consultations.move` alone changes it."""

    WRITING = "writing", "Por escribir"
    WAITING = "waiting", "En espera"
    IN_CARE = "in_care", "En manos de quien responde"
    ANSWERED = "answered", "Respondida"
    REPLIED = "replied", "Con réplica"
    CLOSED = "closed", "Cerrada"
    WITHDRAWN = "withdrawn", "Retirada"


TRANSITIONS: Final[dict[Status, frozenset[Status]]] = {
    Status.WRITING: frozenset({Status.WAITING, Status.WITHDRAWN}),
    Status.WAITING: frozenset({Status.IN_CARE, Status.WITHDRAWN}),
    # A step that stays where it is changes hands and nothing else (`consultations.actions.handovers`).
    Status.IN_CARE: frozenset({Status.ANSWERED, Status.WAITING, Status.IN_CARE}),
    Status.ANSWERED: frozenset({Status.REPLIED, Status.CLOSED, Status.ANSWERED}),
    Status.REPLIED: frozenset({Status.ANSWERED, Status.REPLIED}),
    Status.CLOSED: frozenset({Status.CLOSED}),
    Status.WITHDRAWN: frozenset(),
}

# Nobody has opened it: the client may withdraw and is given everything back.
BEFORE_OPENING: Final = frozenset({Status.WRITING, Status.WAITING})

WAITS_FOR_PSYCHOLOGIST: Final = frozenset({Status.WAITING, Status.IN_CARE, Status.REPLIED})
WAITS_FOR_CLIENT: Final = frozenset({Status.WRITING, Status.ANSWERED})


class TurnKind(models.TextChoices):
    CASE = "case", "Consulta"
    ORIENTATION = "orientation", "Orientación"
    REPLY = "reply", "Réplica"
    NOTE = "note", "Mensaje después de cerrar"


FROM_CLIENT: Final = frozenset({TurnKind.CASE, TurnKind.REPLY})


class PublicationWish(models.TextChoices):
    """What the client answered when asked whether the case may be published, anonymised."""

    NOT_ASKED = "", "Sin respuesta"
    YES = "yes", "Sí, sin datos que me identifiquen"
    NO = "no", "No"
