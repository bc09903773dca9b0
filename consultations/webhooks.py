"""Where Mercado Pago tells of changes: verify, store, answer; the work is the queue's."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from consultations.actions.hints import store_hint
from consultations.mercadopago import verify_signature, webhook_secrets

MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def mercadopago_notification(request: HttpRequest) -> HttpResponse:
    """Answer 200 to what Mercado Pago signed, 401 to anything else; the older, unsigned IPN form gets 200.

    Only the query's `data.id` is signed, so that is the id that counts, whatever the body says. Some topics,
    alerts of fraud among them, come without one: absent pairs are left out of what is signed.
    """
    data_id = request.GET.get("data.id", "")
    if not _is_signed(request, data_id):
        if "topic" in request.GET and not data_id:
            return HttpResponse(status=200)
        return HttpResponse("Firma no válida.", status=401, content_type="text/plain; charset=utf-8")
    body = _body(request)
    topic = _topic(request, body)
    store_hint(
        topic=topic,
        data_id=data_id,
        payment_id=_payment_named(body, also="" if data_id or topic != "payment" else "id"),
        request_id=request.headers.get("X-Request-Id", ""),
    )
    return HttpResponse(status=200)


def _topic(request: HttpRequest, body: dict[str, Any]) -> str:
    named = (request.GET.get("type"), request.GET.get("topic"), body.get("type"), body.get("topic"))
    return str(next((each for each in named if each), ""))


def _is_signed(request: HttpRequest, data_id: str) -> bool:
    return verify_signature(
        x_signature=request.headers.get("X-Signature"),
        x_request_id=request.headers.get("X-Request-Id"),
        data_id=data_id or None,
        secrets=webhook_secrets(),
    )


def _body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        return {}
    try:
        body: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _payment_named(body: dict[str, Any], *, also: str) -> int | None:
    """The payment that chargebacks and alerts of fraud name beside their own id.

    `also` is another name that it may have: of a payment's own notification whose address has no id.
    """
    data = body.get("data")
    number = str(data.get("payment_id") or data.get(also) or "") if isinstance(data, dict) else ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
