"""A review holds for the text it approved, and for no other."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from casestudies.actions.publishing import PublicationRefused, missing_for_publication
from casestudies.actions.withdrawing import withdraw_case
from casestudies.models import CasePage, CaseReviewTask, ReviewSignature
from home.models import ProfessionalPage, User
from tests.casestudies.conftest import MakeCase
from tests.casestudies.editing import editing_form
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
REWRITTEN = "Lo que nadie ha revisado."
OTHER_TEXT = "Este texto no es el que se aprobó en una revisión: envíalo a revisión."
CHANGED = "Otra persona cambió el texto: léelo y guárdalo antes de aprobarlo."


@pytest.fixture
def reviewer(psychologist: User, site_tree: SiteTree) -> User:
    """A psychologist with the page that bears their name."""
    site_tree.professional.user = psychologist
    site_tree.professional.save()
    return psychologist


def latest_of(case: CasePage) -> CasePage:
    return CasePage.objects.get(pk=case.pk).get_latest_revision_as_object()


def rewrite(case: CasePage, by: User, over: Revision | None = None, text: str = REWRITTEN) -> Revision:
    """Save another text, as a new version or, as Wagtail does while somebody types, over one of theirs."""
    draft = latest_of(case)
    draft.takeaways = text
    return draft.save_revision(user=by, overwrite_revision=over)


def read(case: CasePage, client: Client) -> str:
    return client.get(f"/casos/{case.slug}/").content.decode()


def by_button(case: CasePage, client: Client) -> Any:
    form = editing_form(latest_of(case)) | {"action-publish": "1"}
    return client.post(f"/admin/pages/{case.pk}/edit/", form, follow=True)


def by_bulk(case: CasePage, client: Client) -> Any:
    return client.post(f"/admin/bulk/wagtailcore/page/publish/?id={case.pk}", follow=True)


def by_api(case: CasePage, client: Client) -> Any:
    return client.post(f"/admin/api/main/pages/{case.pk}/action/publish/", follow=True)


def by_schedule(case: CasePage, client: Client) -> Any:
    then = {"go_live_at": (timezone.now() + datetime.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")}
    form = editing_form(latest_of(case)) | then | {"action-publish": "1"}
    return client.post(f"/admin/pages/{case.pk}/edit/", form, follow=True)


@pytest.mark.parametrize("route", [by_button, by_bulk, by_api, by_schedule])
def test_text_rewritten_since_its_review_is_published_by_nobody(
    route: Callable[..., Any], case: CasePage, editor: User, administrator: User, client: Client
) -> None:
    rewrite(case, by=editor)
    client.force_login(administrator)

    answer = route(case, client)

    assert OTHER_TEXT in answer.content.decode()
    assert REWRITTEN not in read(case, client)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        *({"takeaways": REWRITTEN}, {"slug": "otra-direccion"}, {"age_band": "45-54"}, {"country": "PE"}),
        {"turns": [("turn", {"kind": "reply", "text": "Me despierto a las tres."})]},
    ],
)
def test_whatever_readers_see_belongs_to_the_review(change: dict[str, Any], make_case: MakeCase) -> None:
    case = make_case(turns=[("turn", {"kind": "consultation", "text": "Me despierto a las tres."})])
    for field, value in change.items():
        setattr(case, field, value)

    assert missing_for_publication(case) == [OTHER_TEXT]


def test_reviewer_and_day_hold_only_as_the_review_wrote_them(
    case: CasePage, second_professional: ProfessionalPage
) -> None:
    case.author = second_professional
    assert missing_for_publication(case) == [OTHER_TEXT]
    case.refresh_from_db()
    case.reviewer = second_professional
    assert missing_for_publication(case) == [OTHER_TEXT]
    case.refresh_from_db()
    case.reviewed_on -= datetime.timedelta(days=1)
    assert missing_for_publication(case) == [OTHER_TEXT]


def test_nobody_types_who_reviewed_or_when(
    case: CasePage, second_professional: ProfessionalPage, administrator: User, client: Client
) -> None:
    client.force_login(administrator)
    typed = {"reviewer": second_professional.pk, "reviewed_on": "2026-01-01", "takeaways": "Otra cosa."}

    client.post(f"/admin/pages/{case.pk}/edit/", editing_form(case) | typed)

    draft = latest_of(case)
    assert draft.takeaways == "Otra cosa."
    assert (draft.reviewer, draft.reviewed_on) == (case.reviewer, case.reviewed_on)


def test_review_of_the_new_text_publishes_it(
    make_case: MakeCase, other_author: ProfessionalPage, reviewer: User, editor: User, client: Client
) -> None:
    case = make_case(author=other_author)
    rewrite(case, by=editor)
    case.get_workflow().start(latest_of(case), editor)

    approve(case, reviewer, client)

    assert REWRITTEN in read(case, client)


def test_text_that_was_reviewed_is_published_again(case: CasePage, client: Client) -> None:
    CasePage.objects.get(pk=case.pk).unpublish()

    latest_of(case).save_revision().publish()

    assert read(case, client)


def test_cases_from_before_signatures_are_taken_as_they_were_live(make_case: MakeCase) -> None:
    live, draft = (
        make_case("vivo", seo_title="El sueño", content_note="Habla de insomnio."),
        make_case("borrador", live=False),
    )
    ReviewSignature.objects.all().delete()
    migration = import_module("casestudies.migrations.0007_review_signatures")

    for _ in range(2):
        migration.sign_what_is_live(apps, None)

    assert missing_for_publication(CasePage.objects.get(pk=live.pk)) == []
    assert missing_for_publication(CasePage.objects.get(pk=draft.pk)) == [OTHER_TEXT]


def test_only_invented_texts_are_signed_without_a_review() -> None:
    rooms = ("need_site", "surveys", "consultations", "casestudies", "home")
    files = [path for room in rooms for path in Path(settings.BASE_DIR, room).rglob("*.py")]

    callers = {path.name for path in files if "sign_as_reviewed" in path.read_text()}

    assert callers == {"signing.py", "library.py", "generate.py"}


def test_signatures_go_with_the_case(case: CasePage) -> None:
    assert ReviewSignature.objects.count() == 1

    withdraw_case(by=None, case=case)

    assert not ReviewSignature.objects.exists()


@pytest.fixture
def sent(make_case: MakeCase, editor: User, other_author: ProfessionalPage) -> CasePage:
    """A draft that an editor sent to review."""
    case = make_case("enviado", live=False, owner=editor, author=other_author)
    case.save_revision(user=editor)
    case.get_workflow().start(case, editor)
    return CasePage.objects.get(pk=case.pk)


def test_disabled_step_ends_its_reviews_and_publishes_nothing(
    sent: CasePage, administrator: User, client: Client
) -> None:
    task = CaseReviewTask.objects.get()
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)

    client.post(f"/admin/workflows/tasks/disable/{task.pk}/")

    task.refresh_from_db()
    assert not task.active
    assert not CasePage.objects.get(pk=sent.pk).live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_step_that_was_not_approved_publishes_nothing(sent: CasePage) -> None:
    CaseReviewTask.objects.update(active=False)
    with pytest.raises(PublicationRefused, match="Ningún psicólogo"):
        sent.current_workflow_task_state.cancel()

    sent.current_workflow_state.cancel()
    with pytest.raises(PublicationRefused, match="Ningún psicólogo"):
        sent.get_workflow().start(sent, None)

    assert not CasePage.objects.get(pk=sent.pk).live


def approve(case: CasePage, by: User, client: Client, form: dict[str, Any] | None = None) -> str:
    """What the back office answers: from the editor with its `form`, else from a list of what waits."""
    client.force_login(by)
    state = CasePage.objects.get(pk=case.pk).current_workflow_task_state
    if form is None:
        address = f"/admin/pages/workflow/action/{case.pk}/approve/{state.pk}/"
        return client.post(address, {"comment": ""}, follow=True).content.decode()
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    return client.post(f"/admin/pages/{case.pk}/edit/", form | action, follow=True).content.decode()


@pytest.mark.parametrize("from_the_editor", [True, False])
@pytest.mark.parametrize("over", [True, False])
def test_nobody_approves_what_another_changed_meanwhile(
    over: bool,
    from_the_editor: bool,
    sent: CasePage,
    editor: User,
    administrator: User,
    reviewer: User,
    client: Client,
) -> None:
    rewrite(sent, by=editor if over else administrator, over=sent.latest_revision if over else None)
    form = editing_form(latest_of(sent)) if from_the_editor else None

    answer = approve(sent, reviewer, client, form)

    assert CHANGED in answer
    assert not CasePage.objects.get(pk=sent.pk).live
    rewrite(sent, by=reviewer, text="Lo leí y lo guardé.")
    approve(sent, reviewer, client)
    assert "Lo leí y lo guardé." in read(sent, client)


def test_approval_publishes_what_the_reviewer_had_on_the_screen(
    sent: CasePage, administrator: User, reviewer: User, client: Client
) -> None:
    on_the_screen = editing_form(latest_of(sent))
    rewrite(sent, by=administrator)

    approve(sent, reviewer, client, on_the_screen)

    page = read(sent, client)
    assert "La noche se prepara de día." in page
    assert REWRITTEN not in page
