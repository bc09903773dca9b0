"""Whatever is typed or pasted: no crash, no stall, and offsets that fit the original."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casestudies.anonymise import Kind, find

WORDS = "Me llamo Camila y vivo en Melipilla, mi rut es 12.345.678-5 y mi correo es cami@gmail.com. "

PIECES = (
    "a", "A", "1", " ", "\n", "\t", ".", ",", "@", "-", "_", "/", "#", "(", ")", '"', "«", "'", "&", "<", ">", ";", ":", "\x00",
    "\u200b", "\u202e", "\ufeff", "\u0301", "\U0001f600", "ñ", "ß", "İ", "ﷺ", "Ǆ", "א", "ب", "٣", "１", "\ud800", "中",
    "de ", "calle ", "uno ", "a.", "a@", "a_", "1 ", "1.", "1-", "Camila ", "Ana, ", "mi hermana ", "me dicen ", "colegio ", "vivo en ",
    "arroba ", "punto ", "www.", "http://", "&amp;", "&#64;", "<b>", "</p>", "A1", "A-", "12/", "+56 ", "de la ", "Los ", "av. ",
    "9 de julio ", "RUT: ", "alias ", "km 1 ", "la Rosa ", "años 99 ", "en ", "x1y2", "¿¡", "…", "—",
)  # fmt: skip

SINGLE = (
    "", "\x00", "\ud800", "\udfff\ud800", "😀" * 50, "مرحبا Camila שלום", "\u202eCamila\u202c", "C\u0301a\u0301m\u0301", "<script>alert(1)</script>",
    "<a href='mailto:a@b.cl'>x</a>", "&lt;b&gt;Camila&lt;/b&gt;", "&#x110000; &#0; &#55296;", "«“\"'" * 100, "(" * 500 + ")" * 500, "[[Camila|PERSON]]",
    "{{x}}", "%s %d {0}", "\\d+\\w*(", "''' \"\"\"", "NULL", "-1", "1e309", "0x41", "ca\u00admi\u00adla", "Ａｎａ", "𝐂𝐚𝐦𝐢𝐥𝐚", "Саmila", "ǅ", "ŉ", "ﬁﬂ",
    "\r\n\r\n", "\u2028\u2029", "\x1b[31mCamila", "99999999999999999999999999999999999999", "٠١٢٣٤٥٦٧٨٩", "30/02/2023", "00/00/0000", "31 de febrero de 0000",
    "@", "@@@", "a@a", "a@a.", ".@.com", "http://", "www.", "...com", "+", "+56", "#", "Ñ", "ñandú Ñandú", "O'Higgins D'Angelo", "é" * 300,
)  # fmt: skip
HOSTILE = [
    *SINGLE,
    *[piece * 4_000 for piece in PIECES],
    WORDS * 200,
    WORDS.upper() * 200,
    WORDS.title() * 200,
]


def check(text):
    findings = find(text)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
        end = finding.end
    return findings


def test_there_are_many_hostile_inputs():
    assert len(HOSTILE) >= 120


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_neither_crashes_nor_stalls(number):
    start = time.process_time()
    check(HOSTILE[number])
    assert time.process_time() - start < 4  # seconds; lengths that double must not take four times as long


@pytest.mark.parametrize(
    "text", [WORDS * 11_000, "a" * 1_000_000, "1 " * 100_000, "Ana " * 50_000, "\u200ba" * 500_000]
)
def test_up_to_a_megabyte_is_read_to_its_end(text):
    start = time.process_time()
    check(text)
    assert time.process_time() - start < 30


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_findings_stand_in_the_text_in_order_and_apart(text):
    check(text)


@given(st.lists(st.sampled_from([*PIECES, *WORDS.split(" ")]), max_size=60))
@settings(max_examples=250, deadline=None)
def test_findings_fit_any_mixture_of_pieces(pieces):
    check(" ".join(pieces))


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("mi correo: ca\u200bmi@gma\u200bil.com ok", Kind.EMAIL, "ca\u200bmi@gma\u200bil.com"),
        ("mi cel ９８７６５４３２１ ok", Kind.PHONE, "９８７６５４３２１"),
        ("escribe a cami&#64;gmail.com ya", Kind.EMAIL, "cami&#64;gmail.com"),
        ("soy Rau\u0301l y no duermo", Kind.PERSON, "Rau\u0301l"),
        ("me llamo Саmilа y ya", Kind.PERSON, "Саmilа"),
        ("mi hermana <b>Camila</b> llora", Kind.PERSON, "Camila"),
        ("mi hermana\u00a0Camila llora", Kind.PERSON, "Camila"),
        ("mi cel ٩٨٧٦٥٤٣٢١", Kind.PHONE, "٩٨٧٦٥٤٣٢١"),
        ("😀😀 me llamo Camila 😀", Kind.PERSON, "Camila"),
    ],
)
def test_disguises_are_seen_through(text, kind, part):
    assert (kind, part) in [(finding.kind, finding.text) for finding in check(text)]
