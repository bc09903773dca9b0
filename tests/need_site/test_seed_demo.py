"""The demonstration: complete, once, silent, and never without DEBUG."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_q.models import OrmQ

from casestudies.models import CasePage, Comment, Topic
from consultations.models import Consultation, Discount, Service
from home.models import BlogPage, ProfessionalPage, TouchpointLog, User
from need_site.demo.people import ACCOUNTS, PASSWORD
from surveys.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_debug(settings: Any) -> None:
    """As `make run` has it; tests run without."""
    settings.DEBUG = True


def words(case: CasePage) -> int:
    letters = [block.value["text"] for block in case.turns]
    steps = [f"{block.value['title']} {block.value['detail']}" for block in case.plan]
    return len(" ".join([*letters, *steps]).split())


def test_demonstration_is_what_a_visitor_finds_on_the_first_day() -> None:
    call_command("seed_demo")
    cases = list(CasePage.objects.live())
    assert (len(cases), BlogPage.objects.live().count()) == (12, 6)
    assert [case.slug for case in cases if not 400 <= words(case) <= 900] == []
    assert {len(case.turns) for case in cases} == {4}
    assert {case.fictitious for case in cases} == {True}
    assert (Topic.objects.count(), ProfessionalPage.objects.live().count(), Service.objects.count()) == (
        6,
        3,
        2,
    )
    assert Discount.objects.get().code == "OTONO20"
    assert Comment.objects.filter(status="approved").exists()
    assert Comment.objects.filter(status="pending").exists()
    assert sum(block.block_type == "video" for post in BlogPage.objects.all() for block in post.body) == 1
    assert Response.objects.count() == 6
    assert {user.check_password(PASSWORD) for user in User.objects.filter(email__in=ACCOUNTS)} == {True}


def test_demonstration_counts_nothing_as_real_and_sends_nothing() -> None:
    call_command("seed_demo")
    assert TouchpointLog.objects.filter(demo=True).count() > 5000
    assert not TouchpointLog.objects.filter(demo=False).exists()
    assert not OrmQ.objects.exists()


def test_demonstration_made_twice_is_made_once_and_numbers_add_to_it() -> None:
    call_command("seed_demo")
    call_command("seed_demo", cases=2, consultations=3, touchpoints=10)
    assert CasePage.objects.count() == 14
    assert Consultation.objects.count() == 7
    assert not OrmQ.objects.exists()


def test_demonstration_is_refused_without_debug(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only with DEBUG"):
        call_command("seed_demo")
    assert not User.objects.exists()
