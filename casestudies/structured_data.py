"""What search engines are told of the library: a case, its list, a topic. Not a page of questions and
answers: nobody but the publisher answers here, so it is an article that a professional reviewed. What readers
wrote under a case or a post and a moderator approved are its comments.
"""

from __future__ import annotations

from typing import Any

from casestudies.models import CaseIndexPage, CasePage, Comment, Topic
from casestudies.models.comments import page_of_comments
from home.models import BlogPage
from home.structured_data import (
    LANGUAGE,
    Context,
    Node,
    absolute,
    adds_to,
    article,
    breadcrumbs,
    collection,
    describes,
    modified,
    moment,
    node,
    person,
    trail_of,
)

# A page shows thirty and tells of these, in whole texts, to machines that read the page anyway.
MOST_COMMENTS = 10


@describes(CasePage)
def case_page(page: CasePage, context: Context) -> list[Node]:
    address = absolute(page.url)
    text = article(
        "Article",
        page,
        author=[each for each in [person(page.author)] if each],
        about=_about(page.topics),
        mainEntityOfPage={"@id": address},
    )
    return [text, _medical_page(page, address), breadcrumbs(trail_of(page))]


def _medical_page(page: CasePage, address: str) -> Node:
    """The page itself: who of the profession reviewed it, and when."""
    return node(
        "MedicalWebPage",
        id_=address,
        url=address,
        name=page.title,
        description=page.search_text,
        inLanguage=LANGUAGE,
        mainEntity={"@id": f"{address}#texto"},
        about=_about(page.topics),
        datePublished=moment(page.published_on),
        dateModified=modified(page, page.published_on),
        lastReviewed=moment(page.reviewed_on),
        reviewedBy=person(page.reviewer),
        audience=node("PeopleAudience", audienceType="Personas que buscan orientación psicológica"),
    )


def _about(topics: list[Topic]) -> list[Node]:
    return [node("Thing", name=topic.name, url=absolute(topic.get_absolute_url())) for topic in topics]


@describes(CaseIndexPage)
def case_index(page: CaseIndexPage, context: Context) -> list[Node]:
    """The library, or one of its topics: both are routes of the same page."""
    topic: Any = context.get("topic")
    if isinstance(topic, Topic):
        path = topic.get_absolute_url()
        described = collection(
            topic.name, path, context, description=topic.introduction, about=node("Thing", name=topic.name)
        )
        return [described, breadcrumbs([*trail_of(page), (topic.name, path)])]
    described = collection(page.title, page.url, context, description=page.search_text)
    return [described, breadcrumbs(trail_of(page))]


@adds_to(CasePage, BlogPage)
def comments(page: CasePage | BlogPage, context: Context) -> Node:
    """Those the page shows, which it asks for anyway: only approved ones.

    Their number alone where a content note covers the text. A comment may repeat what the note covers, and
    search engines would show it without the note.
    """
    if (request := context.get("request")) is None:
        return {}
    shown = page_of_comments(request, page)
    listed = [] if getattr(page, "content_note", "") else shown.object_list[:MOST_COMMENTS]
    items = [_comment(each, absolute(page.url)) for each in listed]
    found = {"commentCount": shown.paginator.count, "comment": items}
    return {name: value for name, value in found.items() if value}


def _comment(comment: Comment, address: str) -> Node:
    return node(
        "Comment",
        id_=f"{address}#comentario-{comment.pk}",
        url=f"{address}#comentario-{comment.pk}",
        author=node("Person", name=comment.pseudonym),
        dateCreated=moment(comment.created_at),
        text=comment.body,
        inLanguage=LANGUAGE,
    )
