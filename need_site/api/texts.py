"""What belongs to a case or a post: its letters, plan, topics, neighbours and approved comments."""

from __future__ import annotations

from typing import Any

from casestudies.enums import CommentStatus, TurnKind
from casestudies.models import CasePage, Comment
from casestudies.related import related_cases
from need_site.api.addresses import full, page_detail
from need_site.api.blocks import paragraphs, titled
from need_site.api.shapes import HTML, MOMENT, NUMBER, TEXT, URL, choice, record, several

MOST_COMMENTS = 200
TOPIC = record(slug=TEXT, name=TEXT, html_url=URL, detail_url=URL)
# Only a draft is without the kind of a letter.
LETTER = record(kind=choice([*TurnKind.values, ""]), title=TEXT, author=TEXT, role=TEXT, text=TEXT)
TURNS = several(record(id=TEXT, type=choice(["turn"]), value=LETTER, html=HTML))
STEP = record(title=TEXT, detail=TEXT)
PLAN = several(record(id=TEXT, type=choice(["step"]), value=STEP, html=HTML))
RELATED = record(id=NUMBER, title=TEXT, excerpt=TEXT, content_note=TEXT, html_url=URL, detail_url=URL)
COMMENT = record(pseudonym=TEXT, text=TEXT, html=HTML, written_at=MOMENT)


def topics_of(page: Any, view: Any) -> list[dict[str, str]]:
    """The page's topics, the main one first; no query when the links were prefetched."""
    return [
        {
            "slug": link.topic.slug,
            "name": link.topic.name,
            "html_url": full(view.request, link.topic.get_absolute_url()),
            "detail_url": full(view.request, f"/api/v2/topics/{link.topic.slug}/"),
        }
        for link in page.topic_links.all()
    ]


def turns_of(case: CasePage, view: Any) -> list[dict[str, Any]]:
    """The letters. Who wrote an orientation stays unsaid while that person's own page is not public."""
    if case.author is not None and not view.may_be_read(case.author):
        case.author = None
    return [
        {
            "id": block.id,
            "type": "turn",
            "value": {name: letter[name] for name in ("kind", "title", "author", "role", "text")},
            "html": paragraphs(letter["text"]),
        }
        for block, letter in zip(case.turns, case.letters, strict=True)
    ]


def plan_of(case: CasePage, view: Any) -> list[dict[str, Any]]:
    return [
        {"id": block.id, "type": "step", "value": step, "html": titled(step["title"], step["detail"])}
        for block, step in zip(case.plan, case.steps, strict=True)
    ]


def related_to(case: CasePage, view: Any) -> list[dict[str, Any]]:
    """Cases like this one. Of those that ask for care there is no excerpt."""
    return [
        {
            "id": each.pk,
            "title": each.title,
            "excerpt": each.excerpt,
            "content_note": each.content_note,
            "html_url": each.full_url,
            "detail_url": page_detail(view.request, each.pk),
        }
        for each in related_cases(case)
    ]


def comments_of(page: Any, view: Any) -> list[dict[str, str]]:
    """The approved comments, oldest first: the name that was chosen, the words, the moment."""
    approved = Comment.objects.filter(page_id=page.pk, status=CommentStatus.APPROVED)
    return [
        {
            "pseudonym": each.pseudonym,
            "text": each.body,
            "html": paragraphs(each.body),
            "written_at": each.created_at.isoformat(),
        }
        for each in approved[:MOST_COMMENTS]
    ]
