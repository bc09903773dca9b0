"""What to write instead: the same for the same person over a whole case, dates moved by one offset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casestudies.anonymise import lexicon
from casestudies.anonymise.dates import shift_date
from casestudies.anonymise.findings import Finding, Kind

__all__ = ["Replacements", "shift_date", "suggest"]

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


@dataclass
class Replacements:
    """The replacements of one case: equal names get equal replacements, all dates move by `days`."""

    days: int = 0
    _people: dict[str, str] = field(default_factory=dict)

    def learn(self, findings: Iterable[Finding]) -> None:
        """Take note of people, so that a relation that is told once serves for every mention."""
        for finding in findings:
            if finding.kind is Kind.PERSON:
                known = self._people.get(self._known_as(finding.text) or "", "")
                if not known or known in _NEUTRAL:
                    self._remember(finding.text, finding.replacement)

    def replacement(self, finding: Finding) -> str:
        """Return what to write instead of one finding."""
        if finding.kind is Kind.DATE_EXACT:
            return shift_date(finding.text, self.days)
        if finding.kind is not Kind.PERSON:
            return finding.replacement
        known = self._known_as(finding.text)
        if known is None:
            self._remember(finding.text, finding.replacement)
            known = self._known_as(finding.text)
        return self._people[known or ""]

    def apply(self, text: str, findings: Iterable[Finding]) -> str:
        """Return `text` with all findings replaced."""
        listed = list(findings)
        self.learn(listed)
        pieces, position = [], 0
        for finding in listed:
            before = text[position : finding.start]
            replacement = self.replacement(finding)
            if finding.kind is Kind.PERSON:
                before, replacement = _fitted(before, replacement)
            pieces += [before, replacement]
            position = finding.end
        return "".join([*pieces, text[position:]])

    def _remember(self, name: str, replacement: str) -> None:
        key = self._known_as(name) or _first_name(name)
        self._people[key] = replacement

    def _known_as(self, name: str) -> str | None:
        """Return the name under which the same person is known: Cami is Camila."""
        first = _first_name(name)
        if first in self._people:
            return first
        return next((known for known in self._people if _same_person(first, known)), None)


_NEUTRAL = frozenset({"una persona", "una amiga", "N."})


def _fitted(before: str, replacement: str) -> tuple[str, str]:
    """Leave "mi hermana Camila" as "mi hermana", and no article before "una amiga"."""
    match = _RELATION.search(before)
    if match and _relation(match) == replacement:
        written = match.group().rstrip(" ,")
        return before[: match.start()], written
    if replacement not in ("[nombre]", "N."):
        before = re.sub(r"\b(?:la|el|don|doña)\s$", "", before, flags=re.IGNORECASE)
        before = re.sub(r"\bal\s$", "a ", re.sub(r"\bdel\s$", "de ", before))
    return before, replacement


def _first_name(name: str) -> str:
    return (re.findall(r"[^\W\d_]+", lexicon.key(name)) or [lexicon.key(name)])[0]


_SHORT_FORMS = {
    "pepe": "jose", "paco": "francisco", "pancho": "francisco", "lupita": "guadalupe", "lupe": "guadalupe", "tavo": "gustavo", "beto": "alberto", "nacho": "ignacio",
    "lucho": "luis", "memo": "guillermo", "chela": "graciela", "charo": "rosario", "chayo": "rosario", "concha": "concepcion", "toño": "antonio", "lalo": "eduardo",
    "kike": "enrique", "quique": "enrique", "nando": "fernando", "chucho": "jesus", "chuy": "jesus", "mencha": "carmen", "maite": "teresa", "meche": "mercedes", "lola": "dolores",
}  # fmt: skip


def _same_person(one: str, other: str) -> bool:
    """Whether two first names are forms of one: camila and cami, juan and juanito, lupita and guadalupe."""
    one, other = _SHORT_FORMS.get(one, one), _SHORT_FORMS.get(other, other)
    if one == other:
        return True
    shorter, longer = sorted((_stem(one), _stem(other)), key=len)
    return len(shorter) >= 3 and longer.startswith(shorter) and (len(shorter) > 3 or len(one) != len(other))


def _stem(name: str) -> str:
    return re.sub(r"(?:c?it|ill)[oa]$", "", name)[:12].rstrip("aeiou") or name
