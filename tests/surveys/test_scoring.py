import pytest

from surveys.instruments import GAD_7, NEED_SHORT, PHQ_9
from surveys.scoring import (
    AnswersOutOfRange,
    ChangeKind,
    InstrumentDisabled,
    MissingAnswers,
    Score,
    ScoresNotComparable,
    TooManyAnswers,
    band_label,
    compare,
    compare_totals,
    score,
)


def phq9(total, risk=False):
    return Score("phq-9", "es-1", total, 27, band_label(PHQ_9, total), risk)


def test_score_adds_the_answers_and_names_the_band():
    assert score(PHQ_9, [1, 2, 3, 2, 1, 0, 3, 1, 0]) == Score(
        instrument="phq-9",
        version="es-1",
        total=13,
        maximum=27,
        band="molestias moderadas",
        risk=False,
    )


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "molestias mínimas"),
        (4, "molestias mínimas"),
        (5, "molestias leves"),
        (10, "molestias moderadas"),
        (15, "molestias moderadas a altas"),
        (20, "molestias altas"),
        (27, "molestias altas"),
    ],
)
def test_band_begins_at_its_cutoff(total, band):
    assert band_label(PHQ_9, total) == band


@pytest.mark.parametrize(("ninth", "risk"), [(0, False), (1, True), (3, True)])
def test_score_reports_risk_from_the_ninth_item_whatever_the_total(ninth, risk):
    assert score(PHQ_9, [0] * 8 + [ninth]).risk is risk


def test_score_without_a_risk_item_never_reports_risk():
    assert score(NEED_SHORT, [0, 0, 0, 0]).risk is False


@pytest.mark.parametrize(
    ("answers", "items"),
    [
        ([], tuple(range(1, 10))),
        ([0] * 8, (9,)),
        ([0, None, 0, 0, 0, 0, 0, 0, 0], (2,)),
    ],
)
def test_score_refuses_missing_answers_and_names_them(answers, items):
    with pytest.raises(MissingAnswers) as raised:
        score(PHQ_9, answers)
    assert raised.value.items == items


@pytest.mark.parametrize("wrong", [4, -1, True, "2", 1.0])
def test_score_refuses_what_is_not_an_option_without_repeating_it(wrong):
    with pytest.raises(AnswersOutOfRange) as raised:
        score(PHQ_9, [0, 0, 0, 0, wrong, 0, 0, 0, 0])
    assert raised.value.items == (5,)
    assert str(raised.value) == "Items with an answer that is not an option: 5"


def test_score_refuses_more_answers_than_items():
    with pytest.raises(TooManyAnswers):
        score(NEED_SHORT, [1, 1, 1, 1, 1])


def test_score_refuses_a_disabled_instrument():
    with pytest.raises(InstrumentDisabled):
        score(GAD_7, [0] * 7)


@pytest.mark.parametrize(
    ("previous", "current", "kind"),
    [
        (15, 9, ChangeKind.BETTER),
        (15, 10, ChangeKind.SAME),
        (15, 20, ChangeKind.SAME),
        (15, 21, ChangeKind.WORSE),
        (15, 15, ChangeKind.SAME),
    ],
)
def test_compare_honours_the_reliable_change_of_phq9(previous, current, kind):
    change = compare(phq9(previous), phq9(current))
    assert (change.kind, change.difference) == (kind, current - previous)


@pytest.mark.parametrize(("previous", "current", "kind"), [(4, 8, "better"), (8, 4, "worse"), (4, 7, "same")])
def test_compare_reads_the_short_scale_the_other_way_round(previous, current, kind):
    assert compare_totals(NEED_SHORT, previous, current).kind == kind


def test_compare_sentence_calls_a_small_change_a_swing():
    assert compare(phq9(10), phq9(9)).sentence == (
        "Tu puntaje bajó 1 punto: un cambio así puede ser solo el vaivén de una semana a otra."
    )
    assert compare(phq9(10), phq9(10)).sentence == "Tu puntaje es el mismo que antes."


def test_compare_keeps_the_risk_answer_in_sight_when_the_total_falls():
    sentence = compare(phq9(20), phq9(5, risk=True)).sentence
    assert sentence.endswith("Lo que marcaste en la última pregunta importa más que cualquier puntaje.")


def test_compare_claims_more_certainty_only_for_a_validated_instrument():
    assert "más de lo que suele variar por sí solo" in compare_totals(PHQ_9, 20, 5).sentence
    assert "más de lo que suele variar por sí solo" not in compare_totals(NEED_SHORT, 2, 12).sentence


@pytest.mark.parametrize("instrument", [PHQ_9, NEED_SHORT], ids=lambda i: i.key)
def test_compare_never_claims_a_cure_nor_shouts(instrument):
    scale = range(instrument.minimum, instrument.maximum + 1)
    for sentence in {compare_totals(instrument, a, b).sentence for a in scale for b in scale}:
        assert not {
            "cura",
            "curado",
            "curada",
            "sano",
            "sana",
            "recuperado",
            "superado",
        } & set(sentence.lower().replace(".", " ").replace(",", " ").split())
        assert "!" not in sentence


def test_compare_refuses_scores_of_two_instruments():
    with pytest.raises(ScoresNotComparable):
        compare(phq9(10), score(NEED_SHORT, [1, 1, 1, 1]))
