"""Addresses as they are written from Tijuana to Ushuaia and in Spain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casestudies.anonymise import lexicon
from casestudies.anonymise.findings import Candidate, Kind
from casestudies.anonymise.reading import Reading

_UP = "A-ZÁÉÍÓÚÜÑ"
_WAY = (
    r"(?:calle|c/|av\.?|avda?\.?|avenida|pasaje|pje\.?|psje\.?|psj\.?|jr\.?|jir[oó]n|carrera|cra\.?|kra\.?|kr\.?|cr\.?|cll?\.?|diagonal|diag\.?"
    r"|transversal|tv\.?|trans\.?|calz\.?|calzada|blvd?\.?|bv\.?|bulevar|boulevard|camino|prolongaci[oó]n|prol\.?|andador|cerrada|privada|priv\.?|callej[oó]n|paseo|p\.?º"
    r"|plaza|plazuela|plazoleta|pza\.?|ronda|rambla|traves[ií]a|glorieta|carretera|ctra\.?|costanera|subida|bajada|senda|sendero|cuesta|acceso|circunvalaci[oó]n|circuito|retorno|vereda|pasadizo|alameda|malec[oó]n"
    r"|urbanizaci[oó]n|urb\.?|cooperativa|residencial|condominio|edificio|edif\.?|conjunto|etxea|kalea|carrer|r[uú]a(?:\s(?:da|do|das|dos))?|sector|etapa|autopista|ruta|villa|pobla(?:ci[oó]n)?)"
)
_NUMBER_SIGN = r"(?:n[°ºo]\.?\s?|nro\.?\s?|n[uú]m(?:ero)?\.?\s?|no\.\s?|#\s?|al\s|altura\s|n\.?\s)?"
_DETAIL = (
    r"(?:\s?[,.\-–]?\s?(?:y\s)?(?:piso|pso|depto\.?|dpto\.?|departamento|dto\.?|depa|dep\.?|apto\.?|apartamento|aparta|ap\.?|int\.?|interior|oficina|of\.?|block|bloque|blk|torre|casa|cs\.?"
    r"|lote|lt\.?|mz\.?|mza\.?|manzana|puerta|pta\.?|esc\.?|escalera|planta|sector|etapa|local|unidad|escritorio|mezzanine|bloque|timbre|villa|edificio|portal|zona|colonia|grupo|supermanzana|sm|bajo|nivel|pb)"
    r"\s?(?:n[°º]\s?|#\s?)?(?:\d{1,5}(?:[ -]?[A-Za-z])?|[A-Za-z])(?![\w])"
    r"|\s?,?\s(?:(?:al\s)?fondo|contrafrente|parte\s(?:de\s)?(?:atr[aá]s|alta|baja|adelante)|planta baja|pb|baixo|bajos|bajo|[aá]tico|entresuelo)(?!\w)"
    r"|\s?,?\s?\d{1,2}\s?(?:do|er|ro|to|mo|vo|no)\s?[A-Za-z](?!\w)|\s?,?\s?\d{1,2}\s?\.?\s?[ºª°]\s?,?\s?(?:[A-Za-z](?!\w)|izq(?:uierda|da)?\.?|d(?:e)?r?cha\.?|derecha|puerta \w|\d(?!\d)[ªº]?)?)"
)
_CORNER = rf"(?:,?\s(?:y|e|entre|casi|con|c/|esq(?:uina|\.)?)\s(?:(?:[Cc]alle|[Aa]v\.|[Aa]venida)\s)?(?:\d{{1,2}}\sde\s)?(?:[{_UP}][a-z]{{0,3}}\.\s)?[{_UP}][\w'’]*(?:\s(?:de\s)?[{_UP}][\w'’]+){{0,2}})"
_NAME = r"(?:(?:[^\W\d_]|['’.ªº])+[ ]){1,6}?"

_WITH_WAY = re.compile(
    rf"(?<![\w/]){_WAY}(?:(?<=[./º])|(?![^\W\d_]))\s{{0,2}}(?:[^\W_][\w'’.]*,?[ ]){{1,6}}?(?:s/n(?!\w)|{_NUMBER_SIGN}\d{{1,5}}(?!\d))(?:[ -]?(?!(?-i:[yeoau])\b)[A-Z](?!\w))?(?:\s?-\s?\d{{1,4}}(?!\d))?{_DETAIL}{{0,5}}",
    re.IGNORECASE,
)
_GRID = re.compile(
    r"(?<!\w)(?:calle|carrera|cra\.?|kra\.?|kr\.?|cr\.?|cll?\.?|clle|avenida|av\.?|avda\.?|diagonal|diag\.?|dg\.?|transversal|transv\.?|tv\.?)\s?"
    r"\d{1,3}\s?[a-z]{0,2}(?:\s?bis)?(?:\s(?:sur|norte|este|oeste))?\s?,?\s?(?:#|no\.?|n[°º]\.?|nro\.?|n[uú]mero|num\.?|con(?:\s(?:calle|carrera|cra|avenida|av))?\.?|x)\s?"
    rf"\d{{1,3}}\s?[a-z]?(?:\s?bis)?(?:\s?[-–]\s?\d{{1,3}})?(?!\w)(?:\s(?:sur|norte|este|oeste|esquina)\b)?{_DETAIL}{{0,5}}",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?<!\w)\d{1,2}\s?(?:[ªa°º]|ra|da|ta|va|ma|na)?\.?\s(?:avenida|av\.?|calle)\s(?:[A-Z\"']{1,3}\s)?\d{1,3}\s?[-–]\s?\d{1,3}(?:,?\s(?:de\sla\s)?zona\s\d{1,2})?",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    rf"(?<![\w.])(?P<name>(?:(?:Mcal|Gral|Gnral|Dra?|Cnel|Cap|Pdte|Pte|Sta|Sto|Ing|Prof|Alte|Tte|Sgto|Mons|Hnos|Cmdte|Int)\.\s)?[{_UP}][\w'’]+(?:\s(?:de|del|la|las|los|el|y|e))*(?:\s(?:(?:de|del|la|las|los|el|y)\s){{0,2}}(?:[{_UP}][a-z]{{0,3}}\.|[{_UP}][\w'’]*)){{0,4}}),?\s"
    rf"(?:[Nn][°ºo]\.?\s?|[Nn]ro\.?\s?|[Nn][uú]m(?:ero)?\.?\s?|#\s?|al\s)?(?P<number>(?:[NSEO]\d{{1,3}}[A-Z]?-)?\d{{2,5}}(?:-\d{{1,4}})?)(?![\d.,:/%-]\d|\w|\s\d{{3}}){_DETAIL}{{0,5}}{_CORNER}?"
)
_LIVING = re.compile(
    r"\b(?:viv[oe]|viv[ií]mos|viv[ií]a(?:mos)?|viven|vivienda|dir(?:ecci[oó]n)?|domicilio|domiciliad[oa]|mi casa|nuestra casa|arriend[oa]|arrendamos|alquil[oa]|mudamos|mudé|nos quedamos)\s?"
    rf"(?:es|está|queda|en|a|:|,|ahora|actualmente|solo|sola|con\s\w+\s\w+|\s){{0,8}}\b(?P<address>(?:[^\W\d_]+\s){{1,5}}{_NUMBER_SIGN}\d{{2,5}}(?![\d%/:]|\s?(?:años|a[ñn]os|meses|d[ií]as|personas|hermanos|hijos|km|metros|pesos|soles|mil|h\b|horas)){_DETAIL}{{0,5}})",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<!\w)(?:(?:manzana|mza?\.?)\s?[a-z\d]{1,3}['’]?\s?,?\s?(?:-\s?)?(?:lote|lt\.?|solar|villa|casa)\s?\d{1,3}[a-z]?"
    r"|(?:torre|block|bloque|blk\.?|edificio|edif\.?|monoblock|conjunto|nudo)\s(?:n[°º]\s?)?[a-z\d]{1,4}\s?,?\s?(?:-\s?)?(?:piso\s\d{1,2}\s?,?\s?)?(?:apto\.?|apartamento|depto\.?|dpto\.?|departamento|depa|casa|piso|puerta|entrada)\s(?:n[°º]\s?)?[a-z\d]{1,5}"
    rf"|\d{{1,2}}\s?[ºª°]\s?,?\s?(?:izq(?:uierda|da)?|derecha|dcha|[a-f](?!\w))|piso\s\d{{1,2}}\s?,?\s?(?:apto\.?|apartamento|depto\.?|dpto\.?|departamento|depa|puerta)\s[a-z\d]{{1,4}})(?!\w){_DETAIL}{{0,3}}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:c\.?\s?p\.?|c[oó]digo postal|cod\.? postal)\s?(?:es\s|:\s?)?\d{4,7}(?!\d)", re.IGNORECASE
)
_KILOMETRE = re.compile(
    r"(?<!\w)(?:(?:ruta|carretera|camino|autopista|v[ií]a|panamericana|interamericana)\s(?:[\w-]+\s){0,6}?,?\s?(?:en el\s)?(?:km\.?|k[mi]l[oó]metro)\s?\d{1,4}(?:[.,]\d{1,3})?"
    r"|(?:km\.?|kil[oó]metro)\s?\d{1,4}(?:[.,]\d{1,3})?,?\s(?:de(?:l)?|en)\s(?:la\s|el\s)?(?:ruta|carretera|camino|autopista|v[ií]a)(?:\s[\w-]+){1,4})",
    re.IGNORECASE,
)
_DIRECTIONS = re.compile(
    r"(?<!\w)\d{2,4}\s?(?:metros|mts?\.?|m\.?|varas)\s(?:al\s|a\sla\s)?(?:norte|sur|este|oeste|noreste|noroeste|sureste|suroeste|arriba|abajo)"
    r"(?:\s(?:y\s)?\d{2,4}\s?(?:metros|mts?\.?|m|varas)?\s?(?:al\s)?(?:norte|sur|este|oeste))?\s(?:de(?:l)?\s)(?:[^\n.;!?]{1,60}?)(?=[,.;!?\n]|$|\s(?:y|que|donde|pero|con)\s)",
    re.IGNORECASE,
)
_CROSSING = re.compile(
    r"(?<![\w.,/])\d{1,3}\s?(?:bis\s)?(?:y|e/|entre|esq\.?|esquina)\s\d{1,3}(?:\s?(?:y|e)\s\d{1,3})?(?=[,.;]\s|\sde\s[A-Z]|$)"
)
_QUIET_BLOCK = re.compile(
    r"(?<![\w])(?:[a-zñáéíóú]{4,}\s){1,3}(?:bloque|block|blk|torre|manzana|mz|supermanzana|monoblock|etapa)\s(?:\d{1,4}[a-z]?|[a-h])(?!\w)"
    + _DETAIL
    + "{0,4}"
)
_QUIET_STREET = re.compile(
    rf"(?:(?<=, )|(?<=\ben )|(?<=\ba )|(?<=\bde )|(?<=: ))(?P<name>(?:[a-zñáéíóú]{{3,}}\s){{1,3}})(?P<number>\d{{2,5}})(?![\d%/:]|[.,]\d){_DETAIL}{{0,5}}(?=[,.;!\n]|$|\s(?:y|con|de|en|esq|esquina)\s)"
)
_LANDMARK = re.compile(
    r"(?<!\w)(?:del?|desde)\s(?:(?:la|el|los|las)\s)?(?:[^\W\d_]+\s){1,4}?,?\s?(?:\d{2,4}|cien|doscientos|trescientos|cincuenta)\s?(?:metros|mts?\.?|m\.?|varas)\s(?:al\s|a\sla\s|hacia\s(?:el\s)?)?"
    r"(?:norte|sur|este|oeste|noreste|noroeste|sureste|suroeste|arriba|abajo|lago)(?:\sy\s\d{2,4}\s?(?:metros|mts?|varas)?\s?(?:al\s)?(?:norte|sur|este|oeste))?(?:,?\s(?:casa|port[oó]n|edificio)\s(?:color\s)?\w{3,12})?",
    re.IGNORECASE,
)
_NAMED_WAY = re.compile(
    rf"(?<![\w/])(?i:calle|c/|av\.|avda\.?|avenida|pasaje|pje\.?|psje\.?|jr\.|jir[oó]n|calzada|callej[oó]n|bulevar|boulevard|esquina(?:\sde)?|prolongaci[oó]n|andador|privada|cerrada)\s"
    rf"(?P<name>(?:(?:de|del|la|las|los|el|[Dd]on|[Dd]oña)\s){{0,3}}[{_UP}\d][\w'’.]*(?:\s(?:(?:de|del|la|las|los|y|con|esquina)\s){{0,3}}[{_UP}][\w'’]*){{0,6}})"
)
_QUARTER = re.compile(
    rf",?\s(?i:fracc|col|urb|bo|res|pob|conj|unidad hab|barrio|colonia|fraccionamiento|residencial)\.?\s(?:(?:Los|Las|El|La|San|Santa)\s)?[{_UP}][\w'’]+(?:\s(?:(?:de|del|la|los|las)\s){{0,2}}[{_UP}][\w'’]+){{0,3}}"
)
# Capitalised words before a number that name no street.
_NOT_STREETS = frozenset(
    lexicon.key(
        "dpi mpps licencia windows iphone galaxy ruta ley decreto articulo art capitulo cap salmo versiculo fase etapa grado año curso nivel liceo escuela instituto colegio"
        " mundial copa expo promo promocion generacion covid ps play playstation fifa gta toyota kia nissan chevrolet mazda suzuki hyundai ford fiat peugeot renault"
        " terminal linea metro canal radio fm am version pagina modulo clase sala turno unidad hospital cesfam comisaria juzgado causa rol tengo gano peso mido"
        " son eran tenia cumplo cumpli hace unos unas casi como mas menos de a solo desde hasta entre cada en para por con los las el la un una mi su"
        " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo"
        " clabe cbu cvu cci iban nequi yape plin bizum sinpe total parte test puntaje nota talla zona llevo trabajo duermo ahora hoy ayer somos fueron eramos vivo pague debo cobro quedan faltan pasaron y o ya"
        " dios aniversario temporada episodio  tomo corintios whatsapp instagram banco sub uf plan ies ceip"
        " primero segundo programa agenda beca expediente folio dni rut cedula documento carnet pasaporte ci cc tarjeta cuenta cuit cuil curp rfc nie nif tel telefono celular cel fono movil whatsapp"
    ).split()
)
_NOT_IN_LIVING = frozenset(
    ["desde", "hace", "con", "y", "como", "que", "pero", "porque", "cuando", "donde", "durante", "por", "mas", "casi", "unos", "unas", "solo", "sola", "no", "me", "mi", "se", "a", "hasta", "tengo", "somos", "un", "una", "pareja", "familia", "segun", "otros", "otras", "los", "otras"]
) - {"los"}  # fmt: skip
_NOT_AFTER = re.compile(
    r"\s?(?:años|a[ñn]os|meses|semanas|d[ií]as|horas|hrs|h\b|minutos|pesos|soles|euros|d[oó]lares|lucas|mil\b|millones|personas|kilos|kg|km|varas|metros|mts?\b|%|veces|alumnos|puntos|grados|gramos|mg|ml|seguidores|p[aá]ginas)"
)


def find_addresses(reading: Reading) -> Iterator[Candidate]:
    """Yield addresses: a way and a number, a grid, a block and a lot, directions. The longest come first."""
    yield from sorted(_candidates(reading), key=lambda found: found.start - found.end)


def _candidates(reading: Reading) -> Iterator[Candidate]:
    for pattern in (_GRID, _ZONE, _PARTS, _POSTCODE, _KILOMETRE, _DIRECTIONS, _LANDMARK):
        for match in pattern.finditer(reading.text):
            yield _address(match.start(), match.end(), 0.95)
    for match in _WITH_WAY.finditer(reading.text):
        if _is_way(match, reading):
            quarter = _QUARTER.match(reading.text, match.end())
            yield _address(match.start(), quarter.end() if quarter else match.end(), 0.9)
    yield from _without_way(reading)
    yield from _in_lower_case(reading)
    for match in _NAMED_WAY.finditer(reading.text):
        yield _address(match.start(), match.start() + len(match.group().rstrip(".")), 0.75)


def _without_way(reading: Reading) -> Iterator[Candidate]:
    for match in _CAPITALISED.finditer(reading.text):
        if _is_street(match, reading):
            yield _address(match.start(), match.end(), 0.75)
    for match in _LIVING.finditer(reading.text):
        names = {lexicon.key(word) for word in re.findall(r"[^\W\d_]+", match.group("address"))}
        if not names & _NOT_IN_LIVING:
            yield _address(match.start("address"), match.end("address"), 0.8)


def _in_lower_case(reading: Reading) -> Iterator[Candidate]:
    """Yield addresses without a street word or a capital: "mitre 1877 1ro a", "122 y 43" where somebody lives."""
    for match in _QUIET_STREET.finditer(reading.text):
        names = [lexicon.key(name) for name in match["name"].split()]
        detailed = match.end() > match.end("number")
        if _NOT_AFTER.match(reading.lower, match.end("number")) or set(names) & _NOT_IN_ANY_STREET:
            continue
        year = re.fullmatch(r"(?:19|20)\d\d", match["number"]) is not None
        if detailed or (len(match["number"]) > 2 and not year and not set(names) <= lexicon.common_words()):
            yield _address(match.start(), match.end(), 0.6)
    for match in _QUIET_BLOCK.finditer(reading.text):
        names = [lexicon.key(name) for name in re.findall(r"[^\W\d_]+", match.group())[:-1]]
        if not set(names) & _NOT_IN_ANY_STREET and not set(names) <= lexicon.common_words():
            yield _address(match.start(), match.end(), 0.6)
    for match in _CROSSING.finditer(reading.text):
        if re.search(
            r"\bviv\w+\s(?:en|por)\s(?:la\s|las\s)?$",
            reading.lower[max(0, match.start() - 20) : match.start()],
        ):
            yield _address(match.start(), match.end(), 0.7)


def _is_way(match: re.Match[str], reading: Reading) -> bool:
    """Rule out talk: "en la calle desde los 15", "la carrera me faltan 2 años"."""
    if _NOT_AFTER.match(reading.lower, match.end()) or re.search(r"\w{4}[.!?]\s", match.group()[4:]):
        return False
    first, *rest = re.findall(r"[^\W_]+", match.group())
    names = [word for word in rest if not word[0].isdigit()]
    if not names or (any(name[0].isupper() for name in names if len(name) > 2) and first.lower() != "ruta"):
        return not {lexicon.key(name) for name in names} & _TALK
    keys = [lexicon.key(name) for name in names]
    return len(keys) <= 4 and not set(keys) & _TALK and not set(keys) & _NOT_IN_LIVING


_TALK = frozenset(
    [
        "me",
        "te",
        "se",
        "lo",
        "que",
        "es",
        "era",
        "fue",
        "son",
        "estan",
        "esta",
        "estaba",
        "hay",
        "tengo",
        "tiene",
        "faltan",
        "falta",
        "desde",
        "hace",
        "como",
        "porque",
        "pero",
        "cuando",
        "donde",
        "llevo",
        "hasta",
        "muy",
        "ya",
        "gente",
        "noche",
        "nos",
        "debo",
        "gano",
        "pago",
        "vale",
        "cuesta",
        "somos",
        "eran",
        "tenia",
        "anda",
        "anduve",
        "años",
    ]
)


_NOT_IN_ANY_STREET = (_NOT_STREETS | _TALK | _NOT_IN_LIVING) - {"los", "las", "el", "la", "de", "y"}


def _is_street(match: re.Match[str], reading: Reading) -> bool:
    if _NOT_AFTER.match(reading.lower, match.end("number")):
        return False
    names = [lexicon.key(word) for word in re.findall(r"[^\W\d_]+", match.group("name"))]
    if set(names) & (_NOT_STREETS - {"los", "las", "el", "la", "de", "y", "san"}) or (
        len(names) == 1 and names[0] in _NOT_STREETS
    ):
        return False
    if match.group("name").isupper() and len(names) == 1 and len(names[0]) < 6:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", match.group("number")) and len(names) == 1:
        return False
    if _is_age(match):
        return False
    opening = match.start() == 0 or reading.text[max(0, match.start() - 2) : match.start()].strip(" ") in {
        ".",
        "!",
        "?",
        "\n",
        "¿",
        "¡",
        '"',
    }
    return not (opening and len(names) == 1)


def _is_age(match: re.Match[str]) -> bool:
    """Whether a comma and a number of two digits follow a name and nothing else: "Santi Wolkowicz, 35"."""
    between = match.string[match.end("name") : match.start("number")]
    return between.strip() == "," and len(match["number"]) == 2 and match.end() == match.end("number")


def _address(start: int, end: int, confidence: float) -> Candidate:
    return Candidate(start, end, Kind.ADDRESS, "Parece una dirección.", "[dirección]", confidence)
