"""A kept answer: made of Django's, compressed, with a tag by which browsers ask whether it changed."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

import brotli

from home.page_cache import CountedAs

# Of 11: a page takes one millisecond, and is sent many times.
BROTLI_QUALITY = 5
SMALLEST_TO_COMPRESS = 200
OF_THE_BODY = frozenset({"content-length", "content-encoding", "etag"})
# What a 304 repeats; the rest the browser has.
OF_A_304 = frozenset({"cache-control", "content-location", "etag", "expires", "vary"})
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """An answer ready to be sent again: `stamp` is the site's state before it was made."""

    stamp: str
    expires: float
    headers: Headers
    etag: str
    body: bytes
    counted: CountedAs | None

    def to_bytes(self) -> bytes:
        counted = [self.counted.touchpoint, self.counted.lands_in] if self.counted else None
        head = json.dumps([self.stamp, self.expires, self.headers, self.etag, counted])
        return head.encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, stored: bytes) -> Entry:
        head, _, body = stored.partition(b"\n")
        stamp, expires, headers, etag, counted = json.loads(head)
        pairs = [(name, value) for name, value in headers]
        return cls(stamp, expires, pairs, etag, body, CountedAs(*counted) if counted else None)


def make_entry(
    body: bytes, headers: Headers, *, stamp: str, expires: float, encoding: str, counted: CountedAs | None
) -> Entry:
    """The entry for Django's 200 with `body` as it came, not compressed."""
    etag = hashlib.sha256(body).hexdigest()[:32]
    kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_BODY]
    if encoding and len(body) >= SMALLEST_TO_COMPRESS:
        body = _compressed(body, encoding)
        etag = f"{etag}-{encoding}"
        kept.append(("Content-Encoding", encoding))
    kept += [("Content-Length", str(len(body))), ("ETag", f'"{etag}"')]
    return Entry(stamp, expires, _varying(kept), f'"{etag}"', body, counted)


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(body, quality=BROTLI_QUALITY)  # type: ignore[no-any-return]
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def _varying(headers: Headers) -> Headers:
    """With a Vary that holds what the key holds, for caches between here and the browser."""
    vary = [each.strip() for name, value in headers if name.lower() == "vary" for each in value.split(",")]
    known = {each.lower() for each in vary}
    vary += [each for each in ("Cookie", "Accept-Encoding") if each.lower() not in known]
    return [*((n, v) for n, v in headers if n.lower() != "vary"), ("Vary", ", ".join(vary))]


def may_be_stored(status: str, headers: Headers, body: bytes) -> bool:
    """The last look at an answer its view called the same for everybody: nothing personal may be in it."""
    told: dict[str, Any] = {name.lower(): value.lower() for name, value in headers}
    if not status.startswith("200 ") or "set-cookie" in told:
        return False
    if any(word in told.get("cache-control", "") for word in ("no-store", "private")):
        return False
    if "'nonce-" in told.get("content-security-policy", ""):
        return False
    return b"csrfmiddlewaretoken" not in body


def is_unchanged(if_none_match: str, etag: str) -> bool:
    """Whether the browser has this very entry (RFC 9110: weakly compared)."""
    if not if_none_match:
        return False
    tags = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in tags or tags == ["*"]
