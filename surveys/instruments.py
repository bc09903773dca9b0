"""The questionnaires Need knows: their wording, their licence and how their numbers are read.

Need charges for its service, so every instrument says whether commercial use is allowed. One that is
not enabled is described without a word of its text. Facts: the instruments' own publications, named in
each `source`. An instrument is never edited: a changed wording or scoring gets a new `version`, because
stored answers belong to the version they were given to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class UnknownInstrument(LookupError):
    """No instrument has this key (or this version of it)."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: the points it gives and the words a person reads."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A band of totals: it begins at `minimum` points and ends below the next one's."""

    minimum: int
    label: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire. Items are numbered from 1; a total is the plain sum of the answers.

    `reliable_change` is in points of the total: a smaller difference may be chance. `risk_item` is the
    number of the item whose answer above 0 opens the risk path, whatever the total.
    """

    key: str
    version: str
    name: str
    description: str
    stem: str
    options: tuple[Option, ...]
    items: tuple[str, ...]
    licence: str
    commercial_use: bool
    source: str
    validated: bool
    enabled: bool
    disabled_reason: str
    cutoffs: tuple[Cutoff, ...]
    reliable_change: int
    reliable_change_source: str
    higher_is_worse: bool
    minimum: int
    maximum: int
    risk_item: int | None = None


PHQ_9 = Instrument(
    key="phq-9",
    version="es-1",
    name="PHQ-9",
    description="Nueve preguntas sobre el ánimo en las últimas dos semanas.",
    stem=(
        "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias "
        "debido a los siguientes problemas?"
    ),
    options=(
        Option(0, "Ningún día"),
        Option(1, "Varios días"),
        Option(2, "Más de la mitad de los días"),
        Option(3, "Casi todos los días"),
    ),
    items=(
        "Poco interés o placer en hacer cosas",
        "Se ha sentido decaído(a), deprimido(a) o sin esperanzas",
        "Ha tenido dificultad para quedarse o permanecer dormido(a), o ha dormido demasiado",
        "Se ha sentido cansado(a) o con poca energía",
        "Sin apetito o ha comido en exceso",
        # The dashes in items 6 and 8 are the form's own.
        (
            "Se ha sentido mal con usted mismo(a) – o que es un fracaso o que ha quedado mal "
            "con usted mismo(a) o con su familia"
        ),
        (
            "Ha tenido dificultad para concentrarse en ciertas actividades, tales como leer el periódico "
            "o ver la televisión"
        ),
        (
            "¿Se ha movido o hablado tan lento que otras personas podrían haberlo notado? o lo contrario – "
            "muy inquieto(a) o agitado(a) que ha estado moviéndose mucho más de lo normal"
        ),
        "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera",
    ),
    licence=(
        "El formulario dice que no se requiere permiso para reproducirlo, traducirlo, mostrarlo "
        "o distribuirlo."
    ),
    commercial_use=True,
    source="Kroenke, Spitzer y Williams (2001), Journal of General Internal Medicine 16, 606-613.",
    validated=True,
    enabled=True,
    disabled_reason="",
    cutoffs=(
        Cutoff(0, "molestias mínimas"),
        Cutoff(5, "molestias leves"),
        Cutoff(10, "molestias moderadas"),
        Cutoff(15, "molestias moderadas a altas"),
        Cutoff(20, "molestias altas"),
    ),
    reliable_change=6,
    reliable_change_source="Cambio fiable publicado para el PHQ-9: 6 puntos.",
    higher_is_worse=True,
    minimum=0,
    maximum=27,
    risk_item=9,
)

NEED_SHORT = Instrument(
    key="need-breve",
    version="es-1",
    name="Escala breve de Need (no validada)",
    description="Cuatro frases sobre tu última semana. No es una prueba validada: sirve para conversar.",
    stem="Pensando en tu última semana, ¿qué tan seguido te pasó esto?",
    options=(
        Option(0, "Nunca"),
        Option(1, "Pocas veces"),
        Option(2, "A veces"),
        Option(3, "Muchas veces"),
        Option(4, "Casi siempre"),
    ),
    items=(
        "Tuve momentos de buen ánimo",
        "Dormí y descansé lo que necesitaba",
        "Pude sostener mi día: el trabajo, los estudios o la casa",
        "Sentí que podía contar con alguien",
    ),
    licence="Texto propio de Need.",
    commercial_use=True,
    source="Equipo de Need. No validada: no hay estudios que digan qué tan bien mide.",
    validated=False,
    enabled=True,
    disabled_reason="",
    cutoffs=(
        Cutoff(0, "una semana cuesta arriba"),
        Cutoff(6, "una semana con altos y bajos"),
        Cutoff(11, "una semana más llevadera"),
    ),
    reliable_change=4,
    # Nobody has measured this scale's error, so the margin is a convention and says so.
    reliable_change_source="Convención de Need, no un dato medido: en promedio, un paso en cada frase.",
    higher_is_worse=False,
    minimum=0,
    maximum=16,
)

GAD_7 = Instrument(
    key="gad-7",
    version="es-1",
    name="GAD-7",
    description="Siete preguntas sobre la ansiedad en las últimas dos semanas.",
    stem="",
    options=(),
    items=(),
    licence="El formulario lleva el mismo aviso que el PHQ-9: no se requiere permiso.",
    commercial_use=True,
    source="Spitzer, Kroenke, Williams y Löwe (2006), Archives of Internal Medicine 166, 1092-1097.",
    validated=True,
    enabled=False,
    disabled_reason="No pudimos cotejar la redacción oficial en español; no usamos una traducción propia.",
    cutoffs=(
        Cutoff(0, "molestias mínimas"),
        Cutoff(5, "molestias leves"),
        Cutoff(10, "molestias moderadas"),
        Cutoff(15, "molestias altas"),
    ),
    reliable_change=4,
    reliable_change_source="Cambio fiable publicado para el GAD-7: 4 puntos.",
    higher_is_worse=True,
    minimum=0,
    maximum=21,
)

WHO_5 = Instrument(
    key="who-5",
    version="es-1",
    name="WHO-5",
    description="Cinco preguntas sobre el bienestar. El total va de 0 a 100.",
    stem="",
    options=(),
    items=(),
    licence="CC BY-NC-SA 3.0 IGO: el uso comercial necesita permiso de la OMS.",
    commercial_use=False,
    source="Organización Mundial de la Salud, índice de bienestar WHO-5.",
    validated=True,
    enabled=False,
    disabled_reason="Falta registrar un permiso de la OMS para uso comercial.",
    cutoffs=(
        Cutoff(0, "bienestar muy bajo"),
        Cutoff(29, "bienestar bajo"),
        Cutoff(51, "bienestar suficiente"),
    ),
    reliable_change=10,
    reliable_change_source="Cambio fiable publicado para el WHO-5: 10 puntos de 100.",
    higher_is_worse=False,
    minimum=0,
    maximum=100,
)

CORE_10 = Instrument(
    key="core-10",
    version="es-1",
    name="CORE-10",
    description="Diez preguntas sobre el malestar psicológico.",
    stem="",
    options=(),
    items=(),
    licence="CC BY-NC-ND 4.0: solo sin cambios y sin uso comercial.",
    commercial_use=False,
    source="CORE System Trust.",
    validated=True,
    enabled=False,
    disabled_reason="Falta registrar un permiso de CORE System Trust para uso comercial.",
    cutoffs=(),
    reliable_change=6,
    reliable_change_source="Cambio fiable publicado para el CORE-10: 6 puntos.",
    higher_is_worse=True,
    minimum=0,
    maximum=40,
)

REGISTRY: Mapping[str, Instrument] = MappingProxyType(
    {instrument.key: instrument for instrument in (PHQ_9, NEED_SHORT, GAD_7, WHO_5, CORE_10)}
)


def get_instrument(key: str, version: str | None = None) -> Instrument:
    """Return the instrument with this key; with `version`, only that version.

    Raises UnknownInstrument for a key or version the registry does not hold.
    """
    instrument = REGISTRY.get(key)
    if instrument is None or version not in (None, instrument.version):
        raise UnknownInstrument(f"{key} {version or ''}".strip())
    return instrument


def enabled_instruments() -> tuple[Instrument, ...]:
    """Return the instruments that may be shown to people, in the order they are asked."""
    return tuple(instrument for instrument in REGISTRY.values() if instrument.enabled)
