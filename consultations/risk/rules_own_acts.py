"""Rules for thoughts, plans, farewells, attempts and self-harm of the writer."""

from consultations.risk.rules import OWN, Reason, Rule, Unless, rules

_SAID_LIGHTLY = {*OWN, Unless.HYPERBOLE, Unless.FEAR}

_ACTIVE = (
    *rules(
        Reason.ACTIVE_IDEATION,
        2,
        "<kill_self>",
        "(<want>|<think>|mejor) ~3 (morir|morirme|matarme|muerte|suicid*|estar muert*|mi muerte|morirse|quitarme|la muerte)",
        "me (quiero|kero|quisiera|queria|quise|dan ganas de|provoca) ~1 morir",
        "me (quiero|kero|quisiera|queria|quise|voy a|podria|dan ganas de|provoca) ~1 (matar|suicidar|desvivir|ahorcar|"
        "colgar|tirar ~3 (metro|tren|puente|balcon|ventana|azotea|vacio|camion|vias)|lanzar ~3 (metro|tren|puente|balcon|"
        "ventana|azotea|vacio|camion|vias)|pegar un (tiro|balazo)|meter un (tiro|balazo)|cortar las venas|quitar la vida|"
        "sacar la vida)",
        "(me mato|me suicido|me ahorco|me desvivo|me cuelgo|me tiro (al|del|por|de|desde)|me lanzo (al|del|por|de|desde)) "
        "!(trabajando|estudiando|por mis|por ell*|todo el dia|de risa|limpiando|cocinando|en el sillon|en la cama|haciendo|"
        "explicando|para|en el gimnasio|ahorrando|por que|la piscina|agua)",
        "(acabar|terminar|acabo|terminarlo|termino|acabe) (con todo|con esto|con todo esto|de una vez [por todas|con todo]|"
        "todo de una vez|con este sufrimiento|con la angustia|con tanto dolor) !(el trabajo|lo de|lo pendiente)",
        "(hacer|aser|haga|cometer|hago|hare|cometa|haciendo) (una|alguna|cualquier|otra) (locura|tonteria|estupidez|barbaridad|"
        "tontera|burrada|pendejada|boludez|weada)",
        "(hacerme|haserme|hagame|haga|haria|me haga|me haria|me voy a hacer|hiciera|que me hago|hare|hacer) ~1 (daño|algo malo|"
        "algo yo misma|algo yo mismo) ~1 $",
        "(quiero|idea|ideas|miedo|temo|temor|podria|ganas|pienso|pensando|capaz|impulso*|pensado) ~4 (hacerme algo|hacerme daño|"
        "lastimarme|dañarme|lo que pueda hacer* [me]|de mi misma|de mi mismo|no poder control*me)",
        "(pensamientos|ideas|ideacion|tendencias|impulsos|deseos|voces|crisis) ~1 (suicida*|de suicid*|de muerte|autolesiv*|"
        "oscuros de)",
        "(ronda*|viene|vienen|aparece|vuelve|volvio|volvieron|cruz*|pasa|pasado|pasan|mete|instal*|tengo|tuve|da vueltas|gira) "
        "~5 (suicid*|la muerte|la idea de (morir*|irme|hacer*|quitar*|terminar*|acabar*|no)|estrellar*|matarme|morirme)",
        "(volvio|volvieron|regreso|vuelve|vuelven) ~2 (la idea|las ideas|esa idea|esas ideas|esos pensamientos|el pensamiento|"
        "las ganas|los pensamientos)",
        "(estrellar|estrello|estrellarme|chocar|chocarme|voltear|desbarrancar|desbarrancarme) ~2 (el auto|el carro|la moto|"
        "el coche|contra|a proposito|mi auto|con el auto|la camioneta)",
        "(suicidio|la muerte|morir*) ~3 (solucion|salida|opcion|alternativa|remedio|descanso|tranquiliz*|paz|atrae|llama)",
        "(unica|mejor) (salida|solucion|forma|manera|opcion) ~4 (morir*|muerte|matarme|no estar|irme|desaparecer|terminar "
        "con todo|acabar con todo|no existir)",
        "(quiero|quisiera|pronto me voy a|voy a|debi|debia) (irme|ir|reunirme|juntarme|encontrarme|reencontrarme|estar) con (el|ella|ellos|mi (hijo|hija|mama|papa|esposo|marido|esposa|señora|viejo|vieja|hermano|hermana|abuela|abuelo|bebe|angelito|amor)) $",
        "(pienso|pensaba|pensar|pensando|fantaseo|imagino) ~3 (en la muerte|en mi muerte|en morir*|en irme para siempre|mi "
        "funeral|mi entierro|mi velorio|en suicid*|como seria morir|como seria no estar)",
        "(mi funeral|mi propio funeral|mi entierro|mi velorio|mi propia muerte)",
        "(quiero|quisiera|me voy a|voy a|pronto|ganas de|deseo|prefiero|pienso) ~2 (irme|ir|reunirme|juntarme|reencontrarme|estar|"
        "encontrarme) (con (el|ella|mi|mis|dios|ellos)|al cielo|para siempre|de este mundo|de la vida) [!(a vivir|de viaje)] "
        "~4 (murio|fallecio|partio|falta|muert*|se fue|cielo|alla|donde este|difunt*|tumba)",
        "(quiero|quisiera|deberia|queria) (haberme muerto|haber muerto|haberme ido) ~2 (yo|con el|con ella)",
        "(autolesion*|autoflagel*|autodestru*)",
        "seguro de vida ~4 (vale|valgo|sirvo|serviria|mas que yo|resolv*|alcanz*|cobr*)|valgo mas muert*|(sirvo|sirve) mas muert*",
        "no (quiero|kero|deseo|quisiera) ~1 estar (viv*|aqui|aca|en este mundo)",
        unless=_SAID_LIGHTLY,
    ),
    *rules(
        Reason.ACTIVE_IDEATION,
        2,
        # Denied, and then taken back: "no quiero matarme, pero la idea no se va".
        "no ~4 (<kill_self>|morir|morirme|hacerme daño|hacerme nada|hacerme algo) ~4 (pero|aunque|sin embargo|solo que) ~6 "
        "(idea*|pienso|penso|cabeza|miedo|dudo|imagino|imagin*|aguant*|tranquil*|descans*|desap*|ya no|tampoco quiero|"
        "seguir|vivir|despertar|no estar|me voy a|tentacion|cansad*|ganas)",
        "no ~2 (tengo el valor|tengo valor|me animo|me atrevo|soy capaz|tengo los huevos|tengo las agallas|tuve el valor|me da "
        "el cuero|soy valiente|soy tan valiente) ~4 (<kill_self>|hacerlo|terminar|acabar|morir*|irme)",
        unless=(Unless.PAST,),
    ),
)

