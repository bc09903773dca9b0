"""Deciding about a comment in the back office. Wagtail asks for access to it before these run."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.actions.comments import moderate_comment
from casestudies.actions.errors import NotAllowed
from casestudies.enums import CommentStatus
from casestudies.models import Comment
from casestudies.permissions import may_moderate
from home.models import User

DONE = {
    CommentStatus.APPROVED: "Comentario publicado.",
    CommentStatus.HIDDEN: "Comentario oculto: ya nadie lo ve en el sitio.",
}


@require_POST
def moderate(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Publish or hide one comment, and go on to the next that waits."""
    if not may_moderate(request.user):
        raise PermissionDenied
    comment = get_object_or_404(Comment, pk=comment_id)
    wanted = request.POST.get("status", "")
    status = CommentStatus(wanted) if wanted in DONE else None
    try:
        if status is None:
            raise NotAllowed("Elige publicar u ocultar.")
        moderate_comment(by=cast(User, request.user), comment=comment, status=status)
        messages.success(request, DONE[status])
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(_next())


def _next() -> str:
    """The comment to read first, then the one that has waited longest; the list when none waits."""
    pending = Comment.objects.filter(status=CommentStatus.PENDING)
    waiting = pending.order_by("-read_first", "created_at", "pk").first()
    if waiting is None:
        return reverse("comentarios_modeladmin_index")
    return reverse("comentarios_modeladmin_inspect", args=[waiting.pk])
