"""Reads the local mailbox: the files that Django's file e-mail backend writes while DEBUG is on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.utils import timezone

FILE_NAME = re.compile(r"^[0-9A-Za-z-]+\.log$")
# What the backend writes after each message of a file.
SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """One e-mail of the mailbox; `name` is its file's."""

    name: str
    subject: str
    to: str
    sent_at: datetime.datetime
    text: str
    html: str


def list_mails(folder: Path) -> list[Mail]:
    """Every e-mail of the folder, newest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    paths = sorted(
        folder.glob("*.log"),
        key=lambda path: (path.stat().st_mtime, path.name),
        reverse=True,
    )
    return [mail for path in paths for mail in reversed(list(_mails_of(path)))]


def read_mail(folder: Path, name: str) -> Mail | None:
    """The e-mail in the file called `name`, never one outside of the folder; `None` where there is none."""
    path = folder / name
    if not FILE_NAME.match(name) or not path.is_file():
        return None
    return next(_mails_of(path), None)


def _mails_of(path: Path) -> Iterator[Mail]:
    sent_at = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    for raw in path.read_bytes().split(SEPARATOR):
        if raw.strip():
            yield _mail(path.name, message_from_bytes(raw, policy=policy.default), sent_at)


def _mail(name: str, message: EmailMessage, sent_at: datetime.datetime) -> Mail:
    return Mail(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent_at=sent_at,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
