"""Who reads the letters of a case prepared from a consultation, on the way to its draft, and until when."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.actions.anonymising import (
    Choice,
    apply_decisions,
    decide,
    groups_of,
    move_to_workbench,
    original_passages,
    save_original,
)
from casestudies.actions.errors import NotAllowed
from casestudies.actions.letters import may_anonymise, may_read_letters
from casestudies.checking import check, decisions_of
from casestudies.enums import Decision
from casestudies.models import CaseOriginal, CasePage
from consultations.actions.case_drafts import prepare_case
from consultations.actions.consultations import change_publication_wish
from consultations.enums import PublicationWish
from consultations.jobs import delete_old_letters
from consultations.models import CaseSource, Consultation, Turn
from home.models import User
from tests.fixtures.consultations import CASE, ORIENTATION
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
NOT_THEIRS = ["editor", "colleague", "administrator", "moderator", "marketer", "client_user", "other_client"]


@pytest.fixture
def agreed(closed_consultation: Consultation, site_tree: SiteTree) -> Consultation:
    change_publication_wish(
        by=closed_consultation.client, consultation=closed_consultation, wish=PublicationWish.YES
    )
    closed_consultation.refresh_from_db()
    return closed_consultation


@pytest.fixture
def case(agreed: Consultation, psychologist: User) -> CasePage:
    """Prepared a moment ago: its letters wait on the workbench."""
    return CasePage.objects.get(pk=prepare_case(by=psychologist, consultation=agreed).pk)


@pytest.fixture
def applied(case: CasePage, psychologist: User) -> CasePage:
    """The same, once its psychologist has taken the letters into the draft."""
    apply_all(case, psychologist)
    return CasePage.objects.get(pk=case.pk)


def apply_all(case: CasePage, by: User) -> None:
    passages = original_passages(CaseOriginal.objects.get(page=case))
    groups = groups_of(check(passages, decisions_of(case)))
    decide(by=by, case=case, choices=[Choice(each, Decision.REPLACE, "algo") for each in groups])
    apply_decisions(by=by, case=case)


def address(case: CasePage) -> str:
    return f"/admin/anonimizador/{case.pk}/"


@pytest.mark.parametrize("who", NOT_THEIRS)
def test_nobody_but_its_psychologist_reads_the_letters(
    who: str, case: CasePage, client: Client, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    client.force_login(person)

    answer = client.get(address(case))

    assert answer.status_code in (302, 403)
    assert CASE["happening"] not in answer.content.decode()
    assert not may_read_letters(person, case)
    assert not may_anonymise(person, case)


@pytest.mark.parametrize("who", NOT_THEIRS)
def test_nobody_but_its_psychologist_changes_anything_on_the_workbench(
    who: str, case: CasePage, client: Client, request: pytest.FixtureRequest
) -> None:
    person, before = request.getfixturevalue(who), CaseOriginal.objects.get().letters
    client.force_login(person)
    letter = {"kind-0": "consultation", "text-0": "Otra."}

    for path, data in (("", {"apply": "1"}), ("original/", letter), ("mover/", {})):
        assert client.post(address(case) + path, data).status_code in (302, 403)
    for act in (apply_decisions, move_to_workbench):
        with pytest.raises(NotAllowed):
            act(by=person, case=case)
    with pytest.raises(NotAllowed):
        save_original(by=person, case=case, letters=[])

    original = CaseOriginal.objects.get()
    assert (original.letters, original.applied_at) == (before, None)
    assert len(case.get_latest_revision_as_object().turns) == 0


def test_editor_is_told_who_reads_the_letters_and_why(case: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)

    answer = client.get(address(case))

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Sus cartas solo las lee la psicóloga o el psicólogo que la respondió" in page
    assert f'href="/admin/pages/{case.pk}/edit/"' in page
    draft = client.get(f"/admin/pages/{case.pk}/edit/").content.decode()
    assert "cuando termine, aparecen en este borrador" in draft
    assert "Abrir el anonimizador" not in draft


def test_psychologist_finds_the_way_from_the_consultation_to_the_draft(
    agreed: Consultation, case: CasePage, psychologist: User, client: Client
) -> None:
    client.force_login(psychologist)
    desk = f"/profesional/{agreed.pk}/"
    page = client.get(desk).content.decode()
    assert f'href="{address(case)}"' in page
    assert "Sus cartas esperan en el anonimizador" in page
    bench = client.get(address(case))
    assert CASE["happening"] in bench.content.decode()
    assert "Solo las lees tú" in bench.content.decode()

    seen = bench.context["seen"]
    choices = {f"choice-{row.group.key}": "replace" for row in bench.context["form"].rows}
    texts = {f"replacement-{row.group.key}": "algo" for row in bench.context["form"].rows}
    answer = client.post(address(case), {**choices, **texts, "seen": seen, "apply": "1"}, follow=True)

    assert answer.status_code == 200, "the draft is the editors': its psychologist stays here"
    assert "texto anonimizado" in answer.content.decode()
    assert len(CasePage.objects.get(pk=case.pk).get_latest_revision_as_object().turns) == 2
    assert "están en el borrador" in client.get(desk).content.decode()


def test_editor_decides_about_the_draft_and_never_sees_the_letters(
    applied: CasePage, editor: User, client: Client
) -> None:
    draft = applied.get_latest_revision_as_object()
    draft.takeaways = "Camila es el nombre de la canción."
    draft.save_revision(user=editor, clean=False)
    original = CaseOriginal.objects.get()
    original.letters = [{"kind": "consultation", "text": "Palabras que solo están en el original."}]
    original.save()
    client.force_login(editor)

    page = client.get(address(applied)).content.decode()

    assert "Camila" in page
    assert "solo están en el original" not in page
    assert "Mover las cartas aquí" not in page
    for path in ("original/", "mover/"):
        letter = {"kind-0": "consultation", "text-0": "Otra."}
        assert client.post(address(applied) + path, letter).status_code == 403
    apply_decisions_of(client, applied)
    assert CasePage.objects.get(pk=applied.pk).get_latest_revision_as_object().takeaways.startswith("Ana es")


def apply_decisions_of(client: Client, case: CasePage) -> None:
    rows = client.get(address(case)).context["form"].rows
    data = {f"choice-{row.group.key}": "replace" for row in rows}
    data |= {f"replacement-{row.group.key}": "Ana" for row in rows}
    client.post(address(case), data | {"apply": "1"})


@pytest.mark.parametrize("who", ["colleague", "administrator", "client_user"])
def test_workbench_of_an_anonymised_draft_is_the_editors_and_nobody_elses(
    who: str, applied: CasePage, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(applied)).status_code in (302, 403)


def test_psychologist_who_left_reads_no_letters(case: CasePage, psychologist: User) -> None:
    psychologist.groups.clear()

    assert not may_read_letters(psychologist, case)


def closed_long_ago() -> None:
    Consultation.objects.update(closed_at=timezone.now() - datetime.timedelta(days=365 * 50))


def test_letters_of_the_case_go_with_those_of_the_consultation(case: CasePage) -> None:
    assert delete_old_letters() == 0
    assert CaseOriginal.objects.exists()
    closed_long_ago()

    assert delete_old_letters() == 1

    assert not Turn.objects.exists()
    assert not CaseOriginal.objects.exists()
    assert CasePage.objects.filter(pk=case.pk).exists()
    assert delete_old_letters() == 0


def test_letters_of_a_case_go_though_those_of_the_consultation_went_before(case: CasePage) -> None:
    closed_long_ago()
    Turn.objects.all().delete()

    assert delete_old_letters() == 1
    assert not CaseOriginal.objects.exists()


def test_letters_go_with_the_word_that_says_whose_they_are(case: CasePage, editor: User) -> None:
    CaseSource.objects.get().delete()

    assert not CaseOriginal.objects.exists()


def test_desk_of_a_consultation_without_a_case_leads_to_no_workbench(
    agreed: Consultation, psychologist: User, client: Client
) -> None:
    client.force_login(psychologist)

    page = client.get(f"/profesional/{agreed.pk}/").content.decode()

    assert "anonimizador/" not in page
    assert ORIENTATION in page


def test_workbench_leads_its_psychologist_back_to_the_consultation_and_nobody_else(
    applied: CasePage, agreed: Consultation, psychologist: User, editor: User, client: Client
) -> None:
    consultation = f'<a href="/profesional/{agreed.pk}/">Volver a la consulta</a>'
    client.force_login(psychologist)
    assert consultation in client.get(address(applied)).content.decode()

    client.force_login(editor)
    page = client.get(address(applied)).content.decode()
    assert "Volver al caso" in page
    assert str(agreed.pk) not in page


def test_preparing_a_case_leads_to_the_workbench(
    agreed: Consultation, psychologist: User, client: Client
) -> None:
    client.force_login(psychologist)

    answer = client.post(f"/profesional/{agreed.pk}/caso/", follow=True)

    assert answer.redirect_chain == [(address(CasePage.objects.get()), 302)]
    assert "Solo tú las lees: quita lo que identifica." in answer.content.decode()


def test_client_is_told_that_their_case_is_being_prepared(
    case: CasePage, agreed: Consultation, client: Client
) -> None:
    client.force_login(agreed.client)

    page = client.get(f"/consultas/{agreed.pk}/").content.decode()

    assert "Se prepara un caso con tu consulta" in page
    assert "El texto de tu caso está listo" not in page
