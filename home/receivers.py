"""What home does when something happens: keeps pages, pictures and the site map true, counts, mirrors."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in, user_signed_up
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django_q.tasks import async_task
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home import google_analytics
from home.actions.analytics import mirror
from home.actions.consents import adopt_browsers_yes
from home.consents import browser_agrees
from home.models import CrisisLine, SitemapSection, SiteSettings
from home.models.shared_page import SharedPage, SharePictured
from home.page_cache import purge_pages, purged_by
from home.touchpoints import SIGNED_IN, SIGNED_UP, Recorded, record, subscribe_to_all

# There is one way into an account.
BY_EMAIL = {"method": "email"}

# What saving a draft, locking or scheduling writes to a page's row: nothing that readers see.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)

purged_by(CrisisLine, SiteSettings, Site, Redirect, PageViewRestriction, get_image_model())


@receiver(post_save)
def purge_for_live_page(instance: Any, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """Publishing, and every other way in which the row of a published page comes to be or changes."""
    if isinstance(instance, Page) and instance.live and not (update_fields and update_fields <= DRAFT_FIELDS):
        purge_pages()


@receiver(post_delete)
def purge_for_deleted_page(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page) and instance.live:
        purge_pages(surely=True)


@receiver(post_save, sender=get_image_model())
def make_renditions_of_picture(instance: Any, **kwargs: Any) -> None:
    """In the queue, so that no visitor's request ever has to."""
    async_task("home.jobs.make_renditions", instance.pk)


@receiver([page_unpublished, post_page_move])
def purge_for_page_that_went(**kwargs: Any) -> None:
    purge_pages(surely=True)


@receiver(user_signed_up)
def count_sign_up(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _adopt_yes_of(request, user)
    record(SIGNED_UP, request=request, user=user, facts=BY_EMAIL)


@receiver(user_logged_in)
def count_sign_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    _adopt_yes_of(request, user)
    record(SIGNED_IN, request=request, user=user, facts=BY_EMAIL)


def _adopt_yes_of(request: HttpRequest, user: Any) -> None:
    """The forms of signing up and in say that this happens (components/browsers_yes.html)."""
    if google_analytics.is_configured() and browser_agrees(request):
        adopt_browsers_yes(by=user)


def mirror_to_analytics(recorded: Recorded) -> None:
    mirror(recorded.touchpoint.ga_event, user_id=recorded.user_id, facts=recorded.facts)


subscribe_to_all(mirror_to_analytics)


# --- the pictures of shared links ----------------------------------------------------------------
@receiver(page_published)
def draw_picture_of_published_page(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, SharedPage):
        _have_drawn(instance)


@receiver(post_save)
def draw_picture_of_saved_row(
    instance: Any, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """What is pictured and is no page has no moment of publishing."""
    is_written = update_fields is None and not raw
    if is_written and isinstance(instance, SharePictured) and not isinstance(instance, Page):
        _have_drawn(instance)


@receiver(page_unpublished)
def forget_picture_of_unpublished_page(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, SharedPage) and instance.share_picture:
        name, instance.share_picture = instance.share_picture, ""
        instance.save(clean=False, update_fields=["share_picture"])
        async_task("home.jobs.forget_share_picture", name)


@receiver(post_delete)
def forget_picture_of_deleted_row(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, SharePictured) and instance.share_picture:
        async_task("home.jobs.forget_share_picture", instance.share_picture)


def _have_drawn(row: SharePictured) -> None:
    async_task("home.jobs.draw_share_picture", row._meta.label_lower, row.pk)


# --- the site map --------------------------------------------------------------------------------
@receiver(post_save)
def touch_section_of_saved_page(
    instance: Any, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """A draft saves some fields alone, and changes nothing of what is listed."""
    if isinstance(instance, Page) and instance.live and update_fields is None and not raw:
        SitemapSection.touch([instance.pk])


@receiver([post_page_move, page_slug_changed])
def touch_sections_of_moved_pages(instance: Page, **kwargs: Any) -> None:
    below = instance.get_descendants(inclusive=True).live()
    SitemapSection.touch(below.values_list("pk", flat=True))


@receiver(page_unpublished)
def leave_section_of_unpublished_page(instance: Page, **kwargs: Any) -> None:
    SitemapSection.leave(instance.pk)


@receiver(post_delete)
def leave_section_of_deleted_page(instance: Any, **kwargs: Any) -> None:
    # Told once for the page and once for each of its bases.
    if type(instance) is Page and instance.live:
        SitemapSection.leave(instance.pk)
