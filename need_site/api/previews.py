"""Tokens that show one draft to another front end for an hour, to nobody who was not given one."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import APIException, PermissionDenied
from wagtail.models import Page, Revision

from casestudies.checking import open_findings
from casestudies.models import CasePage
from consultations.actions.case_drafts import consent_missing

TOKEN: Final = "preview_token"  # noqa: S105 (the name of a parameter)
LIFETIME: Final = timedelta(hours=1)
SALT: Final = "need_site.api.previews"


class Expired(APIException):  # type: ignore[misc]
    status_code = 410
    default_detail = "This preview has expired. Ask an editor for a new one."


CHANGED: Final = "This draft has changed since. Ask an editor for a new address."
WITHHELD: Final = "This draft may not be shown for now. Ask an editor."


def token_for(revision: Revision) -> str:
    """A token for what `revision` holds of its page. Whoever calls has asked whether that may be shown.

    Wagtail saves over a version while somebody types in it, so the token names its text, too.
    """
    held = {"page": int(revision.object_id), "revision": revision.pk, "text": _digest(revision)}
    return signing.dumps(held, salt=SALT)


def _digest(revision: Revision) -> str:
    text = json.dumps(revision.content, cls=DjangoJSONEncoder, sort_keys=True)
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def is_undecided(draft: Page) -> bool:
    """Whether the anonymiser still waits for somebody: nothing of such a case goes to another site."""
    return isinstance(draft, CasePage) and bool(open_findings(draft))


def is_unapproved(draft: Page) -> bool:
    """Whether its person has not agreed to this text: then nobody outside the team reads it, either."""
    return isinstance(draft, CasePage) and bool(consent_missing(draft))


def draft_behind(token: str, page_id: int) -> Page:
    """The draft that `token` was made for, as its page is asked for by `page_id`."""
    held = _read(token)
    if held.get("page") != page_id:
        raise PermissionDenied("This preview token is for another page.")
    revision = Revision.page_revisions.filter(pk=held["revision"], object_id=str(page_id)).first()
    if revision is None or not Page.objects.filter(pk=page_id).exists():
        raise Expired
    if held.get("text") != _digest(revision):
        raise Expired(CHANGED)
    draft = revision.as_object()
    if is_undecided(draft) or is_unapproved(draft):
        raise Expired(WITHHELD)
    return draft


def _read(token: str) -> dict[str, Any]:
    try:
        held: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        raise Expired from None
    except signing.BadSignature:
        raise PermissionDenied("This preview token is not valid.") from None
    return held
