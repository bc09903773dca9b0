"""Numbers that lead to a person: phones, documents, cards, accounts and plates.

What stands before a number says more about it than its shape, and a number with seven digits or more that
is no amount of anything is nearly always one of these. Check digits only raise the confidence: people who
write their document from memory get it wrong, and it identifies them all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from casestudies.anonymise import checks
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.reading import Reading

_SEPARATOR = r"(?:[.·/_]|\s?[-–—]\s?|\s?\(\s?|\)\s?-?\s?| {1,2}|,(?=\d{2,4}[,\s]))"
_RUN = re.compile(
    rf"(?<![\w.,])(?:\+\s?|\*)?\(?\+?\d(?:{_SEPARATOR}?\d){{3,29}}(?:\s?[-–]\s?[kK]\b|[kK]\b)?(?![\w]|[.,:]\d)"
)
_IN_WORD = re.compile(r"(?<![\w.,])(?:[A-Z]{1,3}[-.\s]?)?\d")

_ID_WORD = (
    r"(?:rut|run|r\.u\.t\.?|dni|d\.n\.i\.?|nie|nif|curp|rfc|cuit|cuil|ruc|nit|dui|dpi|cui|c\.?i\.?|c\.?c\.?|t\.i\.|c[eé]dula|pasaporte|passport|carn[eé]t?|documento|identificaci[oó]n"
    r"|identidad|libreta|clave(?:\súnica)?|ine|nss|imss|issste|seguro social|matr[ií]cula|legajo|folio|expediente|expte\.?|causa|rol|rit|ruc|historia cl[ií]nica|historia|ficha|afiliad[oa]|afiliaci[oó]n|soci[oa]"
    r"|credencial|licencia|registro|c[oó]digo(?:\s(?:de\s)?(?:alumno|estudiante|empleado|socio|paciente))?|tarjeta sanitaria|sip|cip|cpf|cnpj|boleta|n[uú]mero de (?:control|empleado|cliente|orden|caso|paciente)|radicado|denuncia|parte)"
)
_FILLER = r"(?:\sde\s\w+\b)?(?:[\s:#.,°º()-]|es|nro|n[uú]mero|num|no|n|el|la|mi|con|con el|de|del|ciudadan[ií]a|extranjer[ií]a|identidad|conducir|venezolan[oa]|uruguay[oa]|peruan[oa]|chilen[oa]|argentin[oa]|sanitaria|electr[oó]nic[oa]|cliente|fue|era|me|piden|por si acaso|por si){0,9}"
_ANNOUNCED = re.compile(
    rf"(?<![\w.]){_ID_WORD}(?![\w]){_FILLER}(?<![\w])(?P<value>(?!{_ID_WORD}\b)(?:[A-Za-z]{{1,4}}[-.\s]{{0,2}})?\d(?:[.\-–/]?[\dA-Za-z]|\s?[-–]\s?[\dkK](?!\w)|[ ](?=\d)){{3,24}}(?:\s(?-i:LP|L[Pp]|C[Bb]|S[Cc]|O[Rr]|P[Tt]|T[Jj]|C[Hh]|B[EeNn]|P[Dd])\b\.?)?)(?!\w)",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"(?<!\w)(?:[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d|[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3}|[XYZ]-?\d\.?\d{3}\.?\d{3}-?\s?[A-Z]|\d{2}\.?\d{3}\.?\d{3}\s?-?\s?[A-HJ-NP-TV-Z]"
    r"|[VEJG]-?\d{1,2}\.?\d{3}\.?\d{3}|[A-Z]{6}\d{8}[HMX]\d{3}|[A-Z]{1,3}\d{6,9}|[A-Z]{2,5}-\d{4,7}-\d{2,4}|[A-Z]{2,5}-\d{4}-\d{3,7}|\d{3}-\d{6}-\d{4}[A-Z]|(?:PE|E|N)-\d{1,4}-\d{3,6}|\d{6,8}[ -](?:LP|CB|SC|OR|PT|TJ|CH|BE|PD)"
    r"|[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){3,7}(?:[ -]?[A-Z0-9]{1,3})?)(?!\w)"
)
# Capitals and five digits or more in one: no word, no model, no year.
_MIXED = re.compile(
    r"(?<![\w/-])(?=(?:[A-Z-]{0,6}\d){5})(?=[\d-]{0,12}[A-Z])[A-Z\d]{1,18}(?:-[A-Z\d]{1,12}){0,4}(?![\w/-])"
)
_CODED_LOWER = re.compile(
    r"(?<!\w)(?:[a-z]{4}\d{6}[hmx][a-z]{5}[a-z0-9]\d|[xyz]-?\d{7}-?[a-z]|\d{8}-?[a-hj-np-tv-z])(?!\w)"
)

_ID_CUE = re.compile(rf"(?<![\w.]){_ID_WORD}(?!\w)")
_PHONE_CUE = re.compile(
    r"\b(?:tel(?:[eé]fonos?|f)?\b|fono\b|cel(?:u|ular(?:es)?)?\b|m[oó]vil\b|fijo\b|wh?ats?app?\b|wsp\b|wpp\b|wass?ap\w*|guasap\w*|n[uú]meros?\b|ll[aá]m(?:e[mn]?(?:me|nos|le)?|ar(?:me|nos|le|la|lo)?|a(?:me|nos)?|an|en)\b"
    r"|escr[ií]b\w+\sal?\b|escr[ií]b[aei]\w*|marc(?:a|ar|ad|ame|en)\b|contact\w+|ubic\w+|mensaj\w+|anexo|extensi[oó]n|me hablan?|h[aá]blenme|p[aá]same|d[ií]game|timbr\w+)"
)
_ACCOUNT_CUE = re.compile(
    r"\b(?:cuenta|cta|nequi|daviplata|yape|plin|bizum|clabe|cbu|cvu|cci|iban|tarjetas?|dep[oó]sit\w+|transf\w+|consign\w+|ahorros?|corriente|d[eé]bito|cr[eé]dito|visa|mastercard|banco\w*|abon\w+|sinpe|pago m[oó]vil|giro)\b"
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£₡¢]|s/\.?|us\$|u\$s|\bbs\.?|\bq\.?|\bgs\.?|\brd\$|\bl\.|\bgan[oaé]\w*|\bpag[oaué]\w*|\bdeb[oe]\w*|\bcuesta\w*|\bcobr\w+|\bprest[oóeé]\w*|\bvale|\bcost[oó]|\bde|\bpor)\s?$"
)
_AMOUNT_AFTER = re.compile(
    r"\s?(?:(?:de\s)?(?:pesos|soles|euros?|d[oó]lares|quetzales|colones|bol[ií]vares|bolivianos|guaran[ií]es|lempiras|c[oó]rdobas|reales|usd|mxn|clp|cop|ars|pen|uf|lucas|palos|mangos|mil\b|millones|personas|habitantes"
    r"|kil[oó]?s?\b|kg|km\b|kil[oó]metros|metros|mts?\b|seguidores|vistas|likes|pasos|calor[ií]as|horas|hrs?\b|minutos|segundos|d[ií]as|semanas|meses|años|veces|alumnos|mensajes|fotos|p[aá]ginas|palabras|puntos|gramos|ml|mg|cc\b|grados|unidades|cajas|plantas|lechugas)|[%€$])"
)
_CURRENCY_BEFORE = re.compile(r"(?:[$€£₡¢]|s/\.?|us\$|u\$s|\bbs\.?|\bgs\.?|\brd\$)\s?$")
# Lines that anyone may call: printing them is help, not a leak.
_PUBLIC_PHONES = frozenset(
    [
        "4141",
        "6003607777",
        "8009112000",
        "08009990091",
        "08000767",
        "0767",
        "18008000",
        "600360",
        "8002908024",
        "0800999",
        "08002221717",
        "018000112137",
        "018000113113",
        "018000919100",
        "717003717",
        "900202010",
        "900525001",
        "116111",
        "116123",
        "900018018",
        "5555",
        "8005501",
        "01800",
    ]
)
_COUNTING = re.compile(r"(?:\d\D?){4,}$")

_DIGIT_WORD = (
    r"(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti\w{3,6}|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien(?:to)?"
    r"|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos|doble|triple)"
)
_HALF_SPELT = re.compile(
    rf"\b{_DIGIT_WORD}(?:[ ,.-]{{1,2}}{_DIGIT_WORD}){{0,3}}[ ,.-]{{1,2}}(?:\d{{3,4}}(?:[ .-]?\d{{2,4}}){{1,3}}|\d{{2}}(?:[ .-]\d{{2}}){{2,3}})(?!\w)",
    re.IGNORECASE,
)
_SPELT = re.compile(
    rf"\b{_DIGIT_WORD}(?:(?:\s?[,.-]\s?|\s)(?:y\s)?(?:{_DIGIT_WORD}|\d{{1,4}})\b){{3,24}}", re.IGNORECASE
)
_SPELT_DOCUMENT = re.compile(
    rf"(?<![\w.]){_ID_WORD}(?![\w]){_FILLER}(?<![\w])(?P<value>(?:{_DIGIT_WORD}|mil|mill[oó]n(?:es)?)"
    rf"(?:(?:\s?[,.-]\s?|\s)(?:y\s)?(?:{_DIGIT_WORD}|mil|mill[oó]n(?:es)?|gui[oó]n|raya|k)\b){{4,24}})(?!\s(?:pesos|soles|euros))",
    re.IGNORECASE,
)


def find_numbers(reading: Reading) -> Iterator[Candidate]:
    """Yield documents, phones, cards and accounts."""
    for match in _HALF_SPELT.finditer(reading.text):
        yield _phone(match.start(), match.end(), 0.8)
    for match in _ANNOUNCED.finditer(reading.text):
        value = match.group("value").rstrip(" .-–/")
        least = 6 if len(match.group().split()[0].strip(".")) < 3 else 4
        if sum(map(str.isdigit, value)) >= least and not _AMOUNT_AFTER.match(reading.lower, match.end()):
            yield _document(match.start("value"), match.start("value") + len(value), value)
    for pattern in (_CODED, _CODED_LOWER):
        for match in pattern.finditer(reading.text):
            yield _coded(match)
    for match in _MIXED.finditer(reading.text):
        yield _document(match.start(), match.end(), match.group())
    for match in _RUN.finditer(reading.text):
        candidate = _run(match, reading)
        if candidate:
            yield candidate
    yield from _spelt_out(reading)


def _coded(match: re.Match[str]) -> Candidate:
    if checks.is_iban(match.group()) or len(re.sub(r"\W", "", match.group())) > 18:
        return _account(match.start(), match.end(), 0.95)
    return _document(match.start(), match.end(), match.group())


def _run(match: re.Match[str], reading: Reading) -> Candidate | None:
    """Say what a run of digits is, or None for an amount, a year, a score."""
    written = match.group()
    digits = re.sub(r"\D", "", written)
    before = reading.lower[max(0, match.start() - 45) : match.start()]
    if digits in _PUBLIC_PHONES or written.startswith("*") or _is_counting(written):
        return None
    cue = _nearest_cue(before)
    if _is_amount(written, digits, before, reading.lower[match.end() : match.end() + 20], cue):
        return None
    return _classified(match, written, digits, cue)


def _classified(match: re.Match[str], written: str, digits: str, cue: Kind | None) -> Candidate | None:
    start, end = match.start() + (written[0] == "(" and ")" not in written), match.end()
    written = match.string[start:end]
    if checks.is_card(written, digits) or len(digits) >= 16 or (cue is Kind.ACCOUNT and len(digits) > 5):
        return _account(start, end, 0.95 if checks.is_card(written, digits) else 0.8)
    if cue is Kind.ID_NUMBER or checks.looks_like_document(written):
        return _document(start, end, written) if len(digits) > 4 else None
    if (cue is Kind.PHONE and len(digits) > 5) or written.startswith("+"):
        return _phone(start, end, 0.95)
    if len(digits) >= 7:
        phone = checks.looks_like_phone(written, digits)
        return _phone(start, end, 0.75) if phone else _document(start, end, written)
    return None


def _nearest_cue(before: str) -> Kind | None:
    """Return what the nearest telling word before a number announces."""
    nearest, kind = -1, None
    for pattern, announced in (
        (_ID_CUE, Kind.ID_NUMBER),
        (_PHONE_CUE, Kind.PHONE),
        (_ACCOUNT_CUE, Kind.ACCOUNT),
    ):
        for found in pattern.finditer(before):
            if found.start() > nearest:
                nearest, kind = found.start(), announced
    return kind


def _is_amount(written: str, digits: str, before: str, after: str, cue: Kind | None) -> bool:
    if _CURRENCY_BEFORE.search(before) or _AMOUNT_AFTER.match(after):
        return True
    if re.fullmatch(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)*", written):
        return True
    thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written)
    if thousands and digits.endswith("000"):
        return True
    return bool(
        cue is None
        and _MONEY_BEFORE.search(before)
        and (thousands or digits.endswith("00"))
        and len(digits) < 8
    )


def _is_counting(written: str) -> bool:
    """Whether somebody is counting: 1 2 3 4 5, 5 4 3 2 1."""
    parts = [int(part) for part in re.findall(r"\d+", written)]
    steps = {after - before for before, after in pairwise(parts)}
    return len(parts) > 3 and len(steps) == 1 and steps <= {-1, 0, 1, 2, 5, 10}


def _spelt_out(reading: Reading) -> Iterator[Candidate]:
    """Yield phones and documents told in words: "nueve ocho siete...", "quince millones... guión cuatro"."""
    for match in _SPELT_DOCUMENT.finditer(reading.text):
        yield _document(match.start("value"), match.end("value"), "")
    for match in _SPELT.finditer(reading.text):
        words = [
            word for word in re.findall(r"\w+", reading.lower[match.start() : match.end()]) if word != "y"
        ]
        cued = _nearest_cue(reading.lower[max(0, match.start() - 45) : match.start()]) is not None
        if len(words) >= (4 if cued else 7) and words[:3] != ["uno", "dos", "tres"]:
            yield _phone(match.start(), match.end(), 0.8)


_PLATE = (
    r"(?:\d[A-Z]{3}\d{1,2}[A-Z]?|[A-Z]{2,4}\s?[-·.]?\s?\d{2,4}(?:[-·. ]?[A-Z]{1,3})?|\d{3,4}\s?[-·]?\s?[A-Z]{2,3}|[A-Z]{2}\s?[-·.]?\s?[A-Z]{2}\s?[-·.]?\s?\d{2}|[A-Z]\d[A-Z]\s?-?\s?\d{3}"
    r"|[A-Z]-?\d{3,6}-?[A-Z]{0,3}|[A-Z]\d{2}-?[A-Z]{3}|\d{3}-?[A-Z]{3}|[A-Z]{3}-?\d[A-Z]\d{2}|[A-Z]{3}-\d{2}-\d{2}|[A-Z]-?\d{2}-?\d{3}-?[A-Z]|\d{6}|\d{3}[- ]?\d{3}[- ]?[A-Z]{2})"
)
_PLATE_CUE = r"(?:patentes?|placas?|matr[ií]cula|chapa|dominio|plaqueta)"
_ANNOUNCED_PLATE = re.compile(
    rf"\b{_PLATE_CUE}\b(?:[\s:,#]|es|era|n[uú]mero|del?|la|el|su|mi|terminada en|auto|carro|coche|moto){{0,8}}(?<!\w)(?P<plate>(?=[A-Z\-·. ]{{0,7}}\d)(?=[\d\-·. ]{{0,7}}[A-Z]){_PLATE})(?![\w]|[-·]\w)",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    rf"\b(?:{_PLATE_CUE}|autos?|carros?|coches?|motos?|camionetas?|furgonetas?|furg[oó]n|taxis?|combi|micro|cami[oó]n|veh[ií]culo|kia|nissan|toyota|chevrolet|hyundai|suzuki|mazda|ford|renault|peugeot|fiat|volkswagen|honda|seat|yaris|corsa|clio|gol|spark|tsuru|versa)\b"
)
_UPPER_PLATE = re.compile(rf"(?<![\w-])(?=[A-Z\-·. ]{{0,6}}\d)(?=[\d\-·. ]{{0,6}}[A-Z]){_PLATE}(?![\w-])")
_BARE_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{4}[-·]\d{2}|[A-Z]{2}[-·][A-Z]{2}[-·]\d{2}|[A-Z]{3}-\d{3,4}|[A-Z]{3}-\d{2}-\d{2}|[A-Z]{2}\d{3}[A-Z]{2}|\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3})(?![\w-])"
)
_NOT_PLATES = re.compile(r"(?:COVID|SARS|SPF|GTA|FPS|DSM|CIE|PHQ|GAD|BDI|ISO|LEY|TOC|VIH|AD|DC)")


def find_plates(reading: Reading) -> Iterator[Candidate]:
    """Yield number plates: announced, near a vehicle, or of a shape that is nothing else."""
    for match in _ANNOUNCED_PLATE.finditer(reading.text):
        yield _plate(match.start("plate"), match.end("plate"), 0.95)
    for match in _UPPER_PLATE.finditer(reading.text):
        if _VEHICLE.search(reading.lower, max(0, match.start() - 60), match.end() + 20):
            yield _plate(match.start(), match.end(), 0.85)
    for match in _BARE_PLATE.finditer(reading.text):
        if not _NOT_PLATES.match(match.group()):
            yield _plate(match.start(), match.end(), 0.6)


_ALIAS = re.compile(
    r"\balias\b(?:[\s:]|es|cbu|cvu|mp|de|mercado\s?pago|del?|banco|la|cuenta){0,6}(?<!\w)(?P<alias>[\w-]{2,20}(?:\.[\w-]{2,20}){1,3}|(?-i:[A-Z]{3,}[A-Z.]{3,}))",
    re.IGNORECASE,
)
_THREE_WORDS = re.compile(r"(?<![\w.@/])(?:[a-zñ]{3,10}\.){2}[a-zñ]{3,10}(?!\w|[.@/]\w)", re.IGNORECASE)


def find_aliases(reading: Reading) -> Iterator[Candidate]:
    """Yield the aliases of Argentine accounts: three words with dots between them."""
    for match in _ALIAS.finditer(reading.text):
        yield _account(match.start("alias"), match.end("alias"), 0.9)
    for match in _THREE_WORDS.finditer(reading.text):
        yield _account(match.start(), match.end(), 0.6)


def _document(start: int, end: int, written: str) -> Candidate:
    sure = checks.is_valid_document(written)
    why = "Número de documento con dígito verificador correcto." if sure else "Parece un número de documento."
    return Candidate(start, end, Kind.ID_NUMBER, why, "[documento]", 0.98 if sure else 0.8)


def _phone(start: int, end: int, confidence: float) -> Candidate:
    return Candidate(start, end, Kind.PHONE, "Parece un número de teléfono.", "[teléfono]", confidence)


def _account(start: int, end: int, confidence: float) -> Candidate:
    return Candidate(
        start, end, Kind.ACCOUNT, "Parece una tarjeta o una cuenta bancaria.", "[cuenta]", confidence
    )


def _plate(start: int, end: int, confidence: float) -> Candidate:
    return Candidate(
        start, end, Kind.ACCOUNT, "Parece la patente o placa de un vehículo.", "[patente]", confidence
    )