_PLAN = rules(
    Reason.PLAN,
    3,
    "(se|sabia|decidi|pense|pensado|planee|investigue|averigue|vi) ~2 (como y cuando|como hacerlo|como lo haria|como lo voy a "
    "hacer|donde y cuando|cuando y como|la forma|el lugar y la hora)",
    "(elegi|elegido|tengo|fije|puse|marque|escogi|decidi|decidido) ~2 (el dia|la fecha|el lugar|fecha|la hora|la forma|el "
    "metodo) ~2 (elegid*|list*|decidid*|fij*|marcad*|pensad*|y la|para (irme|morir*|hacerlo|terminar)|$)"
    " !(del matrimonio|de la boda|del examen|de la operacion|del viaje)",
    "(tengo|esta|deje|dejo|dejado|dejando|dejar) ~1 todo (list*|planead*|planificad*|preparad*|arreglad*|ordenad*|pensad*|"
    "decidid*|en orden) !(para (el viaje|la mudanza|la boda|el matrimonio|la fiesta|las vacaciones|la presentacion))",
    "todo (esta|quedo|queda) (list*|preparad*|arreglad*|en orden|decidid*|planead*)",
    "(carta|cartas|nota|mensaje|video|audio) ~4 (despedida|de adios|para cuando (no|me|ya)|guardada con|explicando por que|"
    "para cada uno|una para cada|para mis (hijos|papas|padres)|suicid*)",
    "(escribi|escrib*|deje|redact*|grabe|guarde|tengo) ~3 (la carta|las cartas|una carta|cartas|mi carta|una nota|la nota) "
    "!(a mi (jefe|jefa|hermana|ex)|de renuncia|de recomendacion|al banco|motivacion|de motivacion|de amor|y se la|pero no se "
    "la)",
    "(junt*|guard*|acumul*|ahorr*|escond*|almacen*|reuni*|consegui|compre|robe|saque) ~4 (<means>) !(para (el dolor|la gripe|la "
    "tos|mi mama|mi abuela|dormir))",
    "(compre|consegui|tengo|encontre|guarde|busque|prepare|anude) ~3 (cuerda|soga|lazo|mecate|raticida|veneno|cianuro|"
    "insulina de sobra|pistola cargada|gas) !(para (tender|amarrar|escalar|las ratas|los ratones|el perro))",
    "(pistola|arma|revolver|escopeta|rifle|veneno|soga|cuerda|pastillas|navaja) ~8 (se donde|pienso en eso|miro|mirando|"
    "me llama|a mano|cerca mio|en mi velador|en el velador|al alcance|cargada)",
    "(se donde|tengo acceso) ~5 (pistola|arma|revolver|escopeta|rifle|pastillas|veneno|llave)",
    "(subi|sub*|paro|pare|pararme|parad*|asom*|asome|qued*|sent*|miro|miraba|mirando|camino|voy|ir|fui|iba|llegue|acerc*|"
    "acerque|colgad*) ~4 (<height>) ~8 (mirando|abajo|miro|mire|pens*|imagin*|vacio|frio|saltar|animo|llorando|tent*|horas|noche|"
    "solo|sola|eso|ganas|tardes)",
    "(miro|mirando|miraba|mirar|quedo mirando) ~2 (hacia abajo|para abajo|el vacio|las vias|los rieles|el tren pasar|la altura)",
    "(<height>) ~6 (me llama|llama|atrae|me quedo|saltar|pienso en eso|hacia abajo)",
    "(busc*|googl*|averig*|investig*|lei|leyendo|pregunte) ~5 (forma|formas|manera|maneras|metodo|metodos|como|cuantas|cuanto) "
    "~4 (morir*|matarme|suicid*|menos duel*|duele menos|sin dolor|sin sufrir|no duel*|pastillas|letal*|irme|rapid* e indolor*|"
    "quitarme)",
    "(forma|manera|metodo) (que menos duel*|mas rapida de|menos dolorosa|de no sufrir|indolora)",
    "(lo voy a hacer|lo hare|voy a hacerlo|lo hago|me voy|sera|termina todo|se acaba todo|se termina todo|acabo con esto|"
    "termino con esto|todo termina|todo se acaba|se acaba|se termina) ~2 (<alone_today>)"
    " !(de viaje|a mi|al|de vacaciones|el plazo|la beca|el contrato|a la|el mes|el año|del pais|a trabajar|a ver|a vivir)",
    "(<alone_today>) ~2 (lo voy a hacer|lo hago|lo hare|se acaba todo|termina todo|se acaba esto|todo esto acaba|es el dia|"
    "sera el dia|ya no voy a estar|no voy a estar|ya no estoy|termino con todo|se termina todo|ya no va a doler|no va a doler|"
    "ya no importa|ya no va a importar|me mato|me despido)",
    "(hoy|mañana|esta noche) es (el dia|la noche|mi ultimo dia|mi ultima noche)|(mi|el) ultimo (dia|cumpleaños|mes) ~1 (de mi "
    "vida|aqui|con ustedes|vivo|viva|que)",
    "(cuando|apenas|en cuanto) ~3 (se duerman|se duerma|duerman|se vayan|se vaya|salgan|quede sol*|no haya nadie|termine el "
    "colegio|mi mama no este) ~4 (lo|voy|hago|hare|me voy|aprovecho|puedo)",
    "(solo|unicamente|nada mas) ~1 (me falta|falta|queda|me queda) ~2 (animarme|decidir|dejar|juntar|el valor|despedirme|"
    "escribir la|conseguir|la carta|la fecha|hacerlo|esperar)",
    "(ensaye|practique|probe|prepare|amarre|hice) ~2 (el nudo|un nudo|la soga|la cuerda|el lazo)",
    "(con quien|quien|a quien) ~4 (va a cuidar|cuidara|cuidaria|se quedar*|dejar|dejo|encargar) ~3 (mi|mis|al|a los|el|la) (perro|"
    "gato|gata|perra|hijos|niños|gatos|perros|guagua|mascota) ~3 (cuando (yo|no|me)|si (yo|me|no))",
    "(la misa|mi seguro|la herencia|mi testamento|poder notarial) ~3 (para cuando|cuando yo no|si me muero)",
    unless={Unless.DENIED, Unless.PAST, Unless.FICTION},
)

