"""The e-mails of a consultation: word for word, because not one word of what people write may be in them."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from consultations import jobs
from consultations.actions.consultations import answer, reply, submit_case
from consultations.models import Consultation, Order, Turn
from home.models import SentEmail, User
from tests.consultations.browsing import DANGER
from tests.fixtures.consultations import CASE, ORIENTATION, REPLY, STEPS

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]
END = f"\n\nNeed\n{settings.SITE_URL}\n"


def at(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(f"consultations:{name}", args=args)


def sent(name: str, run_jobs: RunJobs) -> EmailMultiAlternatives:
    """The one e-mail made from the template `name`, after the queue has run."""
    run_jobs()
    assert SentEmail.objects.filter(template=name).count() == 1
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def text_of(message: EmailMultiAlternatives) -> str:
    return message.body.strip() + "\n"


def test_client_is_told_of_the_payment_and_the_open_space_in_one_email(
    paid_consultation: Consultation, run_jobs: RunJobs
) -> None:
    order = paid_consultation.order
    Order.objects.filter(pk=order.pk).update(paid_at=datetime.datetime(2026, 11, 22, 2, tzinfo=datetime.UTC))
    message = sent("payment_received", run_jobs)
    assert message.to == [paid_consultation.client.email]
    assert message.subject == "Recibimos tu pago"
    assert text_of(message) == (
        "Hola:\n\n"
        "Recibimos tu pago: Mercado Pago lo confirmó.\n\n"
        f"Compra: Servicio en línea Need\nReferencia: {order.reference}\n"
        "Fecha: 21 de noviembre de 2026\nMonto: $25.000 CLP\n\n"
        "Tu espacio para escribir está abierto: puedes empezar ahora o cuando "
        "quieras. Puedes guardar lo que escribas y seguir otro día.\n\n"
        f"{at('detail', paid_consultation.pk)}\n\n"
        f"El recibo, para guardarlo o imprimirlo:\n\n{at('receipt', order.return_token)}\n\n"
        f"Si no hiciste esta compra, responde a este correo.{END}"
    )
    assert len(mail.outbox) == 1


def test_client_learns_that_there_is_a_letter(answered_consultation: Consultation, run_jobs: RunJobs) -> None:
    message = sent("answer_ready", run_jobs)
    assert message.to == [answered_consultation.client.email]
    assert message.subject == "Tienes un mensaje en Need"
    assert text_of(message) == (
        "Hola:\n\n"
        "Hay una carta para ti. Para leerla hay que ingresar: por este correo nunca enviamos lo que escribes "
        "ni lo que te escriben.\n\n"
        f"{at('detail', answered_consultation.pk)}\n\n"
        f"La carta queda en tu cuenta. Puedes leerla cuando te venga bien.{END}"
    )


def test_psychologists_learn_that_somebody_waits(
    psychologist: User, colleague: User, waiting_consultation: Consultation, run_jobs: RunJobs
) -> None:
    Consultation.objects.update(due_at=None)  # so that the text does not depend on the hour
    run_jobs()
    messages = mail.outbox[-2:]
    assert sorted(message.to[0] for message in messages) == sorted([psychologist.email, colleague.email])
    assert {message.subject for message in messages} == {"Hay una consulta en espera en Need"}
    assert text_of(messages[0]) == (  # type: ignore[arg-type]
        "Hola:\n\nUna persona espera respuesta. La puede tomar cualquiera del equipo.\n\n"
        f"{at('desk')}\n\nSi ya no aparece en la lista, otra persona la tomó o quien escribió la retiró.{END}"
    )


def test_psychologist_learns_of_a_reply(replied_consultation: Consultation, run_jobs: RunJobs) -> None:
    Consultation.objects.update(due_at=None)
    message = sent("reply_arrived", run_jobs)
    assert message.to == [replied_consultation.psychologist.email]  # type: ignore[union-attr]
    assert message.subject == "Tienes un mensaje en Need"
    assert text_of(message) == (
        "Hola:\n\nLlegó una réplica a una de tus consultas.\n\n"
        f"{at('desk_detail', replied_consultation.pk)}\n\n"
        f"Por este correo nunca enviamos lo que se escribe en una consulta.{END}"
    )


def test_psychologist_learns_what_to_read_first(
    answered_consultation: Consultation, client_user: User, run_jobs: RunJobs
) -> None:
    run_jobs()
    reply(by=client_user, consultation=answered_consultation, text=f"Hoy {DANGER}.")
    run_jobs()
    [message] = [each for each in mail.outbox if each.subject == "Hay algo que leer primero en Need"]
    assert message.to == [answered_consultation.psychologist.email]  # type: ignore[union-attr]
    assert text_of(message) == (  # type: ignore[arg-type]
        "Hola:\n\nHay una consulta que conviene leer antes que las demás. Ábrela en cuanto puedas.\n\n"
        f"{at('desk_detail', answered_consultation.pk)}\n\n"
        "El aviso lo da un programa que puede equivocarse: quien decide eres tú. Por este correo nunca "
        f"enviamos lo que se escribe en una consulta.{END}"
    )


def test_no_email_carries_a_word_of_a_consultation(
    replied_consultation: Consultation, psychologist: User, client_user: User, run_jobs: RunJobs
) -> None:
    answer(by=psychologist, consultation=replied_consultation, text="Otra carta más.", steps=["Un paso más"])
    run_jobs()
    written = [*CASE.values(), ORIENTATION, REPLY, *STEPS, "Otra carta más.", "Un paso más"]
    secrets = [*written, client_user.pseudonym, replied_consultation.order.service.name]
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
        everything = "\n".join([message.subject, message.body, html, str(message.extra_headers)])
        assert not [secret for secret in secrets if secret in everything]
        assert f'href="{settings.SITE_URL}/' in html


def test_job_that_runs_twice_sends_one_email(
    paid_consultation: Consultation, psychologist: User, run_jobs: RunJobs
) -> None:
    submit_case(by=paid_consultation.client, consultation=paid_consultation, content=dict(CASE), mood=None)
    run_jobs()
    before = len(mail.outbox)
    jobs.send_payment_received(paid_consultation.order_id)
    jobs.send_case_waiting(Turn.objects.get().pk)
    assert len(mail.outbox) == before == 2
