"""What a rule is, and the pieces of phrases that many rules share."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consultations.risk.phrases import Phrase, compile_phrase


class Reason(StrEnum):
    """Why a text was flagged. Codes for machines and for the psychologist's desk; never the words used."""

    PASSIVE_IDEATION = "passive_ideation"
    ACTIVE_IDEATION = "active_ideation"
    PLAN = "plan"
    FAREWELL = "farewell"
    RECENT_ATTEMPT = "recent_attempt"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    DANGER_TO_OTHERS = "danger_to_others"
    THIRD_PARTY = "third_party"


class Unless(StrEnum):
    """What takes the danger out of a match (see `context`)."""

    DENIED = "denied"  # "no quiero morir"
    PAST = "past"  # long ago and resolved
    FICTION = "fiction"  # films, songs, news, lessons
    HYPERBOLE = "hyperbole"  # "me quiero morir de la vergüenza"
    FEAR = "fear"  # afraid of dying, as in a panic attack
    SCOLDING = "scolding"  # "mi mamá me va a matar cuando vea las notas"
    WAY_OUT = "way_out"  # fed up with a job, a flat, a boss


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase and what it means. `weight` 1 flags alone; smaller ones must add up with other reasons' hints."""

    reason: Reason
    severity: int
    phrase: Phrase
    unless: frozenset[Unless]
    weight: float = 1.0


# A danger spoken of in the first person can be denied, over, or quoted.
OWN = frozenset({Unless.DENIED, Unless.PAST, Unless.FICTION})

