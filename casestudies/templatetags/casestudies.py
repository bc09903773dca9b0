"""What other rooms' pages show of this one: `{% comments page %}`, `{% latest_cases 3 %}`, `{% topics %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Paginator
from wagtail.models import Page

from casestudies.enums import CommentStatus
from casestudies.forms import CommentForm
from casestudies.models import CasePage, Comment, Topic
from casestudies.related import related_cases

register = template.Library()
COMMENTS_A_PAGE = 30


@register.inclusion_tag("casestudies/comments.html", takes_context=True)
def comments(context: template.Context, page: Page) -> dict[str, Any]:
    """The approved comments under `page`, oldest first, and the form for whoever is signed in."""
    request = context["request"]
    approved = list(Comment.objects.filter(page_id=page.pk, status=CommentStatus.APPROVED))
    paginator = Paginator(approved, COMMENTS_A_PAGE)
    return {
        "request": request,
        "user": context.get("user"),
        "page": page,
        "page_of_comments": paginator.get_page(request.GET.get("comentarios")),
        "form": getattr(request, "comment_form", None) or CommentForm(),
        "received": request.GET.get("comentario") == "recibido",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(name="related_cases")
def related(case: CasePage) -> list[CasePage]:
    """The cases that share most topics with `case`."""
    return list(related_cases(case))


@register.inclusion_tag("casestudies/latest_cases.html", takes_context=True)
def latest_cases(context: template.Context, count: int = 3) -> dict[str, Any]:
    """The newest cases, as cards."""
    return {"request": context["request"], "cases": CasePage.objects.listed().with_topics()[:count]}


@register.inclusion_tag("casestudies/topics.html", takes_context=True)
def topics(context: template.Context) -> dict[str, Any]:
    """A card for every topic, each leading to its cases."""
    return {"request": context["request"], "topics": Topic.objects.all()}