_FAREWELL = rules(
    Reason.FAREWELL,
    3,
    "(cuando|para cuando|si) ~1 (lean|leas|lea|reciban|encuentren|vean|me lean|estan leyendo) (esto|este|esta|el mensaje) ~6 (ya "
    "no|no voy|estare|habre|me habre|muert*|lejos)",
    "(ya no|no) (voy a estar|estare|voy a existir|estar* aqui|voy a seguir|voy a necesitar*|hara falta|voy a despertar) ~2 $",
    "(esta es|es|sera|seria) ~1 (mi|la) (despedida|ultima carta|ultima vez|ultimo mensaje|ultimo adios|ultimo escrito) !(que "
    "(llego|le presto|voy a (permitir|aceptar)|me (miente|engaña)))",
    "(me despido|me estoy despidiendo|despidanme|vengo a despedirme|quiero despedirme|queria despedirme|me vengo a despedir) "
    "!(atentamente|cordial*|con un abrazo|esperando|y gracias|agradec*|del trabajo|de mi trabajo)",
    "(ultima vez que) ~1 (escribo|molesto|me ven|me van|hablo|los molesto|me leen|duermo aqui|celebr*|paso)",
    "(adios|chao|hasta siempre|hasta nunca) ~1 (a todos|mundo|mundo cruel|para siempre|vida|familia|a la vida|no mas|nomas) ",
    "(cuid*|cuiden|cuidenme|cuidan|cuidame|encarguense|quedense|quedate|dejo) ~3 (a mi|a mis|mi|mis|de mi|de mis|con mi) ~1 "
    "(mama|hijos|hijas|hijo|hija|perro|perra|gata|gato|gatos|hermanos|papas|viejos|bebe|guagua|niños|hermanita|abuela|plantas) "
    "~2 (por mi|cuando|se llama|por favor|porfa|de mi parte|$) !(todos los dias|los fines|cuando (trabajo|salgo|viajo))",
    "(diganle|dile|digale|diganles|dileles|haganle saber) ~3 (que (la|lo|los|las) (quise|amo|ame|quiero|adoro|perdono)|que me "
    "perdone*|que no (fue|es) (su|culpa))",
    "no (fue|es|sera|tiene|tienen) ~1 (culpa de (nadie|mi|mis|ustedes|ellos|ninguno)|su culpa) ~4 $",
    "(perdon|perdonen|perdonenme|perdoname|quiero pedir perdon|pido perdon) ~3 (a todos|por todo|por irme|por lo que voy|por ser "
    "asi|por no (poder|aguantar|haber podido)|mama $|hijos $|a los que|a mi familia) ~6",
    "(hasta aqui|hasta aca|aqui|aca) ~1 (llegue|llego [yo]|me quedo|termina mi|termina todo|termino yo|nomas) ~2 $",
    "me bajo (de este|del) (tren|mundo|viaje|juego|barco de la vida)|(apago|apagar|apaga) ~1 (la luz|las luces) ~3 (chao|adios|y "
    "listo|para siempre|y ya|y me voy)",
    "no (creo que|pienso|voy a|espero|planeo|se si) ~2 (llegar|llegue|lleg*|alcance|pasar|pase|ver|vea) ~3 (navidad|año nuevo|fin "
    "de (año|mes|semana)|mañana|mi cumpleaños|el verano|el invierno|a los|otro (año|cumpleaños|mes|dia)|la primavera|diciembre|el "
    "lunes) !(con plata|con la plata|con el sueldo|a pagar)",
    "(me voy|me boi|me fui|partire|partir|me ire) ~2 (para siempre|de este mundo|de aqui para siempre|al cielo|sin vuelta|y no "
    "vuelvo $|y no voy a volver)",
    "(ya no|no) (va|vuelve|volvera|ira|voy) ~2 (a doler|a molestar* a nadie|a ser un problema|a ser una carga|a hacer* sufrir|a "
    "molestarl*|a dar problemas|a joder a nadie)",
    "(se van a|van a|pueden|podran) (librar|liberar|deshacer|descansar|librarse|olvidarse) ~1 de mi",
    "(regale|regalo|regalando|reparti|repartiendo|done|doy) ~2 (mis cosas|mi ropa|mis libros|todo lo mio|mis pertenencias|todas mis)"
    " !(que ya no uso|viej*|para la mudanza|que no uso|de bebe)",
    "(deje|dejo|dejando) ~2 (todo ordenado|los papeles|las claves|las cuentas|todo pagado|pagado el) ~6",
    "(recuerd*|acuerden*) ~2 (de mi|con cariño|que los quise) ~2 (cuando ya|sonriendo|con alegria|asi|$)",
    unless={Unless.DENIED, Unless.FICTION, Unless.HYPERBOLE},
)

