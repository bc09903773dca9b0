"""From a consultation to a case: the psychologist begins, the client approves, and may take it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from casestudies.actions.publishing import PublicationRefused, missing_for_publication
from casestudies.models import CaseOriginal, CasePage, PageTopic, Topic
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
from consultations.jobs import send_case_text_ready
from consultations.models import CaseSource, Consultation
from home.actions.consents import withdraw_consent
from home.enums import ConsentPurpose
from home.models import ProfessionalPage, SentEmail, User
from tests.fixtures.pages import SiteTree, reviewed

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
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
    # With its title comes its address, which the review and the client then see.
    page.save_revision(user=editor)
    draft = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    reviewed(draft).save_revision(user=editor)
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

    with pytest.raises(PublicationRefused, match="Falta que la persona apruebe"):
        reviewed(page).save_revision().publish()


def test_client_approves_what_they_read_not_what_came_later(agreed: Consultation, page: CasePage) -> None:
    source = case_of(agreed)
    assert source is not None
    seen = digest_of(source)
    page.takeaways = "Un cambio de último minuto."
    page.save_revision()

    with pytest.raises(NotAllowed):
        approve_case(by=agreed.client, consultation=agreed, seen=seen)


def test_client_sees_all_that_is_published_beside_the_text(
    agreed: Consultation, page: CasePage, client: Client
) -> None:
    topic = Topic.objects.create(name="No puedo dormir por la ansiedad", slug="ansiedad-e-insomnio")
    page.seo_title, page.search_description = "Insomnio y trabajo", "Cómo volvió a dormir."
    page.topic_links = [PageTopic(topic=topic)]
    page.save_revision()
    client.force_login(agreed.client)

    shown = client.get(f"/consultas/{agreed.pk}/caso/").content.decode()

    for each in (page.seo_title, page.search_description, page.who, topic.name, f"/casos/{page.slug}/"):
        assert each in shown


@pytest.mark.parametrize(
    "change",
    [
        *({"age_band": "45-54"}, {"country": "PE"}, {"slug": "otra-direccion"}),
        *({"seo_title": "Otro título"}, {"search_description": "Otra descripción."}),
    ],
)
def test_what_the_client_approved_does_not_change_behind_them(
    change: dict[str, str], agreed: Consultation, page: CasePage
) -> None:
    approve(agreed)
    for field, value in change.items():
        setattr(page, field, value)

    assert missing_for_publication(reviewed(page)) == ["Falta que la persona apruebe este texto."]
    with pytest.raises(PublicationRefused):
        page.save_revision().publish()


def test_topics_do_not_change_behind_the_client(agreed: Consultation, page: CasePage) -> None:
    approve(agreed)
    page.get_latest_revision().publish()
    page = CasePage.objects.get(pk=page.pk)
    page.topic_links = [PageTopic(topic=Topic.objects.create(name="Perdí a alguien", slug="duelo"))]

    with pytest.raises(PublicationRefused, match="Falta que la persona apruebe"):
        reviewed(page).save_revision().publish()


def test_who_agrees_again_begins_with_nothing_approved(
    agreed: Consultation, page: CasePage, psychologist: User
) -> None:
    approve(agreed)
    for wish in (PublicationWish.NO, PublicationWish.YES):
        change_publication_wish(by=agreed.client, consultation=agreed, wish=wish)
    agreed.refresh_from_db()

    again = prepare_case(by=psychologist, consultation=agreed)

    source = CaseSource.objects.get(consultation=agreed)
    assert (source.page, source.approved_text) == (again, "")


def test_withdrawn_case_does_not_come_back_by_a_version_at_hand(
    agreed: Consultation, page: CasePage, editor: User
) -> None:
    approve(agreed)
    published = page.get_latest_revision_as_object()
    published.live = True
    change_publication_wish(by=agreed.client, consultation=agreed, wish=PublicationWish.NO)

    with pytest.raises(Page.DoesNotExist):
        published.save(clean=False)
    with pytest.raises(PublicationRefused, match="ya no existe"):
        page.save_revision(user=editor, clean=False)

    assert not CasePage.objects.exists()
    assert not Revision.objects.filter(object_id=str(page.pk)).exists()


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


@pytest.mark.parametrize("turn", [{"kind": "", "text": "No duermo."}, {"kind": "reply", "text": ""}])
def test_case_with_a_hole_in_its_letters_is_not_shown_to_the_client(
    turn: dict[str, str], agreed: Consultation, page: CasePage, client: Client
) -> None:
    page.turns = [*ANONYMOUS, ("turn", turn)]
    page.save_revision(clean=False)
    client.force_login(agreed.client)

    answer = client.get(f"/consultas/{agreed.pk}/caso/")

    assert (answer.status_code, "Lo estamos preparando" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("change", ["kind", "author"])
def test_whose_a_letter_is_does_not_change_behind_the_client(
    change: str, agreed: Consultation, page: CasePage, site_tree: SiteTree
) -> None:
    approve(agreed)
    if change == "kind":
        page.turns = [("turn", {"kind": "orientation", "text": ANONYMOUS[0][1]["text"]})]
    else:
        other = {"job_title": "Psicólogo", "registration": "RNPI 9", "country": "CL", "bio": "Acompaña."}
        page.author = site_tree.team.add_child(instance=ProfessionalPage(title="Tomás Vidal", **other))

    assert missing_for_publication(reviewed(page)) == ["Falta que la persona apruebe este texto."]


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
    assert "El texto de tu caso está listo" in client.get(address).content.decode()

    approve(agreed)

    assert "El texto de tu caso está listo" not in client.get(address).content.decode()


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
    source = CaseSource.objects.get(consultation=agreed)
    assert (source.page, source.approved_text, source.approved_at) == (None, "", None)


def test_published_case_holds_no_way_back_to_the_client(agreed: Consultation, page: CasePage) -> None:
    fields = {field.related_model for field in CasePage._meta.get_fields() if field.is_relation}

    assert Consultation not in fields
    assert str(agreed.pk) not in str(page.serializable_data())


def send_to_review(page: CasePage, editor: User) -> None:
    latest = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.get_workflow().start(latest, editor)


def test_client_learns_that_their_text_waits_once_a_text(
    agreed: Consultation, page: CasePage, editor: User, run_jobs: RunJobs
) -> None:
    send_to_review(page, editor)
    run_jobs()
    send_case_text_ready(CaseSource.objects.get().pk)

    [message] = [each for each in mail.outbox if each.to == [agreed.client.email] and "/caso/" in each.body]
    assert message.subject == "Tienes un mensaje en Need"
    assert f"/consultas/{agreed.pk}/caso/" in message.body
    assert not any(word in message.body for word in ("duermo", "dormir", "caso.", page.title))


@pytest.mark.parametrize("change", ["approved", "unwilling", "unfinished", "rolled back"])
def test_client_is_not_asked_about_a_text_that_does_not_wait(
    change: str, agreed: Consultation, page: CasePage, editor: User, run_jobs: RunJobs
) -> None:
    if change == "unfinished":
        page.turns = []
        page.save_revision()
    with suppress(RuntimeError), transaction.atomic():
        send_to_review(page, editor)
        if change == "rolled back":
            raise RuntimeError
    if change == "approved":
        approve(agreed)
    elif change == "unwilling":
        change_publication_wish(by=agreed.client, consultation=agreed, wish=PublicationWish.NO)
    run_jobs()

    assert not SentEmail.objects.filter(template="case_text_ready").exists()


def test_case_that_came_from_no_consultation_asks_nobody(
    page: CasePage, editor: User, run_jobs: RunJobs
) -> None:
    CaseSource.objects.all().delete()
    send_to_review(page, editor)

    assert "consultations.jobs.send_case_text_ready" not in run_jobs()
