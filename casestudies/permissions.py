"""Who may decide about comments and edit cases. Moderators see comments, never drafts of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from wagtail.permissions import page_permission_policy

from home.permissions import EDITORS, MODERATE, PSYCHOLOGISTS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from home.models import User


def may_moderate(user: User | AnonymousUser) -> bool:
    return bool(user.is_authenticated and user.has_perm(MODERATE))


def may_comment(user: User | AnonymousUser) -> bool:
    """Whether this person may write under a case or a post: signed in, with a verified e-mail."""
    if not user.is_authenticated:
        return False
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def may_work_on_pages(user: User | AnonymousUser) -> bool:
    """Whether this person has anything to do with drafts of pages."""
    return bool(page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"}))


def may_edit_case(user: User | AnonymousUser, case: Page) -> bool:
    """Whether this person works on the draft of `case`: editors, and psychologists it waits for.

    Not administrators, however much else they may do: its letters may wait in the anonymiser.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if not user.groups.filter(name__in=[EDITORS, PSYCHOLOGISTS]).exists():
        return False
    return bool(case.permissions_for_user(user).can_edit())
