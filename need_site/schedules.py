"""Every recurring job of the site, in one list; `manage.py sync_schedules` makes the queue follow it.

What is due later is a due-date column: each of these jobs looks for rows whose date has come, so a missed
run heals itself on the next one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django_q.models import Schedule

DAILY = 24 * 60


@dataclass(frozen=True)
class RecurringJob:
    """A job without arguments (`func`, a dotted path, is also its name) and how often it runs."""

    func: str
    minutes: int


RECURRING_JOBS = (
    RecurringJob("home.jobs.forget_daily_salts", minutes=DAILY),
    RecurringJob("home.jobs.forget_unsent_emails", minutes=DAILY),
    RecurringJob("home.jobs.draw_missing_share_pictures", minutes=5),
    RecurringJob("casestudies.jobs.publish_due", minutes=1),
    RecurringJob("casestudies.jobs.forget_raw_texts", minutes=60),
    RecurringJob("consultations.jobs.reconcile_payments", minutes=1),
    RecurringJob("consultations.jobs.balance_payments", minutes=5),
    RecurringJob("consultations.jobs.delete_old_letters", minutes=DAILY),
    RecurringJob("surveys.jobs.send_due_invitations", minutes=5),
)


@transaction.atomic
def sync_schedules() -> None:
    """Make the queue's schedules those of the list: new ones start now, unknown ones go."""
    Schedule.objects.exclude(name__in=[job.func for job in RECURRING_JOBS]).delete()
    for job in RECURRING_JOBS:
        # Writing only what the list decides keeps `next_run`, so that a restart repeats nothing.
        Schedule.objects.update_or_create(
            name=job.func,
            defaults={
                "func": job.func,
                "schedule_type": Schedule.MINUTES,
                "minutes": job.minutes,
                "repeats": -1,
                "cluster": None,
                # One that fails is not tried again besides: it comes again by itself.
                "kwargs": "q_options={'ack_failure': True}",
            },
        )
