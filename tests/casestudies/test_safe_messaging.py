"""Safe messaging: what an editor is asked to look at again."""

from __future__ import annotations

import pytest

from casestudies.safe_messaging import warnings_about
from home.search_result import Advice, advice


@pytest.mark.parametrize(
    "text",
    [
        "Su tío cometió suicidio hace años. Hay ayuda: llama a urgencias.",
        "Fue un intento fallido. La terapia ayudó.",
        "Se tomó un frasco de pastillas. Fue a urgencias.",
        "Dejó una carta en la mesa. La terapia ayudó.",
        "Se suicidó por una deuda. La terapia ayudó a su familia.",
        "Por fin descansó, decían. La terapia ayudó a su familia.",
    ],
)
def test_unsafe_phrase_is_named(text: str) -> None:
    assert warnings_about("No puedo dormir", text, "Habla de suicidio")


@pytest.mark.parametrize(
    ("title", "note"),
    [("¡Una historia escalofriante!", ""), ("Mi hermano se suicidó", "Habla de suicidio")],
)
def test_sensational_title_is_named(title: str, note: str) -> None:
    assert warnings_about(title, "Texto tranquilo.", note)


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Terriblemente sola", "Terrible"),
        ("El SECRETO de mi madre", "SECRETO"),
        ("NUNCA MÁS VUELVAS a sufrir", "NUNCA MÁS VUELVAS"),
        ("No puedo dormir", None),
    ],
)
def test_titles_are_judged_as_they_are_in_search_results(title: str, phrase: str | None) -> None:
    named = [each.phrase for each in warnings_about(title, "Texto tranquilo.")]
    told = {each.rule for each in advice_about(title) if each.applies}

    assert named == ([phrase] if phrase else [])
    assert ("title-sensational" in told) == bool(phrase)


def advice_about(title: str) -> list[Advice]:
    return advice(
        title=title, own_description="", taken_title=False, hides_its_text=False, silent_video=False
    )


def test_hard_case_without_note_or_help_is_named() -> None:
    whys = [each.why for each in warnings_about("No puedo más", "Pienso en el suicidio.")]

    assert len(whys) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Tomó las pastillas que le recetó su médico" if False else "Tomo un té antes de dormir.",
        "Dejo una luz encendida y leo dos páginas.",
        "Murió mi papá y no lloré.",
    ],
)
def test_ordinary_text_gets_no_warning(text: str) -> None:
    assert warnings_about("Murió mi papá y no he llorado", text) == []
