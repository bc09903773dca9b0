"""Which requests the page cache answers, and what their answers differ by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi
from django.http.cookie import parse_cookie

from home.consents import CONSENT_COOKIE

# They choose a part of the page; everything else about them is a number.
SHOWN = frozenset({"pagina", "comentarios"})
# They say how a visitor came, which is counted, and change nothing on the page.
ONLY_COUNTED = re.compile(r"ref|utm_[a-z]+|fbclid|gclid|mc_[a-z]+")
NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)
# Whoever has one of these gets answers of their own.
PERSONAL_COOKIES = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
PERSONAL_HEADERS = ("HTTP_AUTHORIZATION", "HTTP_RANGE")
NEVER_KEPT = ("/admin/", settings.STATIC_URL, settings.MEDIA_URL)
LONGEST_PATH = 512
# Nobody arrives with more; Django refuses what is far above.
MOST_PARAMETERS = 50
REFUSED = re.compile(r"q=0(\.0*)?")

Environ = dict[str, Any]


@dataclass(frozen=True)
class PageKey:
    """What a kept answer is found by. `path` alone also tells whose marks make it old."""

    host: str
    secure: bool
    path: str
    query: tuple[tuple[str, str], ...]
    asked_for_consent: bool
    encoding: str

    def __str__(self) -> str:
        return repr((self.host, self.secure, self.path, self.query, self.asked_for_consent, self.encoding))


def is_anonymous(environ: Environ) -> bool:
    """Whether nothing in the request can make its answer somebody's own."""
    if not PERSONAL_COOKIES.isdisjoint(_cookies(environ)):
        return False
    return not any(name in environ for name in PERSONAL_HEADERS)


def page_key(environ: Environ) -> PageKey | None:
    """The key of this request's answer; None where only Django may answer."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_anonymous(environ):
        return None
    if path.startswith(NEVER_KEPT) or len(path) > LONGEST_PATH or environ.get("SCRIPT_NAME"):
        return None
    if environ.get("QUERY_STRING", "").count("&") > MOST_PARAMETERS:
        return None
    query = _shown(environ.get("QUERY_STRING", ""))
    if query is None:
        return None
    return PageKey(
        environ.get("HTTP_HOST", ""),
        _is_secure(environ),
        path,
        query,
        CONSENT_COOKIE in _cookies(environ),
        encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def _shown(query: str) -> tuple[tuple[str, str], ...] | None:
    """The parameters that choose what is shown; None where one is unknown, twice there, or no number."""
    if not query:
        return ()
    chosen: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if ONLY_COUNTED.fullmatch(name):
            continue
        if name not in SHOWN or name in chosen or not NUMBER.fullmatch(value):
            return None
        chosen[name] = value
    return tuple(sorted(chosen.items()))


def _is_secure(environ: Environ) -> bool:
    """As Django sees it, which redirects plain requests and adds headers to the others."""
    header = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    if header and header[0] in environ:
        said: str = environ[header[0]]
        return said.split(",", 1)[0].strip() == header[1]
    return bool(environ.get("wsgi.url_scheme") == "https")


def _cookies(environ: Environ) -> dict[str, str]:
    """The cookies as Django will read them: a name it takes for the session's is the session's here, too."""
    if not environ.get("HTTP_COOKIE"):
        return {}
    return parse_cookie(get_str_from_wsgi(environ, "HTTP_COOKIE", ""))


def encoding_for(accepted: str) -> str:
    """The encoding to answer in: "br", "gzip", or "" for none."""
    offers = dict(_offer(each) for each in accepted.split(","))
    return next((each for each in ("br", "gzip") if offers.get(each, False)), "")


def _offer(text: str) -> tuple[str, bool]:
    name, _, weight = text.partition(";")
    return name.strip().lower(), not REFUSED.fullmatch(weight.replace(" ", ""))
