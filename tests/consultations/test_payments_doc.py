"""The table of docs/payments.md: all thirty-four failures, and only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
DOC = (TESTS.parent / "docs" / "payments.md").read_text()


def rows() -> dict[int, str]:
    return {int(number): row for number, row in re.findall(r"^\| (\d+) \| (.*)$", DOC, re.MULTILINE)}


def test_every_failure_has_its_row() -> None:
    assert sorted(rows()) == list(range(1, 35))


def test_every_row_names_a_test_or_says_that_there_is_none() -> None:
    assert not [number for number, row in rows().items() if "::" not in row and "not yet" not in row]


def test_every_named_test_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", DOC)
    assert named
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^def {name}\(", (TESTS / path).read_text(), re.MULTILINE)
    ]
    assert missing == []


def test_address_of_each_failure_is_told() -> None:
    assert "POST /__control__/failures/<no.>" in DOC
