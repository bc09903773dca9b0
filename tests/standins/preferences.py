"""Payment links for tests, opened through the client as the site opens them."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from consultations import mercadopago

BACK_URLS = {
    name: f"http://127.0.0.1:8000/vuelta/{name}/?t=abc" for name in ("success", "pending", "failure")
}


def open_preference(**changes: Any) -> mercadopago.Preference:
    """A payment link of order N-1 over 15 000 Chilean pesos, for two days; `changes` overwrite any of it."""
    wish: dict[str, Any] = {
        "reference": "N-1",
        "title": "Orientación escrita",
        "amount": Decimal(15000),
        "currency": "CLP",
        "back_urls": BACK_URLS,
        "notification_url": None,
        "payer_email": "persona@example.com",
        "expires_at": datetime.now(UTC) + timedelta(days=2),
        "idempotency_key": str(uuid.uuid4()),
    }
    return mercadopago.create_preference(**wish | changes)
