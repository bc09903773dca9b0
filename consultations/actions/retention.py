"""Deleting what was written, when the time that the account page promises is over. A recurring job acts."""

from __future__ import annotations

import calendar
import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from consultations.enums import Status
from consultations.models import Consultation, Draft, Rating, Turn
from home.models import SiteSettings

# How many one run takes, so that it ends well within the queue's time limit; the next run goes on.
AT_ONCE = 200


def delete_old_letters(*, now: datetime.datetime | None = None) -> int:
    """Delete the texts of consultations closed longer ago than the site's setting says; give how many."""
    limit = months_before(now or timezone.now(), _months_kept())
    due = Consultation.objects.filter(status=Status.CLOSED, closed_at__lte=limit, turns__isnull=False)
    keys = list(due.order_by("closed_at").values_list("pk", flat=True).distinct()[:AT_ONCE])
    for pk in keys:
        delete_texts(pk)
    return len(keys)


def months_before(moment: datetime.datetime, months: int) -> datetime.datetime:
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _months_kept() -> int:
    stored = SiteSettings.objects.filter(site__is_default_site=True).first() or SiteSettings()
    # Deleting cannot be undone: a slip of the pen that says 0 months must not empty the house at once.
    return max(1, stored.retention_months)


@transaction.atomic
def delete_texts(pk: uuid.UUID) -> None:
    """What stays says nothing of the person's trouble: that there was a consultation, when, and its mark."""
    Turn.objects.filter(consultation_id=pk).delete()
    Draft.objects.filter(consultation_id=pk).delete()
    Rating.objects.filter(consultation_id=pk).update(comment="")
    Consultation.objects.filter(pk=pk).update(mood_before="", mood_after="")
