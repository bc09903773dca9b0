import dataclasses

import pytest

from surveys.instruments import (
    NEED_SHORT,
    PHQ_9,
    REGISTRY,
    UnknownInstrument,
    enabled_instruments,
    get_instrument,
)

ENABLED = [instrument for instrument in REGISTRY.values() if instrument.enabled]
DISABLED = [instrument for instrument in REGISTRY.values() if not instrument.enabled]


def test_registry_holds_the_known_instruments_under_their_own_keys():
    assert {key: instrument.key for key, instrument in REGISTRY.items()} == {
        key: key for key in ("phq-9", "need-breve", "gad-7", "who-5", "core-10")
    }


def test_enabled_instruments_are_phq9_and_the_short_scale():
    assert enabled_instruments() == (PHQ_9, NEED_SHORT)


@pytest.mark.parametrize("instrument", DISABLED, ids=lambda i: i.key)
def test_disabled_instrument_ships_no_wording_and_says_why(instrument):
    assert (instrument.stem, instrument.options, instrument.items) == ("", (), ())
    assert instrument.disabled_reason


@pytest.mark.parametrize("instrument", ENABLED, ids=lambda i: i.key)
def test_enabled_instrument_may_be_used_commercially_and_is_complete(instrument):
    assert instrument.commercial_use
    assert instrument.licence
    assert instrument.source
    assert instrument.stem
    assert instrument.disabled_reason == ""


@pytest.mark.parametrize("instrument", ENABLED, ids=lambda i: i.key)
def test_enabled_instrument_scale_agrees_with_its_items_and_options(instrument):
    values = [option.value for option in instrument.options]
    assert values == list(range(len(values)))
    assert instrument.minimum == 0
    assert instrument.maximum == values[-1] * len(instrument.items)


@pytest.mark.parametrize("instrument", REGISTRY.values(), ids=lambda i: i.key)
def test_cutoffs_rise_within_the_scale(instrument):
    starts = [cutoff.minimum for cutoff in instrument.cutoffs]
    assert starts == sorted(set(starts))
    assert all(instrument.minimum <= start <= instrument.maximum for start in starts)
    assert starts[:1] in ([], [instrument.minimum])


def test_instruments_that_need_a_permission_stay_off():
    assert [i.key for i in REGISTRY.values() if not i.commercial_use] == [
        "who-5",
        "core-10",
    ]
    assert not any(i.enabled for i in REGISTRY.values() if not i.commercial_use)


def test_short_scale_says_in_its_name_that_it_is_not_validated():
    assert not NEED_SHORT.validated
    assert "no validada" in NEED_SHORT.name


def test_phq9_wording_is_the_spanish_form():
    assert PHQ_9.stem == (
        "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias "
        "debido a los siguientes problemas?"
    )
    assert [option.label for option in PHQ_9.options] == [
        "Ningún día",
        "Varios días",
        "Más de la mitad de los días",
        "Casi todos los días",
    ]
    assert len(PHQ_9.items) == 9
    assert PHQ_9.items[5] == (
        "Se ha sentido mal con usted mismo(a) – o que es un fracaso o que ha quedado mal con usted mismo(a) "
        "o con su familia"
    )
    assert PHQ_9.items[8] == "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera"


def test_phq9_risk_item_is_the_ninth():
    assert PHQ_9.risk_item == 9
    assert [cutoff.minimum for cutoff in PHQ_9.cutoffs] == [0, 5, 10, 15, 20]


def test_instrument_cannot_be_edited():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PHQ_9.name = "otro"


def test_get_instrument_returns_the_asked_version():
    assert get_instrument("phq-9") is PHQ_9
    assert get_instrument("phq-9", "es-1") is PHQ_9


@pytest.mark.parametrize(("key", "version"), [("phq-2", None), ("phq-9", "es-0")])
def test_get_instrument_refuses_an_unknown_key_or_version(key, version):
    with pytest.raises(UnknownInstrument):
        get_instrument(key, version)
