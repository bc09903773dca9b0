"""Nothing is published that is not reviewed and anonymised, whichever way somebody tries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from casestudies.actions.publishing import PublicationRefused, ensure_review_workflow, missing_for_publication
from casestudies.jobs import publish_due
from casestudies.models import CasePage
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
UNSAFE = [
    ("turn", {"kind": "consultation", "text": "Me llamo Camila y mi correo es camila.soto@example.com."})
]
Route = Callable[[CasePage], Any]


@pytest.fixture
def draft(make_case: MakeCase) -> CasePage:
    """A case that lacks nothing but the decisions about what the anonymiser finds."""
    case = make_case("borrador", live=False, turns=UNSAFE)
    case.save_revision()
    return case


def is_public(client: Client, case: CasePage) -> bool:
    return client.get(f"/casos/{case.slug}/").status_code == 200


def by_revision(case: CasePage) -> None:
    case.get_latest_revision().publish()


def by_schedule(case: CasePage) -> None:
    case.go_live_at = timezone.now() + datetime.timedelta(days=1)
    case.save_revision().publish()


def by_going_live(case: CasePage) -> None:
    case.live = True
    case.save()


def by_bare_page(case: CasePage) -> None:
    page = Page.objects.get(pk=case.pk)
    page.live = True
    page.save()


def by_new_page(case: CasePage) -> None:
    fields = {"title": "Nueva", "slug": "nueva", "summary": "Resumen.", "age_band": "25-34", "country": "CL"}
    case.get_parent().add_child(instance=CasePage(turns=UNSAFE, live=True, **fields))


ROUTES: list[Route] = [by_revision, by_schedule, by_going_live, by_bare_page, by_new_page]


@pytest.mark.parametrize("route", ROUTES)
def test_gate_refuses_an_undecided_case_by_every_route_in_code(
    route: Route, draft: CasePage, client: Client
) -> None:
    with pytest.raises(PublicationRefused):
        route(draft)

    assert not is_public(client, draft)
    assert not Page.objects.filter(slug="nueva", live=True).exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_gate_refuses_going_back_to_an_unsafe_version(make_case: MakeCase, client: Client) -> None:
    case = make_case()
    case.takeaways = "Escribe a camila.soto@example.com."
    unsafe = case.save_revision()

    with pytest.raises(PublicationRefused):
        unsafe.publish()

    assert "camila" not in client.get(f"/casos/{case.slug}/").content.decode()


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ({"author": None}, "Falta decir quién lo escribió."),
        ({"reviewer": None}, "Falta la revisión de un psicólogo o psicóloga."),
        ({"reviewed_on": None}, "Falta la fecha de la revisión."),
        (
            {"reviewed_on": datetime.date(2999, 1, 1)},
            "La fecha de la revisión está en el futuro.",
        ),
    ],
)
def test_gate_says_what_is_missing(lacking: dict[str, Any], message: str, make_case: MakeCase) -> None:
    case = make_case(live=False, **lacking)

    assert missing_for_publication(case) == [message]


def test_gate_wants_a_reviewer_who_did_not_edit(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor)
    case.save_revision(user=editor)
    assert missing_for_publication(case) == []

    case.save_revision(user=psychologist)

    assert missing_for_publication(case) == [
        "Quien revisa no puede ser quien editó el caso: pide la revisión a otra persona."
    ]


def test_gate_lets_a_whole_case_through_and_a_move_alone(make_case: MakeCase, client: Client) -> None:
    case = make_case()
    case.slug = "otra-direccion"
    case.save()

    assert is_public(client, case)


def test_scheduled_case_that_lost_its_review_stays_down_and_holds_up_nobody(
    make_case: MakeCase, client: Client
) -> None:
    refused, whole = make_case("uno", live=False), make_case("dos", live=False)
    for case in (refused, whole):
        case.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        case.save_revision().publish()
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        if revision.object_id == str(refused.pk):
            revision.content["reviewed_on"] = None
        revision.content["go_live_at"] = None
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
        )

    assert publish_due() == 1
    assert publish_due() == 0
    assert is_public(client, whole)
    assert not is_public(client, refused)


ADMIN_ROUTES: dict[str, tuple[str, dict[str, Any]]] = {
    "edit": ("/admin/pages/{}/edit/", {"action-publish": "1"}),
    "bulk": ("/admin/bulk/wagtailcore/page/publish/?id={}", {}),
    "api": ("/admin/api/main/pages/{}/action/publish/", {}),
}


def editing_form(case: CasePage) -> dict[str, Any]:
    """What the page's own form posts where nobody changed anything."""
    links = [{"topic": link.topic_id, "id": link.pk} for link in case.topic_links.all()]
    fields = ("title", "slug", "summary", "age_band", "country", "author", "reviewer")
    return nested_form_data(
        {
            **{name: case.serializable_value(name) for name in fields},
            **{name: str(getattr(case, name)) for name in ("published_on", "reviewed_on")},
            "turns": streamfield([("turn", dict(turn.value)) for turn in case.turns]),
            "plan": streamfield([]),
            "topic_links": inline_formset(links, initial=len(links)),
            "comments": inline_formset([]),
        }
    )


