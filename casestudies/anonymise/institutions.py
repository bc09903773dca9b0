"""Schools, employers, hospitals, clubs and neighbourhoods, by the word before their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.cues import DESCRIPTIVE, INSTITUTIONS, NAMED_IN_LOWER, SAINTS, Cue, cue_before
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.page import Page, longest
from casestudies.anonymise.place_names import INSIDE, end_of_run, general, place

_NUMBERED = re.compile(
    r"\b(?:liceo|escuela|ep|ees|esb|ugel|instituto|secundaria|preparatoria|prepa|ies|ceip|jard[ií]n|cesfam|colegio|t[eé]cnica|comisar[ií]a|juzgado|media|cbtis|cetis|conalep|cobach|jard[ií]n de infantes)"
    r"(?:\s(?:t[eé]cnica|t[eé]cnico|industrial|p[uú]blica|primaria|n[uú]mero))?\s(?:(?:n[°ºo]\.?\s?|n[uú]m\.?\s?|nro\.?\s?|#\s?)?(?:[A-Z]-?)?\d{1,4}(?![\w%]|[.,:]\d|\s?(?:a[ñn]os|horas|veces|d[ií]as|meses|de\s(?:ener|febr|marz|abri|mayo|juni|juli|agos|sept|octu|novi|dici)))|\d{1,2}\sde\s(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))",
    re.IGNORECASE,
)

_PERUVIAN = re.compile(
    r"\bI\.\s?E\.(?:\s?P\.)?\s((?:N[°º.]*\s?)?\d{2,5}|[A-ZÁÉÍÓÚÑ]\w+(?:\s(?:(?:de|del|la|las|los)\s){0,2}[A-ZÁÉÍÓÚÑ]\w+){0,4})"
)
_CITY_ZONE = re.compile(
    r"\b(?:en|de)\s(?:la\s)?(zona\s\d{1,2})(?![\w%]|[.,:]\d|\s(?:de|del)\b)", re.IGNORECASE
)

_NOT_AFTER_INSTITUTION = frozenset(
    lexicon.key(
        "semana ano dia noche lunes martes miercoles jueves viernes sabado domingo navidad covid "
        "internet facebook whatsapp "
    ).split()
)


def find_numbered(page: Page) -> Iterator[Candidate]:
    """Yield schools and the like that are named by a number."""
    for match in _NUMBERED.finditer(page.reading.text):
        yield Candidate(
            match.start(),
            match.end(),
            Kind.PLACE_FINE,
            "Institución reconocible por su número.",
            general(page.key(0)),
            0.8,
        )
    for match in _PERUVIAN.finditer(page.reading.text):
        yield Candidate(match.start(1), match.end(1), Kind.PLACE_FINE, "Institución.", "un colegio", 0.85)
    for match in _CITY_ZONE.finditer(page.reading.text):
        yield Candidate(
            match.start(1), match.end(1), Kind.PLACE_FINE, "Zona de una ciudad.", "un barrio", 0.75
        )


def find_institutions(page: Page) -> Iterator[Candidate]:
    """Yield the names after "colegio", "hospital", "barrio", "club"."""
    for index, word in enumerate(page.words):
        if word.taken or word.key not in INSTITUTIONS:
            continue
        if _is_in_name(page, index):
            continue
        first = _after_head(page, index)
        last = _end_of_institution(page, index, first) if first < len(page.words) else -1
        if last >= first:
            # A head with a capital is part of the name: Laboratorios Arenales.
            begin = _first_with_capital(page, index) if page.is_proper(index) else first
            yield place(page, begin, last, general(word.key), 0.85)


def _is_in_name(page: Page, index: int) -> bool:
    """Whether a surname that is a word stands here: "me llamo Yusmary Del Valle Brito", "Enrique Plaza"."""
    before = index - 1 - (page.key(index - 1) in ("del", "de"))
    if before < 0:
        return False
    named = lexicon.is_given(page.key(before)) or cue_before(page, before) in (Cue.INTRODUCED, Cue.TITLE)
    return named and page.is_capitalised(before) and page.is_proper(index) and page.joined(index)


def _first_with_capital(page: Page, index: int) -> int:
    """Step back over words with a capital before the head: Grupo Textil Arandas."""
    first = index
    while index - first < 2 and page.joined(first) and page.is_proper(first - 1):
        before = page.words[first - 1]
        if before.taken or before.public or before.capital_city:
            break
        first -= 1
    return first


def _after_head(page: Page, index: int) -> int:
    """Step over "de la", "llamado", and kinds of institution: "colegio particular San Luis"."""
    first = index + 1
    while first < len(page.words) and first - index < 5 and not page.is_capitalised(first):
        key = page.key(first)
        if not page.joined(first) or key in ("y", "e") or (key not in INSIDE and key not in _KINDS):
            break
        if key in ("san", "santa") or (
            key in SAINTS
            and key in ("la", "los", "las", "el")
            and page.key(first - 1) not in ("de",)
            and first == index + 1
        ):
            break
        first += 1
    return first


_KINDS = frozenset(
    lexicon.key(
        "apoyo particular privado privada publico publica tecnico tecnica industrial comercial bilingue "
        "militar naval deportivo deportiva social evangelica catolica bautista adventista pentecostal "
        "regional municipal clinico clinica general primaria secundaria basica nacional provincial "
        "llamado llamada universitario pediatrico psiquiatrico cerrado de del la "
    ).split()
)


def _end_of_institution(page: Page, head: int, first: int) -> int:
    """Return the last word of the institution's name, or -1 when there is none."""
    word = page.words[first]
    opened_by_quote = page.gap(first).strip() in ('"', "“", "«", "'", "‘")
    if word.taken or not (page.joined(first) or opened_by_quote):
        return -1
    if page.is_capitalised(first) and (not word.opens or opened_by_quote):
        last = end_of_run(page, first)
        return last if _is_a_name(page, head, first, last) else -1
    return _end_in_lower(page, head, first) if not word.title or page.shouted else -1


