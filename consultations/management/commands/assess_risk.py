"""`manage.py assess_risk`: measure the risk rules from outside, one JSON object a line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultations.risk import assess


class BadLine(ValueError):
    """A line of input is not an object with "id" and a "text" string; the message never quotes it."""


class Command(BaseCommand):
    help = 'Reads lines {"id", "text"} from standard input, writes lines {"id", "flag", "reasons"}.'
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every good line; name the bad ones on standard error and fail at the end."""
        bad = 0
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                self.stdout.write(answer(line))
            except BadLine as error:
                bad += 1
                self.stderr.write(f"Line {number}: {error}")
        if bad:
            raise CommandError(f"{bad} line(s) could not be read.")


def answer(line: bytes) -> str:
    """Return the JSON answer to one line of input. Raises BadLine."""
    try:
        given = json.loads(line.decode())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadLine("not JSON in UTF-8") from error
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
        raise BadLine('expected an object with "id" and a "text" string')
    assessment = assess(given["text"])
    return json.dumps({"id": given["id"], "flag": assessment.flag, "reasons": list(assessment.reasons)})
