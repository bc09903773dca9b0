"""Rules for a danger to the writer's own life: wishes, thoughts, plans, farewells, attempts, self-harm."""

from consultations.risk.rules import OWN, Reason, Rule, Unless, rules

_PASSIVE = rules(
    Reason.PASSIVE_IDEATION,
    1,
    "no (despertar|despertarme|despierte|despertara|despertase|desperte|levantarme|amanecer|amaneciera) [mas|nunca|jamas]"
    " !(tarde|a mi|al|a los|a nadie|sospechas|a la|de noche|temprano|en la noche|tanto|cansad*|a cada|con)",
    "(dormir|dormirme|durmiera|durmiese|duermo|dormida|dormido|acostarme) ~3 (para siempre|eternamente|y no volver|"
    "por siempre|y nunca|y ya no|y que no)",
    "(sueño|descanso) eterno|descansar (para siempre|en paz|de [una] vez|de todo|por fin|eternamente)",
    "(<want>) ~2 (desaparecer|no existir|dejar de existir|dejar de ser|no haber nacido|no estar [aqui|aca|mas|viv*] $|"
    "esfumarme|evaporarme|borrarme|no haber existido|no ser nadie|apagarme|irme pronto|irme de (aqui|aca) para siempre)"
    " !(un rato|unos dias|un tiempo|una semana|del grupo|del chat|de las redes|de la oficina)",
    "desaparecer (del mapa|de la faz|para siempre|de este mundo|de la tierra|por completo|sin dejar|$|y (no|que|ya|"
    "nunca|listo|punto))",
    "(jamas|nunca|no) (haber|hubiera|hubiese|debi|tendria que haber|tenia que haber|debia) ~1 nacido",
    "nunca debi nacer|para que naci|ojala no hubiera nacido|no (pedi|elegi) nacer|maldigo (el dia|haber)",
    "(estaria|estarian|estara|estaran|vivirian|vivirias|seria|serian|esta|estan|quedarian|andarian) ~3 (mejor|mas "
    "tranquil*|mas feliz*|bien|descansad*|mas liviano*) ~2 sin mi $",
    "(mejor|mas tranquil*|mas felices|aliviad*) (sin mi [presencia|existencia]|si (yo) ~2 (no|me|falto|faltara))"
    " !(permiso|hijo|hija|mama|papa|ayuda)",
    "mejor sin mi $",
    "(soy|seria|siendo|sentirme|siento|volvi|convertido|convertida) ~4 (carga|estorbo|peso|lastre|problema|cacho) "
    "(para|de) (todos|todo|el mundo|mi familia|mis|mi|los demas|ellos|quienes|los mios|nadie|ustedes|ella|el)"
    " !(trabajo|estudio|oficina)",
    "(soy|no soy mas que|siento que soy) (una carga|un estorbo|un lastre|un peso) ~2 $",
    "(sobro|estorbo|estoy de mas|estoy demas|molesto) ~2 (en este mundo|en todos lados|en todas partes|en la vida|"
    "aqui|en mi casa|para todos|en todo) ",
    "(lo mismo|igual|indiferente|importa|importaria) ~3 (vivir|seguir viv*|estar viv*|vivo|viva) (o|que|y) ~2 "
    "(morir*|muert*|no|muero)",
    "(da|daria|diera) ~2 (lo mismo|igual) ~3 (morir*|si me muero|si me muriera|estar muert*|no despertar|no estar|"
    "si vivo)",
    "no me (importaria|importa|molestaria|daria miedo|asustaria) ~4 (morir*|muero|muriera|muriese|pasara algo|caiga|"
    "cayera|chocara|choque|atropell*|llevara|enfermara|me pase algo|no volver|no despertar*)",
    "si me (muero|muriera|muriese|pasa algo|pasara algo|atropella*|matan|mataran|lleva un|da un infarto|diera un|"
    "enfermo|enfermara|toca*|dieran|dijeran) ~6 (mejor|alivi*|no importa|daria igual|lo mismo|problema|bueno|descans*|"
    "feliz|firm*|paz|nadie|acab*|agradec*|reclam*|suerte|favor|no me importa|no pasa nada|gracias)",
    "(alivio|aliviad*|descanso|suerte|regalo|favor|liberacion|paz) ~5 (que me pase algo|que me pasara algo|morir*|"
    "la muerte|no despertar*|muriera|enfermedad terminal|no estar mas|dejar de respirar|dejar de existir|que no haya "
    "mañana|irme)",
    "(enfermedad|cancer|infarto|accidente|camion|auto|carro|choque|rayo|bala perdida|aneurisma) ~8 (alivi*|me llev*|"
    "me llevara|ojala|aceptaria|agradeceria|y listo|termine todo|terminara todo|acabe todo|sin que sea culpa|"
    "no tener que decidir|mi solucion)",
    "(ojala|quisiera que|deseo que|fantaseo con que|imagino que|pido que|espero que|rezo para que|sueño con que|rogando "
    "que) ~3 (me (atropell*|choqu*|mat*|lleve|llevara|muera|muriera|pase algo|pasara algo|de un|diera un|diagnost*|caiga|"
    "enferme|enfermara|detect*|encuentren|parta un)|un (camion|auto|carro|bus|rayo|infarto|cancer|accidente|avion)|"
    "(se acabe|se acabara|termine|terminara) (todo|ya|mi vida)|mi corazon (pare|parara|se detenga|deje))",
    "cruz* ~3 (sin mirar|sin fijarme)",
    "(dios|diosito|virgen|señor|la muerte|la parca|jesus|tatita) ~4 (me lleve|me llevara|me recoja|me recogiera|llevame|"
    "venga por mi|me busque|se acuerde de mi|me quite la vida|me saque de aqui|me mande a buscar|me llame)",
    "(que me lleve|llevame) ~2 (dios|diosito|señor|pronto|contigo|la muerte|ya $)",
    "(no le (veo|encuentro|hallo|siento)|no (veo|encuentro|hallo|tiene|tenia|le veo) ~1) ~2 sentido ~2 (a la vida|a "
    "vivir|a mi vida|a seguir|a estar viv*|seguir|vivir|a existir|a levantarme|mi vida|la vida|a continuar|seguir aqui)",
    "(vida|vivir|existir|existencia|mi vida) ~3 (no tiene|sin|perdio|dejo de tener|no le encuentro|no le veo|carece) "
    "~2 (sentido|razon|proposito|caso|gracia)",
    "(no vale la pena|no merece la pena|no tiene caso|no hay para que|no hay razon para|no hay motivo* para|que sentido "
    "tiene|de que sirve|que caso tiene|no vale) ~2 (vivir|seguir|seguir viv*|estar viv*|la vida|existir|continuar|luchar|"
    "levantarme)",
    "(para que|por que|pa que) ~1 (sigo|seguir|vivo|vivir|sigo aca|existo|estoy viv*|continuar) !(con el|con ella|con "
    "este|en este trabajo|en esta|estudiando|trabajando|en la|lejos|contigo|pagando|casad*)",
    "(no|sin|pocas|menos|cero|quedan|perdi las|perdi todas las|perdido las|quitaron las|fueron las|acabaron las|"
    "acabando las) ~3 ganas de (vivir|seguir|estar viv*|seguir viv*|existir|estar aqui|estar en este mundo|nada de nada|"
    "despertar*) !(trabajando|estudiando|discutiendo|con el|con ella|peleando|en este trabajo|en la|en el|con la)",
    "(cansad*|cansa|canse|chat*|hart*|agotad*|aburrid*|aburri|hastiad*|podrid*|hasta la) ~3 de (vivir|la vida|existir|"
    "estar viv*|respirar|mi vida|estar aqui|seguir viv*|seguir respirando|este mundo|seguir intentando)"
    " !(con mis papas|en la ciudad|con ell*|en casa|sana|de hotel|aca en|de arriendo|nocturna|con mi|en el|en la|que "
    "llevo|en este barrio|en una)",
    "(no|ya no) (quiero|kero|quisiera|deseo|puedo|aguanto|soporto|da ganas de|pienso|creo que quiera) ~2 (vivir|viviendo|"
    "seguir viv*|estar viv*|existir|existiendo|respirar|estar en este mundo|seguir en este mundo|ser yo|estar mas "
    "aqui|seguir respirando|este mundo|que haya un mañana|que haya mañana|ver otro dia|otro dia mas|vivir asi|mi vida)"
    " !(con mis|con el|con ella|en|con mi|junt*|sin ti|sin el|sin ella|lejos|cerca|de arriendo|ahi|sola con|con ellos|"
    "con su|con la)",
    "(no|ya no) (quiero|kero|puedo|deseo) ~1 (seguir|estar aqui|estar aca|estar mas|estar|continuar|seguir jugando|"
    "seguir aqui|seguir asi|estar asi) [mas|aqui|aca|asi|ya|adelante] $",
    "no se si (quiero|puedo|vale la pena|pueda|quiera|voy a|merezco) ~1 (seguir viv*|vivir|estar viv*|seguir aqui|existir|"
    "seguir $|seguir en este mundo)",
    "(seguir|estar) viv* [asi] (no|es un castigo|me pesa|duele|cansa|me da igual|para que)",
    "(no|ni|nunca) ~2 (me imagino|imagino|me veo|veo) ~2 (llegando|cumpliendo|viej*|de viej*|en el futuro|futuro|un "
    "futuro|el año que viene|el proximo año|mas alla|a los|con # años|dentro de) !(con el|con ella|profesional|junt*|"
    "laboral|como pareja|en la empresa|ejerciendo)",
    "(nadie|ninguno|nadien) ~2 (se daria cuenta|notaria|echaria de menos|extrañaria|extrañara|va a extrañar|lloraria|"
    "lloraran|notara|echaria en falta|se enteraria|le importaria|me buscaria|preguntaria)"
    " ~3 (si (yo) ~2|si no|si me|si falto|si desap*|$|que no)",
    "(si yo no estuviera|si no estuviera|si faltara|si falto|si ya no estoy|si no existiera|si desaparezco|si desapareciera|"
    "cuando (yo) falte|si yo faltara|cuando ya no este|cuando no este|el dia que no este) ~5 (nadie|mejor|tranquil*|"
    "feliz*|alivi*|darian cuenta|igual|plata|dinero|seguro)",
    "(mundo|vida|familia|casa|hijos) ~6 (mejor|igual|tranquil*|feliz|felices) ~2 sin mi $",
    "no (merezco|valgo la pena|sirvo para) (vivir|estar viv*|existir|la vida|seguir viv*|nada bueno|respirar|estar aqui)",
    "(envidio|envidia|dichos*|suerte los|afortunad*) ~6 (muert*|murieron|difunt*|ya no estan|se fueron|fallecid*)",
    "(ya)? (estuvo bueno|viv* lo [mio|suficiente|que tenia]|fue suficiente|cumpli mi (ciclo|tiempo|mision)|hice lo que "
    "tenia que hacer) ~1 $".replace("(ya)? ", ""),
    "(preferiria|prefiero|mejor|seria mejor|ojala|quisiera|deberia|hubiera sido mejor|tendria que) ~2 (estar muert*|"
    "morirme|morir|muerta|muerto|haberme muerto|haber muerto|que me muera|estar bajo tierra)",
    "mejor me (muero|mato|voy de este mundo|matara|muriera)|me (muero|mato) y (listo|ya|se acabo|chao|punto|fin)",
    "(irme|voy|ir|irse|fuera|salir|bajarme|bajo|largarme) de este (mundo|planeta|tren|cuerpo|infierno de vida)",
    "(que|y|ya|solo|ojala) ~2 (se acabe|acabe|termine|terminara|acabara|se termine|termina) (todo|todo esto|esto|"
    "de una vez|ya) [de una vez|ya|pronto|por fin] $",
    "(quiero|quisiera|necesito|ganas de) ~2 (que todo pare|que todo termine|que todo acabe|que pare todo|apagar todo|"
    "dejar de sentir $|dejar de sufrir|no sentir nada|que pare|silencio para siempre|que se apague)",
    "(vivo|sigo|estoy aqui|aguanto|sigo aca|respiro) ~2 (por inercia|por obligacion|solo por (mi|mis|no|el|la)|"
    "nada mas por (mi|mis)|porque no me queda)",
    "(lo unico|unico que|si no fuera por|de no ser por) ~6 (me sostiene|me mantiene|me frena|me ata|me detiene|me retiene|"
    "ya no estaria|no estaria aqui|me hubiera ido|ya me habria)",
    "(muerto|muerta) en vida",
    "no aguant* ~2 (estar viv*|la vida|mi vida|un dia mas|este dolor|existir|tanto dolor)",
    "(con (mi|la|esta) (vida|existencia)|con tanto dolor) $",
    unless={*OWN, Unless.HYPERBOLE},
)

