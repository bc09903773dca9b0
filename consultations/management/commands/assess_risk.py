"""`manage.py assess_risk`: measure the risk rules from outside, one JSON object a line."""

from typing import Any

from consultations.risk import assess
from home.json_lines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = 'Reads lines {"id", "text"} from standard input, writes lines {"id", "flag", "reasons"}.'

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        assessment = assess(given["text"])
        return {"flag": assessment.flag, "reasons": list(assessment.reasons)}
