"""Two people on one workbench: neither writes over the other's work unseen."""

from __future__ import annotations

import pytest
from django.test import Client

from casestudies.actions.anonymising import Choice, apply_decisions, decide, groups_of, state_of
from casestudies.actions.errors import NotAllowed
from casestudies.checking import check_case
from casestudies.enums import Decision
from casestudies.models import CaseOriginal, CasePage, FindingDecision
from home.models import User
from home.permissions import EDITORS
from tests.casestudies.conftest import MakeCase
from tests.fixtures.people import make_person

pytestmark = pytest.mark.django_db
LETTER = "Me llamo Camila y no duermo."


@pytest.fixture
def other_editor(db: None) -> User:
    return make_person("otra.editora@example.com", group=EDITORS)


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    case = make_case("borrador", live=False, owner=editor)
    case.save_revision(user=editor)
    return case


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(case: CasePage) -> str:
    return f"/admin/anonimizador/{case.pk}/"


def paste(person: User, case: CasePage, text: str, seen: str) -> tuple[int, str]:
    letter = {"kind-0": "consultation", "text-0": text, "seen": seen}
    answer = signed_in(person).post(f"{address(case)}original/", letter)
    return answer.status_code, answer.content.decode()


def test_letters_saved_meanwhile_are_not_overwritten(
    draft: CasePage, editor: User, other_editor: User
) -> None:
    assert paste(editor, draft, LETTER, seen="")[0] == 302

    status, page = paste(other_editor, draft, "Otra carta.", seen="")

    assert status == 409
    assert "Otra persona guardó otras cartas" in page
    assert "Otra carta." in page, "what was typed stays"
    assert CaseOriginal.objects.get().letters[0]["text"] == LETTER
    seen = state_of(CaseOriginal.objects.get())
    assert f'value="{seen}"' in page
    assert paste(other_editor, draft, "Otra carta.", seen=seen)[0] == 302


def test_same_letters_again_change_nothing(draft: CasePage, editor: User) -> None:
    paste(editor, draft, LETTER, seen="")
    decide_all(draft, editor)
    apply_decisions(by=editor, case=draft)
    before = CaseOriginal.objects.get()

    assert paste(editor, draft, LETTER, seen=state_of(before))[0] == 302

    after = CaseOriginal.objects.get()
    assert (after.applied_at, after.saved_at) == (before.applied_at, before.saved_at)


def decide_all(case: CasePage, by: User, replacement: str = "Ana") -> None:
    rows = signed_in(by).get(address(case)).context["form"].rows
    choices = [Choice(row.group, Decision.REPLACE, replacement) for row in rows]
    decide(by=by, case=case, choices=choices)


def test_draft_saved_meanwhile_is_noticed(draft: CasePage, editor: User, other_editor: User) -> None:
    paste(editor, draft, LETTER, seen="")
    decide_all(draft, editor)
    seen = signed_in(editor).get(address(draft)).context["seen"]
    changed = CasePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    changed.takeaways = "Algo que nadie ha leído aquí."
    changed.save_revision(user=other_editor)

    page = signed_in(editor).post(address(draft), {"seen": seen, "apply": "1"}, follow=True).content.decode()

    assert "El borrador cambió mientras lo leías" in page
    assert CaseOriginal.objects.get().applied_at is None
    with pytest.raises(NotAllowed):
        apply_decisions(by=editor, case=draft, seen=seen)
    seen = signed_in(editor).get(address(draft)).context["seen"]
    apply_decisions(by=editor, case=draft, seen=seen)
    assert CasePage.objects.get(pk=draft.pk).get_latest_revision_as_object().takeaways == changed.takeaways


def test_draft_saved_over_meanwhile_is_noticed(draft: CasePage, editor: User) -> None:
    seen = signed_in(editor).get(address(draft)).context["seen"]
    typed = CasePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    typed.takeaways = "Algo que nadie ha leído aquí."
    typed.save_revision(user=editor, overwrite_revision=typed.latest_revision)

    with pytest.raises(NotAllowed, match="El borrador cambió"):
        apply_decisions(by=editor, case=draft, seen=seen)


def test_decision_taken_meanwhile_is_said_and_kept(draft: CasePage, editor: User, other_editor: User) -> None:
    paste(editor, draft, LETTER, seen="")
    [row] = signed_in(editor).get(address(draft)).context["form"].rows
    key = row.group.key
    mine = {f"choice-{key}": "replace", f"replacement-{key}": "mi vecina", f"was-{key}": row.mark}
    decide_all(draft, other_editor, "mi hermana")

    answer = signed_in(editor).post(address(draft), mine)

    assert answer.status_code == 422
    assert "Otra persona decidió mientras tanto: reemplazar por «mi hermana»" in answer.content.decode()
    assert FindingDecision.objects.get().replacement == "mi hermana"
    [row] = answer.context["form"].rows
    assert signed_in(editor).post(address(draft), mine | {f"was-{key}": row.mark}).status_code == 302
    assert FindingDecision.objects.get().replacement == "mi vecina"


def test_decision_over_another_of_the_same_finding_is_one(draft: CasePage, editor: User) -> None:
    draft.takeaways = "Camila es el nombre de la canción."
    draft.save_revision(user=editor)
    groups = groups_of(check_case(draft))

    for choice, text in ((Decision.REPLACE, "Ana"), (Decision.REPLACE, "Eva"), (Decision.KEEP, "")):
        decide(by=editor, case=draft, choices=[Choice(each, choice, text, "Es así.") for each in groups])
        assert FindingDecision.objects.count() == len(groups) == 1

    assert FindingDecision.objects.get().choice == Decision.KEEP
