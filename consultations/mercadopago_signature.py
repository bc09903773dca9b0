"""Is this webhook from Mercado Pago? The signature check, apart from everything that talks to the API.

Mercado Pago signs `id:<data.id>;request-id:<x-request-id>;ts:<ts>;` with HMAC-SHA256 (pairs that are absent
are left out) and sends `x-signature: ts=…,v1=…`. Only the query's `data.id` is covered, never the body. The
comparison is the SDK's; around it stand the cases in which the SDK's validator raises something else or
measures wrongly.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from mercadopago.webhook import InvalidWebhookSignatureError, WebhookSignatureValidator

# A stamp in seconds stays below this until the year 5138; in milliseconds it passed it in 1973.
_FIRST_MILLISECOND_STAMP = 100_000_000_000


def webhook_secrets() -> tuple[str, ...]:
    """The secrets in force: `MERCADOPAGO_WEBHOOK_SECRET`, newest first, comma-separated."""
    secrets = (secret.strip() for secret in settings.MERCADOPAGO_WEBHOOK_SECRET.split(","))
    return tuple(secret for secret in secrets if secret)


def verify_signature(
    *,
    x_signature: str | None,
    x_request_id: str | None,
    data_id: str | None,
    secrets: Sequence[str],
    tolerance: timedelta | None = None,
    now: datetime | None = None,
) -> bool:
    """Whether one of `secrets` signed this notification. Never raises, whatever the headers hold.

    `data_id` is the query's `data.id`. With a `tolerance`, the stamp (in seconds or in milliseconds, both
    occur) must lie that close to `now`. Without one any age is accepted, which is the right default here: a
    replay has no effect, while Mercado Pago repeats an unanswered notification for days.
    """
    try:
        signed = any(_signed_by(secret, x_signature, x_request_id, data_id) for secret in secrets if secret)
        return signed and (tolerance is None or _is_recent(x_signature or "", tolerance, now))
    except (TypeError, ValueError, OverflowError):  # non-ASCII text, a stamp out of any range
        return False


def _signed_by(secret: str, x_signature: str | None, x_request_id: str | None, data_id: str | None) -> bool:
    # The documentation asks for the lower-case id in the signed text; some topics send it otherwise.
    candidates = {data_id, data_id.lower()} if data_id else {None}
    return any(_validates(secret, x_signature, x_request_id, candidate) for candidate in candidates)


def _validates(secret: str, x_signature: str | None, x_request_id: str | None, data_id: str | None) -> bool:
    try:
        WebhookSignatureValidator.validate(x_signature, x_request_id, data_id, secret)
    except InvalidWebhookSignatureError:
        return False
    return True


def _is_recent(x_signature: str, tolerance: timedelta, now: datetime | None) -> bool:
    # The SDK measures a tolerance as if every stamp were in seconds.
    pairs = dict(part.strip().split("=", 1) for part in x_signature.split(",") if "=" in part)
    stamp = int(pairs["ts"]) if "ts" in pairs else 0
    seconds = stamp / 1000 if stamp >= _FIRST_MILLISECOND_STAMP else stamp
    return abs((now or datetime.now(UTC)) - datetime.fromtimestamp(seconds, UTC)) <= tolerance
