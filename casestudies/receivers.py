"""What the library does when a page changes.

The gate stands where every route to publication passes: before a live case or a schedule is saved. The
search index and the related cases are kept true, and kept pages are purged by the rows that show on them.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_submitted,
    workflow_approved,
    workflow_rejected,
)

from casestudies.actions.addresses import (
    address_row,
    forget_naming_redirects,
    has_placeholder,
    propose_address,
    withdraw_naming_address,
)
from casestudies.actions.indexing import SEARCHED_PAGES, forget_page, index_page
from casestudies.actions.letters import forget_published_letters
from casestudies.actions.publishing import (
    PublicationRefused,
    check_publication,
    end_reviews,
    ensure_review_workflow,
    forget_unsafe_revisions,
)
from casestudies.actions.related import forget_case
from casestudies.actions.signing import sign
from casestudies.digests import review_digest
from casestudies.enums import CommentStatus
from casestudies.models import (
    CaseIndexPage,
    CasePage,
    CaseReviewTask,
    Comment,
    CopyRefused,
    PageTopic,
    Topic,
)
from casestudies.models.review import approving
from home.page_cache import purge_page, purged_by

purged_by(Topic)

# Saving only other fields (a lock, a path, a date of the tree) publishes nothing.
PUBLISHING_FIELDS = frozenset(
    {
        *("live", "title", "slug", "seo_title", "search_description", "summary", "content_note", "turns"),
        *("plan", "takeaways", "age_band", "country", "author", "reviewer", "reviewed_on"),
    }
)
GONE = "El caso ya no existe: se retiró o se borró."
# What a case and the bare page that it also is have in common of them.
BARE_FIELDS = ("live", "title", "slug", "seo_title", "search_description")


@receiver(pre_save, sender=CasePage)
def guard_publication(instance: CasePage, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Raises PublicationRefused where a case would go live, or change while it is, without what it needs.

    While all stays that readers see of it, and who stands for it, nothing is published anew.
    The row stays locked until Wagtail's transaction around the save ends: a withdrawal waits for it, or it
    for the withdrawal.
    """
    if raw:
        return
    if instance.alias_of_id is not None and (instance.live or instance._state.adding):
        raise CopyRefused(instance.alias_of_id)
    if not instance.live or not _publishes(update_fields):
        return
    standing = CasePage.objects.select_for_update().filter(pk=instance.pk).first() if instance.pk else None
    if instance.pk is not None and standing is None:
        raise PublicationRefused(None, [GONE])
    if standing is None or not standing.live or review_digest(standing) != review_digest(instance):
        check_publication(instance)


def _publishes(update_fields: Any) -> bool:
    return update_fields is None or not PUBLISHING_FIELDS.isdisjoint(update_fields)


@receiver(pre_save, sender=Page)
def guard_bare_page(instance: Page, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """The same where somebody saves a case as the bare page that it also is."""
    if raw or not instance.live or instance.pk is None:
        return
    case = CasePage.objects.filter(pk=instance.pk).first()
    if case is None:
        return
    for field in BARE_FIELDS:
        setattr(case, field, getattr(instance, field))
    guard_publication(instance=case, raw=raw, update_fields=update_fields)


@receiver(pre_save, sender=Revision)
def guard_schedule(instance: Revision, raw: bool, **kwargs: Any) -> None:
    """A case is scheduled only when it could be published now; on its day the gate asks again.

    Whoever still had a withdrawn case open saves no version of it any more.
    """
    if raw or instance.content_type.model_class() is not CasePage:
        return
    standing = CasePage.objects.filter(pk=instance.object_id).values_list("pk")
    # A new version comes in the transaction of Wagtail's `save_revision`, and a withdrawal waits for its end.
    if not (standing.select_for_update() if instance._state.adding else standing).first():
        raise PublicationRefused(None, [GONE])
    if instance.approved_go_live_at is None:
        return
    check_publication(instance.as_object())


@receiver(approving)
def sign_what_is_approved(task_state: TaskState, user: Any, **kwargs: Any) -> None:
    sign(task_state=task_state, by=user)


@receiver(pre_save, sender=Page)
@receiver(pre_save, sender=CasePage)
def withdraw_address_left(instance: Page, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """In the transaction of the save: once it is committed Wagtail makes its redirect, and asks the page."""
    if raw or instance.pk is None or not (update_fields is None or "slug" in update_fields):
        return
    before = CasePage.objects.filter(pk=instance.pk).exclude(slug=instance.slug).first()
    if before is not None:
        withdraw_naming_address(before, instance)


@receiver(pre_save, sender=Task)
@receiver(pre_save, sender=CaseReviewTask)
def end_reviews_of_disabled_step(instance: Task, raw: bool, **kwargs: Any) -> None:
    if not raw and not instance.active and instance.pk is not None:
        end_reviews(instance)


@receiver(pre_save, sender=Revision)
def name_untitled_version(instance: Revision, raw: bool, **kwargs: Any) -> None:
    """A case that was begun without a title gets its address with it, before its client approves that."""
    if raw or instance.content_type.model_class() is not CasePage:
        return
    if not has_placeholder(instance.content.get("slug", "")):
        return
    case = instance.as_object()
    propose_address(case)
    instance.content["slug"] = case.slug


@receiver(post_save, sender=Revision)
def address_unpublished_row(instance: Revision, raw: bool, **kwargs: Any) -> None:
    if not raw and instance.content_type.model_class() is CasePage:
        address_row(instance.object_id, instance.content.get("slug", ""))


@receiver(page_published, sender=CasePage)
def forget_what_was_taken_out(instance: CasePage, **kwargs: Any) -> None:
    forget_unsafe_revisions(instance)
    forget_naming_redirects(instance)
    forget_published_letters([instance.pk])


@receiver(task_submitted, sender=TaskState)
def tell_reviewers(instance: TaskState, user: Any, **kwargs: Any) -> None:
    """Instead of Wagtail's own e-mails, which quote what they are about."""
    async_task("casestudies.jobs.send_page_to_review", instance.pk, user and user.pk)


@receiver([workflow_approved, workflow_rejected], sender=WorkflowState)
def tell_the_sender(instance: WorkflowState, **kwargs: Any) -> None:
    async_task("casestudies.jobs.send_page_reviewed", instance.pk)


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
