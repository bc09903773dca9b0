"""What each kind of flag means for whoever looks at it, and what can be done about it. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from consultations import wording
from consultations.enums import NAMES_ANOTHER, DifferenceKind, Reason
from consultations.models import PaymentFlag
from consultations.timeline import TOPICS, date_of

SUMS: Final = frozenset({Reason.SHORT, Reason.OVERPAID, Reason.DISPUTED, Reason.LOST, Reason.FOREIGN})
KINDS: Final = dict(DifferenceKind.choices)
STATES: Final = frozenset({Reason.UNKNOWN_ORDER, Reason.UNKNOWN_STATUS})


@dataclass(frozen=True)
class Guidance:
    """`steps` says what to do; the switches say which ways the page offers beside deciding."""

    steps: str
    refund: bool = False
    attach: bool = False
    look_again: str = ""
    decide: str = "Resolver"
    # The other decision, where there are two.
    decide_otherwise: str = ""


AT_MERCADO_PAGO: Final = "Leer otra vez en Mercado Pago"

GUIDANCE: Final[dict[Reason, Guidance]] = {
    Reason.FOREIGN: Guidance(
        "Ese dinero no cuenta para la orden. Mira en Mercado Pago de qué cuenta es. Si se aprobó y no "
        "corresponde, devuélvelo.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.COLLECTOR_UNKNOWN: Guidance(
        "El pago se contó sin saber a qué cuenta debía llegar. Comprueba que el dinero esté en la nuestra y "
        "pide que se configure MERCADOPAGO_COLLECTOR_ID.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.UNKNOWN_STATUS: Guidance(
        "Mercado Pago usa un estado que el sitio no conoce; el pago no cuenta. Míralo en Mercado Pago y "
        "avisa a quien mantiene el sitio.",
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.AUTHORIZED: Guidance(
        "El banco reservó el dinero y nadie lo cobró. En Mercado Pago puedes cobrarlo o cancelarlo; aquí se "
        "sabe al leerlo otra vez.",
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.SHORT: Guidance(
        "Llegó menos que el precio, así que la consulta no se abre. Devuelve lo que se pagó, o escribe a la "
        "persona para que pague lo que falta.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.OVERPAID: Guidance(
        "Llegó más que el precio, o un pago nuevo después de devolverlo todo. Lo que trae un segundo pago "
        "vuelve por sí solo; si no volvió, devuelve lo que sobra.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.NEVER_OPENED: Guidance(
        "Se devolvió una parte antes de que el pago se confirmara, y la consulta no se abrió. Devuelve el "
        "resto o acuerda con la persona una compra nueva.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.DISPUTED: Guidance(
        "La conversación está en pausa. Responde en Mercado Pago, con los documentos que pide, antes del "
        "plazo. Anota aquí qué enviaste; si se gana, la consulta sigue por sí sola.",
        look_again=AT_MERCADO_PAGO,
        decide="Anotar que se respondió",
    ),
    Reason.LOST: Guidance(
        "El banco se quedó con el dinero y la conversación está detenida. Decide si se escribe a la persona.",
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.FRAUD: Guidance(
        "Mercado Pago pidió no entregar. La conversación está en pausa hasta que alguien decida. Si no es "
        "fraude, la consulta sigue. Si lo es, devuelve el dinero y anótalo: la consulta queda en pausa.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
        decide="No es fraude: que la consulta siga",
        decide_otherwise="Es fraude: que siga en pausa",
    ),
    Reason.UNKNOWN_ORDER: Guidance(
        "Llegó dinero que no nombra ninguna orden. Búscalo en Mercado Pago por su número. Si sabes de qué "
        "orden es, asígnalo; si no es nuestro, resuélvelo.",
        attach=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.REFUSED: Guidance(
        "Mercado Pago avisó de algo y no quiso mostrarlo. Léelo otra vez; si se niega siempre, mira en "
        "Mercado Pago qué es ese número.",
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.NOT_FOUND: Guidance(
        "Mercado Pago avisó de algo que en dos días no apareció. Léelo otra vez; si sigue sin aparecer, "
        "puede ser un aviso de prueba.",
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.REFUND_REFUSED: Guidance(
        "Mercado Pago no hizo una devolución. Revisa el saldo de la cuenta y pídela otra vez aquí, o hazla "
        "en Mercado Pago y lee el pago otra vez.",
        refund=True,
        look_again=AT_MERCADO_PAGO,
    ),
    Reason.DIFFERENCE: Guidance(
        "El balance de su día encontró el pago distinto en el sitio y en Mercado Pago, y leerlo otra vez no "
        "lo arregló. Míralo en los dos (la diferencia está en “Balance y cuentas”) y anota qué se hizo.",
        look_again="Comparar otra vez",
        decide="Anotar qué se hizo",
    ),
    Reason.CREDENTIALS: Guidance(
        "Mientras dure, no se puede pagar ni se sabe de ningún pago. Renueva la credencial en Mercado Pago, "
        "ponla en MERCADOPAGO_ACCESS_TOKEN y comprueba.",
        look_again="Comprobar ahora",
    ),
    Reason.LINK_REFUSED: Guidance(
        "Mientras dure, nadie puede pagar eso. Suele ser la moneda o el precio del servicio, o la dirección "
        "del sitio (SITE_URL). Corrígelo; esto se quita solo cuando se cree un enlace igual.",
    ),
}


# It names no payment: nothing here can be read, given back or go on.
FRAUD_OF_NOTHING: Final = Guidance(
    "Mercado Pago avisó de un posible fraude sin decir de qué pago. Búscalo en Mercado Pago; si es de una "
    "orden, devuelve el dinero desde allí o desde la orden. Anota aquí qué encontraste.",
)


# It was counted for the order that it was known under, and stays there.
NAMES_ANOTHER_ORDER: Final = Guidance(
    "Un pago que ya cuenta para una orden nombra ahora otra. Sigue contando para la primera. Búscalo en "
    "Mercado Pago por su número; si no le corresponde, devuélvelo desde la orden.",
    look_again=AT_MERCADO_PAGO,
)


def guidance_of(flag: PaymentFlag) -> Guidance:
    """What holds for this very flag."""
    if flag.reason == Reason.UNKNOWN_ORDER and flag.about.startswith(NAMES_ANOTHER):
        return NAMES_ANOTHER_ORDER
    if flag.reason == Reason.FRAUD and flag.order_id is None:
        return FRAUD_OF_NOTHING
    return GUIDANCE[Reason(flag.reason)]


def detail_of(flag: PaymentFlag) -> str:
    """What tells this case from another, as a person says it. Reads `flag.order`."""
    if flag.reason in SUMS and flag.order is not None:
        # Chargebacks are kept first and said last.
        cases = sorted(flag.about.split(", "), key=lambda each: each.startswith("#"))
        return ", ".join(_case(each, flag.order.currency) for each in cases)
    if flag.reason == Reason.DIFFERENCE:
        return ", ".join(KINDS.get(each, each) for each in flag.about.split(", "))
    if flag.reason in STATES:
        return wording.payment_state(flag.about, "")
    if flag.reason == Reason.FRAUD and flag.about:
        # Of a notification that names no payment, its own number.
        word = "pago" if flag.order is not None else "aviso"
        return ", ".join(f"{word} {each}" for each in flag.about.split(", "))
    return TOPICS.get(flag.about, flag.about) if flag.reason == Reason.NOT_FOUND else flag.about


def _case(case: str, currency: str) -> str:
    """A chargeback, or an amount, which may have brought its own currency or its payment's state."""
    if case.startswith("#"):
        return _chargeback(*case[1:].partition("@"))
    number, _, word = case.partition(" ")
    own = word if word.isupper() else ""
    state = f" ({wording.payment_state(word, '')})" if word and not own else ""
    try:
        return wording.price(Decimal(number), own or currency) + state
    except InvalidOperation:
        return case


def _chargeback(number: str, _: str, until: str) -> str:
    try:
        deadline = datetime.datetime.fromisoformat(until).replace(tzinfo=datetime.UTC)
    except ValueError:
        return f"contracargo {number}"
    return f"contracargo {number} con documentos hasta el {date_of(deadline)}"
