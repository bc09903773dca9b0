"""How long an answer may be kept, and the tag by which a reader asks whether it is still the same."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# Asked for again each time: a case whose client withdraws consent must be gone from everywhere at once.
PUBLIC = "public, no-cache"
PRIVATE = "private, no-store"
ERROR = "no-store"


def keep_publicly(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark `response` as one that anybody may keep and must ask about; a 304 where the reader has it already.

    The tag is a digest of the answer itself, so it changes with whatever changes the answer.
    """
    response.headers["Cache-Control"] = PUBLIC
    if response.status_code != 200:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    kept = get_conditional_response(request, etag=etag, response=response)
    return kept if isinstance(kept, HttpResponse) else response


def keep_from_everybody(response: HttpResponse) -> HttpResponse:
    """Mark `response`, a draft or the refusal of one, as nothing to keep, to index or to pass on."""
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