PIECES = {
    "want": (
        "quiero|quisiera|querria|kero|quero|kisiera|deseo|desearia|prefiero|preferiria|ojala|necesito|merezco|anhelo|"
        "me gustaria|me encantaria|me provoca|espero|sueño con|ganas de|deseos de|con ganas de|pido|rezo por|"
        "queria|quise|he querido|deseaba|ansias de|urgencia de|necesidad de"
    ),
    "think": (
        "pienso|penso|pensaba|pense|pensado|pensando|pensar|piense|imagino|imaginaba|fantaseo|planeo|planeando|"
        "contemplo|considero|considerado|considerando|idea|ideas|pensamiento|pensamientos|intencion|intenciones|"
        "impulso|impulsos|plan|planes|fantasia|fantasias|obsesion|tentacion|decidi|decidido|decision"
    ),
    "kill_self": (
        "matarme|suicidarme|suicidar|suicidame|autolesionarme|ahorcarme|colgarme|envenenarme|desvivirme|dispararme|"
        "degollarme|inmolarme|ahogarme yo|(quitarme|sacarme) [de] (la vida|en medio|encima)|"
        "(acabar|terminar|terminando|acabando) (con|de) (mi vida|mi existencia|mi sufrimiento|mi dolor|"
        "conmigo [misma|mismo])|"
        "acabar conmigo|poner fin a (mi vida|todo|esto|mi existencia|mi sufrimiento)|ponerle fin a (mi vida|todo)|"
        "atentar contra (mi|mi vida|mi persona)|volarme (la cabeza|los sesos)|pegarme un (tiro|balazo)|"
        "meterme un (tiro|balazo)|darme un (tiro|balazo)|cortarme las venas|abrirme las venas|"
        "(tirarme|lanzarme|aventarme|arrojarme|botarme|saltar|tirarse) ~2 (metro|tren|puente|balcon|ventana|azotea|"
        "vacio|camion|edificio|techo|piso|rio|mar|vias|via|autopista|carretera|auto|autos|carro|micro|rieles|linea|"
        "barranco|acantilado|abajo)"
    ),
    "kill_himself": (
        "matarse|suicidarse|desvivirse|ahorcarse|colgarse|envenenarse|quitarse la vida|quitarse de en medio|"
        "acabar con su vida|terminar con su vida|acabar con todo|cortarse las venas|pegarse un (tiro|balazo)|"
        "(tirarse|lanzarse|aventarse|arrojarse) ~2 (metro|tren|puente|balcon|ventana|azotea|vacio|camion|edificio|"
        "techo|piso|vias|rieles|auto|autos)|hacerse daño|hacerse algo|lastimarse|morirse|morir|desaparecer|"
        "estar muert*|no despertar|no estar aqui|irse de este mundo|cortarse"
    ),
    "somebody": (
        "mi (hijo|hija|hermano|hermana|amigo|amiga|papa|mama|padre|madre|primo|prima|pareja|novio|novia|pololo|"
        "polola|esposo|esposa|marido|señora|mujer|compañero|compañera|vecino|vecina|sobrino|sobrina|nieto|nieta|"
        "tio|tia|abuelo|abuela|alumno|alumna|ex|viejo|vieja|hermanita|hermanito|cuñado|cuñada|suegro|suegra|niño|"
        "niña|chico|chica|roomie|mejor (amigo|amiga)|jefe|jefa|hijastro|hijastra|comadre|compadre|ahijado|ahijada|"
        "paciente|colega)|un amigo|una amiga|un compañero|una compañera|un alumno|una alumna|el chico|la chica|"
        "un conocido|una conocida"
    ),
    "pills": "pastillas|pastis|pasti|pastillitas|pildoras|comprimidos|remedios|medicamentos|tabletas|frasco|frascos|"
    "blister|blisters|tira|tiras|caja|cajas|clonazepam|tranquilizantes|calmantes|ansioliticos|antidepresivos|"
    "medicinas|medicacion|somniferos|raticida|cloro|veneno|insulina|pepas|benzos|clonas",
    "means": "pastillas|pastis|pildoras|cuerda|soga|lazo|mecate|pistola|arma|revolver|escopeta|veneno|raticida|"
    "navaja|gillette|bisturi|cutter|hojita|hoja de afeitar",
    "weapon": "cuchillo|cuchilla|navaja|pistola|arma|revolver|escopeta|machete|fierro|martillo|botella|hacha|palo|"
    "tijera|tijeras|rifle|bate|correa|cinturon|cable|plancha|sarten|cinto|chancla|tubo|puñal|cortaplumas",
    "height": "puente|azotea|balcon|baranda|barandal|borde|techo|terraza|cornisa|anden|vias|rieles|acantilado|"
    "precipicio|ventana|mirador|quebrada|muelle|roquerio|viaducto|tejado|linea del tren",
    "him": "el|ella|mi (marido|esposo|pareja|novio|pololo|ex|esposa|mujer|polola|novia|papa|mama|padre|madre|"
    "padrastro|madrastra|hermano|hijo|tio|suegro|cuñado|viejo|concubino|conviviente|hija|compañero)",
    "abuser": "papa|padre|padrastro|tio|abuelo|abuelito|primo|hermano|hermanastro|profe|profesor|entrenador|vecino|"
    "pastor|cura|sacerdote|novio de mi mama|pareja de mi mama|marido de mi mama|esposo de mi mama|amigo de mi papa|"
    "amigo de la familia|cuñado|maestro|mama|madrastra|señor|tata|nono|padrino|catequista|el|guardia",
    "alone_today": "hoy|esta noche|mañana|ahora|esta tarde|esta semana|el (lunes|martes|miercoles|jueves|viernes|"
    "sabado|domingo)|este (lunes|martes|miercoles|jueves|viernes|sabado|domingo|finde|fin de semana)|el finde|"
    "en un rato|mas tarde|pronto|en la madrugada|dentro de poco|antes de (navidad|fin de año|mi cumpleaños|que)",
    "lately": "anoche|ayer|antier|anteayer|antenoche|hoy|esta mañana|esta semana|la semana pasada|hace (#|un|una|dos|"
    "tres|cuatro|cinco|seis|poco|poquito|unos|unas|algunas|algunos) [#] (hora|horas|rato|ratito|minutos|dia|dias|"
    "semana|semanas|mes)|hace poco|el (lunes|martes|miercoles|jueves|viernes|sabado|domingo|finde|fin de semana)|"
    "recien|recientemente|este mes|el mes pasado|la otra noche|el otro dia|estos dias|ultimamente|de nuevo|otra vez",
}


def rules(
    reason: Reason, severity: int, *phrases: str, unless: Iterable[Unless] = OWN, weight: float = 1.0
) -> tuple[Rule, ...]:
    """Return one rule per phrase, all with the same meaning."""
    exceptions = frozenset(unless)
    return tuple(Rule(reason, severity, compile_phrase(p, PIECES), exceptions, weight) for p in phrases)
