"""What there is to search in a published page, as plain text: for the index and for excerpts."""

from __future__ import annotations

import html
from dataclasses import dataclass

from django.utils.html import strip_tags

from casestudies.models import CasePage
from home.models import BlogPage


@dataclass(frozen=True)
class PageText:
    """A page's words, by how much they say of what it is about."""

    title: str
    summary: str
    topics: str
    body: str


def text_of(page: CasePage | BlogPage) -> PageText:
    """What `page` says. Asks for its topics unless they are prefetched, and nothing more."""
    topics = " ".join(f"{link.topic.name} {link.topic.feeling}" for link in page.topic_links.all())
    summary = page.summary if isinstance(page, CasePage) else page.introduction
    return PageText(page.title, summary, topics, body_of(page))


def body_of(page: CasePage | BlogPage) -> str:
    """The letters, plan and takeaways of a case; what a post says below its title."""
    if isinstance(page, CasePage):
        letters = [turn.value["text"] for turn in page.turns]
        steps = [f"{step['title']}. {step['detail']}" for step in page.steps]
        return "\n".join([*letters, *steps, page.takeaways])
    parts = page.body.stream_block.get_searchable_content(page.body)
    # Tags become spaces: words of neighbouring points are two words.
    return html.unescape(strip_tags(" \n".join(parts).replace("<", " <")))
