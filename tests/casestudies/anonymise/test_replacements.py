import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestudies.anonymise import Kind, find, fingerprint, fitted, shift_date, telling


def proposed(text):
    return {finding.text: finding.replacement for finding in find(text)}


def test_a_relation_is_proposed_for_a_name():
    assert proposed("Mi hermana Camila me ayuda.") == {"Camila": "mi hermana"}
    assert proposed("Volví con la Marisol.") == {"Marisol": "una amiga"}


@pytest.mark.parametrize(
    ("before", "replacement", "after"),
    [
        ("Mi hermana ", "mi hermana", ("", "Mi hermana")),
        ("Hoy mi hermana mayor, ", "mi hermana", ("Hoy ", "mi hermana mayor")),
        ("Volví con la ", "una amiga", ("Volví con ", "una amiga")),
        ("Hablé del ", "un amigo", ("Hablé de ", "un amigo")),
        ("Le dije al ", "un amigo", ("Le dije a ", "un amigo")),
        ("Volví con la ", "Ana", ("Volví con la ", "Ana")),
        ("Vive lejos. La ", "mi hija", ("Vive lejos. ", "Mi hija")),
        ("", "una persona", ("", "Una persona")),
        ("El doctor ", "N.", ("El doctor ", "N.")),
        ("Me llamo ", "[nombre]", ("Me llamo ", "[nombre]")),
    ],
)
def test_replacement_fits_into_its_sentence(before, replacement, after):
    assert fitted(before, replacement) == after


def test_what_says_who_somebody_is_comes_before_what_does_not():
    assert telling(["una persona", "mi hermana", "una amiga"]) == "mi hermana"
    assert telling(["una amiga", "una persona"]) == ""


@pytest.mark.parametrize(
    ("written", "days", "shifted"),
    [
        ("13 de octubre de 2024", 20, "2 de noviembre de 2024"),
        ("13 de octubre", -13, "30 de septiembre"),
        ("31 de Diciembre de 2023", 1, "1 de Enero de 2024"),
        ("03/11/2023", 1, "04/11/2023"),
        ("3-11-23", 30, "3-12-23"),
        ("catorce de marzo de 2020", 5, "marzo de 2020"),
        ("29 de febrero de 2023", 5, "febrero de 2023"),
        ("2023-05-06", 5, "ese mes de 2023"),
    ],
)
def test_a_date_moves_and_keeps_its_style(written, days, shifted):
    assert shift_date(written, days) == shifted


@given(st.text(max_size=40), st.integers(-4000, 4000))
def test_any_text_may_be_taken_for_a_date(text, days):
    assert isinstance(shift_date(text, days), str)


def test_ages_above_89_become_a_band():
    assert proposed("Mi abuela tiene 93 años.") == {"93": "más de 89"}


def test_a_decision_survives_edits_elsewhere():
    before = "Vivo lejos. Mi prima Nieves me avisó tarde."
    after = "Vivo muy lejos de todos, la verdad.  Mi  prima NIEVES me avisó tarde, otra vez."
    keys = [
        [fingerprint(each, text) for each in find(text) if each.kind is Kind.PERSON]
        for text in (before, after)
    ]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 1


def test_different_findings_have_different_keys():
    text = "Mi prima Nieves y mi hermano Joel no vinieron."
    keys = {fingerprint(finding, text) for finding in find(text)}
    assert len(keys) == 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_follows_does_not_change_a_key(before, after):
    text = f"{before}. Mi hermana Camila llegó. "
    key = [fingerprint(each, text) for each in find(text) if each.text == "Camila"]
    longer = text + after
    again = [
        fingerprint(each, longer) for each in find(longer) if each.text == "Camila" and each.start < len(text)
    ]
    if key and again:
        assert again[0] == key[0]
