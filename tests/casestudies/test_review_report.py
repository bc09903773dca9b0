"""The cases that wait to be read again: who is told, and of which."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.models import CasePage
from home.models import User
from tests.casestudies.conftest import MakeCase

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/casos-por-revisar/"


def days_away(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_report_lists_overdue_cases_the_longest_first(
    client: Client, editor: User, make_case: MakeCase
) -> None:
    make_case("reciente", next_review_on=days_away(-1))
    make_case("antiguo", next_review_on=days_away(-90))
    make_case("al-dia", next_review_on=days_away(0))
    make_case("borrador", next_review_on=days_away(-90), live=False)
    undated = make_case("sin-fecha")
    CasePage.objects.filter(pk=undated.pk).update(next_review_on=None)
    client.force_login(editor)

    page = client.get(REPORT).content.decode()

    assert re.findall(r"No puedo dormir: ([\w-]+)</a>", page) == ["sin-fecha", "antiguo", "reciente"]


def test_report_without_overdue_cases_says_so(client: Client, editor: User, case: CasePage) -> None:
    client.force_login(editor)

    assert "están al día" in client.get(REPORT).content.decode()


def test_report_stands_in_the_menu_of_those_who_may_read_it(
    client: Client, editor: User, moderator: User, administrator: User
) -> None:
    for person, may in ((editor, True), (administrator, True), (moderator, False)):
        client.force_login(person)
        assert (REPORT in client.get("/admin/", follow=True).content.decode()) == may, person
        assert (client.get(REPORT).status_code == 200) == may, person
