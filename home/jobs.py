"""Jobs of the queue that belong to the person and the log. Each may run twice without harm."""

from __future__ import annotations

import datetime
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.utils import timezone
from wagtail.images import get_image_model

from home import generations, google_analytics, page_cache, renditions
from home.actions import share_pictures
from home.emails import deliver
from home.models import AccountEmail, DailySalt

# By then the links in them are dead: they live three days.
UNSENT_KEPT = datetime.timedelta(days=3)
UNTOLD_AFTER = 3 * 60 * 60  # seconds
# A few seconds' work, far below the queue's timeout.
PICTURES_A_RUN = 40


class CacheUnreachable(Exception):
    """The marks that make kept pages old could not be written."""


def send_account_email(waiting_id: int) -> None:
    """Send one of allauth's e-mails (verification, password) and forget it. Raises EmailNotSent."""
    waiting = AccountEmail.objects.filter(pk=waiting_id).first()
    if waiting is None:
        return
    deliver(get_adapter().render_mail(**waiting.content))
    waiting.delete()


def forget_unsent_emails() -> int:
    """Delete the account e-mails that could not be sent in time; give how many."""
    deleted, _ = AccountEmail.objects.filter(created_at__lt=timezone.now() - UNSENT_KEPT).delete()
    return deleted


def forget_daily_salts() -> int:
    """Delete the salts of past days, so that their visitor keys cannot be made again; give how many."""
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    deleted, _ = DailySalt.objects.filter(day__lt=yesterday).delete()
    return deleted


def send_analytics_event(event: str, client_id: str, timestamp_micros: int, params: dict[str, Any]) -> None:
    """Mirror one touchpoint to Google Analytics. Raises AnalyticsError when it cannot be reached.

    What could not be told for hours stays untold: whoever consented then may have changed their mind.
    """
    too_old = timestamp_micros < (time.time() - UNTOLD_AFTER) * 1_000_000
    if google_analytics.is_configured() and not too_old:
        google_analytics.send(
            google_analytics.payload(
                event=event, client_id=client_id, timestamp_micros=timestamp_micros, params=params
            )
        )


def purge_pages() -> None:
    """Purge every kept page, when doing so at once failed. Raises CacheUnreachable, to be tried again."""
    if not generations.generations().purge():
        raise CacheUnreachable


def make_renditions(image_id: int) -> None:
    """Make a picture in every size the site uses, and have the pages that show it drawn anew."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None and renditions.make_all(image):
        page_cache.purge_pages()


def draw_share_picture(label: str, pk: int) -> None:
    """Draw the picture that links to one page or topic show. `label` names the model: "home.blogpage"."""
    row = apps.get_model(label)._default_manager.filter(pk=pk).first()
    if row is not None:
        share_pictures.draw_picture(row)


def draw_missing_share_pictures() -> int:
    """Draw some of the pictures that are missing, whatever the reason; give how many."""
    return share_pictures.draw_missing(PICTURES_A_RUN)


def forget_share_picture(name: str) -> None:
    """Delete the picture of a page that went."""
    share_pictures.forget_picture(name)
