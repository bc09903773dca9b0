"""The registry of touchpoints: each moment of the journey that is worth counting.

Every app declares its own in its `touchpoints.py`:

    CASE_READ = declare("case_read", phase=Phase.ACQUISITION, action="Revisa casos", order=10)

and the code where it happens calls `record(CASE_READ, request=request)`. One row is written to the log,
without text, address, page or score; then whoever subscribed is called, in the same transaction. This is
how the journey reaches forwards without importing forwards.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from home.addresses import host_of
from home.enums import Channel, Phase
from home.proxies import client_address

if TYPE_CHECKING:
    from django.http import HttpRequest

BOTS = re.compile(r"bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|monitor", re.IGNORECASE)
SHARED_LINK_PARAMETER = "ref"
SHARED_LINK_VALUE = "compartido"
MAIL_LINK_VALUE = "correo"


@dataclass(frozen=True)
class Touchpoint:
    """One declared moment: `order` places it within its phase on the journey map."""

    name: str
    phase: Phase
    action: str
    order: int
    ga_event: str = ""


@dataclass(frozen=True)
class Recorded:
    """What a subscriber is told: which touchpoint, of whom (user id), about which row (its id as text).

    `facts` are plain, harmless values for the analytics mirror, such as a price; never stored in the log.
    """

    touchpoint: Touchpoint
    user_id: int | None
    subject_id: str
    facts: Mapping[str, Any]


Subscriber = Callable[[Recorded], None]
_registry: dict[str, Touchpoint] = {}
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)
_subscribers_to_all: list[Subscriber] = []


class UndeclaredTouchpoint(LookupError):
    """Somebody recorded or subscribed to a touchpoint that no app declared."""


def declare(name: str, *, phase: Phase, action: str, order: int, ga_event: str = "") -> Touchpoint:
    """Add a touchpoint to the registry. `action` is the Spanish label on the journey map."""
    if name in _registry:
        raise ValueError(f"Touchpoint {name} is declared twice.")
    _registry[name] = Touchpoint(name, phase, action, order, ga_event)
    return _registry[name]


def declared() -> tuple[Touchpoint, ...]:
    """All touchpoints, in the order of the journey."""
    phases = list(Phase)
    return tuple(
        sorted(_registry.values(), key=lambda each: (phases.index(each.phase), each.order, each.name))
    )


def named(name: str) -> Touchpoint | None:
    """The declared touchpoint of that name."""
    return _registry.get(name)


def subscribe(touchpoint: Touchpoint, subscriber: Subscriber) -> None:
    """Have `subscriber` called inside the transaction of every record of `touchpoint`; twice is once."""
    _must_be_declared(touchpoint)
    if subscriber not in _subscribers[touchpoint.name]:
        _subscribers[touchpoint.name].append(subscriber)


def subscribe_to_all(subscriber: Subscriber) -> None:
    """Have `subscriber` called for every recorded touchpoint; twice is once."""
    if subscriber not in _subscribers_to_all:
        _subscribers_to_all.append(subscriber)


def record(
    touchpoint: Touchpoint,
    *,
    request: HttpRequest | None = None,
    user: Any = None,
    subject_id: object = "",
    channel: Channel | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Log one touchpoint and tell its subscribers.

    Takes the request where there is one (for the channel and the day's visitor hash) or the user a job
    acts for. Robots are not counted; subscribers are told all the same, because something did happen.
    """
    _must_be_declared(touchpoint)
    user_id = getattr(user or getattr(request, "user", None), "pk", None)
    if request is None or not is_robot(request):
        _write([touchpoint], request=request, person=person_hash(user_id), channel=channel)
    event = Recorded(touchpoint, user_id, str(subject_id), facts or {})
    for subscriber in [*_subscribers[touchpoint.name], *_subscribers_to_all]:
        subscriber(event)


def _write(
    touchpoints: Iterable[Touchpoint],
    *,
    request: HttpRequest | None,
    person: str,
    channel: Channel | None,
    at: datetime.datetime | None = None,
    into: list[Any] | None = None,
) -> None:
    """Log several touchpoints of one moment in a single statement.

    A row has the person's lasting key or the visitor's of one day, so that the first never leads from one
    day's visits to another's. Signing up has both: it happens once, and it is how the journey map knows
    that who read before is who bought after. With `into` the rows are added to that list instead, for
    whoever writes many at once.
    """
    log = apps.get_model("home", "TouchpointLog")
    now = at or timezone.now()
    rows = [
        log(
            name=each.name,
            at=now,
            channel=arrival_channel(request) if channel is None and request is not None else channel or "",
            visitor=visitor_hash(request)
            if request is not None and (not person or each is SIGNED_UP)
            else "",
            person=person,
        )
        for each in touchpoints
    ]
    if into is not None:
        into.extend(rows)
    elif len(rows) == 1:
        # The usual case: a bulk insert would put a transaction around one statement.
        rows[0].save(force_insert=True)
    else:
        log.objects.bulk_create(rows)


def is_robot(request: HttpRequest) -> bool:
    return bool(BOTS.search(request.headers.get("User-Agent", "")))


def arrival_channel(request: HttpRequest) -> Channel:
    """The channel this request arrived by: none when it came from another page of Need."""
    ref = request.GET.get(SHARED_LINK_PARAMETER)
    if ref == SHARED_LINK_VALUE:
        return Channel.CIRCLE
    if ref == MAIL_LINK_VALUE:
        return Channel.EMAIL
    referrer = host_of(request.headers.get("Referer", ""))
    if referrer == request.get_host().lower():
        return Channel.NONE
    return _channel_of_host(referrer)


