"""The tagger beside the rules: what only the words around tell, and what its answer looks like."""

import math

import pytest

from casestudies.anonymise import Kind, find, tagged, tagger
from casestudies.anonymise.detection import by_rules
from casestudies.anonymise.reading import Reading
from casestudies.anonymise.traits import TAGGED


def pieces(text):
    return by_rules(Reading.of(text))[1]


def likelihoods(text):
    return tagger.likelihoods(pieces(text))


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        (
            "vivo en la casa verde al lado del molino, segunda entrada, y tengo miedo",
            Kind.ADDRESS,
            "casa verde al lado del molino",
        ),
        (
            "nos mudamos a la vuelta de la ferretería quiñelef, portón negro",
            Kind.ADDRESS,
            "vuelta de la ferretería",
        ),
        (
            "trabajo de cajera en confecciones del puerto y me acusaron de robar",
            Kind.PLACE_FINE,
            "confecciones del puerto",
        ),
    ],
)
def test_what_only_the_words_around_tell_is_found(text, kind, part):
    by_rule = by_rules(Reading.of(text))[0]
    assert part not in " ".join(text[each.start : each.end] for each in by_rule)
    assert any(each.kind is kind and part in each.text for each in find(text))


def test_a_finding_of_the_tagger_says_why_in_plain_words():
    [finding] = find("trabajo de cajera en confecciones del puerto y me acusaron de robar")
    assert finding.why.startswith("Por las palabras que lo rodean")
    assert finding.replacement == "un lugar"
    assert 0.5 <= finding.confidence <= 0.9


def test_every_piece_has_a_likelihood_for_each_kind():
    text = "Hola, soy Camila. 💙 Vivo en Melipilla; mi correo: cami@gmail.com (el 2 del 3)."
    found = likelihoods(text)
    assert len(found) == len(pieces(text))
    assert all(len(row) == len(TAGGED) and 0 <= sum(row) <= 1 + 1e-9 for row in found)


def test_what_is_said_of_a_word_does_not_depend_on_how_long_the_text_is():
    text = "Ayer Yurlenis me gritó y yo lloré en el baño. "
    alone = [sum(row) for row in likelihoods(text)]
    long = [sum(row) for row in likelihoods(text * 400)]
    assert len(long) > tagger.BLOCK
    middle = len(alone) * 100
    assert long[middle + 1] == pytest.approx(alone[1], abs=0.1)


def test_ways_that_are_followed_only_where_needed_lead_to_the_same(monkeypatch):
    text = (
        "Soy Rosa, vivo en Carahue y mi hermano no me habla. Nos vimos en la casa de la esquina con Yerko. "
        * 8
    )
    quick = likelihoods(text)
    monkeypatch.setattr(tagger, "SURELY", math.inf)
    for one, other in zip(quick, likelihoods(text), strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_nothing_is_likely_in_nothing():
    assert likelihoods("") == []


def test_what_comes_after_the_longest_letter_is_left_to_the_rules(monkeypatch):
    text = "Hola, soy Camila. trabajo en confecciones del puerto. Mi prima Nieves vino."
    monkeypatch.setattr(tagged, "LONGEST", 4)
    assert [finding.text for finding in find(text)] == ["Camila", "Nieves"]


LONG = (
    "Llevo dos años sin dormir bien y no sé a quién contarle esto. Mi marido ronca, mis hijos gritan y yo hago la "
    "comida, la tarea y las compras antes de las ocho. El médico dice que son nervios y que salga a caminar. "
)


def names_where_a_word_is_likely(text, word, likely):
    found, read = by_rules(Reading.of(text))
    rows = [(likely if piece.key == word else 0.0, 0.0, 0.0) for piece in read]
    return [text[each.start : each.end] for each in tagged.settled(read, found, rows)]


def test_a_lone_weak_trace_in_a_long_text_is_left_out_and_kept_beside_something_certain():
    text = LONG + "Ponen remolino a las dos de la mañana. "
    assert names_where_a_word_is_likely(text, "remolino", 0.95) == []
    assert names_where_a_word_is_likely(text, "remolino", 0.999) == ["remolino"]
    certain = text + "Mi cel es 9 8765 4321."
    assert "remolino" in names_where_a_word_is_likely(certain, "remolino", 0.5)


def test_a_name_that_introduces_itself_is_found_in_a_long_text_that_says_nothing_else():
    assert [finding.text for finding in find(LONG + "Me llamo Yurlenis.")] == ["Yurlenis"]


def test_what_is_short_says_nothing_by_its_silence():
    assert [finding.text for finding in find("Salí con lupita y nos reímos.")] == ["lupita"]


@pytest.mark.parametrize("again", ["CAMILA", "camila", "Cami", "kamila"])
def test_a_name_that_is_certain_is_found_again_however_it_is_written(again):
    text = f"Me llamo Camila y tengo frío. Todos repetían {again} con una risa."
    assert again in [finding.text for finding in find(text)]


def test_a_capital_where_somebody_lives_is_left_alone():
    assert not find(LONG + "Vivo en Santo Domingo y tengo 42 años.")
