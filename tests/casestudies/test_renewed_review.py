"""A live case whose text stays is reviewed anew, and the gate asks who signs it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from casestudies.actions.publishing import PublicationRefused
from casestudies.models import CasePage, PageTopic, Topic
from home.models import ProfessionalPage, User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
LAST_YEAR = datetime.date(2025, 11, 3)


def approve(case: CasePage, client: Client, *, sent_by: User, by: User) -> str:
    """What the back office answers to `by`, who approves what `sent_by` sent to review."""
    case.save_revision(user=sent_by)
    case.get_workflow().start(case, sent_by)
    client.force_login(by)
    state = case.current_workflow_task_state
    address = f"/admin/pages/workflow/action/{case.pk}/approve/{state.pk}/"
    return client.post(address, {"comment": ""}, follow=True).content.decode()


def test_renewed_review_of_an_unchanged_case_is_signed(
    make_case: MakeCase,
    site_tree: SiteTree,
    psychologist: User,
    editor: User,
    other_author: ProfessionalPage,
    client: Client,
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(owner=editor, author=other_author, reviewed_on=LAST_YEAR)

    approve(case, client, sent_by=editor, by=psychologist)

    case.refresh_from_db()
    assert (case.reviewer, case.reviewed_on) == (site_tree.professional, timezone.localdate())


def test_reviewer_without_a_page_of_their_own_renews_nothing(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User, client: Client
) -> None:
    case = make_case(owner=editor, reviewed_on=LAST_YEAR)

    answer = approve(case, client, sent_by=editor, by=psychologist)

    assert "Falta la revisión de un psicólogo o psicóloga." in answer
    case.refresh_from_db()
    assert (case.live, case.reviewer, case.reviewed_on) == (True, site_tree.professional, LAST_YEAR)


def test_owner_does_not_renew_the_review_of_their_own_case(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User, client: Client
) -> None:
    case = make_case(owner=psychologist, reviewed_on=LAST_YEAR)
    site_tree.professional.user = psychologist
    site_tree.professional.save()

    answer = approve(case, client, sent_by=editor, by=psychologist)

    assert "no puede ser quien editó" in answer
    case.refresh_from_db()
    assert case.reviewed_on == LAST_YEAR


@pytest.mark.parametrize(
    "change",
    [
        *({"author": None}, {"reviewer": None}, {"reviewed_on": None}),
        *({"slug": "camila-soto"}, {"seo_title": "Camila Soto"}),
    ],
)
def test_live_case_keeps_what_the_gate_asks_for(change: dict[str, Any], make_case: MakeCase) -> None:
    case = make_case()
    for field, value in change.items():
        setattr(case, field, value)

    with pytest.raises(PublicationRefused):
        case.save()
    with pytest.raises(PublicationRefused):
        case.save(update_fields=[*change])


def test_live_case_is_not_renamed_as_its_bare_page(case: CasePage) -> None:
    page = Page.objects.get(pk=case.pk)
    page.title = "Lo de Camila Soto"

    with pytest.raises(PublicationRefused):
        page.save()


@pytest.mark.parametrize("change", [{"age_band": "45-54"}, {"country": "PE"}])
def test_who_asked_is_not_changed_without_the_gate(change: dict[str, str], make_case: MakeCase) -> None:
    case = make_case()
    CasePage.objects.filter(pk=case.pk).update(reviewer=None)
    case.refresh_from_db()
    case.save()
    for field, value in change.items():
        setattr(case, field, value)

    with pytest.raises(PublicationRefused):
        case.save()


def test_topics_are_not_changed_without_the_gate(make_case: MakeCase, other_topic: Topic) -> None:
    case = make_case()
    CasePage.objects.filter(pk=case.pk).update(reviewer=None)
    case.refresh_from_db()
    case.topic_links = [PageTopic(topic=other_topic)]

    with pytest.raises(PublicationRefused):
        case.save()
