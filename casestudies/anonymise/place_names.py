"""How far the name of a place goes, and what to write instead."""

from __future__ import annotations

from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.page import Page

INSIDE = frozenset(["de", "del", "la", "las", "los", "el", "y", "e", "i", "san", "santa", "da", "do"])


def end_of_run(page: Page, first: int) -> int:
    """Return the last capitalised word of a run: Altos del Maitén, Lagos de Moreno."""
    last = first
    while last - first < 9:
        following = last + 1
        count = 0
        while (
            page.key(following + count) in INSIDE
            and page.joined(following + count)
            and not page.is_capitalised(following + count)
            and count < 3
        ):
            count += 1
        at = following + count
        if not page.joined(at) or not page.is_proper(at) or page.words[at].taken:
            break
        last = at
    return last


def place(page: Page, first: int, last: int, replacement: str, confidence: float) -> Candidate:
    start, end = page.claim(first, last)
    return Candidate(
        start, end, Kind.PLACE_FINE, "Lugar o institución que acota quién puede ser.", replacement, confidence
    )


_GENERAL = {
    "un colegio": "colegio liceo escuela instituto preparatoria prepa secundaria ies ceip jardin kinder",
    "una universidad": "universidad facultad academia inacap",
    "un hospital": "hospital clinica consultorio cesfam posta sanatorio ambulatorio maternidad policlinico",
    "un club": "club gimnasio estadio",
    "una iglesia": "iglesia parroquia capilla templo congregacion",
    "una empresa": "empresa fabrica supermercado tienda laboratorio laboratorios constructora transportes minera",
    "un barrio": "barrio villa poblacion colonia urbanizacion sector condominio",
    "un pueblo": "pueblo caserio aldea vereda comuna localidad municipio ciudad balneario",
}


_GENERAL_BY_HEAD = {head: general for general, heads in _GENERAL.items() for head in heads.split()}


def general(head: str) -> str:
    return _GENERAL_BY_HEAD.get(head, "un lugar")
