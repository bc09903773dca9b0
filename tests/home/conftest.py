"""What the tests of arriving and of one's account share."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from home.models import BlogPage, PlainPage
from tests.fixtures.pages import SiteTree

LINK = re.compile(r"http://\S+")


@dataclass(frozen=True)
class Post:
    page: BlogPage
    address: str


def add_post(tree: SiteTree, number: int = 1, **changes: Any) -> BlogPage:
    """A post of the tree's psychologist, the higher `number` the newer. `changes` are fields of BlogPage."""
    fields: dict[str, Any] = {
        "title": f"Entrada {number}",
        "slug": f"entrada-{number}",
        "introduction": "Una entrada breve.",
        "body": [("paragraph", "<p>Un párrafo de la entrada.</p>")],
        "author": tree.professional,
        "published_on": datetime.date(2026, 1, 1) + datetime.timedelta(days=number),
    }
    return tree.blog.add_child(instance=BlogPage(**{**fields, **changes}))


@pytest.fixture
def plain_page(site_tree: SiteTree) -> PlainPage:
    body = [("heading", "Qué guardamos"), ("paragraph", "<p>Lo menos posible.</p>")]
    return site_tree.home.add_child(instance=PlainPage(title="Privacidad", slug="privacidad", body=body))


@pytest.fixture
def link_in_mail(run_jobs: Callable[[], list[str]]) -> Callable[[], str]:
    """A function that sends what waits in the queue and gives the newest e-mail's link, as a path."""

    def follow() -> str:
        run_jobs()
        found = LINK.search(str(mail.outbox[-1].body))
        assert found is not None
        return found.group().removeprefix("http://testserver")

    return follow


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Path:
    """A mailbox of files, as the site has it while DEBUG is on."""
    settings.DEBUG = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILBOX_DIR = tmp_path
    return tmp_path


def put_mail(folder: Path, name: str, *, subject: str, text: str, html: str = "") -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = subject, "alguien@example.com"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    (folder / name).write_bytes(message.as_bytes() + b"\n" + b"-" * 79 + b"\n")
