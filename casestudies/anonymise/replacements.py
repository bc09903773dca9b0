"""What to write instead of a finding, and how it fits into the sentence around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casestudies.anonymise.findings import Kind

_RELATION = re.compile(
    r"\b(?P<whose>mi|mis|tu|su|nuestro|nuestra|un|una|el|la)\s(?P<who>mamá|mama|papá|papa|madre|padre|herman[oa]|hij[oa]|hijastr[oa]|niñ[oa]|nen[ea]|beb[eé]|abuel[oa]|abuelit[oa]|niet[oa]|t[ií][oa]|prim[oa]|sobrin[oa]|cuñad[oa]|suegr[oa]"
    r"|yerno|nuera|padrastro|madrastra|padrino|madrina|ahijad[oa]|espos[oa]|marido|mujer|pareja|novi[oa]|polol[oa]|ex|amig[oa]|compadre|comadre|compañer[oa]|colega|jef[ea]|vecin[oa]|profesor[a]?|maestr[oa]|orientador[a]?|entrenador[a]?|técnico|psicólog[oa]|psiquiatra"
    r"|terapeuta|doctor[a]?|matrona|enfermer[oa]|perr[oa]|gat[oa])(?:\s(?:mayor|menor|chic[oa]|pequeñ[oa]|del medio|grande))?\s?,?\s?$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:don|doña|señora?|sra?\.?|doctora?|dra?\.?|profesora?|profe|miss|tí[oa])\s$", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:me llamo|mi nombre es|soy|yo soy)\s$", re.IGNORECASE)
_FEMININE = re.compile(
    r"\b(?:la|una|doña|señora|sra\.?|ella|doctora|dra\.?|tía|miss|amiga|hermana|mamá|mi (?:hija|prima|novia|esposa|jefa|vecina))\s$",
    re.IGNORECASE,
)


def suggest(kind: Kind, text: str, start: int, end: int) -> str:
    """Return what to write instead of `text[start:end]`, so that the sentence stays readable."""
    if kind is not Kind.PERSON:
        return _GENERAL.get(kind, "[…]")
    before = text[max(0, start - 50) : start]
    if _SELF.search(before):
        return "[nombre]"
    if match := _RELATION.search(before):
        return _relation(match)
    if _TITLE.search(before):
        return "N."
    return "una amiga" if _FEMININE.search(before) else "una persona"


_GENERAL = {
    Kind.PLACE_FINE: "un lugar",
    Kind.DATE_EXACT: "[otra fecha]",
    Kind.AGE_EXACT: "más de 89",
    Kind.RARE: "[dato general]",
}


def _relation(match: re.Match[str]) -> str:
    whose = match.group("whose").lower()
    whose = "mi" if whose in ("mi", "mis", "un", "una", "el", "la") else whose
    return f"{whose} {match.group('who').lower()}"


_NEUTRAL = frozenset({"una persona", "una amiga", "N."})


def telling(replacements: Iterable[str]) -> str:
    """Of what was proposed for one person's mentions, the first that says who they are: "mi hermana"."""
    return next((each for each in replacements if each not in _NEUTRAL), "")


# What a replacement begins with that bears no article before it.
_DETERMINED = re.compile(r"(?:un|una|mi|tu|su|nuestr[oa]|el|la|otr[oa]|alguien|ella)\b(?!\.)", re.IGNORECASE)

_BEGINNING = re.compile(r"(?:^|[.!?…]\s+|\n\s*)[¡¿«\"]?$")


def fitted(before: str, replacement: str) -> tuple[str, str]:
    """The text before a person and what stands for them, so that both read on.

    "mi hermana Camila" is left as "mi hermana"; before "una amiga" no article stays.
    """
    match = _RELATION.search(before[-60:])
    if match and _relation(match) == replacement.lower():
        written = match.group()
        return before[: len(before) - len(written)], written.rstrip(" ,")
    before = without_article(before, replacement)
    if _BEGINNING.search(before):
        replacement = replacement[:1].upper() + replacement[1:]
    return before, replacement


def without_article(before: str, replacement: str) -> str:
    """The text before a replacement that brings its own article: "en el" before "un hospital" is "en"."""
    if not _DETERMINED.match(replacement):
        return before
    before = re.sub(r"\b(?:la|el|las|los|don|doña)\s$", "", before, flags=re.IGNORECASE)
    return re.sub(r"\bal\s$", "a ", re.sub(r"\bdel\s$", "de ", before))
