"""How requests reach Mercado Pago: the SDK's transport, with another base URL and kept connections."""

from __future__ import annotations

import os
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from mercadopago.config import Config
from mercadopago.errors import MPServerError
from mercadopago.http import HttpClient

OFFICIAL_API_URL: str = Config().api_base_url
# A connection that rested longer may have been closed at the other end just when it is used again.
KEPT_FOR_SECONDS = 4.0

_kept = threading.local()


class BaseUrlHttpClient(HttpClient):  # type: ignore[misc]  # the SDK has no types
    """The SDK's transport, speaking to another base URL. Redirects are not followed: an API has none.

    The SDK opens a connection for every call: here a thread that makes one call after another keeps its own.
    Nothing is ever sent twice: what the SDK calls retries is ignored.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        host = urlsplit(base_url).hostname or ""
        # A machine-wide proxy cannot reach a stand-in on this machine's own loopback.
        self._around_proxy = {"no_proxy": host} if host in {"127.0.0.1", "localhost", "::1"} else None

    def request(
        self,
        method: str,
        url: str,
        maxretries: int | None = None,
        retry_on: Any = None,
        backoff_factor: float | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        url = self._base_url + url.removeprefix(OFFICIAL_API_URL)
        kwargs |= {"allow_redirects": False, "proxies": self._around_proxy}
        try:
            answer = _session().request(method, url, **kwargs)
        except requests.RequestException:
            _forget_session()
            raise
        _kept.since = time.monotonic()
        return {"status": answer.status_code, "response": _read(answer)}


def _read(answer: requests.Response) -> Any:
    if answer.status_code == 204 or not answer.content:
        return None
    try:
        return answer.json()
    except ValueError:
        told = {"message": "Invalid JSON in response body", "error": "invalid_response"}
        raise MPServerError(answer.status_code, told) from None


def _session() -> requests.Session:
    """This thread's own session, new after a rest or in a forked process."""
    known: requests.Session | None = getattr(_kept, "session", None)
    fresh = time.monotonic() - getattr(_kept, "since", 0.0) < KEPT_FOR_SECONDS
    if known is not None and fresh and _kept.process == os.getpid():
        return known
    _forget_session()
    _kept.session, _kept.process = requests.Session(), os.getpid()
    # Whatever one answer wants remembered has no place in the next request.
    _kept.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return _kept.session  # type: ignore[no-any-return]


def _forget_session() -> None:
    known: requests.Session | None = getattr(_kept, "session", None)
    _kept.session = None
    if known is not None and _kept.process == os.getpid():
        known.close()
