"""What the back office keeps beside a case goes with its raw text: typed forms, titles in the log."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from casestudies.actions.anonymising import (
    Choice,
    apply_decisions,
    decide,
    groups_of,
    move_to_workbench,
    save_original,
)
from casestudies.actions.withdrawing import withdraw_case
from casestudies.checking import check_case
from casestudies.enums import Decision
from casestudies.jobs import forget_raw_texts
from casestudies.models import CaseOriginal, CasePage, Topic
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.test_moving_letters import tables_with
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = pytest.mark.django_db
RAW = "Me llamo Camila y mi correo es camila.soto@example.com."
TURNS = [("turn", {"kind": "consultation", "text": RAW})]


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    case = make_case("borrador", live=False, owner=editor, turns=TURNS, title="Lo de Camila")
    case.save_revision(user=editor)
    return case


def typed(case_slug: str) -> dict[str, Any]:
    """The form of a case as the browser sends it for the preview beside it."""
    return nested_form_data(
        {
            "title": "Sin título",
            "slug": case_slug,
            "summary": "Resumen.",
            "age_band": "25-34",
            "country": "CL",
            "published_on": "2026-11-22",
            "turns": streamfield([("turn", {"kind": "consultation", "text": RAW})]),
            "plan": streamfield([]),
            "topic_links": inline_formset([{"topic": Topic.objects.get().pk}]),
            "comments": inline_formset([]),
        }
    )


def preview(client: Client, case: CasePage) -> None:
    client.post(f"/admin/pages/{case.pk}/edit/preview/", typed(case.slug))


def preview_new(client: Client, tree: SiteTree) -> None:
    client.post(f"/admin/pages/add/casestudies/casepage/{tree.cases.pk}/preview/", typed("nuevo"))


def held() -> list[str]:
    return [each.object_id for each in FormState.objects.all() if "camila.soto" in each.data]


def apply_all(case: CasePage, editor: User) -> None:
    groups = groups_of(check_case(case.get_latest_revision_as_object()))
    decide(by=editor, case=case, choices=[Choice(each, Decision.REPLACE, "alguien") for each in groups])
    apply_decisions(by=editor, case=case)


@pytest.mark.parametrize("end", ["moved", "applied", "withdrawn"])
def test_typed_form_of_a_case_goes_with_its_raw_text(
    end: str, draft: CasePage, editor: User, client: Client, site_tree: SiteTree
) -> None:
    client.force_login(editor)
    preview(client, draft)
    preview_new(client, site_tree)
    assert sorted(held()) == ["", str(draft.pk)]

    if end == "moved":
        move_to_workbench(by=editor, case=draft)
    elif end == "applied":
        apply_all(draft, editor)
    else:
        withdraw_case(by=None, case=draft)

    assert held() == []


def test_typed_form_of_another_case_stays(
    make_case: MakeCase, draft: CasePage, editor: User, client: Client
) -> None:
    other = make_case("otro", live=False, owner=editor)
    client.force_login(editor)
    preview(client, other)

    move_to_workbench(by=editor, case=draft)

    assert held() == [str(other.pk)]


def test_form_nobody_typed_into_for_a_day_goes(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    preview(client, draft)
    assert forget_raw_texts() == 0
    FormState.objects.update(last_updated_at=timezone.now() - datetime.timedelta(hours=25))

    assert forget_raw_texts() == 1
    assert held() == []


def test_withdrawn_case_leaves_no_title_in_the_log(draft: CasePage, editor: User) -> None:
    draft = draft.get_latest_revision_as_object()
    draft.title = "Una separación de Camila"
    draft.save_revision(user=editor, log_action=True)
    renamed = {"title": {"old": "Lo de Camila", "new": draft.title}}
    log(instance=draft, action="wagtail.rename", user=editor, data=renamed)
    number = draft.pk

    withdraw_case(by=editor, case=draft)

    kept = PageLogEntry.objects.filter(page_id=number)
    assert set(kept.values_list("label", flat=True)) == {"Caso retirado"}
    assert "casestudies.withdraw" in kept.values_list("action", flat=True)
    assert tables_with("amila") == []


def test_anonymised_case_leaves_no_former_text_in_clear(
    draft: CasePage, editor: User, client: Client
) -> None:
    draft = draft.get_latest_revision_as_object()
    draft.title = "Una separación de Camila"
    draft.save_revision(user=editor, log_action=True)
    renamed = {"title": {"old": "Lo de Camila", "new": draft.title}}
    log(instance=draft, action="wagtail.rename", user=editor, data=renamed)

    apply_all(draft, editor)

    assert tables_with("amila") == []
    assert set(PageLogEntry.objects.filter(page_id=draft.pk).values_list("label", flat=True)) == {
        "Una separación de alguien"
    }
    client.force_login(editor)
    assert client.get(f"/admin/pages/{draft.pk}/history/").status_code == 200


def test_log_of_another_page_keeps_its_title(make_case: MakeCase, draft: CasePage, editor: User) -> None:
    other = make_case("otro", title="Otro caso")
    other.save_revision(user=editor, log_action=True)

    withdraw_case(by=None, case=draft)

    assert PageLogEntry.objects.filter(page_id=other.pk, label="Otro caso").exists()


def test_no_log_line_holds_the_title_of_a_draft(
    make_case: MakeCase, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    case = make_case("rastro", live=False, title="Lo de Camila")
    case.save_revision(user=editor)
    case.delete(user=editor)

    assert not [each for each in caplog.records if "Camila" in each.getMessage()]
    assert not logging.getLogger("wagtail.admin").isEnabledFor(logging.INFO)


def test_original_goes_when_the_case_is_published(make_case: MakeCase, editor: User) -> None:
    case = make_case("publicado", live=False)
    case.save_revision(user=editor)
    save_original(by=editor, case=case, letters=[{"kind": "consultation", "text": "No duermo."}])
    apply_all(case, editor)
    assert CaseOriginal.objects.exists(), "until then its letters may be taken up again"

    draft = reviewed(CasePage.objects.get(pk=case.pk).get_latest_revision_as_object())
    draft.get_latest_revision().publish()

    assert not CaseOriginal.objects.exists()


def test_original_that_waits_outlives_publication(case: CasePage, editor: User) -> None:
    case.save_revision(user=editor)
    save_original(by=editor, case=case, letters=[{"kind": "reply", "text": "Duermo mejor."}])

    CasePage.objects.get(pk=case.pk).get_latest_revision().publish()

    assert CaseOriginal.objects.exists()
    assert forget_raw_texts() == 0
    CaseOriginal.objects.update(applied_at=timezone.now())
    assert forget_raw_texts() == 1
