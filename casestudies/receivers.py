"""What the library does when a page changes.

The gate stands where every route to publication passes: before a live case or a schedule is saved. The
search index and the related cases are kept true, and kept pages are purged by the rows that show on them.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from casestudies.actions.indexing import SEARCHED_PAGES, forget_page, index_page
from casestudies.actions.publishing import check_publication, ensure_review_workflow, forget_unsafe_revisions
from casestudies.actions.related import forget_case
from casestudies.enums import CommentStatus
from casestudies.models import CaseIndexPage, CasePage, Comment, PageTopic, Topic
from casestudies.passages import passages_of
from home.page_cache import purge_page, purged_by

purged_by(Topic)

# Saving only other fields (a lock, a path, a date of the tree) publishes nothing.
PUBLISHING_FIELDS = frozenset(
    {
        *("live", "title", "seo_title", "search_description", "summary", "content_note", "turns", "plan"),
        *("takeaways", "author", "reviewer", "reviewed_on"),
    }
)


@receiver(pre_save, sender=CasePage)
def guard_publication(instance: CasePage, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Raises PublicationRefused where a case would go live, or change while it is, without what it needs."""
    if raw or not instance.live or not _publishes(update_fields):
        return
    if _is_live_with_the_same_text(instance):
        return
    check_publication(instance)


def _publishes(update_fields: Any) -> bool:
    return update_fields is None or not PUBLISHING_FIELDS.isdisjoint(update_fields)


def _is_live_with_the_same_text(case: CasePage) -> bool:
    standing = CasePage.objects.filter(pk=case.pk, live=True).first() if case.pk else None
    return standing is not None and passages_of(standing) == passages_of(case)


@receiver(pre_save, sender=Page)
def guard_bare_page(instance: Page, raw: bool, **kwargs: Any) -> None:
    """The same where somebody saves a case as the bare page that it also is."""
    if raw or not instance.live or instance.pk is None:
        return
    case = CasePage.objects.filter(pk=instance.pk, live=False).first()
    if case is not None:
        check_publication(case)


@receiver(pre_save, sender=Revision)
def guard_schedule(instance: Revision, raw: bool, **kwargs: Any) -> None:
    """A case is scheduled only when it could be published now; on its day the gate asks again."""
    if raw or instance.approved_go_live_at is None or instance.content_type.model_class() is not CasePage:
        return
    check_publication(instance.as_object())


@receiver(page_published, sender=CasePage)
def forget_what_was_taken_out(instance: CasePage, **kwargs: Any) -> None:
    forget_unsafe_revisions(instance)


@receiver(post_save, sender=CaseIndexPage)
def give_the_library_its_workflow(instance: CaseIndexPage, raw: bool, **kwargs: Any) -> None:
    if not raw:
        ensure_review_workflow(instance)


@receiver(post_migrate)
def give_an_older_library_its_workflow(sender: Any, **kwargs: Any) -> None:
    """Once all rooms are migrated: the groups come with the last one."""
    if sender.name == "surveys":
        for index in CaseIndexPage.objects.all():
            ensure_review_workflow(index)


@receiver(post_delete, sender=Comment)
def purge_for_deleted_comment(instance: Comment, **kwargs: Any) -> None:
    """A comment goes with its author's account; its page stays."""
    if instance.status == CommentStatus.APPROVED:
        purge_page(instance.page)


def index_saved_page(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Index a page with the save that changes it, in Wagtail's own transaction around that save.

    Publishing saves the whole page. A draft saves some fields alone, while the draft's text stands in
    memory: nothing of that may reach the index.
    """
    if not raw and update_fields is None:
        index_page(instance)


for kind in SEARCHED_PAGES:
    post_save.connect(index_saved_page, sender=kind, dispatch_uid=f"index {kind.__name__}")


@receiver(page_unpublished)
def forget_unpublished_page(instance: Any, **kwargs: Any) -> None:
    forget_page(instance.pk)
    forget_case(instance.pk)


@receiver(page_published, sender=CasePage)
def relate_published_case(instance: CasePage, **kwargs: Any) -> None:
    async_task("casestudies.jobs.relate_case", instance.pk)


@receiver([page_published, page_unpublished])
def touch_topics_of_page(instance: Page, **kwargs: Any) -> None:
    """Their pages list it."""
    Topic.touch(PageTopic.objects.filter(page_id=instance.pk).values("topic_id"))


@receiver([post_save, post_delete], sender=PageTopic)
def touch_topic_of_link(instance: PageTopic, created: bool = True, raw: bool = False, **kwargs: Any) -> None:
    """A page comes to a topic or leaves it, also by being deleted."""
    if created and not raw and Page.objects.filter(pk=instance.page_id, live=True).exists():
        Topic.touch([instance.topic_id])
