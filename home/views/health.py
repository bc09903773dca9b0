"""Whether the site can do its work, for machines. Names no host, no version, no person and no error."""

from __future__ import annotations

import datetime
import secrets

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import OrmQ

from home.health import PARTS, parts_in_trouble

LATE_AFTER = datetime.timedelta(minutes=15)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and queue work; 503 otherwise, and when a job waits for over 15 minutes.

    A part that does badly is `degraded` and leaves it at 200: no other machine would do better.
    """
    database = _database_answers()
    age = _queue_age() if database else None
    queue = age is not None and age < LATE_AFTER
    cached = _cache_answers()
    parts = {"database": _word(database), "queue": _word(queue), "cache": _word(cached)}
    well = database and queue and cached
    # Without a database nobody can tell, and nobody is asked.
    troubled = parts_in_trouble() if database else set(PARTS)
    body = {
        "status": "degraded" if well and troubled else _word(well),
        **parts,
        **{name: "degraded" if name in troubled else "ok" for name in PARTS},
        "queue_age_seconds": None if age is None else int(age.total_seconds()),
    }
    return JsonResponse(body, status=200 if well else 503)


def _word(well: bool) -> str:
    return "ok" if well else "failing"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _queue_age() -> datetime.timedelta | None:
    """How long the job that has waited longest has been due; `None` when the queue cannot be read."""
    now = timezone.now()
    try:
        due = OrmQ.objects.filter(lock__lte=now).order_by("lock").values_list("lock", flat=True).first()
    except DatabaseError:
        return None
    return now - due if due else datetime.timedelta()


def _cache_answers() -> bool:
    token = secrets.token_hex(8)
    try:
        cache.set("healthz", token, 30)
        return cache.get("healthz") is not None
    except Exception:  # whatever the cache's client raises means the same here
        return False
