"""Drafts for another front end: only with an editor's token, for an hour, kept by nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import signing
from django.test import Client
from wagtail.models import PageLogEntry

from casestudies.models import CasePage
from consultations.actions.case_drafts import approve_case, digest_of
from consultations.actions.consultations import change_publication_wish
from consultations.enums import PublicationWish
from consultations.models import CaseSource, Consultation
from home.models import User
from need_site.api.preview_office import PREVIEWED
from need_site.api.previews import token_for
from tests.fixtures.pages import SiteTree
from tests.need_site.api.conftest import MakeCase, Reader

pytestmark = pytest.mark.django_db
OFFICE = "/admin/pages/{}/otro-sitio/"


@pytest.fixture
def draft(make_case: MakeCase) -> CasePage:
    """Never published, and changed once since it was made."""
    page = make_case("borrador", live=False)
    page.summary = "Todavía se escribe."
    page.save_revision()
    return page


def assert_kept_by_nobody(answer: Any) -> None:
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in answer.headers


def test_token_shows_the_draft_whole_and_nobody_keeps_it(api: Reader, draft: CasePage) -> None:
    answer = api.answer(f"pages/{draft.pk}/?preview_token={token_for(draft.latest_revision)}")

    assert answer.status_code == 200
    assert answer.json()["summary"] == "Todavía se escribe."
    assert answer.json()["topics"][0]["slug"] == "ansiedad-e-insomnio"
    assert_kept_by_nobody(answer)
    assert api.answer(f"pages/{draft.pk}/").status_code == 404


def test_token_goes_on_showing_the_draft_it_was_made_for(api: Reader, draft: CasePage) -> None:
    token = token_for(draft.latest_revision)
    draft.summary = "Más nuevo."
    draft.save_revision()

    assert api(f"pages/{draft.pk}/?preview_token={token}")["summary"] == "Todavía se escribe."


def test_token_shows_no_text_that_was_typed_over_its_draft(api: Reader, draft: CasePage) -> None:
    token = token_for(draft.latest_revision)
    draft.summary = "Lo que nadie miró."
    draft.save_revision(overwrite_revision=draft.latest_revision)

    answer = api.answer(f"pages/{draft.pk}/?preview_token={token}")

    assert (answer.status_code, list(answer.json())) == (410, ["message"])
    assert "changed" in answer.json()["message"]
    assert_kept_by_nobody(answer)


def test_token_shows_nothing_that_waits_for_a_decision(api: Reader, draft: CasePage) -> None:
    draft.summary = "Escríbele a camila.soto@example.com."
    draft.save_revision()

    answer = api.answer(f"pages/{draft.pk}/?preview_token={token_for(draft.latest_revision)}")

    assert answer.status_code == 410
    assert "camila" not in answer.content.decode()


def test_token_ends_when_its_person_takes_their_yes_back(
    api: Reader, draft: CasePage, closed_consultation: Consultation
) -> None:
    token = token_for(draft.latest_revision)
    CaseSource.objects.create(consultation=closed_consultation, page=draft)

    assert api.answer(f"pages/{draft.pk}/?preview_token={token}").status_code == 410


def test_draft_that_does_not_say_what_a_letter_is_is_shown_without_it(api: Reader, draft: CasePage) -> None:
    draft.turns = [("turn", {"kind": "", "text": "No duermo."})]
    draft.save_revision()

    answer = api.answer(f"pages/{draft.pk}/?preview_token={token_for(draft.latest_revision)}")

    assert answer.status_code == 200
    assert answer.json()["turns"][0]["value"]["kind"] == ""


def test_token_of_another_page_or_purpose_is_refused(api: Reader, draft: CasePage, case: CasePage) -> None:
    token = token_for(draft.latest_revision)
    foreign = signing.dumps({"page": draft.pk, "revision": draft.latest_revision.pk}, salt="otra cosa")

    for page, held in (
        (case, token),
        (draft, token[:-1]),
        (draft, "x" + token),
        (draft, foreign),
        (draft, ""),
    ):
        answer = api.answer(f"pages/{page.pk}/?preview_token={held}")
        assert (answer.status_code, list(answer.json())) == (403, ["message"])
        assert_kept_by_nobody(answer)


def test_token_expires_after_an_hour(api: Reader, draft: CasePage, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_for(draft.latest_revision)
    made = signing.time.time()

    monkeypatch.setattr(signing.time, "time", lambda: made + 3590)
    assert api.answer(f"pages/{draft.pk}/?preview_token={token}").status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: made + 3610)
    answer = api.answer(f"pages/{draft.pk}/?preview_token={token}")

    assert (answer.status_code, list(answer.json())) == (410, ["message"])
    assert_kept_by_nobody(answer)


def test_token_of_a_deleted_page_is_over(api: Reader, draft: CasePage) -> None:
    token, number = token_for(draft.latest_revision), draft.pk
    draft.delete()

    assert api.answer(f"pages/{number}/?preview_token={token}").status_code == 410


def test_token_opens_nothing_but_its_page_alone(api: Reader, draft: CasePage) -> None:
    token = token_for(draft.latest_revision)

    for address in (f"pages/?preview_token={token}", f"pages/find/?html_path=/casos/&preview_token={token}"):
        assert api.answer(address).status_code == 400


def test_editor_makes_a_token_and_it_is_recorded(api: Reader, draft: CasePage, office: Client) -> None:
    asked = office.get(OFFICE.format(draft.pk))
    made = office.post(OFFICE.format(draft.pk))

    assert "Crear la dirección" in asked.content.decode()
    assert "token" not in asked.context
    assert "no-store" in made.headers["Cache-Control"]
    answer = api.client.get(made.context["address"])
    assert (answer.status_code, answer.json()["id"]) == (200, draft.pk)
    assert PageLogEntry.objects.filter(action=PREVIEWED, page=draft.pk).count() == 1


def test_draft_its_person_has_not_approved_goes_to_no_other_site(
    draft: CasePage, closed_consultation: Consultation, office: Client
) -> None:
    person = closed_consultation.client
    change_publication_wish(by=person, consultation=closed_consultation, wish=PublicationWish.YES)
    source = CaseSource.objects.create(consultation=closed_consultation, page=draft)

    for answer in (office.get(OFFICE.format(draft.pk)), office.post(OFFICE.format(draft.pk))):
        assert "la persona aún no aprueba este texto" in answer.content.decode()
        assert "token" not in answer.context
    assert not PageLogEntry.objects.filter(action=PREVIEWED).exists()

    approve_case(by=person, consultation=closed_consultation, seen=digest_of(source))
    assert "token" in office.post(OFFICE.format(draft.pk)).context


def test_editor_finds_the_button_beside_the_page(draft: CasePage, office: Client) -> None:
    assert OFFICE.format(draft.pk) in office.get(f"/admin/pages/{draft.pk}/edit/").content.decode()


@pytest.mark.parametrize("role", ["client_user", "psychologist", "moderator", "marketer"])
def test_nobody_else_makes_one(
    draft: CasePage, site_tree: SiteTree, role: str, request: pytest.FixtureRequest
) -> None:
    person: User = request.getfixturevalue(role)
    client = Client()
    client.force_login(person)

    for answer in (client.get(OFFICE.format(draft.pk)), client.post(OFFICE.format(draft.pk))):
        assert answer.status_code in (302, 403)
        assert b"preview_token" not in answer.content
    assert not PageLogEntry.objects.filter(action=PREVIEWED).exists()
