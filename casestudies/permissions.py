"""Who may decide about comments. Moderators see comments, never drafts of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from home.permissions import MODERATE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from home.models import User


def may_moderate(user: User | AnonymousUser) -> bool:
    return bool(user.is_authenticated and user.has_perm(MODERATE))


def may_comment(user: User | AnonymousUser) -> bool:
    """Whether this person may write under a case or a post: signed in, with a verified e-mail."""
    if not user.is_authenticated:
        return False
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())
