"""The workbench: original letters in, decisions taken by a person, anonymised letters in the draft."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from casestudies.actions.anonymising import apply_decisions
from casestudies.actions.errors import NotAllowed
from casestudies.actions.publishing import missing_for_publication
from casestudies.checking import check, decisions_of, find_in, open_findings, value_key
from casestudies.models import CaseOriginal, CasePage, FindingDecision
from casestudies.passages import Passage, passages_of
from home.models import User
from tests.casestudies.conftest import MakeCase
from tests.fixtures.pages import reviewed

pytestmark = pytest.mark.django_db
LETTER = "Me llamo Camila y no duermo. Mi correo es camila.soto@example.com."
REPLY = "Camila otra vez: dormí mejor."


@pytest.fixture
def draft(make_case: MakeCase, editor: User) -> CasePage:
    case = make_case("borrador", live=False, owner=editor)
    case.save_revision(user=editor)
    return case


def latest_of(case: CasePage) -> CasePage:
    return CasePage.objects.get(pk=case.pk).get_latest_revision_as_object()


def address(case: CasePage) -> str:
    return f"/admin/anonimizador/{case.pk}/"


def paste(client: Client, case: CasePage) -> None:
    letters = {"kind-0": "consultation", "text-0": LETTER, "kind-1": "reply", "text-1": REPLY}
    client.post(f"{address(case)}original/", letters)


def keys_of(*texts: str) -> dict[str, str]:
    """The value key of every finding in `texts`, by what was found."""
    return {finding.text: value_key(finding) for text in texts for finding in find_in(text)}


def decide_all(client: Client, case: CasePage, **more: str) -> str:
    data = {}
    for text, key in keys_of(LETTER, REPLY).items():
        data |= {f"choice-{key}": "replace", f"replacement-{key}": "un correo" if "@" in text else "Ana"}
    return client.post(address(case), data | more, follow=True).content.decode()


@pytest.mark.parametrize("role", ["administrator", "moderator", "marketer", "psychologist", "client_user"])
def test_workbench_stays_closed_to_everybody_but_editors(
    role: str, draft: CasePage, editor: User, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(editor)
    paste(client, draft)
    client.force_login(request.getfixturevalue(role))

    answer = client.get(address(draft))

    assert answer.status_code in (302, 403)
    assert "Camila" not in answer.content.decode()


def test_original_letters_are_encrypted_and_apart(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    paste(client, draft)

    with connection.cursor() as cursor:
        cursor.execute("SELECT letters FROM casestudies_caseoriginal")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT content FROM wagtailcore_revision")
        versions = str(cursor.fetchall())
    assert "Camila" not in stored
    assert "Camila" not in versions
    assert CaseOriginal.objects.get().letters[0]["text"] == LETTER


def test_same_name_gets_the_same_replacement_throughout(
    draft: CasePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    paste(client, draft)

    page = decide_all(client, draft, apply="1")

    assert "texto anonimizado" in page
    texts = [turn.value["text"] for turn in latest_of(draft).turns]
    assert texts == ["Me llamo Ana y no duermo. Mi correo es un correo.", "Ana otra vez: dormí mejor."]
    assert FindingDecision.objects.filter(page=draft, decided_by_id=editor.pk).exists()


CALLS = "Mi hija María José Urrutia vive lejos. La Cote no llama. Hablé con María José y con Pedro Rojas."


def paste_one(client: Client, case: CasePage, letter: str) -> None:
    client.post(f"{address(case)}original/", {"kind-0": "consultation", "text-0": letter})


def test_one_person_by_several_names_is_one_question(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    paste_one(client, draft, CALLS)
    key = keys_of(CALLS)

    page = client.get(address(draft)).content.decode()

    assert page.count('class="anonymiser__finding"') == 2
    legend = page.partition("<legend><mark")[2].partition("</legend>")[0]
    assert [name in legend for name in ("María José Urrutia", "Cote", "Pedro")] == [True, True, False]
    assert f'name="replacement-{key["María José Urrutia"]}" value="mi hija"' in page


def test_one_person_is_replaced_alike_by_all_their_names(
    draft: CasePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    paste_one(client, draft, CALLS)
    key = keys_of(CALLS)
    her, him = key["María José Urrutia"], key["Pedro Rojas"]
    chosen = {f"choice-{her}": "replace", f"replacement-{her}": "mi hija"}
    chosen |= {f"choice-{him}": "replace", f"replacement-{him}": "un amigo"}

    client.post(address(draft), {**chosen, "apply": "1"})

    [letter] = [turn.value["text"] for turn in latest_of(draft).turns]
    assert letter == "Mi hija vive lejos. Mi hija no llama. Hablé con mi hija y con un amigo."


def test_name_that_comes_later_is_offered_what_its_person_has(
    draft: CasePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    paste_one(client, draft, "Mi hija María José Urrutia vive lejos.")
    key = keys_of(CALLS)["María José Urrutia"]
    client.post(address(draft), {f"choice-{key}": "replace", f"replacement-{key}": "mi niña"})
    paste_one(client, draft, CALLS)

    page = client.get(address(draft)).content.decode()

    assert f'name="replacement-{key}" value="mi niña"' in page
    assert "Quedan 2 por decidir." in page


def test_two_of_one_name_are_two_questions(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    paste_one(client, draft, "Me llamo Fernanda Quilodrán. Mi hermana Fernanda se preocupa.")

    page = client.get(address(draft)).content.decode()

    assert page.count('class="anonymiser__finding"') == 2


def test_replacement_swallows_no_end_of_a_word(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    letter = "Vino esta semana Camila."
    paste_one(client, draft, letter)
    key = keys_of(letter)["Camila"]

    client.post(address(draft), {f"choice-{key}": "replace", f"replacement-{key}": "Ana", "apply": "1"})

    assert latest_of(draft).turns[0].value["text"] == "Vino esta semana Ana."


def test_decisions_table_tells_nothing_of_the_text(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    paste(client, draft)
    decide_all(client, draft)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casestudies_findingdecision")
        stored = str(cursor.fetchall())
    assert "camila" not in stored.lower()


def test_nothing_is_applied_while_a_finding_waits(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    paste(client, draft)

    with pytest.raises(NotAllowed):
        apply_decisions(by=editor, case=draft)


def test_keeping_wants_a_reason_and_loses_nothing_typed(
    draft: CasePage, editor: User, client: Client
) -> None:
    client.force_login(editor)
    paste(client, draft)
    key = keys_of(LETTER)["Camila"]

    answer = client.post(address(draft), {f"choice-{key}": "keep", f"replacement-{key}": "Ana María"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Escribe por qué puede quedarse." in page
    assert "Ana María" in page


def test_kept_finding_no_longer_holds_up_the_case(draft: CasePage, editor: User, client: Client) -> None:
    draft.takeaways = "Camila es el nombre de la canción."
    draft.save_revision(user=editor)
    client.force_login(editor)
    latest = reviewed(draft.get_latest_revision_as_object())
    assert missing_for_publication(latest) == ["El anonimizador tiene un hallazgo sin resolver."]
    key = keys_of(latest.takeaways)["Camila"]

    client.post(address(draft), {f"choice-{key}": "keep", f"reason-{key}": "Es una canción."})

    assert missing_for_publication(latest) == []


def test_kept_finding_in_other_words_asks_again(draft: CasePage, editor: User, client: Client) -> None:
    draft.takeaways = "Camila es el nombre de la canción."
    draft.save_revision(user=editor)
    client.force_login(editor)
    key = keys_of(draft.takeaways)["Camila"]
    client.post(address(draft), {f"choice-{key}": "keep", f"reason-{key}": "Es una canción."})

    draft.takeaways = "Mi vecina Camila me escuchó."

    assert missing_for_publication(reviewed(draft)) == ["El anonimizador tiene un hallazgo sin resolver."]


def test_empty_original_says_so_beside_the_field(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)

    answer = client.post(f"{address(draft)}original/", {"kind-0": "consultation", "text-0": "  "})

    assert answer.status_code == 422
    assert "Pega al menos una carta." in answer.content.decode()


def test_original_without_its_kind_keeps_the_text(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)

    answer = client.post(f"{address(draft)}original/", {"kind-0": "poem", "text-0": "Texto largo y propio."})

    assert answer.status_code == 422
    assert "Texto largo y propio." in answer.content.decode()


def test_text_that_did_not_change_is_not_checked_again(
    draft: CasePage, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(passages_of(draft), decisions_of(draft))
    asked: list[str] = []
    real = find_in.__globals__["find"]
    monkeypatch.setitem(find_in.__globals__, "find", lambda text: (asked.append(text), real(text))[1])
    draft.takeaways = "Algo nuevo."

    check(passages_of(draft), decisions_of(draft))

    assert asked == ["Algo nuevo."]


def test_highlighted_text_is_escaped(draft: CasePage, editor: User, client: Client) -> None:
    client.force_login(editor)
    client.post(
        f"{address(draft)}original/", {"kind-0": "reply", "text-0": "<script>alert(1)</script> a@example.com"}
    )

    page = client.get(address(draft)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_passages_keep_their_keys_while_others_change(draft: CasePage) -> None:
    before = {each.key for each in passages_of(draft)}
    draft.summary = "Otro resumen."

    assert {each.key for each in passages_of(draft)} == before
    assert Passage("summary", "Resumen", "Otro resumen.") in passages_of(draft)


DATED = "Desde el 14 de marzo no duermo. Me atendieron en el Hospital Barros Luco. Nací el 2 de mayo."


@pytest.mark.parametrize(("put", "open_ones"), [("25 de febrero", 0), ("2 de mayo", 1)])
def test_date_put_in_the_place_of_another_is_asked_about_no_more(
    put: str, open_ones: int, draft: CasePage, editor: User, client: Client
) -> None:
    """Unless it is one that was in the letters."""
    client.force_login(editor)
    paste_one(client, draft, DATED)
    answers = {"14 de marzo": put, "Hospital Barros Luco": "un hospital", "2 de mayo": "9 de junio"}
    data = {"apply": "1"}
    for text, key in keys_of(DATED).items():
        data |= {f"choice-{key}": "replace", f"replacement-{key}": answers[text]}

    client.post(address(draft), data)

    latest = latest_of(draft)
    text = f"Desde el {put} no duermo. Me atendieron en un hospital. Nací el 9 de junio."
    assert latest.turns[0].value["text"] == text
    assert len(open_findings(latest)) == open_ones
