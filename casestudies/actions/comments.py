"""Writing a comment and deciding about it. `moderate_comment` is the one entry of its state machine."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from casestudies.actions.errors import NotAllowed
from casestudies.danger import speaks_of_danger
from casestudies.enums import TRANSITIONS, CommentStatus
from casestudies.models import CasePage, Comment
from casestudies.permissions import may_comment, may_moderate
from casestudies.touchpoints import COMMENT_POSTED
from home.models import BlogPage, User
from home.page_cache import purge_page
from home.touchpoints import record

COMMENTED_PAGES = (CasePage, BlogPage)
# The same words sent again within this time are a double click or a reload, not a second comment.
SAME_COMMENT_WITHIN = datetime.timedelta(minutes=10)


@transaction.atomic
def post_comment(*, by: User, page: Page, body: str) -> Comment:
    """Leave a comment under a case or a post, for a moderator to read; sent twice it is one comment.

    Raises NotAllowed where the page takes no comments or `by` has no verified e-mail.
    """
    if not isinstance(page.specific, COMMENTED_PAGES) or not page.live:
        raise NotAllowed("Esta página no recibe comentarios.")
    if not may_comment(by):
        raise NotAllowed("Antes de comentar, confirma tu correo.")
    User.objects.select_for_update().get(pk=by.pk)
    comment = _sent_just_now(by, page, body)
    if comment is None:
        comment = Comment.objects.create(
            page_id=page.pk,
            author=by,
            pseudonym=by.pseudonym,
            body=body,
            read_first=speaks_of_danger(body),
        )
        record(COMMENT_POSTED, user=by, subject_id=comment.pk)
    return comment


def _sent_just_now(by: User, page: Page, body: str) -> Comment | None:
    since = timezone.now() - SAME_COMMENT_WITHIN
    return Comment.objects.filter(page_id=page.pk, author=by, body=body, created_at__gte=since).first()


@transaction.atomic
def moderate_comment(*, by: User, comment: Comment, status: CommentStatus) -> None:
    """Publish or hide a comment, keeping who decided and when; the only writer of `status`.

    Raises NotAllowed when `by` is no moderator, when TRANSITIONS has no such step, or when another moderator
    was faster.
    """
    if not may_moderate(by):
        raise NotAllowed("No puedes decidir sobre los comentarios.")
    if status not in TRANSITIONS[CommentStatus(comment.status)]:
        raise NotAllowed("Ese comentario ya estaba así.")
    unchanged = Comment.objects.filter(pk=comment.pk, status=comment.status)
    if not unchanged.update(status=status, moderator_id=by.pk, moderated_at=timezone.now()):
        raise NotAllowed("Otra persona decidió antes sobre este comentario.")
    comment.refresh_from_db()
    purge_page(comment.page)
