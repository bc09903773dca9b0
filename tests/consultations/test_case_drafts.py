"""From a consultation to a case: the psychologist begins, the client approves, and may take it back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.actions.publishing import PublicationRefused, missing_for_publication
from casestudies.models import CaseOriginal, CasePage
from consultations.actions.case_drafts import (
    approve_case,
    case_of,
    digest_of,
    prepare_case,
    withdraw_consent_to_case,
)
from consultations.actions.consultations import change_publication_wish
from consultations.actions.errors import NotAllowed
from consultations.enums import PublicationWish
from consultations.models import CaseSource, Consultation
from home.actions.consents import withdraw_consent
from home.enums import ConsentPurpose
from home.models import User
from tests.fixtures.pages import SiteTree

pytestmark = pytest.mark.django_db
ANONYMOUS = [("turn", {"kind": "consultation", "text": "No duermo y repaso el día."})]


@pytest.fixture
def agreed(closed_consultation: Consultation, site_tree: SiteTree) -> Consultation:
    """A closed consultation whose client said yes to publishing."""
    change_publication_wish(
        by=closed_consultation.client, consultation=closed_consultation, wish=PublicationWish.YES
    )
    closed_consultation.refresh_from_db()
    return closed_consultation


@pytest.fixture
def page(agreed: Consultation, psychologist: User, editor: User, site_tree: SiteTree) -> CasePage:
    """The case of it, anonymised and reviewed, that waits only for the client."""
    page = prepare_case(by=psychologist, consultation=agreed)
    page.turns, page.age_band, page.summary, page.title = ANONYMOUS, "25-34", "No duermo.", "No puedo dormir"
    page.author = page.reviewer = site_tree.professional
    page.reviewed_on = timezone.localdate()
    page.save()
    page.save_revision(user=editor)
    return CasePage.objects.get(pk=page.pk)


def approve(consultation: Consultation) -> None:
    source = case_of(consultation)
    assert source is not None
    approve_case(by=consultation.client, consultation=consultation, seen=digest_of(source))


def test_letters_go_encrypted_into_the_anonymiser_and_nowhere_else(
    agreed: Consultation, psychologist: User
) -> None:
    page = prepare_case(by=psychologist, consultation=agreed)

    letters = CaseOriginal.objects.get(page=page).letters
    first = agreed.turns.order_by("number")[0]
    assert first.content["happening"] in letters[0]["text"]
    assert not page.live
    assert len(page.get_latest_revision_as_object().turns) == 0


@pytest.mark.parametrize("who", ["colleague", "editor", "administrator", "client_user"])
def test_nobody_but_its_psychologist_prepares_a_case(
    who: str, agreed: Consultation, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        prepare_case(by=request.getfixturevalue(who), consultation=agreed)


def test_no_case_is_prepared_without_a_yes(
    closed_consultation: Consultation, psychologist: User, site_tree: SiteTree
) -> None:
    with pytest.raises(NotAllowed):
        prepare_case(by=psychologist, consultation=closed_consultation)


def test_case_is_prepared_once(agreed: Consultation, psychologist: User) -> None:
    prepare_case(by=psychologist, consultation=agreed)

    with pytest.raises(NotAllowed):
        prepare_case(by=psychologist, consultation=agreed)


def test_gate_waits_for_the_client(agreed: Consultation, page: CasePage) -> None:
    assert missing_for_publication(page) == ["Falta que la persona apruebe este texto."]
    approve(agreed)
    assert missing_for_publication(page) == []


def test_changed_text_asks_for_another_approval(agreed: Consultation, page: CasePage) -> None:
    approve(agreed)
    page.takeaways = "Algo que la persona no leyó."

    with pytest.raises(PublicationRefused):
        page.save_revision().publish()


def test_client_approves_what_they_read_not_what_came_later(agreed: Consultation, page: CasePage) -> None:
    source = case_of(agreed)
    assert source is not None
    seen = digest_of(source)
    page.takeaways = "Un cambio de último minuto."
    page.save_revision()

    with pytest.raises(NotAllowed):
        approve_case(by=agreed.client, consultation=agreed, seen=seen)


def test_client_reads_and_approves_on_their_page(
    agreed: Consultation, page: CasePage, client: Client
) -> None:
    client.force_login(agreed.client)
    address = f"/consultas/{agreed.pk}/caso/"
    shown = client.get(address).content.decode()
    assert "No duermo y repaso el día." in shown
    source = case_of(agreed)
    assert source is not None

    answer = client.post(address, {"seen": digest_of(source)}, follow=True)

    assert "Aprobaste este texto" in answer.content.decode()


@pytest.mark.parametrize("who", ["other_client", "psychologist", "colleague", "editor", "administrator"])
def test_strangers_get_404_on_the_clients_page(
    who: str, agreed: Consultation, page: CasePage, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"/consultas/{agreed.pk}/caso/").status_code == 404


def test_case_is_shown_to_the_client_only_when_nothing_waits(
    agreed: Consultation, page: CasePage, client: Client
) -> None:
    page.takeaways = "Escríbele a camila.soto@example.com."
    page.save_revision()
    client.force_login(agreed.client)

    shown = client.get(f"/consultas/{agreed.pk}/caso/").content.decode()

    assert "Lo estamos preparando" in shown
    assert "camila" not in shown


@pytest.mark.parametrize("wish", [PublicationWish.NO, PublicationWish.NOT_ASKED])
def test_client_is_told_that_the_case_was_taken_back(
    wish: PublicationWish, agreed: Consultation, page: CasePage, client: Client
) -> None:
    client.force_login(agreed.client)

    answer = client.post(f"/consultas/{agreed.pk}/publicacion/", {"publication": wish}, follow=True)

    assert "Retiramos tu caso" in answer.content.decode()
    assert not CasePage.objects.filter(pk=page.pk).exists()


def test_client_is_told_first_that_a_case_waits_for_them(
    agreed: Consultation, page: CasePage, client: Client
) -> None:
    client.force_login(agreed.client)
    address = f"/consultas/{agreed.pk}/"
    assert "Se prepara un caso con tu consulta" in client.get(address).content.decode()

    approve(agreed)

    assert "Se prepara un caso con tu consulta" not in client.get(address).content.decode()


def test_client_of_a_published_case_is_led_to_it(
    agreed: Consultation, page: CasePage, client: Client
) -> None:
    approve(agreed)
    page.get_latest_revision().publish()
    client.force_login(agreed.client)

    shown = client.get(f"/consultas/{agreed.pk}/caso/").content.decode()

    assert "está publicado" in shown
    assert f'href="{CasePage.objects.get(pk=page.pk).url}"' in shown


@pytest.mark.parametrize("way", ["consultation", "account"])
def test_withdrawn_consent_takes_the_case_off_at_once(
    way: str, agreed: Consultation, page: CasePage, client: Client
) -> None:
    approve(agreed)
    page.get_latest_revision().publish()
    address = f"/casos/{page.slug}/"
    assert client.get(address).status_code == 200

    if way == "consultation":
        change_publication_wish(by=agreed.client, consultation=agreed, wish=PublicationWish.NO)
    else:
        withdraw_consent(by=agreed.client, purpose=ConsentPurpose.PUBLICATION, subject=str(agreed.pk))

    assert client.get(address).status_code == 410
    assert not CasePage.objects.exists()
    withdraw_consent_to_case(consultation_id=str(agreed.pk))
    assert not CaseSource.objects.exists()


def test_published_case_holds_no_way_back_to_the_client(agreed: Consultation, page: CasePage) -> None:
    fields = {field.related_model for field in CasePage._meta.get_fields() if field.is_relation}

    assert Consultation not in fields
    assert str(agreed.pk) not in str(page.serializable_data())
