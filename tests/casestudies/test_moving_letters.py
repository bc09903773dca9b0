"""A raw text pasted into the page itself: said, moved into the encrypted original, and gone from the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, WorkflowState

from casestudies.actions.anonymising import (
    Choice,
    apply_decisions,
    decide,
    groups_of,
    move_to_workbench,
    save_original,
)
from casestudies.actions.errors import NotAllowed
from casestudies.actions.publishing import ensure_review_workflow, missing_for_publication
from casestudies.checking import check_case
from casestudies.enums import Decision
from casestudies.models import CaseOriginal, CasePage
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
RAW = "Me llamo Camila y no duermo. Mi correo es camila.soto@example.com."
CALM = "Primero pongamos orden en la noche."
TURNS = [
    ("turn", {"kind": "consultation", "text": RAW}),
    ("turn", {"kind": "orientation", "text": CALM}),
]


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    """A draft with a raw text in its row, in an earlier version and in its latest."""
    case = make_case("borrador", live=False, owner=editor, turns=TURNS)
    case.save_revision(user=editor)
    case.summary = "Otro resumen."
    case.save_revision(user=editor)
    return case


def latest_of(case: CasePage) -> CasePage:
    return CasePage.objects.get(pk=case.pk).get_latest_revision_as_object()


def tables_with(text: str) -> list[str]:
    """The tables of the database, log and back office's search included, that hold `text` in clear.

    Not SQLite's own pages below its full-text search: what is deleted there goes when they are merged.
    """
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            if "_fts_" in table:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [table] if text in str(cursor.fetchall()) else []
    return found


def form(client: Client, case: CasePage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[case.pk])).content.decode()


def move(client: Client, case: CasePage) -> Any:
    return client.post(f"/admin/anonimizador/{case.pk}/mover/", follow=True)


def test_form_says_that_letters_stand_in_clear(client: Client, draft: CasePage, editor: User) -> None:
    client.force_login(editor)

    page = form(client, draft)
    assert "nombran a alguien, y aquí no se cifran" in page
    assert f'href="/admin/anonimizador/{draft.pk}/#mover"' in page
    assert "Mover las cartas aquí" in client.get(f"/admin/anonimizador/{draft.pk}/").content.decode()


def test_form_says_nothing_of_calm_letters(client: Client, make_case: MakeCase, editor: User) -> None:
    case = make_case("tranquilo", live=False, owner=editor, takeaways="Camila es una canción.")
    case.save_revision(user=editor)
    client.force_login(editor)

    assert "no se cifran" not in form(client, case)
    assert "Mover las cartas aquí" not in client.get(f"/admin/anonimizador/{case.pk}/").content.decode()


def test_moved_letters_stand_nowhere_in_clear(client: Client, draft: CasePage, editor: User) -> None:
    assert "wagtailcore_revision" in tables_with("camila.soto")
    client.force_login(editor)

    page = move(client, draft).content.decode()

    assert "cifradas. El borrador y sus versiones ya no las tienen." in page
    assert tables_with("amila") == []
    assert original_letters() == [RAW, CALM]
    assert len(latest_of(draft).turns) == 0
    assert latest_of(draft).summary == "Otro resumen."
    assert "Faltan las cartas." in missing_for_publication(latest_of(draft))


def original_letters() -> list[str]:
    return [each["text"] for each in CaseOriginal.objects.get().letters]


def test_versions_go_even_where_nothing_was_found_in_them(draft: CasePage, editor: User) -> None:
    first = Revision.objects.for_instance(draft).order_by("pk")[0]
    content = first.content | {
        "turns": '[{"type": "turn", "value": {"kind": "reply", "text": "' + CALM + '"}}]'
    }
    Revision.objects.filter(pk=first.pk).update(content=content)

    move_to_workbench(by=editor, case=draft)

    assert Revision.objects.for_instance(draft).count() == 1


def test_letters_come_beside_those_that_wait_already(draft: CasePage, editor: User) -> None:
    letters = [{"kind": "consultation", "text": RAW}, {"kind": "reply", "text": "Gracias, Elena."}]
    save_original(by=editor, case=draft, letters=letters)

    move_to_workbench(by=editor, case=draft)

    assert original_letters() == [RAW, "Gracias, Elena.", CALM]


def test_original_that_is_in_the_draft_is_never_overwritten(
    client: Client, draft: CasePage, editor: User
) -> None:
    save_original(by=editor, case=draft, letters=[{"kind": "reply", "text": "La primera."}])
    apply_decisions_to_all(draft, editor)
    draft = latest_of(draft)
    draft.turns = TURNS
    draft.save_revision(user=editor)
    client.force_login(editor)
    assert "lleva el resultado al caso" in form(client, draft)
    assert "Mover al anonimizador" not in form(client, draft)

    page = move(client, draft).content.decode()

    assert "El caso ya tiene sus cartas en el anonimizador" in page
    assert original_letters() == ["La primera."]
    assert latest_of(draft).turns[0].value["text"] == RAW


def apply_decisions_to_all(case: CasePage, editor: User) -> None:
    groups = groups_of(check_case(latest_of(case)))
    choices = [Choice(group, Decision.REPLACE, replacement="alguien") for group in groups]
    decide(by=editor, case=case, choices=choices)
    apply_decisions(by=editor, case=case)


def test_taking_decisions_into_the_draft_clears_its_past(draft: CasePage, editor: User) -> None:
    apply_decisions_to_all(draft, editor)

    assert tables_with("amila") == []
    assert [turn.value["text"] for turn in latest_of(draft).turns][1] == CALM


def test_published_case_keeps_its_text_while_its_draft_is_moved(
    client: Client, case: CasePage, editor: User
) -> None:
    case.save_revision(user=editor).publish()
    published = [turn.value["text"] for turn in case.turns]
    case = latest_of(case)
    case.turns.append(TURNS[0])
    case.save_revision(user=editor)

    move_to_workbench(by=editor, case=case)

    assert published[0].split("\n")[0] in client.get(case.url).content.decode()
    assert [turn.value["text"] for turn in CasePage.objects.get(pk=case.pk).turns] == published
    assert tables_with("amila") == []


def test_review_of_a_raw_text_ends(draft: CasePage, editor: User, site_tree: SiteTree) -> None:
    ensure_review_workflow(site_tree.cases)
    latest = latest_of(draft)
    workflow = latest.get_workflow()
    assert workflow is not None
    workflow.start(latest, editor)

    move_to_workbench(by=editor, case=draft)

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    assert tables_with("amila") == []


@pytest.mark.parametrize("role", ["administrator", "moderator", "marketer", "client_user"])
def test_only_who_may_anonymise_moves_letters(
    role: str, client: Client, draft: CasePage, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.post(f"/admin/anonimizador/{draft.pk}/mover/").status_code in (302, 403)
    assert not CaseOriginal.objects.exists()
    with pytest.raises(NotAllowed):
        move_to_workbench(by=request.getfixturevalue(role), case=draft)
