"""What other rooms' pages show of this one: comments, the newest cases, the topics."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import timezone
from wagtail.models import Page

from casestudies.danger import speaks_of_danger
from casestudies.forms import CommentForm
from casestudies.models import CasePage, Comment, Topic
from casestudies.models.comments import page_of_comments
from casestudies.related import related_cases

register = template.Library()
# How long the page that says "it arrived" keeps the crisis lines at hand.
JUST_NOW = datetime.timedelta(hours=1)


@register.inclusion_tag("casestudies/comments.html", takes_context=True)
def comments(context: template.Context, page: Page) -> dict[str, Any]:
    """The approved comments under `page`, oldest first, and the form for whoever is signed in."""
    request = context["request"]
    form = getattr(request, "comment_form", None) or (CommentForm() if _signed_in(context) else None)
    received = request.GET.get("comentario") == "recibido"
    return {
        "request": request,
        "user": context.get("user"),
        "page": page,
        "page_of_comments": page_of_comments(request, page),
        "form": form,
        "received": received,
        "danger": _refused_in_danger(form) or (received and _wrote_in_danger(context.get("user"), page)),
        "crisis_lines_here": context.get("crisis_lines_here"),
        "csrf_token": context.get("csrf_token"),
    }


def _refused_in_danger(form: CommentForm | None) -> bool:
    """The lines do not wait for a comment to be right."""
    return form is not None and form.is_bound and speaks_of_danger(str(form["body"].value() or ""))


def _wrote_in_danger(user: Any, page: Page) -> bool:
    """Whether what this person has just left here speaks of danger; the address says nothing of it."""
    if user is None or not user.is_authenticated:
        return False
    just_now = Comment.objects.filter(page_id=page.pk, author=user, created_at__gte=timezone.now() - JUST_NOW)
    return just_now.filter(read_first=True).exists()


def _signed_in(context: template.Context) -> bool:
    return bool(getattr(context.get("user"), "is_authenticated", False))


@register.simple_tag(name="related_cases")
def related(case: CasePage) -> list[CasePage]:
    """The cases nearest to `case`."""
    return related_cases(case)


@register.inclusion_tag("casestudies/latest_cases.html", takes_context=True)
def latest_cases(context: template.Context, count: int = 3) -> dict[str, Any]:
    """The newest cases, as cards."""
    return {"request": context["request"], "cases": CasePage.objects.listed().with_topics()[:count]}


@register.simple_tag
def all_topics() -> list[Topic]:
    """Every topic, asked for once: `{% all_topics as topics %}`."""
    return list(Topic.remembered().values())
