"""Tokens that show one draft to another front end for an hour, to nobody who was not given one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core import signing
from rest_framework.exceptions import APIException, PermissionDenied
from wagtail.models import Page, Revision

TOKEN: Final = "preview_token"  # noqa: S105 (the name of a parameter)
LIFETIME: Final = timedelta(hours=1)
SALT: Final = "need_site.api.previews"


class Expired(APIException):  # type: ignore[misc]
    status_code = 410
    default_detail = "This preview has expired. Ask an editor for a new one."


def token_for(revision: Revision) -> str:
    """A token for what `revision` holds of its page. Whoever calls has asked whether that may be shown."""
    return signing.dumps({"page": int(revision.object_id), "revision": revision.pk}, salt=SALT)


def draft_behind(token: str, page_id: int) -> Page:
    """The draft that `token` was made for, as its page is asked for by `page_id`."""
    held = _read(token)
    if held.get("page") != page_id:
        raise PermissionDenied("This preview token is for another page.")
    revision = Revision.page_revisions.filter(pk=held["revision"], object_id=str(page_id)).first()
    if revision is None or not Page.objects.filter(pk=page_id).exists():
        raise Expired
    return revision.as_object()


def _read(token: str) -> dict[str, Any]:
    try:
        held: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        raise Expired from None
    except signing.BadSignature:
        raise PermissionDenied("This preview token is not valid.") from None
    return held
