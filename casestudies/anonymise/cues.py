"""The words that announce a name: "me llamo", "doña", "mi hermana", "le dicen", "colegio", "vivo en"."""

from __future__ import annotations

from enum import Enum

from casestudies.anonymise import lexicon
from casestudies.anonymise.page import Page

Phrases = dict[str, list[tuple[str, ...]]]  # by their last word


class Cue(Enum):
    """What stands before a word and says that it names somebody."""

    INTRODUCED = "se presenta con este nombre"
    SELF = "dice quién es"
    NICKNAME = "así le dicen"
    TITLE = "sigue a un tratamiento"
    RELATION = "nombra a alguien cercano"
    LISTED = "sigue a otro nombre"
    SIGNED = "firma con este nombre"
    APPOSED = "dice quién es alguien cercano"


def _keys(words: str) -> frozenset[str]:
    return frozenset(lexicon.key(words).split())


def _by_last_word(*phrases: tuple[str, ...]) -> Phrases:
    index: Phrases = {}
    for phrase in phrases:
        index.setdefault(phrase[-1], []).append(phrase)
    return index


RELATIONS = _keys(
    """mama papa madre padre mami papi viejo vieja hermano hermana hermanito hermanita hermanastro hermanastra mellizo melliza
    gemelo gemela hijo hija hijito hijita hijastro hijastra niño niña nene nena bebe bebita bebito guagua abuelo abuela abuelito abuelita
    bisabuelo bisabuela tata nona nono yaya yayo nieto nieta tio tia tito tita primo prima sobrino sobrina cuñado cuñada suegro suegra yerno
    nuera consuegra concuñado padrastro madrastra padrino madrina ahijado ahijada esposo esposa marido mujer señora señor pareja conviviente
    novio novia pololo polola enamorado enamorada prometido prometida ex exmarido exesposo exesposa exnovio exnovia expareja expololo amante
    amigo amiga amigos amigas amiguito amiguita mejor compadre comadre compañero compañera compañeros compa colega jefe jefa supervisor
    supervisora gerente gerenta patron patrona encargado encargada socio socia empleada empleado nana niñera vecino vecina vecinos casero casera profesor
    profesora profe maestro maestra orientador orientadora entrenador entrenadora tecnico director directora psicologo psicologa psiquiatra
    terapeuta doctor doctora enfermera enfermero matrona medico abogado abogada cura pastor pastora crush bestie perro perra perrito perrita
    gato gata gatito gatita caballo mascota hijos hijas hermanos hermanas primos primas tios tias sobrinos sobrinas nietos nietas abuelos gemelos gemelas mellizos mellizas hijes
    peque pequeño pequeña mayor menor chico chica chiquito chiquita chiquilla chiquillo grande segundo tercero tercera primogenito chamo chama flaco flaca tutor tutora cuidadora cuidador
    alumno alumna paciente clienta cliente testigo matron partera kine kinesiologo kinesiologa trabajadora asistente companera companero rommie roomie roommate inquilina inquilino
    carnal carnala broder cuate cuata compi jermu bro nano nana llave parcero parcera parce yunta taita mita amiguis mejoramiga jefecito jefecita pata ninito ninita muchacho muchacha papasito apa ama profesorcito padrino cabro chiquitin cuñis"""
)
AFTER_RELATION = _keys(
    "mayor menor chico chica pequeño pequeña medio grande querido querida difunto difunta actual mellizo melliza gemelo gemela nuevo nueva vieja viejo adolescente mas soltera soltero amada amado biologico biologica adoptiva adoptivo materna materno paterna paterno politica politico"
)
TITLES = _keys(
    """inge profr profra padrecito hno hna diacono rabino sargento alcaldesa alcalde concejal mtra tal don doña dña dn sr sra srta señor señora señorita dr dra doctor doctora doc profe profesor profesora prof maestro maestra miss seño teacher lic
    licenciado licenciada ing ingeniero ingeniera arq abogado abogada abg psicologo psicologa psic psiquiatra terapeuta enfermera enfermero matrona padre sor fray
    hermana hermano pastor pastora tio tia tito tita abuela abuelo coach sensei monseñor obispo capitan sargento teniente cabo comandante coronel
    oficial inspector inspectora jueza juez compadre comadre nana primo prima compañero compañera orientador orientadora director directora entrenador entrenadora tecnico kinesiologo
    kinesiologa matron mtro mtra nutricionista nutriologa dentista neurologo neurologa ginecologo ginecologa pediatra fonoaudiologa terapista economista contador contadora fiscal coordinador coordinadora prefecto prefecta comisario comisaria rector rectora decano decana notario notaria perito perita subcomisario suboficial agente mister cura misia mita papay ab econ taita tatita mamita"""
)
POSSESSIVES = _keys(
    "dos tres cuatro cinco ambos ambas sus ellos mi mis tu tus su sus nuestro nuestra nuestros nuestras un una el la los las al del otro otra aquel aquella ese esa este esta"
)
ARTICLES = _keys("el la al del")
_INTRODUCTIONS = _by_last_word(
    ("me", "llamo"), ("me", "yamo"), ("nombre", "es"), ("se", "llama"), ("se", "llamaba"), ("se", "llaman"), ("se", "llamaban"), ("llamado",), ("llamada",),
    ("llamados",), ("llamadas",), ("de", "nombre"), ("hacia", "llamar"), ("hace", "llamar"), ("hacerse", "llamar"), ("le", "puse"), ("le", "pusimos"), ("le", "puso"), ("firma",), ("firmado",), ("atte",), ("atentamente",),
    ("nombre", "social"), ("pusieron",), ("bautizaron",), ("llamarme",), ("llamarse",), ("se", "llame"), ("llamarlo",), ("llamarla",), ("te", "llamas"), ("nombre",), ("ponerle",), ("me", "llamaba"), ("llame",),
)  # fmt: skip
_SELVES = _by_last_word(
    ("soy",),
    ("soi",),
    ("habla",),
    ("escribe",),
    ("aqui",),
    ("saluda",),
    ("somos",),
    ("fui",),
    ("es",),
    ("era",),
)
_NICKNAMES = _by_last_word(
    ("me", "decia"), ("le", "dice"), ("nos", "dice"), ("les", "dicen"), ("lo", "llama"), ("la", "llama"), ("le", "llama"), ("me", "llama"), ("conocen", "por"), ("me", "grito"), ("me", "grita"), ("nos", "llaman"), ("nos", "decian"), ("mal", "llamado"), ("mal", "llamada"), ("lo", "apodan"), ("la", "apodan"), ("lo", "apodaron"), ("la", "apodaron"), ("le", "decimos"),
    ("un", "tal"), ("una", "tal"), ("apodo", "de"), ("puso", "el", "apodo"), ("sobrenombre", "de"), ("por", "apodo"), ("puso", "mi", "papa"), ("dice", "la"),
    ("me", "dicen"), ("le", "dicen"), ("nos", "dicen"), ("me", "llaman"), ("le", "llaman"), ("lo", "llaman"), ("la", "llaman"), ("le", "digo"), ("le", "decimos"),
    ("le", "decian"), ("me", "decian"), ("me", "dice"), ("me", "llamaban"), ("le", "llamaban"), ("lo", "llamamos"), ("la", "llamamos"), ("le", "llamamos"), ("le", "decia"), ("me", "apodan"), ("le", "apodan"), ("me", "apodaron"),
    ("apodado",), ("apodada",), ("apodo", "es"), ("apodo",), ("conocido", "como"), ("conocida", "como"), ("conocen", "como"), ("conoce", "como"), ("alias",), ("sobrenombre",), ("apellida",), ("apellido",), ("apellido", "es"), ("sobrenombre", "es"),
    ("me", "pusieron"), ("me", "pusieron", "de", "apodo"), ("firmo", "como"), ("le", "pusieron"), ("dicen", "de", "carino"), ("todos", "dicen"), ("pueden", "decirme"), ("puedes", "decirme"), ("diganme",), ("dime",), ("me", "nombran"), ("me", "gritan"), ("me", "gritaban"),
)  # fmt: skip

