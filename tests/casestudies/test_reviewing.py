"""Who reviews a case, and what they are told; how many cases wait."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.actions.publishing import missing_for_publication
from casestudies.models import CasePage
from home.models import ProfessionalPage, User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.test_publication_gate import editing_form
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db


def test_gate_wants_a_reviewer_who_did_not_write_the_case(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor)
    case.save_revision(user=editor)

    assert missing_for_publication(case) == [
        "Quien revisa no puede ser quien escribió el caso: pide la revisión a otra persona."
    ]


@pytest.mark.parametrize(
    ("action", "said"),
    [("approve", "Aprobaste el caso: ya está publicado."), ("reject", "Pediste cambios.")],
)
def test_reviewer_is_told_what_their_review_did_and_nothing_of_permissions(
    action: str,
    said: str,
    make_case: MakeCase,
    site_tree: SiteTree,
    psychologist: User,
    editor: User,
    other_author: ProfessionalPage,
    client: Client,
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor, author=other_author)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    client.force_login(psychologist)
    review = editing_form(case) | {"action-workflow-action": "true", "workflow-action-name": action}

    page = client.post(f"/admin/pages/{case.pk}/edit/", review, follow=True).content.decode()

    assert said in page
    assert "no tienes permisos" not in page
    case.refresh_from_db()
    assert case.live == (action == "approve")


def test_psychologist_approves_signs_and_publishes(
    make_case: MakeCase,
    site_tree: SiteTree,
    psychologist: User,
    editor: User,
    client: Client,
    other_author: ProfessionalPage,
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    unsigned = {"reviewer": None, "reviewed_on": None, "next_review_on": None}
    case = make_case(live=False, owner=editor, author=other_author, **unsigned)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    client.force_login(psychologist)
    state = case.current_workflow_task_state

    client.post(f"/admin/pages/workflow/action/{case.pk}/approve/{state.pk}/", {"comment": ""})

    case.refresh_from_db()
    assert case.live
    assert (case.reviewer, case.reviewed_on) == (site_tree.professional, timezone.localdate())
    assert case.next_review_on > timezone.localdate()


def test_reviewer_may_touch_up_what_another_sent(
    make_case: MakeCase, site_tree: SiteTree, psychologist: User, editor: User, other_author: ProfessionalPage
) -> None:
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    case = make_case(live=False, owner=editor, author=other_author, reviewer=None, reviewed_on=None)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    case.takeaways = "Una palabra más clara."
    case.save_revision(user=psychologist)

    case.current_workflow_task.specific.on_action(case.current_workflow_task_state, psychologist, "approve")

    case.refresh_from_db()
    assert (case.live, case.takeaways) == (True, "Una palabra más clara.")


def test_editor_sees_on_the_start_page_how_many_cases_wait(
    make_case: MakeCase, editor: User, psychologist: User, client: Client
) -> None:
    make_case("publicado")
    drafts = [make_case(f"borrador-{number}", live=False, owner=editor) for number in range(3)]
    drafts[0].save_revision(user=editor)
    drafts[0].get_workflow().start(drafts[0], editor)
    client.force_login(editor)

    assert "Sin publicar: 3. De ellos, en revisión: 1." in client.get("/admin/").content.decode()

    client.force_login(psychologist)
    assert "Sin publicar" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("title", ["No puedo dormir", "Caso sin título"])
def test_case_begun_without_a_title_takes_its_address_from_it(title: str, make_case: MakeCase) -> None:
    case = make_case("caso-abcdefghijkl", live=False, title=title)

    case.save_revision()

    slug = "caso-abcdefghijkl" if title == "Caso sin título" else "no-puedo-dormir"
    assert case.get_latest_revision_as_object().slug == slug
    assert CasePage.objects.get().slug == slug


def test_address_that_an_editor_chose_stays(make_case: MakeCase) -> None:
    case = make_case("caso-de-insomnio", live=False, title="No puedo dormir")

    case.save_revision()

    assert case.get_latest_revision_as_object().slug == "caso-de-insomnio"