_WORN_OUT = rules(
    Reason.PASSIVE_IDEATION,
    1,
    "no (doy|puedo|aguanto|soporto|resisto|jalo|tolero) (mas|mas con (todo|esto|nada|mi vida|la vida|tanto)) $",
    "(ya) no (doy|puedo|aguanto|soporto|resisto) mas [con (todo|esto|mi vida|la vida|tanto)] $",
    "no doy para mas $",
    "(ya) (me rindo|me rendi|tire la toalla|baje los brazos|me di por vencid*) $",
    "no (veo|encuentro|hay|le veo|tengo) ~1 (salida|escapatoria|esperanza*|futuro|remedio|vuelta atras) ~2 $",
    unless={*OWN, Unless.WAY_OUT},
)

_HINTS = (
    *rules(
        Reason.PASSIVE_IDEATION,
        1,
        "no (doy|da|puedo|aguanto|soporto|resisto|aguantar|soportar) mas",
        "todo ~2 (perdi* sentido|me da (igual|lo mismo)|es inutil|da lo mismo|esta perdido)",
        "no siento nada|vaci* por dentro|vacio ~3 (pecho|adentro|llen*)",
        "no valgo nada|no sirvo para nada|soy un fracaso|soy una basura|me odio|me detesto|doy asco",
        "sin (esperanza*|salida|fuerzas|futuro)|desesperanza",
        weight=0.5,
        unless={Unless.DENIED, Unless.PAST},
    ),
    *rules(
        Reason.FAREWELL,
        2,
        "(gracias|agradezco) ~3 (por todo|por leer*|por escuchar*|por haber*|por existir|por la pagina)",
        "(perdon|perdonen|perdonenme|disculpen) ~2 (por todo|a todos|por ser|por no ser|por lo que)",
        "(me despedi|despedirme|despidiendome|despedida) ~3 (de|con|a) ~2 (todos|mi|mis|cada|ellos)",
        "(regale|regalando|reparti|repartiendo|vendi|deje|dejo|doy|di|done) ~1 (mis|mi|toda mi|todas mis|casi) ~1 (cosas|"
        "ropa|libros|guitarra|bici*|herramientas|computador*|perro|gata|gato|coleccion|joyas|plantas|discos|ahorros)",
        "(claves|testamento|seguro de vida|papeles|escrituras|cuentas) ~4 (banco|list*|orden*|anotad*|dej*|al dia|nombre)",
        "(tranquil*|en paz|aliviad*|liviano*) ~2 (por fin|al fin|por primera vez)|por fin ~2 (tranquil*|en paz|paz)",
        "(chao|adios|bye|hasta nunca|hasta siempre) ~2 $",
        "(ya lo decidi|esta decidido|tome (la|una) decision|tengo todo decidido|ya tome)",
        "ya no ~3 (va a|voy a) (doler|molestar|importar|hacer falta|dar problemas|necesitar)",
        weight=0.5,
        unless={Unless.DENIED, Unless.FICTION},
    ),
)

OWN_WISHES: tuple[Rule, ...] = (*_PASSIVE, *_WORN_OUT, *_HINTS)
