import io
import json
import time

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.risk import Assessment, Reason, assess
from consultations.risk.examples import (
    LONGEST,
    THRESHOLD,
    Example,
    leaning,
    learn,
    load_examples,
    resembles_risk,
)
from tests.consultations.risk_texts import DISTRACTED_RISK, DISTRACTED_SAFE, RISK, SAFE

EXAMPLES = load_examples()
ALL_RISK = [text for _, text in RISK + DISTRACTED_RISK]
ALL_RISK += [example.text for example in EXAMPLES if example.risk]
ALL_SAFE = [text for _, text in SAFE + DISTRACTED_SAFE]
ALL_SAFE += [example.text for example in EXAMPLES if not example.risk]


def measure(risk, safe, flags):
    """Recall, precision and the share of false alarms of `flags` (text to bool)."""
    found = sum(map(flags, risk))
    alarms = sum(map(flags, safe))
    return found / len(risk), found / max(1, found + alarms), alarms / len(safe)


def say(capsys, name, risk, safe, measured):
    with capsys.disabled():
        print(
            f"\n{name}: {len(risk)} risk, {len(safe)} safe; "
            "recall {:.3f}, precision {:.3f}, false alarms {:.3f}".format(*measured)
        )


def test_assess_finds_nearly_all_risk_with_few_false_alarms(capsys):
    risk, safe = [text for _, text in RISK], [text for _, text in SAFE]
    measured = measure(risk, safe, lambda text: assess(text).flag)
    say(capsys, "texts outside the examples", risk, safe, measured)
    recall, _, false_alarms = measured
    assert recall >= 0.97
    assert false_alarms <= 0.15


@pytest.mark.parametrize("text", [text for _, text in DISTRACTED_RISK])
def test_rules_are_not_silenced_by_ordinary_words_elsewhere(text):
    assert set(assess(text).reasons) - {Reason.RESEMBLES}


def test_rules_leave_most_laughter_grief_and_resolved_past_alone(capsys):
    risk, safe = [text for _, text in DISTRACTED_RISK], [text for _, text in DISTRACTED_SAFE]
    measured = measure(risk, safe, lambda text: assess(text).flag)
    say(capsys, "plain words beside ordinary ones", risk, safe, measured)
    _, _, false_alarms = measured
    assert false_alarms <= 0.10


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (
            "Se me rompió el pantalón en misa, me quiero morir jajaja.",
            "Me quiero morir. Fui a misa con mi hermana. Ella se ríe jajaja.",
        ),
        (
            "A los quince años pensaba en matarme. Me recuperé y estudio enfermería.",
            "Pensaba en matarme. Estudio enfermería. Mi hermana a los quince años se cayó y se recuperó.",
        ),
        (
            "Mi primer marido me pegaba. Me divorcié y vivo tranquila.",
            "Mi marido me pegaba en la mañana. Hace quince años que nos casamos y hoy llueve.",
        ),
    ],
)
def test_what_excuses_must_stand_near(near, far):
    assert (assess(near).flag, assess(far).flag) == (False, True)


def test_a_sentence_said_twice_is_excused_only_where_its_past_is_told():
    told = "De adolescente pensaba en matarme. Me recuperé con ayuda. "
    calm = "Mi trabajo me gusta y mis tardes son largas. " * 20
    assert not assess(told).flag
    assert assess(told.replace("De adolescente p", "P") + calm + "Pensaba en matarme.").flag
    assert assess(told + calm + "Pensaba en matarme. Llueve.").flag


def test_no_past_excuses_a_plan_or_a_child():
    over = " De niña era así. Me recuperé, estoy bien y hoy tengo cuarenta."
    assert "plan" in assess("Hace años escribí una carta de despedida." + over).reasons
    assert "child_abuse" in assess("Hace años mi tío me tocaba en la noche." + over).reasons


def test_rules_alone_find_nearly_all_examples(capsys):
    risk = [example.text for example in EXAMPLES if example.risk]
    safe = [example.text for example in EXAMPLES if not example.risk]
    measured = measure(risk, safe, lambda text: set(assess(text).reasons) - {Reason.RESEMBLES} != set())
    say(capsys, "examples, rules alone", risk, safe, measured)
    recall, _, false_alarms = measured
    assert recall >= 0.97
    assert false_alarms <= 0.10


