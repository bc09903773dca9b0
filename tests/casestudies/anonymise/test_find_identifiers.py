import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(monkeypatch, lines):
    class Input:
        buffer = io.BytesIO(lines)

    output, errors = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdin", Input)
    try:
        call_command("find_identifiers", stdout=output, stderr=errors)
    except CommandError as error:
        errors.write(str(error))
    return [json.loads(line) for line in output.getvalue().splitlines()], errors.getvalue()


def test_each_line_is_answered(monkeypatch):
    line = json.dumps({"id": "a", "text": "Me llamo Camila.", "country": "CL"}).encode()
    answers, errors = run(monkeypatch, line + b"\n\n" + line)
    assert answers[0] == {"id": "a", "spans": [{"start": 9, "end": 15, "type": "PERSON", "confidence": 0.95}]}
    assert len(answers) == 2
    assert errors == ""


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'{"id": 1}', b'{"text": "Camila"}', b'{"id": 1, "text": 2}', b"\xff", b"[" * 100_000],
)
def test_a_bad_line_is_named_and_not_quoted(monkeypatch, line):
    answers, errors = run(monkeypatch, line + b'\n{"id": "b", "text": ""}')
    assert answers == [{"id": "b", "spans": []}]
    assert "Line 1" in errors
    assert "Camila" not in errors


def test_what_is_only_rare_is_left_out(monkeypatch):
    text = "Soy la única matrona del pueblo, en Coltauco."
    answers, _ = run(monkeypatch, json.dumps({"id": 1, "text": text}).encode())
    assert {span["type"] for span in answers[0]["spans"]} == {"PLACE_FINE"}
