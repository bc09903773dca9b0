"""What must never be so in production, told by `manage.py check`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

OFFICIAL_MERCADOPAGO_API = "https://api.mercadopago.com"


@register(Tags.security)
def check_payments_go_to_mercado_pago(**kwargs: Any) -> list[CheckMessage]:
    """Without DEBUG no stand-in may take payments: nobody would be charged, and cases would open."""
    if settings.DEBUG or settings.MERCADOPAGO_API_URL.rstrip("/") == OFFICIAL_MERCADOPAGO_API:
        return []
    hint = f"Unset MERCADOPAGO_API_URL, or set it to {OFFICIAL_MERCADOPAGO_API}."
    return [Error("MERCADOPAGO_API_URL is not Mercado Pago's.", hint=hint, id="need.E001")]


@register(Tags.security)
def check_analytics_does_not_identify(**kwargs: Any) -> list[CheckMessage]:
    """django-analytical would send the signed-in person's address, and write it unescaped into a script."""
    if settings.ANALYTICAL_AUTO_IDENTIFY is False:
        return []
    return [Error("ANALYTICAL_AUTO_IDENTIFY must be False.", id="need.E002")]
