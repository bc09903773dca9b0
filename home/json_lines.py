"""Commands that machines measure the product by: one JSON object a line in, one a line out."""

from __future__ import annotations

import json
import sys
from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class BadLine(ValueError):
    """A line of input is not an object with "id" and a "text" string; the message never quotes it."""


class JsonLinesCommand(BaseCommand):
    """Reads objects with "id" and "text" from standard input, and writes what `answer` says of each."""

    requires_system_checks = ()

    @abstractmethod
    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """What is said of one object of input, beside its id."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every good line; name the bad ones on standard error and fail at the end."""
        bad = 0
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                given = read(line)
            except BadLine as error:
                bad += 1
                self.stderr.write(f"Line {number}: {error}")
            else:
                self.stdout.write(json.dumps({"id": given["id"], **self.answer(given)}))
        if bad:
            raise CommandError(f"{bad} line(s) could not be read.")


def read(line: bytes) -> dict[str, Any]:
    """The object in one line of input. Raises BadLine."""
    try:
        given = json.loads(line.decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadLine("not JSON in UTF-8") from error
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
        raise BadLine('expected an object with "id" and a "text" string')
    return given