@pytest.mark.parametrize("route", ADMIN_ROUTES)
def test_administrator_is_refused_in_the_back_office(
    route: str, draft: CasePage, administrator: User, client: Client
) -> None:
    client.force_login(administrator)
    address, data = ADMIN_ROUTES[route]

    answer = client.post(address.format(draft.pk), editing_form(draft) | data, follow=True)

    assert answer.status_code in (200, 400)
    assert "sin resolver" in answer.content.decode()
    assert not is_public(client, draft)


def test_whole_case_is_published_with_its_form(
    make_case: MakeCase, administrator: User, client: Client
) -> None:
    case = make_case("borrador", live=False)
    case.save_revision()
    client.force_login(administrator)

    client.post(f"/admin/pages/{case.pk}/edit/", editing_form(case) | {"action-publish": "1"})

    assert is_public(client, case)


def test_publishing_forgets_the_versions_that_hold_what_was_taken_out(make_case: MakeCase) -> None:
    case = make_case(live=False, turns=UNSAFE)
    unsafe = case.save_revision()
    case.turns = [("turn", {"kind": "consultation", "text": "No puedo dormir."})]
    harmless = case.save_revision()
    case.takeaways = "Un paso basta."

    case.save_revision().publish()

    kept = set(Revision.objects.for_instance(case).values_list("pk", flat=True))
    assert unsafe.pk not in kept
    assert harmless.pk in kept


def test_library_has_one_workflow_however_often_it_is_asked_for(site_tree: SiteTree) -> None:
    ensure_review_workflow(site_tree.cases)
    workflow = site_tree.cases.get_workflow()

    assert [task.name for task in workflow.tasks] == ["Revisión de un psicólogo"]


def test_psychologist_approves_signs_and_publishes(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User, client: Client
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor, reviewer=None, reviewed_on=None, next_review_on=None)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    client.force_login(psychologist)
    state = case.current_workflow_task_state

    client.post(f"/admin/pages/workflow/action/{case.pk}/approve/{state.pk}/", {"comment": ""})

    case.refresh_from_db()
    assert case.live
    assert (case.reviewer, case.reviewed_on) == (site_tree.professional, timezone.localdate())
    assert case.next_review_on > timezone.localdate()


def test_approval_publishes_nothing_that_is_undecided(
    draft: CasePage, site_tree: SiteTree, psychologist: User, editor: User, client: Client
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    draft.get_workflow().start(draft, editor)
    client.force_login(psychologist)
    state = draft.current_workflow_task_state

    answer = client.post(
        f"/admin/pages/workflow/action/{draft.pk}/approve/{state.pk}/", {"comment": ""}, follow=True
    )

    assert "sin resolver" in answer.content.decode()
    assert not is_public(client, draft)
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_reviewer_may_touch_up_what_another_sent(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor, reviewer=None, reviewed_on=None)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    case.takeaways = "Una palabra más clara."
    case.save_revision(user=psychologist)

    case.current_workflow_task.specific.on_action(case.current_workflow_task_state, psychologist, "approve")

    case.refresh_from_db()
    assert (case.live, case.takeaways) == (True, "Una palabra más clara.")


def test_nobody_reviews_what_they_sent_themselves(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor)
    case.save_revision(user=psychologist)
    case.get_workflow().start(case, psychologist)

    with pytest.raises(PublicationRefused, match="no puede ser quien editó"):
        case.current_workflow_task.specific.on_action(
            case.current_workflow_task_state, psychologist, "approve"
        )
