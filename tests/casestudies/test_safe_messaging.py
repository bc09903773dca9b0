"""Safe messaging: what an editor is asked to look at again."""

from __future__ import annotations

import pytest

from casestudies.safe_messaging import warnings_about


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
