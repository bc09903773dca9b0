"""Combinations that single somebody out: the only one of a kind, in a place that is named."""

from __future__ import annotations

import re

from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.reading import Reading

_ONLY = re.compile(
    r"\b(?:el|la|los|las)\súnic[oa]s?\s(?:\w+\s){0,4}?(?:de|del|en)\s(?:tod[oa]\s)?(?:el|la|mi|este|esta)?\s?(?:pueblo|ciudad|comuna|barrio|colegio|liceo|región|provincia|isla|hospital|empresa|municipio|escuela|vereda|zona)\b",
    re.IGNORECASE,
)
_ILLNESS = re.compile(
    r"\b(?:huntington|ehlers[ -]?danlos|fibrosis qu[ií]stica|esclerosis lateral|ELA\b|epiderm[oó]lisis|piel de mariposa|progeria|duchenne|marfan|wilson|gaucher|fabry|pompe|s[ií]ndrome de rett|prader[ -]willi|angelman|osteog[eé]nesis|porfiria|miastenia|acondroplasia)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"\b(?:alcaldesa|alcalde|concejal[ae]?|diputad[oa]|senador[ae]?|juez[a]?|notari[oa]|farer[oa]|guardaparques|obispo|rector[ae]?|intendent[ae]|gobernador[ae]?|campe[oó]n[a]? (?:nacional|mundial|panamericano)|piloto de avi[oó]n|astr[oó]nom[oa]|locutor[ae]? de (?:la )?radio)\b",
    re.IGNORECASE,
)


def with_combinations(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Add what is rare, where a place or an employer is named, too."""
    if not any(candidate.kind in (Kind.PLACE_FINE, Kind.ADDRESS) for candidate in found):
        return found
    added = [_rare(match) for pattern in (_ONLY, _ILLNESS, _JOB) for match in pattern.finditer(reading.text)]
    result = list(found)
    for candidate in sorted(added, key=lambda candidate: candidate.start):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in result):
            result.append(candidate)
    return sorted(result, key=lambda candidate: candidate.start)


def _rare(match: re.Match[str]) -> Candidate:
    return Candidate(
        match.start(),
        match.end(),
        Kind.RARE,
        "Poco común: junto con el lugar señala a alguien.",
        "[dato general]",
        0.4,
    )
