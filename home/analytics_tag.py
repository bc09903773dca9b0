"""The tag that django-analytical writes, and the hash by which the content policy allows its inline part.

It is rendered without a request, so it is the same for everybody: it cannot name the signed-in person,
and pages that hold it can be cached. Its inline snippet depends on the measurement id alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import SafeString

from home.google_analytics import is_configured

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SCRIPT_HOST = "https://www.googletagmanager.com"
COLLECT_HOSTS = "https://*.google-analytics.com"


def tag() -> SafeString:
    """The tag's HTML; empty where analytics is not configured (django-analytical would raise)."""
    return _tag_of(settings.GA_MEASUREMENT_ID if is_configured() else "")


def policy_additions() -> dict[str, list[str]]:
    """What the content policy of a public page must allow besides its own origin; empty without both keys."""
    if not is_configured():
        return {}
    return {"script-src": [SCRIPT_HOST, inline_hash()], "connect-src": [COLLECT_HOSTS]}


def inline_hash() -> str:
    """The inline snippet as a content policy names it: 'sha256-…', quotes included."""
    return _hash_of(tag())


@lru_cache(maxsize=4)
def _tag_of(measurement_id: str) -> SafeString:
    if not measurement_id:
        return SafeString("")
    source = "{% load google_analytics_gtag %}{% google_analytics_gtag %}"
    return SafeString(Template(source).render(Context()).strip())


@lru_cache(maxsize=4)
def _hash_of(html: str) -> str:
    scripts = INLINE_SCRIPT.findall(html)
    digest = hashlib.sha256(scripts[0].encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