_LISTING = _keys("y e ni o")


def cue_before(page: Page, index: int) -> Cue | None:
    """Return what announces the word at `index`, if anything does."""
    gap = page.gap(index).strip()
    if (index and page.words[index - 1].taken and gap == ",") or (
        page.key(index - 1) in _LISTING and index > 1 and page.words[index - 2].taken
    ):
        return Cue.LISTED
    if index == 0 or (gap != "." and set(gap) - set(" ,:\"“«('‘-—\n")):
        return None
    return _phrase_before(page, index, gap)


def _phrase_before(page: Page, index: int, gap: str) -> Cue | None:
    last = index - 1
    if page.key(last) in ARTICLES and gap == "":
        for start in (last - 1, last):
            if _ends_with(page, start, _NICKNAMES):
                return Cue.NICKNAME
    if page.key(last) in ("el", "la") and gap == "" and _is_apposed(page, last - 1):
        return Cue.APPOSED
    if _ends_with(page, last, _NICKNAMES) and gap != ".":
        return Cue.NICKNAME
    if _ends_with(page, last, _INTRODUCTIONS) and gap != ".":
        return Cue.INTRODUCED
    if (
        page.key(last) in TITLES
        and (gap == "" or (gap == "." and len(page.key(last)) < 5))
        and not _after_relation(page, last, gap)
    ):
        return Cue.TITLE
    # "Querida hermana:" above a letter names nobody in its first line.
    if gap != "." and "\n\n" not in page.gap(index) and _after_relation(page, last, gap):
        return Cue.RELATION
    skipped = last - 1 if page.key(last) in ("la", "el") else last
    if set(gap) & set('"“«‘') and any(
        page.key(back).startswith(_NICKNAMING) for back in range(max(0, index - 10), index)
    ):
        return Cue.NICKNAME
    return (
        Cue.SELF
        if gap in ("", ":", ",") and _ends_with(page, skipped, _SELVES) and (skipped == last or gap == "")
        else None
    )


