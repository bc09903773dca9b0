"""Google Analytics 4, the mirror of the touchpoint log for those who agreed: the Measurement Protocol.

The site's own log is the source; this only repeats to GA what happened on the server, for people who gave
the analytics consent. Nothing here may carry what somebody wrote, searched, scored or is: events have a
neutral name and the few parameters allowed below. The live address answers 204 to anything, so a mistake
shows nowhere; what may be sent is therefore fixed here.
https://developers.google.com/analytics/devguides/collection/protocol/ga4
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import requests
from django.conf import settings

TIMEOUT_SECONDS: Final = 10
# Events that the server owns. `refund` is no touchpoint: it is told where the money goes back. There is no
# `add_payment_info`: people choose how to pay at Mercado Pago, and Need learns of it with the payment.
SERVER_EVENTS: Final = frozenset(
    {
        "sign_up",
        "login",
        "begin_checkout",
        "purchase",
        "refund",
        "case_submitted",
        "reply_sent",
        "answer_read",
        "service_rated",
        "survey_completed",
    }
)
# Events of public pages, which js/consent.js sends after a yes (Google's own script sends `page_view`).
BROWSER_EVENTS: Final = frozenset({"page_view", "select_content", "view_item"})
ALLOWED_PARAMETERS: Final = frozenset(
    {"transaction_id", "currency", "value", "items", "method", "turn", "wave"}
)


class AnalyticsError(Exception):
    """Google Analytics could not be reached, or answered other than 2xx."""


def is_configured() -> bool:
    """Whether anything may leave the site: both the measurement id and the API secret are set."""
    return bool(settings.GA_MEASUREMENT_ID and settings.GA_API_SECRET)


def payload(
    *, event: str, client_id: str, timestamp_micros: int, params: Mapping[str, Any]
) -> dict[str, Any]:
    """The body of one event: advertising denied for ever, and only parameters that are on the list.

    Raises ValueError for an event that the server does not own.
    """
    if event not in SERVER_EVENTS:
        raise ValueError(f"{event} is not an event of the server")
    allowed = {key: value for key, value in params.items() if key in ALLOWED_PARAMETERS}
    return {
        "client_id": client_id,
        "timestamp_micros": timestamp_micros,
        "consent": {"ad_user_data": "DENIED", "ad_personalization": "DENIED"},
        "events": [{"name": event, "params": {"engagement_time_msec": 1, **allowed}}],
    }


def send(body: Mapping[str, Any]) -> None:
    """Post one payload. Raises AnalyticsError, so that the queue tries again."""
    keys = {"measurement_id": settings.GA_MEASUREMENT_ID, "api_secret": settings.GA_API_SECRET}
    try:
        answer = requests.post(
            f"{settings.GA_API_URL}/mp/collect", params=keys, json=body, timeout=TIMEOUT_SECONDS
        )
    except requests.RequestException as error:
        # The address in the original message holds the API secret.
        raise AnalyticsError(type(error).__name__) from None
    if not answer.ok:
        raise AnalyticsError(f"HTTP {answer.status_code}")
