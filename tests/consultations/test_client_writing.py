"""Writing to a psychologist: what is sent arrives once, and what does not fit comes back whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils.html import escape as as_shown
from django_q.models import OrmQ

from consultations.actions import consultations as actions
from consultations.enums import Status, TurnKind
from consultations.models import Consultation, Turn
from home.emails import EmailNotSent
from home.models import User
from tests.consultations.browsing import CASE_FORM, DANGER, LETTERS, address, kept, send, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_sent_case_waits_with_a_deadline_in_words(paid_consultation: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    answer = browser.post(address("detail", paid_consultation), CASE_FORM, follow=True)
    page = text_of(answer)
    assert "Tu carta llegó" in page
    assert "Tendrás respuesta a más tardar el " in page
    assert as_shown(CASE_FORM["happening"]) in page
    turn = Turn.objects.get()
    assert turn.content == {name: CASE_FORM[name] for name in LETTERS}
    paid_consultation.refresh_from_db()
    assert (paid_consultation.status, paid_consultation.mood_before) == (Status.WAITING, "2")


def test_mood_may_be_left_out(paid_consultation: Consultation, client_user: User) -> None:
    form = {name: CASE_FORM[name] for name in LETTERS}
    signed_in(client_user).post(address("detail", paid_consultation), form)
    paid_consultation.refresh_from_db()
    assert (paid_consultation.status, paid_consultation.mood_before) == (Status.WAITING, "")


def test_double_click_sends_one_case(paid_consultation: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation)
    second = browser.post(address("detail", paid_consultation), CASE_FORM, follow=True)
    assert second.status_code == 200
    assert "Ya recibimos tu carta. No hace falta enviarla otra vez." in text_of(second)
    assert Turn.objects.count() == 1


def test_another_case_after_the_first_is_not_sent_and_not_lost(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation)
    answer = send(browser, paid_consultation, happening="Esto lo escribí en otra pestaña.")
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Esta carta no se envió" in page
    assert kept(page, "Esto lo escribí en otra pestaña.")
    assert Turn.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"happening": "Estoy mal."},
        {"happening": "ñ" * 20_001},
        {"happening": "", "hopes": "Esto lo escribí después."},
        {"tried": "Esto lo agregué en otra pestaña."},
    ],
)
def test_another_case_is_not_lost_although_it_could_not_be_sent_as_it_is(
    changes: dict[str, str], paid_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation)
    answer = send(browser, paid_consultation, **changes)
    assert answer.status_code == 409
    assert all(kept(text_of(answer), text) for text in changes.values())
    assert Turn.objects.count() == 1


def test_same_case_again_with_other_line_ends_and_spaces_is_known(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation, happening="Primera línea.\nSegunda línea, más larga.")
    again = send(browser, paid_consultation, happening=" Primera línea.\r\nSegunda línea, más larga. \n")
    assert again.status_code == 302


def test_empty_case_after_the_first_leads_back_to_the_letters(
    paid_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation)
    empty = browser.post(address("detail", paid_consultation), {"happening": " "})
    assert (empty.status_code, empty["Location"]) == (302, address("detail", paid_consultation))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Cuéntanos aunque sea un poco de lo que está pasando."),
        (" \r\n\t ", "Cuéntanos aunque sea un poco de lo que está pasando."),
        ("\x00\x00", "Cuéntanos aunque sea un poco de lo que está pasando."),
        ("Estoy mal.", "Con un poco más podremos entenderte: bastan una o dos frases."),
        ("ñ" * 50_000, "Tu texto tiene 50.000 caracteres y aquí caben 20.000."),
        ("👩🏽‍🚀" * 12_500, "Tu texto tiene 50.000 caracteres y aquí caben 20.000."),
    ],
)
def test_case_that_does_not_fit_comes_back_whole(
    text: str, message: str, paid_consultation: Consultation, client_user: User
) -> None:
    answer = send(signed_in(client_user), paid_consultation, happening=text, hopes="Lo otro <sigue> aquí.")
    assert answer.status_code == 422
    page = text_of(answer)
    assert message in page
    assert f'<ul class="errorlist" id="id_happening_error"><li>{message}' in page
    assert kept(page, text.replace("\r\n", "\n").replace("\x00", ""))
    assert kept(page, "Lo otro <sigue> aquí.")
    assert not Turn.objects.exists()


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("Lloro 😭 y no sé por qué, todos los días.", "Lloro 😭 y no sé por qué, todos los días."),
        ("أشعر بالحزن كل يوم منذ أشهر", "أشعر بالحزن كل يوم منذ أشهر"),
        ("Con un\x00 byte nulo en el\x0b medio.", "Con un byte nulo en el medio."),
        ("Primera línea.\r\n\r\nSegunda línea.", "Primera línea.\n\nSegunda línea."),
        ("<b>No</b> & 'comillas' \"dobles\" {{ nada }}", "<b>No</b> & 'comillas' \"dobles\" {{ nada }}"),
        ("a" * 20_000, "a" * 20_000),
    ],
)
def test_unusual_text_is_sent_and_shown_as_text(
    sent: str, stored: str, paid_consultation: Consultation, client_user: User
) -> None:
    browser = signed_in(client_user)
    send(browser, paid_consultation, happening=sent)
    assert Turn.objects.get().content["happening"] == stored
    page = text_of(browser.get(address("detail", paid_consultation)))
    assert as_shown(stored.partition("\n")[0]) in page
    assert "<b>No</b>" not in page


def test_sent_texts_are_encrypted_at_rest(paid_consultation: Consultation, client_user: User) -> None:
    browser = signed_in(client_user)
    browser.post(address("draft", paid_consultation), CASE_FORM)
    assert _stored("consultations_draft").count("Discuto") == 0
    assert _stored("consultations_draft").startswith("gAAAA")
    send(browser, paid_consultation)
    assert _stored("consultations_turn").startswith("gAAAA")


def _stored(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {table}")  # noqa: S608 (a table of our own)
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("country", "number"), [("", "*4141"), ("CL", "*4141"), ("MX", "800 911 2000"), ("ES", "024")]
)
def test_words_of_danger_are_sent_and_answered_with_the_lines_of_ones_country(
    country: str, number: str, paid_consultation: Consultation, client_user: User
) -> None:
    User.objects.filter(pk=client_user.pk).update(country=country)
    text = f"Ya no doy más y {DANGER}, cada día peor."
    browser = signed_in(client_user)
    page = text_of(
        browser.post(address("detail", paid_consultation), {**CASE_FORM, "happening": text}, follow=True)
    )
    notice = page.partition('class="notice notice--risk"')[2].partition("Tu carta llegó")[0]
    assert number in notice
    assert "Tu mensaje también llegó y lo leerán primero." in notice
    paid_consultation.refresh_from_db()
    assert (paid_consultation.status, paid_consultation.priority) == (Status.WAITING, True)


def test_three_words_of_danger_are_never_sent_back(
    paid_consultation: Consultation, client_user: User
) -> None:
    send(signed_in(client_user), paid_consultation, happening="quiero morirme")
    paid_consultation.refresh_from_db()
    assert paid_consultation.status == Status.WAITING


def test_lines_are_shown_although_a_field_is_wrong(
    paid_consultation: Consultation, client_user: User
) -> None:
    answer = send(signed_in(client_user), paid_consultation, happening="", hopes=f"Yo {DANGER}.")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "notice--risk" in page
    assert "lo leerán primero" not in page


def test_calm_case_shows_no_risk_notice(waiting_consultation: Consultation, client_user: User) -> None:
    assert "notice--risk" not in text_of(signed_in(client_user).get(address("detail", waiting_consultation)))


# --- réplicas -------------------------------------------------------------------------------------
def test_reply_is_sent_once(answered_consultation: Consultation, client_user: User) -> None:
    browser, where = signed_in(client_user), address("detail", answered_consultation)
    assert "Tu réplica llegó" in text_of(browser.post(where, {"text": "Probé y sirvió."}, follow=True))
    again = browser.post(where, {"text": "Probé y sirvió."}, follow=True)
    assert "Ya recibimos tu carta." in text_of(again)
    assert answered_consultation.turns.filter(kind=TurnKind.REPLY).count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "Escribe tu réplica antes de enviarla."), ("x" * 20_001, "acórtalo en 1 y envíalo.")],
)
def test_reply_that_does_not_fit_comes_back_whole(
    text: str, message: str, answered_consultation: Consultation, client_user: User
) -> None:
    answer = signed_in(client_user).post(address("detail", answered_consultation), {"text": text})
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert kept(text_of(answer), text)


def test_reply_beyond_the_service_is_not_offered_and_not_lost(
    replied_consultation: Consultation, client_user: User, psychologist: User
) -> None:
    actions.answer(by=psychologist, consultation=replied_consultation, text="Sigue así.", steps=[])
    browser, where = signed_in(client_user), address("detail", replied_consultation)
    page = text_of(browser.get(where))
    assert "Ya usaste las réplicas de tu servicio." in page
    assert 'name="text"' not in page
    refused = browser.post(where, {"text": "Una más."})
    assert refused.status_code == 409
    assert kept(text_of(refused), "Una más.")
    assert replied_consultation.turns.filter(kind=TurnKind.REPLY).count() == 1


# --- what sending sets in motion ------------------------------------------------------------------
def test_sending_that_fails_half_way_sends_nothing(
    paid_consultation: Consultation, client_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    OrmQ.objects.all().delete()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the transaction ends here")

    monkeypatch.setattr("consultations.actions.consultations.write_turn", fail)
    with pytest.raises(RuntimeError):
        send(signed_in(client_user), paid_consultation)
    paid_consultation.refresh_from_db()
    assert paid_consultation.status == Status.WRITING
    assert not Turn.objects.exists()
    assert not OrmQ.objects.exists()


def test_job_of_a_failed_mail_stays_in_the_queue(
    paid_consultation: Consultation,
    client_user: User,
    psychologist: User,
    run_jobs: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_jobs()
    send(signed_in(client_user), paid_consultation)

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no mail server")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        with pytest.raises(EmailNotSent, match="OSError"):
            run_jobs()
    assert run_jobs() == ["consultations.jobs.send_case_waiting"]
