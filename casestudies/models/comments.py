from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from casestudies.enums import CommentStatus
from home.models import User
from home.personal_data import OnErasure, PersonalFields

MAX_LENGTH = 1500
COMMENTS_A_PAGE = 30
PENDING = models.Q(status=CommentStatus.PENDING)
UNDECIDED = models.Q(moderated_at__isnull=True, moderator_id__isnull=True)
DECIDED = models.Q(moderated_at__isnull=False, moderator_id__isnull=False)


class Comment(models.Model):
    """What a reader wrote under a case or a post; nobody but the team sees it before it is approved.

    `status` changes only in `casestudies.actions.comments.moderate_comment`. The pseudonym is kept as it
    was when the comment was written. `moderator_id` is a plain number, so that it never blocks a deletion.
    """

    personal_fields: ClassVar[PersonalFields] = {
        "author": OnErasure.DELETE_ROW,
        "pseudonym": OnErasure.DELETE_ROW,
        "body": OnErasure.DELETE_ROW,
        "moderator_id": OnErasure.KEEP,
    }

    page = models.ForeignKey(
        Page,
        verbose_name="página",
        on_delete=models.CASCADE,
        related_name="reader_comments",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="persona",
        on_delete=models.CASCADE,
        related_name="reader_comments",
    )
    pseudonym = models.CharField("seudónimo", max_length=60)
    body = models.TextField("comentario", max_length=MAX_LENGTH)
    status = models.CharField("estado", max_length=10, choices=CommentStatus, default=CommentStatus.PENDING)
    moderator_id = models.BigIntegerField("quién decidió", null=True, blank=True)
    moderated_at = models.DateTimeField("decidido", null=True, blank=True)
    read_first = models.BooleanField("leer primero", default=False)
    created_at = models.DateTimeField("escrito", default=timezone.now)

    class Meta:
        verbose_name = "comentario"
        verbose_name_plural = "comentarios"
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["page", "status", "created_at"])]
        permissions: ClassVar = [("moderate_comment", "Puede aprobar y ocultar comentarios")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(PENDING & UNDECIDED) | (~PENDING & DECIDED),
                name="comment_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pseudonym}, {self.created_at:%Y-%m-%d}"

    @property
    def at(self) -> datetime.datetime:
        """When it was written, by the name that components/comments.html uses."""
        return self.created_at

    @property
    def moderator(self) -> User | None:
        """Who decided, while that account exists."""
        return User.objects.filter(pk=self.moderator_id).first() if self.moderator_id else None


def page_of_comments(request: HttpRequest, page: Page) -> PaginatorPage[Comment]:
    """The approved comments under `page` that this request shows, oldest first.

    One query, however often they are asked for while one answer is drawn.
    """
    drawn: dict[int, list[Comment]] = request.__dict__.setdefault("approved_comments", {})
    if page.pk not in drawn:
        drawn[page.pk] = list(Comment.objects.filter(page_id=page.pk, status=CommentStatus.APPROVED))
    return Paginator(drawn[page.pk], COMMENTS_A_PAGE).get_page(request.GET.get("comentarios"))
