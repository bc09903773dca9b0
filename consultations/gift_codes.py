"""The codes of gifts: made at random, written so that they can be read aloud, found without being stored.

A code is encrypted at rest for its buyer to see again, and found by a keyed hash of it: whoever has the
database alone can neither read nor guess one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from consultations.offers import normal_code

# Without 0, 1, I, L and O, which look like one another, and without U: 30 signs, 78 bits in all.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 4
SIGNS = 4


def new_code() -> str:
    """Four groups of four: "7KQM-2HXA-9TRD-CW4P"."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(SIGNS)) for _ in range(GROUPS))
    return "-".join(groups)


def digest(code: str) -> str:
    """What a new code is stored under."""
    return digests(code)[0]


def digests(code: str) -> list[str]:
    """What a code that was typed may be stored under: with each encryption key, the newest first."""
    text = normal_code(code).encode()
    return [_keyed(key, text) for key in settings.FIELD_ENCRYPTION_KEYS]


def looks_like_one(code: str) -> bool:
    return len(normal_code(code)) == GROUPS * SIGNS


def _keyed(key: str, text: bytes) -> str:
    return hmac.new(f"gift-code:{key}".encode(), text, hashlib.sha256).hexdigest()
