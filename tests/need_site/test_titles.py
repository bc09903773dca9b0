"""The titles of windows: what the page is, a middle dot, and whose it is, in every room alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TITLE = re.compile(r"{% block title %}(.*){% endblock %}|<title>([^{]*)</title>")
OF_THE_SYSTEM = re.compile(r"{{.*?}}|{%.*?%}")
WITHOUT_A_PAGE = {"base.html", "emails/base.html"}


def titles() -> list[tuple[str, str]]:
    """Every template that gives a title, with the title."""
    found = [
        (str(path.relative_to(TEMPLATES)), match[1] or match[2])
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (match := TITLE.search(path.read_text()))
    ]
    return [each for each in found if each[0] not in WITHOUT_A_PAGE]


def test_pages_have_titles() -> None:
    assert len(titles()) > 30


@pytest.mark.parametrize(("template", "title"), titles())
def test_title_ends_with_a_middle_dot_and_the_name(template: str, title: str) -> None:
    assert "|" not in OF_THE_SYSTEM.sub("", title)
    if template != "home/home_page.html":
        assert title.endswith(" · Need")


def test_home_page_begins_with_the_name() -> None:
    assert "Need · Orientación psicológica por escrito" in dict(titles())["home/home_page.html"]
