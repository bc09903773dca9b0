"""How prices, deadlines and states are said to a person. Pure: values in, Spanish out."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from consultations.enums import Currency, Money, Status

A_WEEK = 7
NAMES_OF_DAYS = {0: "hoy", 1: "mañana"}
# What a purchase is called where banks, inboxes and accountants read it: nothing about health.
NEUTRAL_TITLE = "Servicio en línea Need"
SOLES = "S/ "
PESOS = "$"

# What is happening, in words; what comes next stands on the page itself.
STATES: dict[Status, str] = {
    Status.WRITING: "Tu espacio está abierto: falta que cuentes qué pasa",
    Status.WAITING: "Enviada: la leerá una psicóloga o un psicólogo",
    Status.IN_CARE: "En manos de quien te va a responder",
    Status.ANSWERED: "Tienes una respuesta",
    Status.REPLIED: "Enviaste una réplica: viene otra respuesta",
    Status.CLOSED: "Cerrada",
    Status.WITHDRAWN: "La retiraste",
}
ORDER_STATES: dict[Money, str] = {
    Money.UNPAID: "Falta el pago",
    Money.PENDING: "Mercado Pago aún no confirma el pago",
    Money.SHORT: "Llegó menos que el precio; lo está viendo una persona",
    Money.PAID: "Pagada",
    Money.PARTIALLY_REFUNDED: "Devuelta en parte",
    Money.REFUNDED: "Devuelta",
    Money.FROZEN: "En revisión en Mercado Pago",
    Money.CHARGED_BACK: "Anulada por el medio de pago",
}
# Mercado Pago's own words, which its panel shows in English too.
PAYMENT_STATES = {
    "pending": "pendiente",
    "in_process": "en revisión",
    "authorized": "autorizado, sin cobrar",
    "approved": "aprobado",
    "rejected": "rechazado",
    "cancelled": "cancelado",
    "refunded": "devuelto",
    "in_mediation": "en mediación",
    "charged_back": "con contracargo",
}
DECIDED_CHARGEBACKS = {"settled": "contracargo perdido", "reimbursed": "contracargo ganado"}
# What Mercado Pago adds to a state, where it is worth a word; a detail that repeats the state is worth none.
PAYMENT_DETAILS = {
    "accredited": "acreditado",
    "partially_refunded": "devuelto en parte",
    "pending_contingency": "lo procesa Mercado Pago",
    "pending_review_manual": "lo revisa una persona en Mercado Pago",
    "pending_waiting_payment": "falta que se pague",
    "pending_waiting_transfer": "falta la transferencia",
    "pending_challenge": "falta confirmarlo con el banco",
    "pending_capture": "sin cobrar",
    "in_process": "sin decidir todavía",
    "expired": "venció el plazo",
    "by_payer": "por quien pagaba",
    "by_collector": "por nosotros",
    "by_admin": "por Mercado Pago",
    "bpp_refunded": "lo devolvió Mercado Pago",
    "bpp_covered": "lo cubre Mercado Pago",
    "settled": "",
    "reimbursed": "",
    "refunded": "",
    "pending": "",
}


def payment_state(status: str, detail: str) -> str:
    """The state of a payment for the office; a detail that has no words here stays as Mercado Pago has it."""
    state = PAYMENT_STATES.get(status, status)
    if status == "charged_back":
        state = DECIDED_CHARGEBACKS.get(detail, state)
    more = PAYMENT_DETAILS.get(detail, detail)
    return f"{state} ({more})" if more else state


PAYMENT_TYPES = {
    "account_money": "Dinero en Mercado Pago",
    "atm": "Cajero automático",
    "bank_transfer": "Transferencia",
    "credit_card": "Tarjeta de crédito",
    "debit_card": "Tarjeta de débito",
    "prepaid_card": "Tarjeta de prepago",
    "ticket": "Efectivo",
}

# Why a day's balance did not come to its end, by the name of the exception.
BALANCE_PROBLEMS = {
    "Unavailable": "Mercado Pago no respondió del todo",
    "BadCredentials": "Mercado Pago no acepta las credenciales",
    "Refused": "Mercado Pago se negó a responder",
    "NotFound": "Mercado Pago no encontró algo",
}


def price(amount: Decimal, currency: str) -> str:
    """An amount in its currency's main unit, as people write it: "$14.990 CLP", "$1.500,50 ARS"."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    english = f"{amount:,.{decimals}f}"
    spanish = english.replace(",", " ").replace(".", ",").replace(" ", ".")
    sign = SOLES if currency == Currency.PEN else PESOS
    return f"{sign}{spanish} {currency}"


def payment_type(name: str) -> str:
    """How somebody paid, from Mercado Pago's name for it."""
    return PAYMENT_TYPES.get(name, "Mercado Pago")


def balance_problem(name: str) -> str:
    return BALANCE_PROBLEMS.get(name, "un error del sitio")


def day(moment: datetime.datetime) -> str:
    """The date of a moment in the site's time zone: "22 de noviembre de 2026"."""
    return date_format(timezone.localtime(moment), r"j \d\e F \d\e Y")


def deadline(moment: datetime.datetime, now: datetime.datetime | None = None) -> str:
    """A moment in the site's time zone: "hoy" or "el jueves a las 18:00"; further off, with its date."""
    local, here = timezone.localtime(moment), timezone.localtime(now)
    days = (local.date() - here.date()).days
    if days in NAMES_OF_DAYS:
        day = NAMES_OF_DAYS[days]
    else:
        day = "el " + date_format(local, "l" if 0 < days < A_WEEK else r"l j \d\e F")
    return f"{day} a las {local:%H:%M}"


def turnaround(hours: int) -> str:
    """How soon an answer comes: hours up to three days, then days."""
    return f"{hours} horas" if hours <= 72 or hours % 24 else f"{hours // 24} días"


def replies(count: int) -> str:
    """How many réplicas a service has: "una réplica", "3 réplicas"."""
    names = {0: "sin réplicas", 1: "una réplica", 2: "dos réplicas", 3: "tres réplicas"}
    return names.get(count, f"{count} réplicas")
