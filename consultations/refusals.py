"""Why an attempt to pay did not pass, in plain words. Pure: what Mercado Pago answered in, Spanish out.

Which answers there are: Mercado Pago's developers' documentation, "Collection results" (checkout-api/
response-handling/collection-results) and "Reasons for rejection". Who was refused for "risk" is not told so:
it is the bank's guess, and no reproach.
"""

from __future__ import annotations

from typing import Final

_CHECK_DATA = "Algún dato de la tarjeta no coincide. Revísalo y prueba otra vez."
_ANOTHER = "No dan más detalles. Suele resolverse con otra tarjeta o con otro medio de pago."
_ASK_BANK = "Tu banco pide que autorices este pago. Llámalo, o prueba con otro medio."
_BANK_ERROR = "Hubo un problema de conexión con el banco. Prueba otra vez en unos minutos."
_TOO_OFTEN = "Hubo demasiados intentos con esa tarjeta. Prueba con otra, o con otro medio de pago."

_REJECTED: Final = {
    "cc_rejected_bad_filled_card_number": "El número de la tarjeta no coincide. Revísalo y prueba otra vez.",
    "cc_rejected_bad_filled_date": "La fecha de vencimiento no coincide. Revísala y prueba otra vez.",
    "cc_rejected_bad_filled_security_code": "El código de seguridad no coincide. Revísalo y prueba otra vez.",
    "cc_rejected_bad_filled_other": _CHECK_DATA,
    "cc_rejected_insufficient_amount": "La tarjeta no tiene fondos o cupo suficiente. Prueba con otra.",
    "insufficient_amount": "El medio de pago no tiene fondos suficientes. Prueba con otro.",
    "cc_rejected_call_for_authorize": _ASK_BANK,
    "cc_rejected_3ds_challenge": "Faltó confirmar el pago con tu banco. Prueba otra vez.",
    "cc_rejected_3ds_mandatory": "Tu banco pide confirmar el pago y no se pudo. Prueba con otro medio.",
    "cc_rejected_card_disabled": "La tarjeta no está activa. Puedes activarla con tu banco, o usar otra.",
    "cc_rejected_card_type_not_allowed": "Esa clase de tarjeta no se acepta aquí. Prueba con otra.",
    "cc_rejected_duplicated_payment": "Ya hiciste un pago igual. Espera unos minutos antes de repetirlo.",
    "cc_rejected_invalid_installments": "La tarjeta no acepta esa cantidad de cuotas. Elige otra cantidad.",
    "cc_rejected_max_attempts": _TOO_OFTEN,
    "cc_amount_rate_limit_exceeded": "La tarjeta llegó a su límite. Prueba con otro medio de pago.",
    "bank_error": _BANK_ERROR,
    "rejected_by_bank": "El banco no aceptó el pago. Puedes llamarlo, o probar con otro medio.",
}
_CANCELLED: Final = {
    "expired": "Terminó el plazo para pagar. Si quieres, puedes empezar otra vez.",
    "by_payer": "Lo cancelaste en Mercado Pago. Si quieres, puedes empezar otra vez.",
}
_CANCELLED_OTHERWISE = "No hay nada pendiente. Si quieres, puedes empezar otra vez."


def why_rejected(status_detail: str) -> str:
    """Say what to do after a rejection; what Mercado Pago keeps to itself, or is new, says so."""
    return _REJECTED.get(status_detail, _ANOTHER)


def why_cancelled(status_detail: str) -> str:
    """Say what happened to a payment that was begun and never made."""
    return _CANCELLED.get(status_detail, _CANCELLED_OTHERWISE)
