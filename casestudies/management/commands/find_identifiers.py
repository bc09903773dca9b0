"""`manage.py find_identifiers`: measure the anonymiser from outside, one JSON object a line."""

from typing import Any

from casestudies.anonymise import Kind, find
from home.json_lines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = (
        'Reads lines {"id", "text"} from standard input, '
        'writes lines {"id", "spans": [{"start", "end", "type", "confidence"}]}.'
    )

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"spans": spans(given["text"])}


def spans(text: str) -> list[dict[str, Any]]:
    """Return what was found. What is only rare is a hint for an editor, not an identifier: it stays out."""
    return [
        {"start": found.start, "end": found.end, "type": found.kind.value, "confidence": found.confidence}
        for found in find(text)
        if found.kind is not Kind.RARE
    ]
