"""Exact dates and ages above 89; and dates shifted by one offset per case."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.reading import Reading

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_NUMBERS = (
    "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce",
    "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidos", "veintitres",
    "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho", "veintinueve", "treinta", "treinta y uno",
)  # fmt: skip
_MONTH = (
    "(?P<month>"
    + "|".join(
        (*MONTHS, "setiembre", "ene", "feb", "mar", "abr", "jun", "jul", "ago", "sept?", "oct", "nov", "dic")
    )
    + r")\b(?:(?<=\b\w{3})\.)?"
)
_DAY_WORD = (
    "|".join(sorted(("primero", *_NUMBERS), key=len, reverse=True)).replace("e", "[eé]").replace("o", "[oó]")
)
_DAY = rf"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:º|°|ero|ro|er)?|{_DAY_WORD})"
_YEAR = r"(?:,?\s{1,2}(?:de(?:l)?\s{1,2}(?:año\s{1,2})?)?(?P<year>(?:19|20)\d\d)\b|\s(?:de(?:l)?\s(?:año\s)?)['’]?(?P<short>\d\d)\b(?!\s?(?:años|h\b|horas)))?"

_LONG = re.compile(
    rf"(?<![\w.,/$-])(?:(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo),?\s)?(?:\d{{1,2}}\s?(?:y|al?|e|-|o|,)\s(?:el\s)?)?{_DAY}\s{{1,2}}(?:d(?:e|el mes de)?\s{{1,2}})?{_MONTH}(?![\w]){_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s{{1,2}}(?P<day>0?[1-9]|[12]\d|3[01])(?![\d.:%/]|\s?(?:años|pesos|mil|h\b|horas|de la|millones))\b{_YEAR}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\w.,/$-])(?:(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>\s?[/.-]\s?)(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<year>(?:19|20)?\d\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})(?P=mark)(?:19|20)?\d\d"
    r"|(?:19|20)\d\d[/.-](?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])\s(?:de|del)\s(?:0?[1-9]|1[0-2])\s(?:de|del)\s(?:19|20)?\d\d"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
)
_DAY_MONTH = re.compile(
    r"(?:\b(?:el|del|al|día|dia|fecha|desde|hasta|para)\s{1,2}(?:el\s)?)(?P<date>(?:0?[1-9]|[12]\d|3[01])(?:[/-])(?:0?[1-9]|1[0-2]))(?![\w/-]|[.,]\d|\s?(?:hs|horas|años))",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:\b(?:av|avda|avenida|calle|plaza|barrio|villa|poblaci[oó]n|escuela|colegio|liceo|parque|puente|colonia|metro)\.?\s(?:de[l]?\s)?)$",
    re.IGNORECASE,
)

# Feasts that everybody keeps: no one's date, unless something of one's own happened then.
_FEASTS = frozenset(
    {(24, 12), (25, 12), (31, 12), (1, 1), (14, 2), (8, 3), (1, 5), (18, 9), (19, 9), (16, 9), (28, 7), (25, 5), (9, 7), (20, 7), (12, 12), (10, 5)}
)  # fmt: skip
_EVENT = re.compile(
    r"naci|nac[ií]|muri|fallec|cumple|cas[eéoóa]m|cas[eéó]\b|boda|acciden|oper[aóo]|diagn|parto|part[oi]|intern|perd[ií]|abort|desapar|suicid"
    r"|mat[oó]|separ|firm|ech|despid|viol|golp|asalt|entierr|velorio|se fue|dej[óo]"
)


def find_dates(reading: Reading) -> Iterator[Candidate]:
    """Yield dates that name a day."""
    for pattern in (_LONG, _MONTH_FIRST):
        for match in pattern.finditer(reading.text):
            if not _STREET.search(reading.lower[max(0, match.start() - 25) : match.start()]) and _is_date(
                match, reading
            ):
                yield _date(match.start(), match.end())
    for match in _NUMERIC.finditer(reading.text):
        yield _date(match.start(), match.end())
    for match in _DAY_MONTH.finditer(reading.text):
        if match.group("date") not in ("24/7", "1/2", "50/50"):
            yield _date(match.start("date"), match.end("date"))


def _is_date(match: re.Match[str], reading: Reading) -> bool:
    month = match.group("month")
    if len(month) < 4 and not match.group("day").isdigit():
        return False
    if match.group("year") or match.group("short"):
        return True
    if month.lower() == "mar" and " de " in match.group():
        return False
    if (_day_number(match.group("day")), _month_number(month)) not in _FEASTS:
        return True
    around = reading.lower[max(0, match.start() - 40) : match.end() + 25]
    return bool(_EVENT.search(around))


def _day_number(written: str) -> int:
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits.group())
    word = lexicon.key(written)
    return 1 if word == "primero" else _NUMBERS.index(word) + 1


def _month_number(written: str) -> int:
    beginning = lexicon.key(written)[:3]
    return (
        next(number for number, name in enumerate((*MONTHS, "setiembre"), 1) if name[:3] == beginning)
        if beginning != "set"
        else 9
    )


def _date(start: int, end: int) -> Candidate:
    return Candidate(
        start, end, Kind.DATE_EXACT, "Fecha con día: basta con el mes, o con otro día.", "[otra fecha]", 0.9
    )


_AGE_WORD = r"noventa(?:\s?y\s?(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|noventaiun[oa]?|noventai\w{3,6}|cien|ciento\s(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
_AGE = re.compile(
    rf"(?<![\w.,/$-])(?P<age>9\d|1[01]\d|{_AGE_WORD})\s(?:años|anos|añitos|añotes|abriles|primaveras)\b(?P<after>.{{0,12}})",
    re.IGNORECASE,
)
_BARE_AGE = re.compile(
    r"(?:\b(?:tiene|ten[ií]a|cumple|tengo|cumplo|cumpl[ií]a?|cumpli[óo]|cumplir[íi]?a?|cumplido|cumplidos|a (?:los|sus)|con sus|de sus|(?:encamad|postrad|viud|enferm|jubilad)[oa] de|edad|pas[oó] de los|lleg[óo] a los|va por los|ya son|ronda los|casi)\s:?\s?(?:los\s|ya\s|como\s)?)"
    r"(?P<age>9\d|1[01]\d|noventa(?:\s?y\s?\w{2,6})?)(?![\w%/:°]|[.,]\d|\s?(?:%|kg|kilos|puntos|pesos|mil|horas|minutos|días|dias|metros|km|soles|euros|lucas|d[óo]lares|grados|por|personas|seguidores|mg|cm|p[áa]ginas|semanas|meses|años))",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:\b(?:hace(?:\scomo|\scasi|\sunos)?|durante|dentro de|en|unos|por|tras|casi hace|condena de|cadena de|contrato a)\s)$"
)


def find_ages(reading: Reading) -> Iterator[Candidate]:
    """Yield ages above 89."""
    for match in _AGE.finditer(reading.text):
        before = reading.lower[max(0, match.start() - 20) : match.start()]
        if not _DURATION.search(before) and not re.match(
            r"\s(?:de soledad|después|despues|de perdón|de perdon|luz|atrás|atras|de c[áa]rcel)",
            match.group("after").lower(),
        ):
            yield _age(match.start("age"), match.end("age"))
    for match in _BARE_AGE.finditer(reading.text):
        yield _age(match.start("age"), match.end("age"))


def _age(start: int, end: int) -> Candidate:
    return Candidate(
        start, end, Kind.AGE_EXACT, "Una edad tan alta señala a pocas personas.", "más de 89", 0.9
    )


def shift_date(text: str, days: int) -> str:
    """Move a written date by `days`, in the same style; what cannot be moved is generalised to its month.

    Every date of a case is moved by the same number of days, so that what lies between them stays.
    """
    match = _LONG.fullmatch(text)
    if (
        match
        and match.group("day").isdigit()
        and len(match.group("month")) > 3
        and re.match(r"\d+\s\D", text)
    ):
        return _shift_long(text, match, days)
    match = _NUMERIC.fullmatch(text)
    if match and match.group("day"):
        return _shift_numeric(text, match, days)
    return _generalised(text)


def _shift_long(text: str, match: re.Match[str], days: int) -> str:
    year = match.group("year")
    day, month = int(match.group("day")), _month_number(match.group("month"))
    moved = _moved(int(year) if year else 2023, month, day, days)
    if moved is None:
        return _generalised(text)
    name = MONTHS[moved.month - 1]
    written = match.group("month")
    name = name.upper() if written.isupper() else name.capitalize() if written[0].isupper() else name
    shifted = (
        text[: match.start("day")]
        + str(moved.day)
        + text[match.end("day") : match.start("month")]
        + name
        + text[match.end("month") :]
    )
    return shifted.replace(year, str(moved.year)) if year else shifted


def _shift_numeric(text: str, match: re.Match[str], days: int) -> str:
    year = match.group("year")
    full = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 40 else 1900 + int(year)
    moved = _moved(full, int(match.group("month")), int(match.group("day")), days)
    if moved is None:
        return _generalised(text)
    parts = []
    for name, number in (("day", moved.day), ("month", moved.month)):
        written = match.group(name)
        parts.append(f"{number:02d}" if len(written) == 2 else str(number))
    parts.append(str(moved.year)[-len(year) :])
    return match.group("sep").join(parts)


def _moved(year: int, month: int, day: int, days: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) + datetime.timedelta(days)
    except (ValueError, OverflowError):
        return None


def _generalised(text: str) -> str:
    month = re.search("|".join((*MONTHS, "setiembre")), text, re.IGNORECASE)
    year = re.search(r"(?:19|20)\d\d", text)
    if month:
        return f"{month.group()} de {year.group()}" if year else month.group()
    return f"ese mes de {year.group()}" if year else "por esos días"