HOST_CHANNELS = (
    (re.compile(r"(^|\.)(google|bing|duckduckgo|ecosia|yahoo)\."), Channel.GOOGLE),
    (re.compile(r"(^|\.)(facebook|fb|instagram)\."), Channel.FACEBOOK),
    (re.compile(r"(^|\.)(youtube\.|youtu\.be$)"), Channel.YOUTUBE),
    (re.compile(r"(^|\.)(whatsapp\.|wa\.me$|t\.me$|mail\.)"), Channel.CIRCLE),
)


def _channel_of_host(host: str) -> Channel:
    if not host:
        return Channel.DIRECT
    return next((channel for pattern, channel in HOST_CHANNELS if pattern.search(host)), Channel.OTHER_SITE)


def visitor_hash(request: HttpRequest) -> str:
    """A visitor's key for one day: the salt is random and thrown away, so yesterday's cannot be remade."""
    salt = apps.get_model("home", "DailySalt").today()
    seen = f"{client_address(request)}|{request.headers.get('User-Agent', '')}"
    return hmac.new(salt.encode(), seen.encode(), hashlib.sha256).hexdigest()[:32]


def person_hash(user_id: int | None) -> str:
    """A signed-in person's key in the log; empty for visitors. Not reversible without SECRET_KEY."""
    if user_id is None:
        return ""
    message = f"touchpoint-person:{user_id}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:32]


def _must_be_declared(touchpoint: Touchpoint) -> None:
    if _registry.get(touchpoint.name) is not touchpoint:
        raise UndeclaredTouchpoint(touchpoint.name)


# --- the touchpoints of arriving ------------------------------------------------------------------
CIRCLE_ARRIVAL = declare(
    "circle_arrival", phase=Phase.NEED, action="Recurre a su círculo de contención", order=1
)
FACEBOOK_ARRIVAL = declare(
    "facebook_arrival", phase=Phase.NEED, action="Se une a grupos de Facebook", order=2
)
POST_READ = declare(
    "post_read", phase=Phase.NEED, action="Busca orientación en blogs", order=3, ga_event="select_content"
)
YOUTUBE_ARRIVAL = declare("youtube_arrival", phase=Phase.NEED, action="Busca orientación en YouTube", order=4)
VIDEO_WATCHED = declare("video_watched", phase=Phase.NEED, action="Busca orientación en YouTube", order=4)
RECOMMENDATION_ARRIVAL = declare(
    "recommendation_arrival", phase=Phase.RESEARCH, action="Busca recomendación de conocidos", order=1
)
SEARCH_ENGINE_ARRIVAL = declare(
    "search_engine_arrival", phase=Phase.RESEARCH, action="Busca en Google", order=2
)
OTHER_SITE_ARRIVAL = declare(
    "other_site_arrival", phase=Phase.RESEARCH, action="Entra a páginas de psicología", order=3
)
HOME_VISITED = declare(
    "home_visited", phase=Phase.RESEARCH, action="Entra a Need", order=4, ga_event="page_view"
)
SIGNED_UP = declare("signed_up", phase=Phase.ACQUISITION, action="Se registra", order=2, ga_event="sign_up")
SIGNED_IN = declare("signed_in", phase=Phase.ACQUISITION, action="Ingresa", order=3, ga_event="login")

_ARRIVALS = {
    (Channel.CIRCLE, Phase.NEED): CIRCLE_ARRIVAL,
    (Channel.CIRCLE, Phase.RESEARCH): RECOMMENDATION_ARRIVAL,
    (Channel.FACEBOOK, Phase.NEED): FACEBOOK_ARRIVAL,
    (Channel.FACEBOOK, Phase.RESEARCH): FACEBOOK_ARRIVAL,
    (Channel.YOUTUBE, Phase.NEED): YOUTUBE_ARRIVAL,
    (Channel.YOUTUBE, Phase.RESEARCH): YOUTUBE_ARRIVAL,
    (Channel.GOOGLE, Phase.NEED): SEARCH_ENGINE_ARRIVAL,
    (Channel.GOOGLE, Phase.RESEARCH): SEARCH_ENGINE_ARRIVAL,
    (Channel.OTHER_SITE, Phase.NEED): OTHER_SITE_ARRIVAL,
    (Channel.OTHER_SITE, Phase.RESEARCH): OTHER_SITE_ARRIVAL,
}


def record_page_view(
    request: HttpRequest,
    touchpoint: Touchpoint | None,
    *,
    lands_in: Phase,
    at: datetime.datetime | None = None,
    into: list[Any] | None = None,
) -> None:
    """Log that a public page was served: how the visitor arrived, and the page's own touchpoint.

    It never says whose visit it was, not of the signed in either: what they read is nobody's business.
    Robots are not counted, nor an editor who looks at a draft, which passes through the same code.
    `lands_in` tells what a link shared by a friend means here: company (need) or advice (research).
    """
    if request.method != "GET" or getattr(request, "is_preview", False) or is_robot(request):
        return
    arrival = _ARRIVALS.get((arrival_channel(request), lands_in))
    moments = [each for each in (arrival, touchpoint) if each is not None]
    if moments:
        _write(moments, request=request, person="", channel=None, at=at, into=into)
