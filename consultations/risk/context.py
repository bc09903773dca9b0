"""What takes the danger out of words: denial, a past that is over, fiction, hyperbole, a way out in sight.

Each doubt is settled for danger: an exception only holds when the words for it are there.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from consultations.risk.phrases import compile_phrase
from consultations.risk.rules import Rule, Unless


def _regex(source: str) -> re.Pattern[str]:
    return compile_phrase(source, {}).regex


# A denial must reach the match through words like these; "no puedo dejar de pensar en…" does not.
_DENIAL = re.compile(
    _regex(
        "(no|nunca|jamas|tampoco|ni|sin|nadie|ningun|ninguna) "
        "[me|se|le|nos|les|te|lo|la] [he|ha|han|hemos|habia|hubo] [me|se|le|nos] "
        "[es que [yo] (quiera|quisiera|piense|este)|es que|quiero|queria|quise|querido|quisiera|pienso|pense|pensaba|pensado|penso|"
        "estoy|estaba|estado|voy a|iba a|tengo|tenia|tuve|tenido|siento|senti|sentido|llegue a|llegado a|hablo|hablamos|se trata|"
        "intente|intento|intentado|intentaria|haria|hago|hice|deseo|deseado|creo|digo|dije|paso|pasado|cruzo|cruzado|ocurre|ocurrio|"
        "busco|existe|existen|hay|existio|fue|era|soy de|va a|fui] "
        "[nunca|jamas|nada|ninguna|ningun|mucho|para nada|siquiera|de verdad|por la cabeza|ni nada] "
        "[pensando|pensado|pensar|planeando|sintiendo|buscando|intentado|querer|querido|queriendo|hablando|intenciones|intencion|ganas|"
        "ideas|idea|pensamientos|planes|deseos|animo|la idea|las ganas|la intencion|historial|riesgo] "
        "[en|de|a|que|con|por] [me|se|hacerme|la idea de|la intencion de|querer|eso de|intentar|pensar en|intentos de]"
    ).pattern
    + r"(?:, )?$"
)
_TAKEN_BACK = _regex(
    "(pero|aunque|sin embargo|solo que) ~6 (idea*|pienso|penso|miedo|dudo|aguant*|descans*|desap*|ya no|morir*|me voy a|tentacion|"
    "a veces si|a ratos si|si (pienso|quiero|quisiera))"
)
_NOT_DENIAL = _regex("(ya no|no se si|no solo|no es que no|no puedo (dejar|evitar|parar))")

_LONG_AGO = _regex(
    "hace (muchos|varios|bastantes|tantos|como #|ya #|ya (muchos|varios)|mas de #|casi #|#|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|"
    "diez|once|doce|trece|catorce|quince|veinte|treinta|cuarenta|mas de (diez|veinte|cinco|treinta)) [y] [largos] años|hace (mucho|años|"
    "decadas|una decada|mil años|una vida|bastante tiempo)|(pasaron|han pasado) ~3 (#|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|"
    "once|doce|trece|catorce|quince|veinte|treinta|muchos|varios|años)|(cuando|desde que) (yo) (era|tenia|iba|estaba en|estudiaba)|"
    "(cuando) (era|tenia (#|veint*|trein*|quin*|dieci*|doce|once|trece|catorce|diez|nueve|ocho)|iba al|iba en|estaba en|estudiaba|vivia con mis)|"
    "(de|en mi) (adolescente|adolescencia|joven|juventud|niño|niña|niñez|infancia|chico|chica|cabro|cabra|pequeñ*|soltera|soltero|la "
    "infancia)|a (los|mis) (#|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci*|veint*|trein*|cuarent*)|en (la|el|mi) (adolescencia|"
    "juventud|infancia|colegio|universidad|secundaria|liceo|prepa|escuela|bachillerato|facultad)|en (los|el) (noventa|ochenta|setenta|"
    "dos mil *|año #)|en #|el siglo pasado|mi (primera|anterior) (relacion|pareja|matrimonio)|mi ex (marido|esposo|mujer|pareja|novio|pololo)"
    "".replace("dos mil *", "dos mil")
)
_RESOLVED = _regex(
    "nunca mas|no (volvi|volvio|he vuelto|ha vuelto|lo hago|lo hice mas|lo volvi|lo he vuelto|volveria|queda|existe)|ya (no|lo|esta|estoy|"
    "pase|sane)|que no lo hago|quedo (atras|en el pasado)|(me recupere|recuperad*|sali adelante|supere|superad*|a salvo|en paz|"
    "sane|sanad*|cerrad*|rehice|sobrevivi|aprendi|trabaje en|lo trabaje|me cure|dada de alta|dado de alta|me alegro|agradezco|orgullos*|"
    "de eso)|hoy|ahora|actualmente|desde entonces|hasta hoy|con (terapia|ayuda|tratamiento|medicacion)|(terapia|tratamiento) ~3 (ayudo|"
    "salvo|sirvio)|otra (vida|persona)|(vivo|trabajo|estoy) (bien|tranquil*|feliz|content*|sol* y|en otr*)|soy (papa|mama|padre|madre|"
    "otra|otro|feliz)|me (fui|separe|divorcie|escape|salve)|(murio|fallecio|esta preso|esta muerto)|(tengo|ya tengo) (#|veint*|trein*|"
    "cuarent*|cincuent*|sesent*|hijos|dos hijos|una familia|una hija|un hijo)"
)
_RELAPSE = _regex(
    "(volvi|volvio|volvieron|vuelve|vuelven|vuelvo|vuelto|recai|recaida|recayendo|regreso|regresaron) ~2 (a|la|las|esa|esas|los|el|eso|"
    "esos|pensar*|ganas) ~3 (cortar*|lastim*|pens*|sentir*|ganas|idea*|pasar|caer|hacer*|querer|mism*|venir|aparecer|pegar*|buscar*)|"
    "(otra vez|de nuevo|nuevamente) ~4 (pienso|siento|quiero|ganas|idea*|aparec*|volvi*|me|igual)|ultimamente|estos dias|esta semana|la semana pasada|hace "
    "(#|un|una|dos|tres|cuatro|cinco|seis|pocos|pocas|unos|unas) (dias|dia|semana|semanas|mes|meses|horas)|hace poco|anoche|ayer|el (lunes|martes|"
    "miercoles|jueves|viernes|sabado|domingo)|(hoy|ahora) [otra vez|de nuevo|tambien] (pienso|quiero morir*|siento lo mismo|estoy igual|me siento igual|quiero "
    "(matarme|desaparecer)|vuelvo|estoy peor|la)|igual que (antes|entonces)|peor que (nunca|antes|entonces)|sigo (pensando|haciendo*|igual|"
    "con (eso|las ganas|la idea))|todavia (pienso|lo pienso|lo hago|quiero|me corto|me pega)|aun (pienso|lo pienso|quiero)|estoy al borde"
)

_FICTION = _regex(
    "pelicula*|peli|pelis|serie|series|novela|novelas|libro|libros|un cuento|el cuento|cuentos|cancion|canciones|letra|letras|poema|poemas|poesia|"
    "un personaje|mi personaje|el personaje|personajes|protagonista|videojuego*|(el|un|del) juego|juegos|noticia|noticias|noticiero|documental|podcast|reportaje|articulo|"
    "articulos|ensayo|tesis|charla|charlas|taller|talleres|seminario|prevencion|investigacion|(una|la) obra de|teatro|actor|actriz|cantante|artista|famos*|"
    "capitulo|episodio|trama|guion|villano|anime|manga japones|netflix|cine|diario sali*|titular|estadistica*|protocolo|capacitacion|"
    "curso de (primeros|prevencion)"
)
_HYPERBOLE_AFTER = re.compile(
    r"^(?:, )?"
    + _regex(
        "[literal|casi] (de (la|el|lo|tanta|tanto|puro|pura) (risa|verguenza|pena ajena|oso|plancha|roche|rabia|ganas|hambre|sueño|calor|frio|susto|aburrimiento|"
        "nervios|envidia|ternura|amor|emocion|asco|curiosidad|cansancio|lata|sed|estres|ansiedad por|contenta|content*)|de (risa|verguenza|"
        "ganas|hambre|sueño|calor|frio|susto|aburrimiento|nervios|envidia|ternura|amor|emocion|asco|curiosidad|cansancio|lata|sed|celos|felicidad|"
        "roche|oso|plancha|impaciencia|estres|pena ajena|lo (ridicul*|lind*|ric*|content*|torpe))|jaj*|jej*|xd|lol|jsjs*|con una (galleta|"
        "lechuga|hoja de lechuga|tortilla)|con (una) galleta|por (saber|ver|ir|probar|conocer|un|una|tener|comprar*|unas)|trabajando|estudiando|"
        "haciendo ejercicio|a besos|en el gimnasio|con (las|el) (pesas|abdominales|examen)|a (abrazos|cosquillas))"
    ).pattern.removeprefix("(?<![^ ])")
)
_LAUGHTER = _regex(
    "jaj*|jej*|jsjs*|xd|lol|papelon|que (oso|roche|plancha|verguenza)|tierra tragame|trag* la tierra|(fuera de|es una|en|era|pura) "
    "(broma|bromas|chiste)|bromas aparte|es un decir|modo de decir|forma de decir|obvio que no|cuando (vi (la|el|que)|me "
    "(cai|equivoque|di cuenta|vieron|olvide))|verguenza ajena"
)
_SERIOUS = _regex(
    "(enserio|en serio|posta|de verdad|va en serio|no es (broma|chiste|exageracion)|no exagero|la verdad es que si|es verdad|no es un decir|"
    "esta vez si|sin broma|no bromeo)"
)
_SCOLDER = re.compile(
    _regex(
        "(mi|la|mis) (mama|vieja|viejo|viejos|papa|papas|jefe|jefa|profe|suegra|señora|esposa|hermana|abuela|novia|polola|mujer|madre|"
        "editora|tutora)"
    ).pattern
    + "$"
)
_SCOLDING = re.compile("me (ba a mata|mata|iba a mata)")
_AFRAID = _regex("miedo|terror|panico|susto|temor|fobia|siento que|senti que|pense que|creia que|hipocondri*|anestesia|avion|cirugia|operacion")
_DYING = re.compile("morir(me|se)? $|muerte $")
_TOLD_NO = _regex("pregunt* ~12 (que no|no)|(le|les) (dije|digo|respondi|conteste) que no|no las tengo|no los tengo|no es mi caso")
_QUOTING = re.compile(_regex("(dice*|decia|canta|grita|llama|titul*|frase|letra|verso|lema) ~3").pattern + "$")
_TELLING = _regex("(donde|que|cuy*|sobre|protagonista|personaje*|trama|titul*|contra|de|del) ")
_OWN_WORDS = re.compile(r"(?:^| )(me|mi|mis|io|kiero|boi|tengo|pienso|estoi)|rme |rnos ")
_NOW = _regex(
    "quiero|quisiera|pienso|tengo|voy|siento|puedo|doy|dan|corto|hago|lastimo|pega|golpea|toca|viene|vienen|vuelve|ronda|aparece|estoy|soy|"
    "he|ha|dice|va|merezco|prefiero|necesito|planeo|imagino|me deja|obliga|amenaza|encierra|persigue|rasguño|quemo|compre|guardo|deseo|es"
)
_THEN = re.compile("(?:^| )[a-z]+(?:aba|aban|abas|abamos|ia|ian|iamos|io|ieron) |" + _regex(
    "quise|pense|intente|trate|tuve|corte|hice|tome|tomado|trague|pego|golpeo|abuso|violo|toco|estuve|era|fue|fui|habia|hubo|llegue|viví|"
    "vivi|sufri|amenazo|encerro|obligo|obligaron|paso|me fui|intentado|intento|tentativa|ahorco|empujo|estaba"
).pattern)
_WAY_OUT = _regex(
    "renunci*|(cambi*|cambio) ~2 (de|el|mi) (trabajo|pega|carrera|colegio|area|jefe|casa|ciudad|turno|empresa|laburo|chamba|sección)|"
    "cambiarme|vacaciones|divorci*|separar*|mudar*|(mi|la|el|un) (jefe|jefa|pega|laburo|chamba|oficina|empresa)|turno*|turnos|tesis|examen|examenes|"
    "(poner|pongo|ponerle*) limite*|negociar|aprender a|tecnica*|herramientas|horario*|client*|suegr*|"
    "(ejercicio|gimnasio|maraton)|rutina|organizar*|descansar mejor|pedir ayuda (en|a mis hermanos)"
)


class Surroundings:
    """The whole text, asked only when a rule has matched; every answer is worked out once."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self._anywhere: Final = cache(self._search)

    def excuse(self, rule: Rule, sentence: str, match: re.Match[str]) -> bool:
        """Say whether something around `match` takes the danger out of it, as far as `rule` allows."""
        return any(_EXCUSES[reason](self, sentence, match) for reason in rule.unless)

    def _search(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(sentence) for sentence in self._sentences)

    def denied(self, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[max(0, match.start() - 90) : match.start()]
        if _TOLD_NO.search(sentence) and "pregunt" in before:
            return True
        if match.group().startswith(",") or not _DENIAL.search(before) or _NOT_DENIAL.search(before[-30:]):
            return False
        return not _TAKEN_BACK.search(sentence, match.end())

    def past(self, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        if _NOW.search(match.group()) or not _THEN.search(nearby):
            return False
        return self._anywhere(_LONG_AGO) and self._anywhere(_RESOLVED) and not self._anywhere(_RELAPSE)

    def fiction(self, sentence: str, match: re.Match[str]) -> bool:
        before = sentence[: match.start()]
        if not _FICTION.search(sentence):
            return False
        if _OWN_WORDS.search(match.group()):
            return bool(_QUOTING.search(before))
        return bool(_TELLING.search(before))

    def hyperbole(self, sentence: str, match: re.Match[str]) -> bool:
        if self._anywhere(_SERIOUS):
            return False
        after = sentence[match.end() : match.end() + 60]
        return bool(_HYPERBOLE_AFTER.match(after)) or self._anywhere(_LAUGHTER)

    def fear(self, sentence: str, match: re.Match[str]) -> bool:
        nearby = sentence[max(0, match.start() - 40) : match.end()]
        return bool(_DYING.search(match.group()) and _AFRAID.search(nearby) and "ganas" not in nearby)

    def scolding(self, sentence: str, match: re.Match[str]) -> bool:
        return bool(_SCOLDING.search(match.group()) and _SCOLDER.search(sentence[: match.start()]))

    def way_out(self, sentence: str, match: re.Match[str]) -> bool:
        return self._anywhere(_WAY_OUT)


_EXCUSES: dict[Unless, Callable[[Surroundings, str, re.Match[str]], bool]] = {
    Unless.DENIED: Surroundings.denied,
    Unless.PAST: Surroundings.past,
    Unless.FICTION: Surroundings.fiction,
    Unless.HYPERBOLE: Surroundings.hyperbole,
    Unless.FEAR: Surroundings.fear,
    Unless.SCOLDING: Surroundings.scolding,
    Unless.WAY_OUT: Surroundings.way_out,
}
