"""How a page stands in a list of search results, and what an editor should look at before it does.

A pure module: words in, words out. Search engines cut by width; the lengths here are what usually fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SUFFIX: Final = " · Need"
TITLE_FITS: Final = 60
DESCRIPTION_FITS: Final = 155
DESCRIPTION_TOO_SHORT: Final = 70
# Read by the editor's script as well: only what both languages of patterns share, letters in lower case.
SENSATIONAL: Final = (
    r"[¡!]|impactante|escalofriante|terrible|tragedia|dramátic[oa]|no vas a creer|increíble|brutal|secreto"
    r"|para siempre|milagro|definitiv[oa]"
)
SHOUTED: Final = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{4,}\b.*\b[A-ZÁÉÍÓÚÑ]{4,}\b")


@dataclass(frozen=True)
class Advice:
    """One thing to look at. `rule` names it; `applies` says whether it is so now."""

    rule: str
    text: str
    applies: bool


def cut(text: str, length: int) -> str:
    """The text as search engines shorten it: whole words, then an ellipsis."""
    if len(text) <= length:
        return text
    shortened = text[: length - 1]
    at_a_word = shortened.rpartition(" ")[0] if text[length - 1] != " " else shortened
    return (at_a_word or shortened).rstrip(" ,;:.") + " …"


def window_title(title: str) -> str:
    """What stands in the browser's tab, and so in the results."""
    return title + SUFFIX


def sensational(title: str) -> str:
    """What in `title` is there to impress; empty where it is sober. For every check of titles."""
    match = re.search(SENSATIONAL, title, re.IGNORECASE) or SHOUTED.search(title)
    return title[match.start() : match.end()] if match else ""


def advice(
    *, title: str, own_description: str, taken_title: bool, hides_its_text: bool, silent_video: bool
) -> list[Advice]:
    """Everything an editor may be told, in the order of the page, each with whether it applies.

    `title` is what search engines get; `own_description` what was written for them, which may be nothing.
    """
    length = len(own_description)
    return [
        Advice(
            "title-long",
            f"El título no cabe entero en los resultados ({TITLE_FITS} caracteres con « · Need»). "
            "Pon lo que la gente busca al principio, o escribe uno más corto en «Título para buscadores».",
            len(window_title(title)) > TITLE_FITS,
        ),
        Advice(
            "title-sensational",
            "El título busca impresionar o promete de más. Usa las palabras de quien busca ayuda.",
            bool(sensational(title)),
        ),
        Advice(
            "title-taken", "Otra página ya tiene este título. En los resultados se confunden.", taken_title
        ),
        Advice(
            "description-missing",
            "Falta la descripción para buscadores. Mientras tanto se usa el comienzo de la página.",
            not own_description,
        ),
        Advice(
            "description-short",
            f"La descripción es corta: con {DESCRIPTION_TOO_SHORT} a {DESCRIPTION_FITS} caracteres se "
            "entiende de qué trata la página.",
            0 < length < DESCRIPTION_TOO_SHORT,
        ),
        Advice(
            "description-long",
            f"La descripción se corta a los {DESCRIPTION_FITS} caracteres. Di primero lo que importa.",
            length > DESCRIPTION_FITS,
        ),
        Advice(
            "description-shown",
            "El caso lleva un aviso de contenido, y esta descripción se lee en los buscadores antes que él. "
            "Que no cuente lo que el aviso cubre.",
            hides_its_text and bool(own_description),
        ),
        Advice(
            "video-silent",
            "Un video no dice qué muestra. Escríbelo para quien no lo puede ver.",
            silent_video,
        ),
    ]
