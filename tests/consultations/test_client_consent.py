"""The consent to be attended: withdrawn after paying, it is asked for again before anybody reads the case."""

from __future__ import annotations

import pytest

from consultations.actions.consultations import submit_case
from consultations.actions.errors import ConsentMissing
from consultations.enums import Status
from consultations.models import Consultation, Turn
from home.actions.consents import has_consented, withdraw_consent
from home.enums import ConsentPurpose
from home.models import User
from tests.consultations.browsing import CASE_FORM, LETTERS, address, kept, send, signed_in, text_of
from tests.fixtures.consultations import CASE

pytestmark = pytest.mark.django_db
ATTENTION = ConsentPurpose.ATTENTION
REFUSAL = "Sin tu acuerdo nadie puede leer lo que escribas, ni responderte."


@pytest.fixture
def withdrawn(paid_consultation: Consultation) -> Consultation:
    """Paid for by somebody who has since withdrawn the consent to be attended."""
    withdraw_consent(by=paid_consultation.client, purpose=ATTENTION)
    return paid_consultation


def test_page_asks_for_the_consent_that_was_withdrawn(withdrawn: Consultation, client_user: User) -> None:
    page = text_of(signed_in(client_user).get(address("detail", withdrawn)))
    assert "Retiraste tu acuerdo para que te atendamos." in page
    before_sending = page.partition("Qué pasa cuando lo envías")[2].partition("Enviar mi caso")[0]
    checkbox = before_sending.partition('name="agrees"')[2].partition(">")[0]
    assert checkbox, "it stands beside the button"
    assert "checked" not in checkbox


def test_page_asks_nothing_while_the_consent_stands(
    paid_consultation: Consultation, client_user: User
) -> None:
    assert 'name="agrees"' not in text_of(signed_in(client_user).get(address("detail", paid_consultation)))


def test_case_without_the_consent_is_not_sent_and_not_lost(
    withdrawn: Consultation, client_user: User
) -> None:
    answer = send(signed_in(client_user), withdrawn)
    page = text_of(answer)
    assert answer.status_code == 422
    assert f'<ul class="errorlist" id="id_agrees_error"><li>{REFUSAL}' in page
    assert all(kept(page, CASE_FORM[name]) for name in LETTERS)
    assert not Turn.objects.exists()
    assert not has_consented(client_user, ATTENTION)


def test_case_with_the_consent_is_sent_and_the_consent_kept(
    withdrawn: Consultation, client_user: User
) -> None:
    assert send(signed_in(client_user), withdrawn, agrees="on").status_code == 302
    withdrawn.refresh_from_db()
    assert withdrawn.status == Status.WAITING
    assert has_consented(client_user, ATTENTION)
    assert client_user.consents.filter(purpose=ATTENTION).count() == 2, "the earlier dates stay"


def test_consent_given_with_a_case_that_does_not_fit_is_not_kept(
    withdrawn: Consultation, client_user: User
) -> None:
    page = text_of(send(signed_in(client_user), withdrawn, happening="", agrees="on"))
    assert "checked" in page.partition('name="agrees"')[2].partition(">")[0]
    assert not has_consented(client_user, ATTENTION)


def test_consent_withdrawn_while_the_case_is_on_its_way_stops_it(
    paid_consultation: Consultation, client_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withdraw_meanwhile(user: User, form: object) -> None:
        monkeypatch.undo()
        withdraw_consent(by=user, purpose=ATTENTION)

    monkeypatch.setattr("consultations.views.letters.ask_to_agree", withdraw_meanwhile)
    answer = send(signed_in(client_user), paid_consultation)
    assert answer.status_code == 422
    assert REFUSAL in text_of(answer)
    assert kept(text_of(answer), CASE_FORM["happening"])
    assert not Turn.objects.exists()


def test_action_refuses_a_case_without_the_consent(withdrawn: Consultation) -> None:
    with pytest.raises(ConsentMissing):
        submit_case(by=withdrawn.client, consultation=withdrawn, content=dict(CASE), mood=None)
    withdrawn.refresh_from_db()
    assert withdrawn.status == Status.WRITING