def _is_apposed(page: Page, last: int) -> bool:
    """Whether "mi hermano", "mi suegra," or "la mayor," stand before an article, at the word `last`."""
    gap = page.gap(last + 1).strip()
    return (
        gap in ("", ",") and page.key(last) in RELATIONS | AFTER_RELATION and _after_relation(page, last, gap)
    )


_NICKNAMING = ("apod", "sobrenombr", "mote")


def _ends_with(page: Page, last: int, phrases: Phrases) -> bool:
    candidates = phrases.get(page.key(last), ())
    return any(
        all(page.key(last - back) == part for back, part in enumerate(reversed(phrase)))
        for phrase in candidates
    )


def _after_relation(page: Page, last: int, gap: str) -> bool:
    """Whether "mi hermana", "la prima mayor", "una amiga del colegio" end at the word `last`."""
    noun = last
    if page.key(noun) in AFTER_RELATION and page.key(noun - 1) in RELATIONS and page.joined(noun):
        noun -= 1
    if gap == "," and page.key(noun) not in RELATIONS:
        noun = _relation_of(page, noun)
    if page.key(noun) not in RELATIONS:
        return False
    if page.key(noun - 1) in POSSESSIVES or (page.key(noun - 2) in POSSESSIVES and page.joined(noun - 1)):
        return True
    return gap == "" and page.key(noun) not in AFTER_RELATION and page.words[noun].opens


def _relation_of(page: Page, last: int) -> int:
    """Step back over "de educación física" to the "profe" before it."""
    for back in range(last - 1, max(0, last - 4), -1):
        if not page.joined(back + 1):
            break
        if page.key(back) in ("de", "del"):
            return back - 1
    return last


