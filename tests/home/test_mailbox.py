"""/correo/: the e-mails that were sent, while developing and only then."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from tests.home.conftest import put_mail

pytestmark = pytest.mark.django_db


def test_mailbox_lists_newest_first(client: Client, mailbox: Path) -> None:
    for age, subject in ((30, "El más viejo"), (10, "El más nuevo"), (20, "El del medio")):
        put_mail(mailbox, f"{subject[-5:].strip()}.log", subject=subject, text="Hola")
        os.utime(mailbox / f"{subject[-5:].strip()}.log", (1_800_000_000 - age,) * 2)

    subjects = [mail.subject for mail in client.get("/correo/").context["mails"]]

    assert subjects == ["El más nuevo", "El del medio", "El más viejo"]


def test_mail_shows_its_text_with_links_one_can_follow(client: Client, mailbox: Path) -> None:
    text = "Hola, mañana.\n\nhttp://localhost:8000/cuenta/verificar/abc:1/\n<script>alert(1)</script>"
    put_mail(mailbox, "uno.log", subject="Confirma tu correo", text=text, html="<p>Hola</p>")

    page = client.get("/correo/uno.log/").content.decode()

    assert "Hola, mañana." in page
    assert 'href="http://localhost:8000/cuenta/verificar/abc:1/"' in page
    assert "<script>alert" not in page
    assert "alguien@example.com" in page


def test_html_of_a_mail_is_shown_where_it_can_do_nothing(client: Client, mailbox: Path) -> None:
    put_mail(mailbox, "uno.log", subject="Uno", text="Hola", html="<p>Hola</p><script>alert(1)</script>")

    answer = client.get("/correo/uno.log/html/")

    policy = answer.headers["Content-Security-Policy"]
    assert "<p>Hola</p>" in answer.content.decode()
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy


def test_mailbox_reads_what_djangos_backend_writes(client: Client, mailbox: Path) -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(mailbox))
    message = EmailMultiAlternatives("Elige una contraseña", "Abre: http://x.example/ñ", to=["a@example.com"])
    message.attach_alternative("<p>Abre</p>", "text/html")
    message.connection = backend
    message.send()

    listed = client.get("/correo/").context["mails"]

    assert [(mail.subject, mail.to, mail.html) for mail in listed] == [
        ("Elige una contraseña", "a@example.com", "<p>Abre</p>")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../secreto.log",
        "..%2Fsecreto.log",
        "%2e%2e/secreto.log",
        "secreto.txt",
        ".log",
        "no-hay.log",
        "a b.log",
    ],
)
def test_mailbox_gives_no_other_file(client: Client, mailbox: Path, settings: Any, name: str) -> None:
    inside = mailbox / "mail"
    inside.mkdir()
    settings.MAILBOX_DIR = inside
    put_mail(mailbox, "secreto.log", subject="Secreto", text="lo que nadie debe leer")
    put_mail(inside, "secreto.txt", subject="Secreto", text="lo que nadie debe leer")

    for address in (f"/correo/{name}/", f"/correo/{name}/html/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"nadie debe leer" not in answer.content


@pytest.mark.parametrize(
    ("name", "value"), [("DEBUG", False), ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")]
)
def test_there_is_no_mailbox_on_a_real_site(
    client: Client, mailbox: Path, settings: Any, name: str, value: Any
) -> None:
    put_mail(mailbox, "uno.log", subject="Uno", text="Hola")
    setattr(settings, name, value)

    for address in ("/correo/", "/correo/uno.log/", "/correo/uno.log/html/"):
        assert client.get(address).status_code == 404


def test_an_empty_mailbox_says_so(client: Client, mailbox: Path, settings: Any) -> None:
    settings.MAILBOX_DIR = mailbox / "not-made-yet"

    assert "Aún no hay correos" in client.get("/correo/").content.decode()