_ATTEMPT = rules(
    Reason.RECENT_ATTEMPT,
    3,
    "(intente|trate de|tratado de|intentado|estuve a punto de|casi|quise|intento de|a punto de) ~1 (matarme|suicid*|quitarme la "
    "vida|ahorcarme|colgarme|morir|tirarme ~3 (metro|tren|puente|balcon|ventana|vias|azotea)|saltar|terminar con todo|acabar con "
    "todo|hacerme daño|cortarme|desaparecer del mundo|irme de este mundo|hacerlo $)",
    "(tome|tomado|tomarme|trague|tragado|tragarme|meti|empastille|inyecte|ingeri|tomando|zampe|empine) ~3 (todas|todo|un monton|"
    "un puñado|muchas|varias|demasiad*|un frasco|una caja|el frasco|la caja|una tira|la tira|tres tiras|# tiras|mas de la cuenta|"
    "una sobredosis|de todo|lo que encontre|lo que habia|cualquier cosa|bastantes|quinientas|veneno|raticida|cloro|# ) ~4 "
    "(<pills>|que habia|que encontre|las del|de mi (mama|abuela|papa)|de golpe|de una|juntas|para (morir*|no despertar|dormir y)|$)"
    " !(por (receta|indicacion)|para el dolor|al dia|cada)",
    "(empastill*|sobredosis|sobre dosis|intoxique|intoxicacion|intoxic*) ~6 (me|mi|hice|tuve|intern*|hospital|ayer|anoche|alta|"
    "pastillas|proposito)",
    "(me|hice|tuve|tome) ~4 (sobredosis|sobre dosis|empastill*)",
    "me (pase|excedi|fui) ~2 (con|de) (las|los|la dosis|dosis) ~1 (pastillas|remedios|medicamentos|medicinas|gotas)?".rstrip("?"),
    "mezcl* ~6 (pastillas|remedios|tranquilizantes|calmantes|alcohol|lo que (encontre|habia)|todo) ~8 (a proposito|desperte|"
    "piso|hospital|no despertar|morir*|ver que pasaba|queria|dormir|mareo|mareada|vomit*)",
    "(desperte|desperto|amaneci|encontraron|hallaron) ~5 (en el (piso|suelo|hospital|baño)|en urgencias|en la (clinica|posta|"
    "guardia)|con una sonda|intubad*|toda vomitad*)",
    "(lavado|lavaron|lavaje) ~2 (gastrico|estomago|de estomago|estomacal)",
    "(me internaron|me hospitalizaron|estuve internad*|sali del hospital|me dieron de alta|salgo del hospital|sali de la clinica|"
    "sali del psiquiatrico|estuve en urgencias) ~8 (despues de lo que (hice|paso)|por lo que hice|por un intento|por intentar*|"
    "por querer|por sobredosis|tras|sobredosis|pastillas|por cortarme|por las pastillas|igual que antes)",
    "(despues|desde|por) [de] (lo que (hice|intente)|mi intento|el intento|aquella noche que intente)",
    "(la cuerda|la soga|la rama|el lazo|el cinturon) ~2 (se rompio|se corto|no aguanto|cedio|se solto)",
    "(se (me) trabo|no disparo|me arrepenti|me sacaron|me bajaron|alcanzo a|me encontro|me salvaron|me encontraron) ~5 (soga|cuerda|"
    "puente|pastillas|pistola|colgad*|a tiempo|ahorcad*|baranda|baño|venas)",
    "(tengo|queda|quedo|quede con) ~2 (marca*|moreton*|raya*) ~3 (en el cuello|de la cuerda|de la soga|en la garganta)",
    unless={Unless.DENIED, Unless.PAST, Unless.FICTION},
)