INSTITUTIONS = _keys(
    """cch cobach ue textil almacen bodega colegio liceo escuela instituto universidad preparatoria prepa secundaria bachillerato primaria jardin kinder guarderia conservatorio academia facultad
    hospital clinica consultorio cesfam posta sanatorio policlinico policlinica ambulatorio maternidad geriatrico asilo hogar residencia internado residencias
    club iglesia parroquia capilla templo congregacion empresa fabrica supermercado minimarket restaurante restaurant restorant cafeteria panaderia farmacia ferreteria tienda
    estadio gimnasio carcel penal penitenciaria regimiento cuartel comisaria municipalidad alcaldia ayuntamiento cementerio fundacion corporacion
    hotel hostal banda bufete constructora minera mina hacienda fundo finca estancia laboratorio laboratorios centro hospicio orfanato hnos
    barrio villa poblacion colonia urbanizacion vereda caserio comuna corregimiento ejido rancho pueblo pueblito aldea canton parroquia distrito localidad
    ciudad municipio balneario playa isla cerro puerto delegacion alcaldia partido comunidad resguardo ranchería toma asentamiento favela invasion paraje
    condominio conjunto residencial edificio torre torres plaza parque mercado feria terminal estacion metro barriada cdla ciudadela reparto sector fraccionamiento pasaje calle
    ies ceip cp colegi institut ikastola laborantes secu cbtis conalep cetis tecnologico politecnico normal inacap consultora inmobiliaria transportes mercado peluqueria libreria carniceria bar pub discoteca disco boliche
    distribuidora grupo industrias maquila maquiladora frigorifico ingenio aserradero muebleria heladeria pizzeria polleria
    imprenta optica joyeria cooperativa confecciones calzados envasadora empacadora refaccionaria tlapalerias drogueria ferreteria botica
    colectivo sindicato agropecuaria agroindustrial exportadora importadora comercializadora vivero granja
    callampa departamento provincia caleta estero rio lago laguna valle volcan quebrada rinconada"""
)
# Institutions after which even plain lower-case words are a name.
NAMED_IN_LOWER = _keys(
    "colegio liceo escuela instituto universidad preparatoria prepa secundaria hospital clinica consultorio cesfam posta sanatorio club parroquia capilla barrio villa poblacion colonia"
    " urbanizacion vereda caserio comuna corregimiento ejido pueblo aldea localidad balneario jardin ies ceip distrito supermercado fundo finca hacienda poblado fraccionamiento empresa barriada ciudadela"
    " cch cobach ue ferreteria panaderia farmacia tienda restaurante fabrica gimnasio textil iglesia condominio carniceria libreria peluqueria minimarket almacen bodega constructora academia distribuidora frigorifico ingenio aserradero muebleria maquiladora polleria heladeria pizzeria imprenta drogueria comercializadora"
)
SAINTS = _keys(
    "san santa santo sta sto nuestra sagrado sagrada inmaculada divina cristo padre madre altos alto villa monte lomas los las el la nueva nuevo puerto puente don doña hermanos valle cerro punta playa rio"
)
PLACE_STARTS = _keys(
    "san santa santo villa altos alto los las la el puerto puente cerro valle rio lomas nueva nuevo monte laguna isla colonia pueblo punta playa barrio palo agua aguas tierra piedra piedras boca campo ciudad bajo costa lago arroyo quebrada hacienda rincon paso ojo salto santos sierra peña torre arenal pozo cruz cañada portal jardines parque bosques vista bella hermosa"
)
PLACE_PREPOSITIONS = _keys("en de del desde hasta hacia a al por para entre cerca")
LIVING = _keys(
    "vivo vivimos vivia viviamos vive viven vivi vivir viviendo naci nacio nacimos nacida nacido creci crecio criada criado crie crio soy somos es eramos vengo venimos viene mude mudamos mudo mudaron mudarme mudarnos mudarse radico"
    " llegue llegamos radicada radicado resido reside residimos traslade trasladamos trasladaron estudio estudie estudia trabajo trabaja trabajaba trabaje trabajamos viaje viajamos volvi volvimos volver vuelvo irme fui fuimos acaba entre atiendo quedo queda originaria originario oriunda oriundo"
)
WORKING = _keys(
    "trabajo trabajaba trabaje trabaja trabajamos trabajan trabajando trabajar laburo laburaba laburando labora laboro laboraba chambeo entre practica pega empleo contrataron renuncie despidieron echaron chamba curro empleada empleado estudio estudia estudiaba estudiando vendo atiendo cajera cajero guardia"
)
NICKNAME_WORDS = _keys(
    """flaco flaca gordo gorda negro negra chino china colorado colorada pelado pelada rucio rucia turco turca gringo gringa chato chata ruso rusa tano gallego gallega vasco vasca
    pelusa pulga polilla conejo conejito gato gata rata raton oso osa toro mono mona pollo loco loca viejo vieja enano enana guaton guatona rulo rulos zurdo zurda sapo lobo zorro tigre pirata muñeca hormiga
    cabezon cabezona chueco chueca cojo tuerto ñato ñata moncho pichi chispa bicho canario cuervo perro gallo gallina pajaro colibri pantera leona huaso guajiro moro mudo
    pecas peca canela pepino palta tomate papa choclo poroto garbanzo lenteja maestro profe primo tio doctor cura profeta rambo chispita pitufo pitufina chiqui chica chico grandote tachuela bombon
    cachorro cachorra güero guero güera guera prieto prieta chaparro chaparra pelon pelona moreno morena negrito negrita gordito gordita flaquito flaquita chinito chinita"""
)
# After "me dicen": what people are told they are, not how they are called.
NOT_NICKNAMES = _keys(
    """que cosas siempre nada todo algo lo la los las el es mi mis esto eso ya no si a y o en un una mas menos muy tan tambien tampoco cuando como por para porque pero de del al con sin
    loca loco exagerada exagerado floja flojo intensa intenso fria frio dramatica dramatico debil tonta tonto gorda gordo fea feo rara raro mala malo bueno buena ingrata ingrato egoista histerica doctor doctora profe maestro maestra señorita joven noob noobs manco muerto tronco tronca pollerudo cagon cagona maricona pendejo pendeja idiota estupido estupida imbecil tarado tarada boludo boluda pelotudo pelotuda cornudo cachudo zorra basura fracasado fracasada ignorante nena nenita mantenido mantenida vividor interesada interesado arrastrada arrastrado mandilon
    histerico amargada amargado vaga vago inutil burra burro bruta bruto mentirosa mentiroso vieja viejo hermosa hermoso linda lindo amor mamá papa mama hijo hija mijo mija señora señor tranquila tranquilo fuerte valiente
    ridicula ridiculo sensible toxica toxico celosa celoso bipolar depresiva depresivo antisocial timida timido callada callado seria serio perfecta perfeccionista pesimista negativa negativo bruja puta puto
    maricon marica gay lesbiana trans machona princesa reina cariño bebe gracias hola ojala mentiras groserias insultos palabras frases chistes apodos nombres sobrenombres piropos te les nos se me ni aun todavia
    ahora hoy ayer mañana despues antes luego asi igual solo solamente entonces sola animo adelante verdad mentira barbaridades estupideces tonterias puras pura puro ser estar tener hacer venir ir salir dejar
    tomar buscar esperar seguir poner descansar superar echarle aguanta calma paciencia fuerza quien cual donde cuanto cada mucho mucha poco otra otro alguien nadie mis tus sus su tu este esta ese esa aqui ahi
    gordita gordito flaca flaco negra negro flaquita flaquito enana enano cobarde llorona lloron payaso payasa rata perra perro culpable responsable sorda ciega terca terco necia necio amiga amigo boomer millennial otaku friki nerd traga sapo sapa chismoso chismosa mantenido mantenida vividor vividora resentida resentido conflictiva conflictivo
    problematica problematico paranoica paranoico insoportable aburrida aburrido anticuada anticuado machista feminista feminazi virgen santurrona abuela abuelo solterona solteron asesina asesino traidora traidor ladrona ladron infiel enferma enfermo inmadura inmaduro ignorante hipocrita cornuda cornudo regalada regalado zorra arpia
    metiche metida metido malcriada malcriado malagradecida malagradecido desagradecida desagradecido interesada interesado arrastrada arrastrado elefanta ballena vaca foca cerda cerdo chancha chancho"""
)
DESCRIPTIVE = _keys(
    """leal justo justa claro clara feliz moreno morena linda lindo dulce bella bello sereno serena franco severo modesto modesta real rico rica blanco blanca gallego fino fina amada amado querida alegria
    bueno santa santo digna digno placida placido candido candida benigno benigna maxima maximo custodio junior segunda segundo amor cielo sol reina rey vida corazon vera uma una ella el mia pura puro viva victor gracias mar
    azul celeste violeta perla amparo consuelo fe esperanza luz paz soledad dolores salud libertad victoria gloria gracia piedad caridad felicidad alma corona cruz estrella luna primavera invierno verano virgen mona mina
    domingo abril mayo julio junio enero octubre sabado lunes viernes pastor pastora dan vale caro guarda mira marca dina ave dom che don doña fran fiel nieve palma roca campo mora oliva coral cristal jade flor flores oro plata"""
)
ABSTRACT = _keys(
    "paz luz luna sol mar fe salud gracia gloria libertad soledad esperanza victoria alegria piedad caridad cruz corona virgen amor santa tierra navidad pascua pascuas trinidad norma reina rey santo señor maya primavera ascension asuncion concepcion natividad encarnacion inmaculada pasion alma vida felicidad milagro santos reyes campo palma valle candelaria presentacion visitacion purificacion genesis real roca estrella"
)
FOLLOWERS = _keys(
    """me se le les nos lo la no dice dijo decia dira es era fue esta estaba esta tiene tenia quiere queria vive vivia vino viene va iba sabe sabia siempre nunca jamas ya tambien tampoco y e hizo hace hacia
    llego llega llora lloraba murio fallecio nacio cumple cumplio empezo empieza dejo deja puede podia cree creia piensa pensaba trabaja trabajaba estudia estudiaba habla hablaba grita gritaba juega toma tomaba
    aparecio volvio vuelve salio sale entro entra llamo llama escribio escribe mando manda conto cuenta pidio pide sigue seguia parece parecia necesita merece duerme come come puso pone compro trajo trae lleva llevo
    cambio termino insiste insistio responde respondio contesta contesto prefirio prefiere nacera tuvo ama odia miente mintio engaño estuvo ni solo apenas casi todavia aun ha habia"""
)
PUBLIC_CUES = _keys(
    """cancion canciones libro libros pelicula peliculas peli pelis serie series disco discos concierto cantante cantantes escritor escritora actor actriz presidente presidenta expresidente novela novelas
    poema poemas autor autora autores fan fans fanatica fanatico leyendo lei leer leyo leo escuchar escuchando escucho escuche personaje teoria frase cita streamer youtuber documental podcast album caricatura anime videojuego
    futbolista jugador pintora pintor poeta filosofo filosofa equipo hincha obra teatro cuento cuentos capitulo video videos tema monitos comic manga temporada marca pastilla pastillas remedio jarabe medicamento
    app aplicacion poster banda juego programa show pagina camiseta cancionero telenovela pelicula idolo idola youtubers tiktoker influencer tarot"""
)
ACTIONS = _keys(
    """dijo dice decia dira quiere queria vive vivia vino viene sabe sabia hizo llego llega llora lloraba murio fallecio nacio cumple cumplio dejo puede podia cree creia piensa pensaba trabaja trabajaba
    estudia estudiaba habla hablaba grita gritaba juega toma tomaba aparecio volvio salio entro llamo llama escribio escribe mando manda conto cuenta pidio pide necesita merece duerme come compro trajo trae lleva llevo
    insiste insistio responde respondio contesta contesto prefirio prefiere tuvo odia miente mintio engaño pego pega abrazo mira miro contaba ayuda ayudo acompaña acompaño cuida cuido prometio pregunto pregunta
    explico explica tiene tenia ama amo quiso dejaba va iba fue vio ve oyo propuso corto termino robo debe presto"""
)
HYPOCORISTICS = _keys(
    "lucho tito memo toto lola vero lena paco nacho pepe pancho lucas nano quico tato pili toya meche marga vivi rafa maca caro viole rama cata cande mica sole toti titi tula moni pepa chelo lalo curro vicky"
    " valen pipe chano chicho chimo chinto chito guillo lincho luci marce maruca mela mimi rauli roge sari yola chalo checo cuqui laucha salo"
)
