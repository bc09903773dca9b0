"""What the guidelines on safe messaging ask an editor to look at again before publishing.

A pure module: text in, warnings out. It warns and never refuses: the rules see words, not what they mean.
Sources: WHO, "Preventing suicide: a resource for media professionals" (2023); Samaritans' media guidelines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from home.search_result import sensational


@dataclass(frozen=True)
class Warning:
    """One phrase to look at, and why, in Spanish, for an editor."""

    phrase: str
    why: str


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _any(r"comet\w+ (?:un )?suicidio|suicidio consumado"),
        "«Cometer» habla de un delito. Di «murió por suicidio» o «se quitó la vida».",
    ),
    (
        _any(r"(?:intento|suicidio)s? (?:exitos[oa]s?|fallid[oa]s?|frustrad[oa]s?|logrado)"),
        "Ni éxito ni fracaso: di «intento de suicidio» o «murió por suicidio».",
    ),
    (
        _any(
            r"sobredosis|ahorc\w+|se colg[óo]|se cort[óo] las venas|se tir[óo] (?:del?|desde|al) \w+"
            r"|(?:tom[óo]|tragu?[óeé]) (?:\w+ ){0,3}(?:pastillas|comprimidos)|se dispar[óo]|monóxido"
        ),
        "Nombra un método. Quita el cómo, la cantidad y el lugar.",
    ),
    (
        _any(r"(?:carta|nota) (?:de suicidio|suicida|de despedida)|dej[óo] una (?:carta|nota)"),
        "No cuentes que hubo una nota ni qué decía.",
    ),
    (
        _any(r"epidemia de suicidios|ola de suicidios|pacto suicida|lugar elegido para"),
        "Suena a contagio o a lugar señalado. Dilo con números sobrios, o quítalo.",
    ),
    (
        _any(r"(?:se (?:mat[óo]|suicid[óo]|quit[óo] la vida)) (?:por|porque|por culpa de)"),
        "No hay una sola causa. Habla de varias, y de la ayuda que existe.",
    ),
    (
        _any(r"por fin descans[óo]|dej[óo] de sufrir|encontr[óo] la paz|su única salida|la única salida"),
        "Presenta la muerte como una salida. Di qué ayuda había y qué sostuvo a la persona.",
    ),
)
SUICIDE = _any(r"suicid\w+|quitar\w* la vida|matarme|me quiero morir|hacerme daño|autolesi\w+")
HELP = _any(r"línea(?:s)? de ayuda|pedir ayuda|urgencias?|emergencias?|\*?4141|psiquiatr\w+|terap\w+")


def warnings_about(title: str, text: str, content_note: str = "") -> list[Warning]:
    """What to look at in a case with this `title`, this whole `text` and this content note."""
    found = [
        Warning(match.group(), why) for rule, why in RULES for match in rule.finditer(f"{title}\n{text}")
    ]
    if phrase := sensational(title):
        found.append(Warning(phrase, "El título busca impresionar. Usa las palabras de quien busca ayuda."))
    if match := SUICIDE.search(title):
        found.append(
            Warning(match.group(), "El título nombra el suicidio. Di lo que se siente o se pregunta.")
        )
    return found + _about_the_whole(text, content_note)


def _about_the_whole(text: str, content_note: str) -> list[Warning]:
    match = SUICIDE.search(text)
    if match is None:
        return []
    found = []
    if not content_note:
        found.append(Warning(match.group(), "Habla de suicidio o daño: escribe un aviso de contenido."))
    if not HELP.search(text):
        found.append(Warning(match.group(), "No dice dónde pedir ayuda. Agrega cómo y dónde."))
    return found
