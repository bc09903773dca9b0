"""The demonstration's cases and posts, with the comments under them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from casestudies.actions.anonymising import Choice, decide, groups_of
from casestudies.actions.related import relate
from casestudies.actions.signing import sign_as_reviewed
from casestudies.checking import check, decisions_of
from casestudies.enums import CommentStatus, Decision
from casestudies.models import CaseIndexPage, CasePage, Comment, PageTopic, Topic
from casestudies.passages import passages_of
from home.models import BlogIndexPage, BlogPage, ProfessionalPage, User
from need_site.demo.loader import body_blocks, load_folder, paragraphs
from need_site.demo.pages import days_ago
from need_site.demo.people import reader


def make_cases() -> None:
    index = CaseIndexPage.objects.get()
    editor = User.objects.get(email="editora@example.com")
    for case in load_folder("cases"):
        page = index.add_child(instance=_case(case))
        keep_all_findings(page, by=editor)
        sign_as_reviewed(page)
        page.live = True
        page.save()
        _finish(page, case)


def keep_all_findings(page: CasePage, *, by: User) -> None:
    """Nobody stands behind these texts: whatever the anonymiser takes for a person's data may stay."""
    groups = groups_of(check(passages_of(page), decisions_of(page)))
    reason = "Caso ficticio: no habla de nadie."
    decide(by=by, case=page, choices=[Choice(group, Decision.KEEP, reason=reason) for group in groups])


def _case(case: dict[str, Any]) -> CasePage:
    professionals = {page.slug: page for page in ProfessionalPage.objects.all()}
    page = CasePage(
        title=case["title"],
        slug=case["slug"],
        search_description=case["search_description"],
        summary=case["summary"],
        content_note=case["content_note"] or "",
        age_band=case["age_band"],
        country=case["country"],
        turns=[
            ("turn", {"kind": turn["kind"], "text": "\n\n".join(paragraphs(turn["paragraphs"]))})
            for turn in case["turns"]
        ],
        plan=[("step", {"title": step["title"], "detail": step["detail"]}) for step in case["plan"]],
        takeaways="\n".join(case["takeaways"]),
        author=professionals[case["author"]],
        reviewer=professionals[case["reviewer"]],
        published_on=days_ago(case["first_published_days_ago"]),
        reviewed_on=days_ago(case["reviewed_days_ago"]),
        next_review_on=days_ago(-case["next_review_in_days"]),
        fictitious=True,
        live=False,
    )
    page.topic_links = _topic_links(case["topics"])
    return page


def make_posts() -> None:
    index = BlogIndexPage.objects.get()
    professionals = {page.slug: page for page in ProfessionalPage.objects.all()}
    for number, post in enumerate(load_folder("posts"), start=1):
        page = BlogPage(
            title=post["title"],
            slug=post["slug"],
            search_description=post["search_description"],
            introduction=" ".join(post["intro"].split()),
            body=body_blocks(post["body"]),
            author=professionals[post["author"]],
            published_on=days_ago(post["first_published_days_ago"]),
            illustration=str(number),
            demo=True,
        )
        page.topic_links = _topic_links(post["topics"])
        _finish(index.add_child(instance=page), post)


def relate_cases() -> None:
    """What the queue does for cases that editors publish."""
    for case in CasePage.objects.live():
        relate(case.pk)


def _topic_links(slugs: list[str]) -> list[PageTopic]:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    return [PageTopic(topic=topics[slug], sort_order=order) for order, slug in enumerate(slugs)]


def _finish(page: Page, text: dict[str, Any]) -> None:
    """Date the page back to when it says it was published, and add its comments."""
    moment = timezone.now() - datetime.timedelta(days=text["first_published_days_ago"])
    reviewed = timezone.now() - datetime.timedelta(
        days=text.get("reviewed_days_ago", text["first_published_days_ago"])
    )
    Page.objects.filter(pk=page.pk).update(
        first_published_at=moment, last_published_at=reviewed, latest_revision_created_at=reviewed
    )
    moderator = User.objects.get(email="moderadora@example.com")
    for comment in text.get("comments") or []:
        _comment(page, comment, moderator)


def _comment(page: Page, comment: dict[str, Any], moderator: User) -> None:
    written = timezone.now() - datetime.timedelta(days=comment["days_ago"])
    decided = comment["status"] != CommentStatus.PENDING
    Comment.objects.create(
        page=page,
        author=reader(comment["pseudonym"]),
        pseudonym=comment["pseudonym"],
        body=" ".join(comment["body"].split()),
        status=comment["status"],
        created_at=written,
        moderator_id=moderator.pk if decided else None,
        moderated_at=written + datetime.timedelta(hours=5) if decided else None,
    )