def _is_a_name(page: Page, head: int, first: int, last: int) -> bool:
    words = page.words[first : last + 1]
    telling = [word for word in words if word.key not in INSIDE]
    if _is_named_after(page, head, first):
        return True
    if page.key(first) in ("san", "santa", "santo", "sto", "sta") and last > first:
        return True  # the parish of a saint that everybody knows
    if all(word.public or word.capital_city or word.key in _NOT_AFTER_INSTITUTION for word in telling):
        return False
    return (
        page.key(head)
        not in ("centro", "sector", "partido", "torre", "terminal", "toma", "ciudad", "isla", "estudio")
        or any(not lexicon.is_word(word.key) for word in telling)
        or len(telling) > 1
    )


def _is_named_after(page: Page, head: int, first: int) -> bool:
    """Whether a school or the like is named after somebody known: Liceo Gabriela Mistral."""
    named = lexicon.is_given(page.key(first)) or lexicon.is_word_name(page.key(first))
    return (
        page.key(head) in NAMED_IN_LOWER
        and page.words[first].public
        and named
        and not page.words[first].capital_city
    )


def _end_in_lower(page: Page, head: int, first: int) -> int:
    """Where case says nothing: names, towns, unknown words, and what begins like a saint's name."""
    if page.key(head) not in NAMED_IN_LOWER or page.key(first) in ("y", "e"):
        return -1
    if _is_named_after(page, head, first):
        return first + max(longest(page, first, lexicon.public()), 1) - 1
    last, at = first - 1, first
    while (
        at < len(page.words)
        and at - first < 6
        and (at == first or page.joined(at))
        and not page.words[at].taken
    ):
        key = page.key(at)
        if key in INSIDE or (key in SAINTS and at - first < 2):
            at += 1
            continue
        previous_saint = at > first and page.key(at - 1) in SAINTS and page.key(first) in SAINTS
        surname = at > first and lexicon.is_surname(key) and lexicon.is_given(page.key(at - 1))
        if not (
            surname
            or _is_name_like(key)
            or (previous_saint and key not in _PLAIN_AFTER_ARTICLE and len(key) > 2)
        ):
            break
        last, at = at, at + 1
    return last


_PLAIN_AFTER_ARTICLE = frozenset(
    lexicon.key(
        "que se me no es mejor donde cual gente noche manana tarde vuelta esquina casa lado otra otro "
        "mismo misma misma chicos chicas ninos profes mayoria verdad semana gente final fin "
    ).split()
)


def _is_name_like(key: str) -> bool:
    if lexicon.is_word_name(key) and key not in DESCRIPTIVE:
        return True
    if len(key) < 3 or key in lexicon.common_words():
        return False
    if (
        lexicon.is_given(key)
        or lexicon.is_surname(key)
        or (key, "") in lexicon.towns()
        or not lexicon.is_word(key)
    ):
        return True
    return not key.endswith(_ADJECTIVES) and key not in _KINDS


_ADJECTIVES = (
    "al",
    "ar",
    "ico",
    "ica",
    "ado",
    "ada",
    "ario",
    "aria",
    "oso",
    "osa",
    "ivo",
    "iva",
    "mente",
    "ando",
    "endo",
    "ano",
    "ana",
    "ente",
    "ante",
    "ble",
    "ido",
    "ida",
    "es",
    "os",
    "as",
    "e",
)
