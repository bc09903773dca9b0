"""E-mails that carry a key to an account: sent by the worker, and kept nowhere once they are."""

from __future__ import annotations

import datetime
import logging
import time
import traceback
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from home.emails import EmailNotSent, deliver
from home.jobs import forget_unsent_emails, send_account_email
from home.models import AccountEmail, User

pytestmark = pytest.mark.django_db


class RefusingBackend(BaseEmailBackend):
    """A mail server that quotes the address it refuses, as they do."""

    def send_messages(self, email_messages: Any) -> int:
        raise SMTPRecipientsRefused({email_messages[0].to[0]: (550, b"unknown")})


@pytest.fixture
def refused(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{RefusingBackend.__name__}"


@pytest.fixture
def waiting(client: Client, client_user: User) -> AccountEmail:
    """The e-mail with which `client_user` may choose a new password."""
    client.post("/cuenta/clave/recuperar/", {"email": client_user.email})
    return AccountEmail.objects.get()


def test_queue_is_told_no_address_and_no_link(waiting: AccountEmail) -> None:
    task = SignedPackage.loads(OrmQ.objects.get().payload)

    assert (task["args"], task["kwargs"]) == ((waiting.pk,), {})


def test_waiting_email_is_encrypted_at_rest(waiting: AccountEmail, client_user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM home_accountemail")
        stored = str(cursor.fetchone())

    assert waiting.content["email"] == client_user.email
    assert client_user.email not in stored
    assert "clave" not in stored


def test_sent_email_is_forgotten_and_sent_once(
    waiting: AccountEmail, client_user: User, run_jobs: Callable[[], list[str]]
) -> None:
    run_jobs()
    send_account_email(waiting.pk)

    assert [message.to for message in mail.outbox] == [[client_user.email]]
    assert not AccountEmail.objects.exists()


@pytest.mark.usefixtures("refused")
def test_failure_tells_its_kind_and_no_address(
    waiting: AccountEmail, client_user: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(EmailNotSent) as failure:
        send_account_email(waiting.pk)

    # What the queue keeps of a failed job.
    kept = "".join(traceback.format_exception(failure.value))
    assert "EmailNotSent: SMTPRecipientsRefused" in kept
    assert "SMTPRecipientsRefused" in caplog.text
    for told in (kept, caplog.text):
        assert client_user.email not in told
        assert "/clave/recuperar/" not in told


def test_after_an_email_that_hung_the_others_fail_at_once_for_a_while(
    client_user: User, settings: Any, monkeypatch: pytest.MonkeyPatch, empty_cache: Callable[[], None]
) -> None:
    asked: list[int] = []

    def hang(message: EmailMessage) -> None:
        asked.append(1)
        time.sleep(0.06)
        raise TimeoutError

    settings.EMAIL_TIMEOUT = 0.05
    monkeypatch.setattr(EmailMessage, "send", hang)
    for _ in range(3):
        with pytest.raises(EmailNotSent):
            deliver(EmailMessage(to=[client_user.email]))
    assert len(asked) == 1
    empty_cache()  # a minute later
    with pytest.raises(EmailNotSent):
        deliver(EmailMessage(to=[client_user.email]))
    assert len(asked) == 2


@pytest.mark.usefixtures("refused")
def test_email_that_failed_is_tried_again(waiting: AccountEmail, settings: Any) -> None:
    with pytest.raises(EmailNotSent):
        send_account_email(waiting.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    send_account_email(waiting.pk)

    assert len(mail.outbox) == 1


def test_email_that_never_went_out_is_forgotten(waiting: AccountEmail) -> None:
    assert forget_unsent_emails() == 0

    AccountEmail.objects.update(created_at=timezone.now() - datetime.timedelta(days=4))

    assert forget_unsent_emails() == 1


def test_waiting_email_goes_with_its_person(waiting: AccountEmail, client_user: User) -> None:
    client_user.delete()

    assert not AccountEmail.objects.exists()
