"""The fixtures themselves: each makes what its name says, and the queue drains as a worker would drain it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django_q.models import OrmQ
from django_q.tasks import async_task
from wagtail.models import Page

from consultations.enums import Money, Status


@pytest.mark.parametrize(
    ("fixture", "status"),
    [
        ("paid_consultation", Status.WRITING),
        ("waiting_consultation", Status.WAITING),
        ("taken_consultation", Status.IN_CARE),
        ("answered_consultation", Status.ANSWERED),
        ("replied_consultation", Status.REPLIED),
        ("closed_consultation", Status.CLOSED),
    ],
)
def test_consultation_fixture_is_in_its_state(request, fixture, status):
    consultation = request.getfixturevalue(fixture)

    consultation.refresh_from_db()
    assert consultation.status == status
    assert consultation.order.money == Money.PAID


def test_site_tree_is_served_from_its_home(site_tree):
    assert site_tree.site.root_page.specific == site_tree.home
    assert site_tree.cases.get_url() == "/casos/"
    assert site_tree.professional.get_url() == "/equipo/elena-rojas/"


def test_run_jobs_runs_what_was_queued_and_empties_the_queue(run_jobs):
    async_task("home.jobs.forget_daily_salts")
    async_task("consultations.jobs.reconcile_payments")

    assert run_jobs() == ["home.jobs.forget_daily_salts", "consultations.jobs.reconcile_payments"]
    assert not OrmQ.objects.exists()


def test_run_jobs_leaves_a_failing_job_in_the_queue(run_jobs):
    async_task("home.jobs.forget_daily_salts", "one argument too many")

    with pytest.raises(TypeError):
        run_jobs()
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_wrote_is_there_again_after_a_test_that_commits(turn):
    assert Group.objects.exists()
    assert Page.objects.filter(depth=1).exists()
