"""Nothing is published that is not reviewed and anonymised, whichever way somebody tries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, Revision

from casestudies.actions.publishing import PublicationRefused, ensure_review_workflow, missing_for_publication
from casestudies.jobs import publish_due
from casestudies.models import CasePage
from casestudies.wagtail_hooks import choose_among_what_one_may_see
from home.models import ProfessionalPage, User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.editing import editing_form
from tests.fixtures.pages import SiteTree, reviewed

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


@pytest.mark.parametrize(
    ("letters", "steps", "message"),
    [
        ([], [], "Faltan las cartas."),
        ([("", "No duermo.")], [], "Falta decir qué es cada carta."),
        ([("poem", "No duermo.")], [], "Falta decir qué es cada carta."),
        ([("reply", "No duermo."), ("orientation", " ")], [], "Hay una carta sin texto."),
        ([("reply", "No duermo.")], ["Apaga la pantalla", ""], "Hay un paso del plan sin título."),
    ],
)
def test_gate_wants_letters_and_steps_whole(
    letters: list[tuple[str, str]], steps: list[str], message: str, make_case: MakeCase
) -> None:
    turns = [("turn", {"kind": kind, "text": text}) for kind, text in letters]
    plan = [("step", {"title": title, "detail": "A las diez."}) for title in steps]
    case = make_case(live=False, turns=turns, plan=plan)

    assert missing_for_publication(case) == [message]


def test_letter_without_its_kind_is_shown_in_the_preview_of_a_draft(make_case: MakeCase) -> None:
    case = make_case(live=False, turns=[("turn", {"kind": "", "text": "No duermo."})])

    assert case.letters == [
        {"kind": "", "title": "Carta", "text": "No duermo.", "author": case.who, "role": ""}
    ]


def test_gate_wants_a_reviewer_who_did_not_edit(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User, other_author: ProfessionalPage
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor, author=other_author)
    case.save_revision(user=editor)
    assert missing_for_publication(case) == []

    case.save_revision(user=psychologist)

    assert missing_for_publication(case) == [
        "Quien revisa no puede ser quien editó el caso: pide la revisión a otra persona."
    ]


def test_gate_lets_a_whole_case_through_and_a_move_alone(make_case: MakeCase, client: Client) -> None:
    case = make_case()
    case.slug = "otra-direccion"
    reviewed(case).save()

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

    reviewed(case).save_revision().publish()

    kept = set(Revision.objects.for_instance(case).values_list("pk", flat=True))
    assert unsafe.pk not in kept
    assert harmless.pk in kept


def test_library_has_one_workflow_however_often_it_is_asked_for(site_tree: SiteTree) -> None:
    ensure_review_workflow(site_tree.cases)
    workflow = site_tree.cases.get_workflow()

    assert [task.name for task in workflow.tasks] == ["Revisión de un psicólogo"]


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


def test_bulk_publication_of_an_unfinished_case_says_what_it_lacks(
    make_case: MakeCase, administrator: User, client: Client
) -> None:
    case = make_case("sin-resumen", live=False)
    CasePage.objects.filter(pk=case.pk).update(summary="", draft_title="Sin resumen")
    CasePage.objects.get(pk=case.pk).save_revision(clean=False)
    client.force_login(administrator)

    answer = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={case.pk}", follow=True)

    assert answer.status_code == 200
    assert "No se publicó: Resumen" in answer.content.decode()
    assert not is_public(client, case)


@pytest.mark.parametrize("who", ["moderator", "marketer", "psychologist"])
@pytest.mark.parametrize("address", ["/admin/choose-page/search/?q=borrador", "/admin/choose-page/{}/"])
def test_who_works_on_no_page_chooses_among_none(
    who: str, address: str, draft: CasePage, request: pytest.FixtureRequest, client: Client
) -> None:
    client.force_login(request.getfixturevalue(who))

    answer = client.get(address.format(draft.get_parent().pk))

    assert answer.status_code == 403
    assert draft.title not in answer.content.decode()


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_who_works_on_pages_chooses_among_drafts_too(
    who: str, draft: CasePage, request: pytest.FixtureRequest, client: Client
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert draft.title in client.get(f"/admin/choose-page/{draft.get_parent().pk}/").content.decode()


def test_who_works_on_a_part_of_the_pages_chooses_among_its_drafts_and_what_is_public(
    draft: CasePage, case: CasePage, psychologist: User, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = psychologist

    chosen = choose_among_what_one_may_see(Page.objects.all(), request)

    assert chosen.filter(pk=case.pk).exists()
    assert not chosen.filter(pk=draft.pk).exists()