_NOT_SKIN = (
    "!(el pelo|el cabello|las uñas|la luz|el gas|el agua|el telefono|la llamada|con|por|el dedo|un dedo|cocinando|picando|"
    "afeitando*|la leche|la digestion|la comunicacion|las alas|la inspiracion|el sueldo|las horas|las vacaciones|el pasto|una "
    "uña|la cola|el flequillo|la barba|la mano (con|cocinando|picando|abriendo)|pelando|abriendo|la beca|la pension|el cable|"
    "internet|la conexion|la mesada|las piernas al depilar*|y ((me) puse hielo|fui al)|al|en la fila|el paso|el bigote|cuando "
    "(habla*|estoy hablando|intento hablar)|hablando|en publico|a mitad|chasquilla|la chasquilla|los rulos|las puntas)"
)

_SELF_HARM = (
    *rules(
        Reason.SELF_HARM,
        2,
        f"(me|haberme|vuelvo a|volvi a) (corto|corte|cortaba|cortar|cortado|cortando|tajeo|tajie|tajee|cuteo|rajo) {_NOT_SKIN}",
        f"(cortarme|tajearme|cutearme|rajarme|rasguñarme|arañarme|quemarme|lastimarme|lacerarme|autolesionarme) {_NOT_SKIN}"
        " !(el tobillo|la rodilla|la espalda|jugando|corriendo|entrenando|con el (aceite|horno|sol))",
        "me (rasguño|arranco|araño|quemo|pellizco|clavo|muerdo|golpeo|lastimo|lastimaba|daño|raspo|pincho|pego|tajeo|rasguñe|queme|"
        "golpee|clave|hiero|autolesiono|flagelo|castigo) ~5 (sangr*|piel|cigarr*|encendedor|brazo*|pierna*|muslo*|muñeca*|pared|"
        "muro|cabezazos|cabeza|puños|calma*|alivi*|a proposito|a mi mism*|yo mism*|cuando|compas|alfiler*|cara|pecho|guata|hasta)"
        " !(cocinando|jugando|sin querer|el dedo)",
        "me (hago|hice|haciendo|hacia|estoy haciendo|hecho|vuelvo a hacer|volvi a hacer) ~1 (daño|cortes|tajos|heridas|rayas|"
        "marcas|rasguños|cortecitos|cortadas|quemaduras) ~2 !(la rodilla|el tobillo|en la rodilla|en la espalda|entrenando|jugando|"
        "corriendo|con la comida|el hombro)",
        "(volvi|volver|vuelto|vuelvo|recai|deje de|dejar de) ~2 (lastimarme|cortarme|hacerme daño|las autolesiones|hacerlo con la)",
        "(daño|castigo|golpes|golpeo|dolor) ~1 (a mi mism*|fisico para|conmigo mism*)",
        "(cabezazos|puñetazos|golpes) ~2 (contra|a) la (pared|muralla|puerta|cabeza)",
        "(cortes|tajos|cortadas|cortecitos|autolesion*|heridas) ~3 (brazo*|pierna*|muslo*|muñeca*|antebrazo*|vientre|abdomen)"
        " !(del accidente|de la operacion|del gato)",
        "(escond*|guard*|saque|tengo) ~3 (hojita*|hoja de afeitar|gillette|cutter|cuter|cuchillita|navaja|navajita|bisturi|filo)",
        "(dolor fisico|ver la sangre|ver sangre|sentir dolor|la sangre|ver sangrar) ~4 (calm*|alivi*|tranquiliz*|unico|gusta|ayuda|"
        "siento viv*|distrae|descarg*)",
        "(manga larga|mangas largas|pantalon largo|pulseras|muñequera*) ~8 (nadie|marca*|vea*|tapar|cicatri*|calor|esconder|verano|todo "
        "el año|cubr*)",
        unless=OWN,
    ),
    *rules(
        Reason.SELF_HARM,
        1,
        "(marcas|cicatrices|moretones) ~4 (brazo*|pierna*|muñeca*|antebrazo*)|manga larga",
        "(dej* de comer|no como hace|vomito) ~4 (dias|castig*|todo|cada)",
        weight=0.5,
        unless=OWN,
    ),
)

OWN_ACTS: tuple[Rule, ...] = (*_ACTIVE, *_PLAN, *_FAREWELL, *_ATTEMPT, *_SELF_HARM)