def test_examples_help_with_texts_left_out_of_them(capsys):
    risk, safe, flagged = [], [], set()
    for part in range(5):
        weights = learn(example for n, example in enumerate(EXAMPLES) if n % 5 != part)
        for example in EXAMPLES[part::5]:
            (risk if example.risk else safe).append(example.text)
            if leaning(example.text, weights) > THRESHOLD:
                flagged.add(example.text)
    measured = measure(risk, safe, lambda text: text in flagged)
    say(capsys, "examples left out in turn, second reader alone", risk, safe, measured)
    recall, _, false_alarms = measured
    assert recall >= 0.33
    assert false_alarms <= 0.12


def test_learn_weighs_what_stands_more_often_in_texts_of_danger():
    weights = learn([Example(True, "a", "quiero morir"), Example(False, "b", "quiero dormir")])
    assert weights["=morir"] > 0 > weights["=dormir"]
    assert weights["=kiero"] == 0


def test_resembles_risk_does_not_read_what_is_longer_than_a_letter():
    assert not resembles_risk("quiero morir " * LONGEST)


def test_labelled_texts_are_many_and_distinct():
    assert len(RISK) + len(SAFE) >= 120
    texts = ALL_RISK + ALL_SAFE
    assert len(texts) == len(set(texts))


def test_assess_of_a_calm_text_finds_nothing():
    assert assess("Quiero aprender a organizar mis tardes.") == Assessment(flag=False, reasons=(), severity=0)


@pytest.mark.parametrize(
    ("text", "reason", "severity"),
    [
        ("Ojalá me durmiera y no despertara", Reason.PASSIVE_IDEATION, 1),
        ("Quiero suicidarme", Reason.ACTIVE_IDEATION, 2),
        ("Escribí una carta de despedida", Reason.PLAN, 3),
        ("Anoche intenté matarme", Reason.RECENT_ATTEMPT, 3),
        ("Volví a cortarme los brazos", Reason.SELF_HARM, 2),
        ("Mi marido me pega", Reason.VIOLENCE, 3),
        ("Mi padrastro me toca en la noche", Reason.CHILD_ABUSE, 3),
        ("Voy a matarlo cuando salga", Reason.DANGER_TO_OTHERS, 3),
        ("Mi hermana dice que se quiere matar", Reason.THIRD_PARTY, 3),
    ],
)
def test_assess_names_the_reason_and_how_grave_it_is(text, reason, severity):
    assessment = assess(text)
    assert reason in assessment.reasons
    assert assessment.severity >= severity


@pytest.mark.parametrize(
    "text",
    [
        "quiero morirme",
        "QUIERO MORIRME",
        "kiero morirme",
        "qiero morirme",
        "quieroooo morirmeeee",
        "quiéro mórirmé",
        "qu13r0 m0r1rm3",
        "quieromorirme",
        "q u i e r o  m o r i r m e",
        "q.u.i.e.r.o m.o.r.i.r.m.e",
        "quiero mo\u200brir\u00adme",
        "quierо mоrirme",
        "𝐪𝐮𝐢𝐞𝐫𝐨 𝐦𝐨𝐫𝐢𝐫𝐦𝐞",
        "quiero\nmorirme",
        "quiero... morirme",
        "quiero   morirme",
    ],
)
def test_assess_reads_the_same_wish_in_any_spelling(text):
    assert Reason.ACTIVE_IDEATION in assess(text).reasons


@pytest.mark.parametrize(
    ("safe", "risk"),
    [
        ("No quiero morir", "Ya no sé si quiero morir"),
        ("Nunca he pensado en matarme", "No puedo dejar de pensar en matarme"),
        ("No quiero matarme", "No quiero matarme, pero la idea no se va"),
        ("Me quiero morir de la vergüenza", "Me da vergüenza decirlo, pero me quiero morir"),
        ("Se me cayó el café encima, me quiero morir jajaja", "Me quiero morir jajaja"),
        (
            "Rompí la taza del jefe nuevo, me quiero matar xd",
            "Rompí la taza del jefe, me quiero matar xd, sin bromas",
        ),
        ("Hace años quise matarme. Lo superé.", "Hace años quise matarme. No lo superé."),
        ("Tengo miedo de morirme en la operación", "Tengo miedo de matarme"),
        (
            "A los quince intenté matarme. Hoy tengo cuarenta y estoy bien.",
            "A los quince intenté matarme. Hoy tengo cuarenta y volví a pensar en eso.",
        ),
        ("Hace veinte años mi papá me pegaba. Hoy estoy a salvo.", "Hace veinte años que mi marido me pega."),
        (
            "Vi una película donde el protagonista quiere matarse",
            "Después de ver una película quiero matarme",
        ),
        ("La canción dice: quiero morir", "Escucho esa canción y quiero morir"),
        ("Mi mamá me va a matar cuando vea las notas", "Mi marido me va a matar cuando vea que me fui"),
        ("Ya no doy más, quiero renunciar y no sé cómo decírselo a mi jefe", "Ya no doy más"),
        ("Mi hermano se suicidó hace tres años y lo extraño", "Mi hermano dice que se va a suicidar"),
    ],
)
def test_assess_tells_danger_from_its_lookalike(safe, risk):
    assert (assess(safe).flag, assess(risk).flag) == (False, True)


