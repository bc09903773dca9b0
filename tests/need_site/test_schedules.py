from __future__ import annotations

import datetime
import inspect
import pydoc

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from need_site.schedules import RECURRING_JOBS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("job", RECURRING_JOBS, ids=lambda job: job.func)
def test_recurring_job_exists_and_needs_no_argument(job):
    function = pydoc.locate(job.func)

    assert callable(function)
    inspect.signature(function).bind()


def test_sync_schedules_writes_each_job_once():
    call_command("sync_schedules")
    call_command("sync_schedules")

    written = Schedule.objects.values_list("func", "minutes")
    assert sorted(written) == sorted((job.func, job.minutes) for job in RECURRING_JOBS)


def test_recurring_job_that_fails_waits_for_its_next_time():
    call_command("sync_schedules")

    kwargs = set(Schedule.objects.values_list("kwargs", flat=True))
    assert kwargs == {"q_options={'ack_failure': True}"}


def test_sync_schedules_keeps_when_a_job_is_due():
    call_command("sync_schedules")
    due = timezone.now() + datetime.timedelta(hours=7)
    Schedule.objects.update(next_run=due)

    call_command("sync_schedules")

    assert set(Schedule.objects.values_list("next_run", flat=True)) == {due}


def test_sync_schedules_corrects_a_changed_job_and_removes_an_unknown_one():
    call_command("sync_schedules")
    Schedule.objects.filter(name=RECURRING_JOBS[0].func).update(minutes=7, repeats=0)
    Schedule.objects.create(name="old", func="home.jobs.gone", schedule_type=Schedule.DAILY)

    call_command("sync_schedules")

    corrected = Schedule.objects.get(name=RECURRING_JOBS[0].func)
    assert (corrected.minutes, corrected.repeats) == (RECURRING_JOBS[0].minutes, -1)
    assert not Schedule.objects.filter(name="old").exists()