def test_assess_reads_a_danger_buried_in_a_long_text():
    calm = "Mi trabajo me gusta y mis tardes son largas. "
    assert assess(calm * 400 + "Anoche intenté suicidarme. " + calm * 400).flag


def test_assess_reads_a_long_text_without_punctuation():
    calm = "me levanto tomo el bus llego a la oficina almuerzo con mis amigas y vuelvo "
    assert assess(calm * 300 + "y quiero matarme " + calm * 300).flag
    assert not assess(calm * 300).flag


def test_assess_returns_codes_and_never_words_of_the_text():
    for text in ALL_RISK:
        assert set(assess(text).reasons) <= {reason.value for reason in Reason}


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "....", "ﷺ" * 50, "\u0301" * 50, "123 456", "¿?¡!", "𓀀"]
)
def test_assess_survives_odd_text(text):
    assert assess(text) == Assessment(flag=False, reasons=(), severity=0)


@settings(deadline=None, max_examples=150)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["quiero", "no", "morir", ",", ".", "me", "pega", "la", "mi", "hija", "m4tar", "\n", "jaja"]
        )
    ).map(" ".join)
)
def test_assess_never_raises(text):
    assessment = assess(text)
    assert assessment.flag is bool(assessment.reasons)
    assert (assessment.severity > 0) is assessment.flag


def _megabyte(piece):
    return (piece * (1_000_000 // len(piece) + 1))[:1_000_000]


@pytest.mark.parametrize(
    "text",
    [
        _megabyte(" ".join(ALL_SAFE) + " "),
        _megabyte(" ".join(ALL_RISK) + " "),
        _megabyte("a"),
        _megabyte("no quiero "),
        _megabyte("."),
        _megabyte("\n"),
        _megabyte("a b "),
        _megabyte("1@"),
        _megabyte("ﷺ"),
        _megabyte("quieromorir"),
    ],
    ids=["safe", "risk", "letter", "words", "dots", "lines", "spelt", "leet", "unfolding", "glued"],
)
def test_assess_reads_a_megabyte_in_under_a_second(text):
    # Processor time, and the best of three: a busy machine must not fail the test.
    seconds = []
    while len(seconds) < 3 and min(seconds, default=1) >= 1:
        started = time.process_time()
        assess(text)
        seconds.append(time.process_time() - started)
    assert min(seconds) < 1


def run_command(monkeypatch, given: bytes) -> tuple[list[dict], str, bool]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("assess_risk", stdout=out, stderr=err)
    except CommandError as error:
        return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue() + str(error), True
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), False


def test_command_answers_each_line(monkeypatch):
    given_lines = [
        {"id": "a", "text": "Quiero suicidarme"},
        {"id": 2, "text": "Quiero dormir mejor, ¿qué hago?"},
    ]
    answers, errors, failed = run_command(monkeypatch, "\n".join(map(json.dumps, given_lines)).encode())
    assert answers == [
        {"id": "a", "flag": True, "reasons": ["active_ideation"]},
        {"id": 2, "flag": False, "reasons": []},
    ]
    assert (errors, failed) == ("", False)


@pytest.mark.parametrize(
    "bad",
    [b"{secreto", b"[1]", b'{"id": 1}', b'{"text": "secreto"}', b'{"id": 1, "text": 5}', b"\xff\xfe secreto"],
)
def test_command_names_a_bad_line_without_quoting_it_and_goes_on(monkeypatch, bad):
    answers, errors, failed = run_command(monkeypatch, bad + b'\n\n{"id": 9, "text": "hola"}\n')
    assert answers == [{"id": 9, "flag": False, "reasons": []}]
    assert errors.startswith("Line 1: ")
    assert "1 line(s)" in errors
    assert "secreto" not in errors
    assert failed
