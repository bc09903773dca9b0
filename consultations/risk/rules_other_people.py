"""Rules for violence the writer suffers, children in danger, danger to others, and others' lives at risk."""

from consultations.risk.rules import OWN, Reason, Rule, Unless, rules

_BODY = (
    "(pega|pego|golpea|golpeo|golpearon|pegaron|cachetea|cacheteo|patea|pateo|empuja|empujo|zamarrea|zamarreo|ahorca|ahorco|"
    "estrangula|estrangulo|asfixia|asfixio|jalonea|jaloneo|jala ~1 pelo|jalo ~1 pelo|agarra a golpes|agarro a golpes|muele a "
    "golpes|da una paliza|dio una paliza|da palizas|da golpes|dio golpes|da cachetadas|dio una cachetada|dio un combo|dio un "
    "puñetazo|dio una bofetada|da puñetazos|quemo con|quema con|lastima|lastimo|mordio|escupio|arrastro|arrastra|tiro al (suelo|"
    "piso)|tira al (suelo|piso)|tiro por la|tiro contra|avento contra|lanzo contra|tiro ~1 (plato|vaso|silla|celular) ~2 cabeza|"
    "levanta la mano|levanto la mano|dio con ~1 (cinturon|palo|correa|cable|plancha)|da con ~1 (cinturon|palo|correa|cable)|"
    "saca la cresta|saco la cresta|saca la mugre|caga a palos|cago a palos|fajo|faja|madrea|madreo|sacude|sacudio|tironea|"
    "tironeo|apreto ~1 (cuello|garganta)|aprieta ~1 (cuello|garganta)|tiro del pelo|tira del pelo|tapo la boca|agredio|agrede|"
    "maltrata|maltrato|violenta|violento|acuchillo|apuñalo|quebro ~1 (brazo|mano|nariz|costilla|diente)|rompio ~1 (brazo|mano|"
    "nariz|costilla|diente|labio)|dejo ~2 (moretones|morad*|ojo|marcas))"
)
_NOT_BODY = (
    "!(el sol|fuerte la|fuerte lo|fuerte el|fuerte que|la noticia|la nostalgia|la pena|el bajon|un resfrio|una gripe|la gripe|el "
    "covid|su resfrio|el frio|el calor|la bala|el hambre|el sueño|en el orgullo|durisimo|duro la|duro el|duro lo|hondo|la risa|"
    "un susto|la idea|el cansancio|el estres|mucho (lo que|la|el|su)|mal la|la crisis|a hacer|a salir|a estudiar|a tomar|a "
    "mejorar|a seguir|verlo|verla|ver|que no|cuando no me|su indiferencia|su silencio|la edad|la soledad|la ansiedad|todo esto|"
    "los piojos|la tos)"
)

_VIOLENCE = (
    *rules(
        Reason.VIOLENCE,
        3,
        f"(me|nos) [ha|han|volvio a|volvieron a|sigue|vuelve a|esta] {_BODY} {_NOT_BODY}",
        "(<him>|marido|esposo|pareja|novio|pololo|ex) ~4 (me|nos) [ha|volvio a] (pegado|golpeado|empujado|ahorcado|cacheteado|"
        "violado|maltratado|quemado|amenazado|encerrado|forzado|tirado|lastimado|agredido)",
        "(me|nos) (ha|han) (pegado|golpeado|ahorcado|violado|amenazado de muerte|cacheteado|pateado|maltratado)",
        "(me|nos) ~1 (va a|iba a|quiere|intento|trato de|puede|vino a|podria|juro que (me|nos)) ~1 (matar|pegar|golpear|"
        "ahorcar|apuñalar|quemar|enterrar|violar|hacer daño|asfixiar|encerrar|acuchillar|desfigurar)",
        "(dice|dijo|jura|juro|amenaz*|grita|grito|escribio|mando) ~6 (me|nos) (mata|mato|va a matar|voy a matar|entierra|va a "
        "enterrar|quema|hace desaparecer|busca y|desfigura|va a encontrar|va a (hacer|quitar|pasar)|vas a arrepentir|las va a cobrar|"
        "va a pesar|quita (a los niños|la vida))",
        "(si|el dia que|cuando) ~3 (dejo|denuncio|hablo|voy|cuento|separo|termino|salgo|vuelvo|escapo|deje|grito) ~4 (me|nos|te) "
        "(mata|mato|va a matar|voy a matar|quema|busca|encuentra y|quita a|pega|hace daño|va a pegar|entierra)",
        "(me|nos) (amenaz*|tiene[n] amenazad*|tiene amenazad*|persig*|acosa*|encierra|encerro|tiene encerrad*|deja encerrad*|"
        "acorral*|rastrea|vigila|espia|sigue a todos|sigue a todas|siguio hasta|espera afuera)"
        " !(con (despedir*|no renovar*|quitarme el bono|echarme)|la idea|la culpa|el recuerdo|en el juego|en sueños|mis dos gatos)",
        "amenaz* ~3 (muerte|matar*|con (un|una|el|la) (<weapon>)|con quitar* ~3 (niños|hijos|hija|hijo))",
        "(<him>|marido|esposo|ex|pareja) ~2 (tiene|guarda|compro|anda con|consiguio|duerme con) ~2 (<weapon>)",
        "no (me|nos) deja ~1 (salir|ver a|hablar con|tener (telefono|celular|plata)|trabajar|irme|usar el) !(del trabajo|temprano)",
        "(me|nos) (quita|quito|revisa|rompio|escondio|controla) ~3 (celular|telefono|documentos|carnet|plata|sueldo|llaves|dinero) ~8 "
        "(miedo|pega*|no me deja|encierra|amenaz*|gritos|golpe*|insult*)",
        "(me|nos) (obliga|obligo|forzo|fuerza|forzaba|exige) ~3 (a tener|tener relaciones|a acostarme|sexo|sexual*|a hacerlo|a "
        "desnudarme|en la cama|a prostituir*|aunque le diga que no)",
        "(me|la|nos) (violo|violaron|viola|abuso|abusaron|abusa|manosea|manoseo|manosearon|toco ~2 sin)|abus* sexual* ~4 (ayer|"
        "anoche|viernes|sabado|domingo|semana|jefe|fiesta)|(fui|he sido|soy) ~1 (violad*|abusad*|golpead*|maltratad*|victima de "
        "(violencia|abuso))",
        "(sin mi (consentimiento|permiso)|aunque ~3 (le diga|digo|dije) que no|mientras (dormia|estaba dormida|estaba borracha))"
        " ~6 (relaciones|toc*|sexo|penetr*|encima|acost*|cama|grab*)|(relaciones|toc*|sexo|encima) ~6 (sin mi consentimiento|aunque "
        "~2 que no|mientras dormia|mientras duermo|a la fuerza|por la fuerza)",
        "(puso|pone|apunto|apunta|amenaz*|persig*|persiguio|ataco|ataca|tiro|lanzo|saco|saca|agarra|agarro|vino) ~5 (<weapon>)"
        " !(de la mesa|para cocinar|de futbol|de golf)",
        "(<weapon>) ~4 (en la cabeza|en el cuello|en la garganta|en la mano|en la cara|en la espalda|bajo la almohada)",
        "(miedo|terror|panico|temo|asusta) ~4 (mi (marido|esposo|pareja|ex|pololo|novio|papa|padrastro|hijo|hermano)|volver a (la|mi) "
        "casa|volver a casa|volver con el|llegar a (la|mi) casa|que me mate|que me pegue|que me haga|que nos mate|que nos haga|que le "
        "haga|que vuelva y|que me encuentre|lo que (me|nos) pueda hacer|cuando (llega|toma|se enoja|se pone))"
        " !(enfermo|perder|en la moto|en la ruta|en el hospital|se aburra|me deje|se muera|recaiga)",
        "le tengo (miedo|terror|panico)|(vivo|vivimos|duermo|dormimos|durmiendo|encerrad*|escondid*) ~3 (con miedo|aterrad*|con llave|en "
        "el baño|atemorizad*|con un ojo abierto|con el (cuchillo|telefono) (debajo|en la mano))",
        "(esta|esta ahora|sigue|viene|aparecio|aparece) ~2 (afuera|fuera|en la puerta|abajo) ~2 (de mi casa|de la casa|golpea*|grita*|"
        "gritando|esperando|pateando)|(golpea|patea|golpeando|pateando) la puerta",
        "(moreton*|morado|morados|moretoneada|ojo en tinta|labio partido|marcas en el cuello|cardenales|hematoma*) ~10 (miedo|digo|dije|"
        "tapo|maquill*|caí|cai|el|me|mentir*|casa|esposo|pololo|novio|marido)",
        "(violencia (intrafamiliar|domestica|de genero|fisica)|femicidio|orden de alejamiento|medida de (proteccion|alejamiento)) ~6 "
        "(me|mi|vivo|sufro|yo|no la|viola|violo|igual)",
        "(rompe|rompio|quiebra|destroz*|tira|patea|golpea) ~2 (todo|cosas|las cosas|la puerta|los muebles|las paredes|platos|muros) ~8 "
        "(miedo|escond*|niños|persig*|pega*|toma|borracho|me|nos)",
        "(donde|adonde|como|cuando) ~3 (me escondo|puedo esconderme|puedo escapar|escapo|escaparme|arranco|huyo|huir|puedo irme sin que)",
        "(tuve que|termine|terminamos|me toco) ~1 (escond*|dormi* (en|fuera|afuera)|escap*|arranc*|huir|correr|durmiendo (en|afuera))"
        " ~5 (baño|vecin*|auto|patio|calle|gallinero|bodega|techo|pieza|casa|de el|niños|plaza|el)",
        "(no|si) se si (irme|escapar|arrancar|salir corriendo|llamar a (la policia|carabineros))|(llam*) a (la policia|carabineros) ~6 "
        "(miedo|pega*|amenaz*|no llegan|golpe*|no hacen)",
        unless={*OWN, Unless.SCOLDING},
    ),
    *rules(
        Reason.VIOLENCE,
        2,
        "(me|nos) (controla|humilla|insulta|revisa el|aisla|aislo|tiene prohibid*|prohibe)|revisa mi (celular|telefono)",
        "(cuando|si) (toma|llega borracho|esta borracho|se enoja) ~6 (miedo|tiembl*|escond*|calla*)",
        "(publicar|subir|difundir|mandar) ~3 (mis fotos|mis videos|fotos mias|videos mios|fotos intimas)",
        "(me da|tengo|con) miedo|me asusta",
        "(me pidio perdon|me trajo flores|prometio cambiar|jura que (va a )?cambia*)".replace("(va a )?", ""),
        weight=0.5,
        unless={Unless.DENIED, Unless.PAST, Unless.FICTION},
    ),
)

_CHILD = rules(
    Reason.CHILD_ABUSE,
    3,
    "(<abuser>) ~4 (me|la|lo|le) (toca|toco|tocaba|manosea|manoseaba|besa|baja|soba|acaricia) ~3 (cuando|sin|ahi|abajo|partes|la ropa|"
    "pantalon*|calzon*|noche|cuerpo|en la boca|por debajo|pecho*|piernas|mis piernas|pierna|poto|cola|entre|$)"
    " !(el turno|trabajar|estudiar|exponer|la guitarra|el piano|el timbre|el corazon|el alma|viajar|aguantar|la puerta)",
    "me (toca|toco|tocan|tocaba|manosea|manoseaba|soba) ~3 (sin que|ahi|abajo|partes|la ropa|pantalon*|calzon*|en la noche|mi cuerpo|"
    "por debajo|pecho*|las piernas|mis piernas|donde no)"
    " !(el turno|trabajar|estudiar|exponer|la guitarra|el piano|el timbre|el corazon|el alma|viajar|aguantar|la puerta)",
    "(mi|el|un) ~3 (<abuser>) ~6 (me hace|me pide|me obliga|me muestra|me mostro|me hacia|me manda) ~4 (cosas|feas|fotos|desnud*|"
    "videos|tocar*|secreto|sin ropa|besar*|dormir con|malas|raras|sexual*)",
    "(me|le|la|lo) (hace|hicieron|hizo|hacen|hacia) ~1 (cosas) ~2 (feas|raras|malas|que no (quiero|me gustan)|que duelen|de grandes|"
    "asquerosas|que no se)",
    "(es|sea|nuestro|un|guarde|guardar) ~2 secreto ~4 (de los dos|nuestro|entre nosotros|nadie|mama|que no le cuente|si cuento|cuente)",
    "(entra|entraba|mete|metia|metio|viene|acuesta|acosto|pasa) ~3 (mi (pieza|cuarto|cama|habitacion|dormitorio)|la (pieza|cama) "
    "conmigo|la (pieza|cama) de (mi|la) (hija|hermana|niña)) ~6 (noche|toc*|dorm*|apag*|miedo|oscur*|mama|todos|cuando|pijama)",
    "(fotos|videos|foto|video) ~3 (sin ropa|desnud*|en ropa interior|intim*|de mi cuerpo|hot) ~8 (pide|profe|años|conoci|manda*|"
    "amenaz*|publicar|subir|si no|cuento|instagram|juego|roblox|free fire|discord)|(pide|pidio|exige|manda*|mandara) ~3 (fotos|videos|"
    "foto) ~2 (sin ropa|desnud*|intim*|en ropa interior|mias|hot)",
    "(mi (hijo|hija|hijito|hijita|sobrina|sobrino|nieta|nieto|hermanita|hermanito|hijastra|niña|niño|nena|nene|guagua|ahijada|ahijado|"
    "alumna|alumno)|la niña|el niño|la nena|el nene|una alumna|un alumno) ~12 (la toca|lo toca|la toco|lo toco|le toca|le toco|baja la "
    "ropa|le bajo|le pega|le pego|la pega|lo golpea|la golpea|le pegan|moreton*|moretones|la manosea|abuso|abusaron|abusa|abusado|"
    "abusada|le hace cosas|le hacian|partes intimas|marcas de|quemad*|no la dejan comer|la encierra|lo encierra|la violo|cinturon|le "
    "duele ahi|sangre en (el|la) (calzon|ropa)|juego secreto|miedo de volver|miedo a volver|no quiere volver|se hace pipi cuando|llega "
    "marcad*)",
    "(tengo|cumplo|voy a cumplir) (#|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete) [años] ~14 (me pega|me pegan|pega "
    "con|me golpea*|cinturon|me toca|me encierra*|no me da* de comer|miedo a mi|me hace*|me grita y|duermo en la calle|me escape)",
    "(mama|papa|padre|madre|padrastro|madrastra|abuela|abuelo|tio|tia|hermano|hermana) ~4 (me|nos) (pega|pegan|golpea|castiga con|quema|"
    "encierra|amarra|deja sin comer|da con|agarra a|saca la|tira|azota)",
    "(cinturon|correa|cable|palo|manguera|chancla|varilla) ~6 (me pega|me pegan|me da|me dan|me castiga*|si lloro|le pega|le pegan|"
    "hijos)",
    "(nadie) ~2 (me|le|nos) (va a creer|cree|creeria|creera) ~8|(dice|dijo|dicen) ~2 que ~2 (si|no) ~3 (cuento|cuente|digo|diga|hable|"
    "hablo) ~6 (mata|matar|echa|llevar*|preso|hogar|casa|pasar|culpa|mama|creer*|equipo|lastim*|peor)",
    "(quede|dejen|deje|quedarme|quedo|dejan) ~2 sol* con (el|mi (tio|padrastro|abuelo|primo|papa|hermano|profe))",
    "(solos|encerrados|abandonad*|amarrad*) ~5 (niños|hijos|chicos|guagua|bebe)|(niños|hijos|chicos|guagua|bebe) ~4 (solos todo|solos "
    "de noche|solitos toda|amarrad*|encerrad*|sin comer hace|golpead*|llen* de (moretones|golpes))",
    "(quiere|quieren|obligan|van a) ~2 (casar*|vender*|prostituir*) ~4 (con un (señor|viejo|hombre)|tengo #|a mi hija|hermana)",
    unless=OWN,
)

_TO_OTHERS = (
    *rules(
        Reason.DANGER_TO_OTHERS,
        3,
        "(voy a|quiero|pienso|pienso en|ganas de|idea de|ideas de|planeo|podria|capaz de|miedo de|miedo a|temo|imagino|imagenes de|"
        "pensamientos de|impulso de|impulsos de|decidi|sueño con|fantaseo con|a punto de|juro que|deseos de|intrusiv* de|hubiera) ~3 "
        "(matarlo|matarla|matarlos|matarlas|matar (a|al)|matar|acuchill*|apuñal*|dispar*|quemarl*|quemar* (la casa|con|viv*)|"
        "envenenarl*|envenenar (a|al)|ahogarl*|ahogar (a|al)|ahorcarl*|ahorcar (a|al)|hacerle daño|hacerles daño|lastimarl*|lastimar "
        "(a|al)|golpearl*|estrangul*|asfixi*|tirarl* (por|del|contra|al)|lanzarl* (por|del|contra)|sacudirl*|pegarle (un tiro|un "
        "balazo|a mi (hijo|hija|bebe|guagua|mama|abuela))|dañar (a|al)|agarrarl* a|reventarl*|meterle un|clavarle|romperle (la "
        "cabeza|la cara)|partirle|aplastar*|atropellarl*|atropellar (a|al)|desquit* con)"
        " !(el tiempo|de risa|el tema|dos pajaros|el aburrimiento|a besos|la curiosidad|el virus|mi novela)",
        "(lo|la|los|las) (voy a matar|mato|voy a reventar|voy a quemar|voy a acuchillar|voy a apuñalar|quiero matar|mataria|quiero ver "
        "muert*) !(a besos|de risa|jaja)",
        "(sacudi|zamarree|tire|avente|lance|queme|golpee|ahorque|apriete|aprete|lastime|cachetee) ~2 (a|al|la|el|mi|contra) ~3 (guagua|bebe|"
        "hijo|hija|niño|niña|abuela|mama|mujer|esposa|novia|polola|pareja|hermano|hermana|marido|viejo)",
        "(le (pegue|pego|he pegado|di una cachetada|di un golpe|di con|grito y pego)) ~3 (a mi|al|la|mi|con) ~3",
        "se me (va|fue|iba|pasa|paso) la mano|perdi el control ~5 (hij*|niñ*|guagua|bebe|golpe*|pegu*|sacud*|cuello|ella|mama)",
        "(voces|voz) ~5 (dicen que|dice que|me dicen|me dice|ordenan|ordena|mandan|me hablan|me habla|obligan|gritan|no se callan)",
        "(escucho|oigo|oyendo|escuchando) ~1 voces",
        "(me|se|les) (van|va|voy|vas) a (arrepentir|pagar todo|pagar caro|vengar|vengo)|(se van a|se va a|van a|va a) (arrepentir|pagar "
        "(todos|todo|caro|cada|por lo)|lamentar|acordar de mi) ",
        "(llevar|llevare|lleve|llevo|traje|compre|consegui|tengo|guarda|guardo) ~3 (<weapon>) ~6 (colegio|liceo|escuela|mochila|auto|sale "
        "del|trabajo|para el|para defender*|por si|cuando lo vea|esper*|se a que hora|todos|bolso|curso)",
        "(<weapon>) ~8 (se a que hora|colegio|liceo|mochila|lo espero|la espero|todos los de mi curso|cuando lo vea|cuando salga)",
        "(se a que hora|se donde vive|lo espero|la espero|lo voy a esperar|la voy a esperar|lo sigo|la sigo) ~8 (sale|pagar|vengar*|"
        "<weapon>|matar*|hacer|trabajo)",
        "(quemar|incendiar|prender fuego|explotar|volar|tirotear|balear|masacr*|envenenar) ~3 (la casa|su casa|el colegio|la escuela|"
        "la oficina|el local|todo|a todos|el liceo|con ell*)",
        "(tapar|tapé|tape|tapo|ponerle|puse|poner) ~3 (almohada) ~4 (cara|boca|bebe|guagua|el|ella|encima)",
        "(no quiero|miedo de|miedo a|miedo) ~2 (quedarme|estar|dejarme) sol* con (el|ella|mi (bebe|guagua|hijo|hija|niño|niña)|los niños)",
        "(llevarme|llevar|llevarmelos|me llevo|llevo) ~2 (a mis hijos|a los niños|a mi hijo|a mi hija|al bebe|a alguien) ~2 (conmigo|por "
        "delante|al otro)",
        "(merece|merecen|deberia|deberian|tiene que|tienen que) ~1 (morir|morirse|sufrir como yo|pagar con (su|la) (vida|sangre))",
        unless={Unless.DENIED, Unless.PAST, Unless.FICTION, Unless.HYPERBOLE},
    ),
)

_THIRD = (
    *rules(
        Reason.THIRD_PARTY,
        3,
        "(quiere|quieren|queria|piensa|pensaba|pensando|pienso que|dice|dijo|dicen|dijeron|amenaza|amenazo|va a|iba a|habla de|hablo de|"
        "hablaba de|podria|puede|intento|trato de|capaz de|planea|ganas de|deseos de|idea de|escribio|conto|confeso|pide|miedo de que|"
        "miedo que|temo que) ~5 (<kill_himself>) !(de risa|de la risa|de vergüenza|trabajando|estudiando)",
        "se (quiere|queria|va a|iba a|intento|trato de|puede|podria|ha intentado|quiso) ~1 (matar|suicidar|ahorcar|desvivir|tirar|lanzar|"
        "cortar|morir|quitar la vida|hacer algo|hacer daño|lastimar)",
        "(dice|dijo|jura|amenaza|amenazo|escribio|diciendo|repite|repitiendo) ~8 (se mata|se va a matar|se mataria|se suicida|no quiere "
        "vivir|no quiere seguir|quiere morir*|quiere desaparecer|estaria* mejor muert*|estariamos mejor sin|mejor sin el|mejor sin ella|es "
        "una carga|es un estorbo|va a ir con|se va a ir|no va a estar|no despertar*|la vida no tiene sentido|ya no quiere|no aguanta mas|"
        "no puede mas|no vale la pena|ya no lo va a necesitar|nadie lo|nadie la|sobra|irse con|se quiere ir|pronto se va|no va a molestar|"
        "desaparecer|se tira|lo va a hacer|hacer una locura)",
        "(si|que si) ~4 (dejo|termino|corto|separo|voy|lo deja|la deja|abandono|me voy) ~5 (se mata|se va a matar|se suicida|se hace daño|se "
        "corta|se tira|hace una locura|hace algo)",
        "(<somebody>) ~6 (se corta|se cortaba|se lastima|se hace daño|se autolesion*|se rasguña|se quema|se hace cortes|se golpea la|deja "
        "de comer|no quiere (vivir|seguir viviendo)|intento (matarse|suicid*|quitarse)|tomo (pastillas|muchas|todas|un frasco)|se tomo "
        "(un|todas|muchas|las|unas|varias)|junta pastillas|esconde pastillas|se despidio|habla de morir*|habla de la muerte|tiene ideas|"
        "tiene pensamientos|esta por hacer|subio a la azotea|esta en el techo|se encerro|se quiere ir|ya no quiere|compro (una|un) "
        "(cuerda|soga|arma|pistola))",
        "(encontre|encontro|vi|descubri|halle|hallamos|encontramos|lei|pille|mostro|mostraron) ~5 (carta de despedida|una carta|cartas de|"
        "cortes|nota de|pastillas escondidas|una soga|una cuerda|un frasco vacio|blister* vaci*|frascos vaci*|hojitas|su diario|busquedas|"
        "historial|marcas en|navaja|un mensaje de despedida|sangre en|gillette|unas pastillas|dibujos de)"
        " !(de amor|de mi ex|del banco|de renuncia|de su ex|vieja|de recomendacion|de mi abuel*|antigua)",
        "(me|nos|se) (escribio|mando|llamo|dejo|envio|publico|subio|estuvo) ~4 (despidiendose|despedida|adios|para despedirse|pidiendo "
        "perdon|perdon por todo|que me quiere mucho y que|que lo perdone*)",
        "(se despidio|despidiendose|se estuvo despidiendo|se anda despidiendo) ~3 (de mi|de todos|raro|como si|por|con|$|y)"
        " !(trabajo|oficina|antes de viajar)",
        "(celular|telefono|fono|whatsapp) ~2 apagado|no (contesta|responde|abre|reacciona|despierta|atiende) ~2 (el telefono|el celular|la "
        "puerta|los mensajes|hace|desde|$) ~4",
        "(regalo|regalando|repartio|regala|repartiendo|entrego|dejo|dono) ~2 (su|sus|todas sus|todo) ~1 (cosas|herramientas|ropa|libros|"
        "computador*|bicicleta|bici|guitarra|perro|gato|coleccion|consola|joyas|play|anillo|reloj|ahorros)",
        "ya no ~2 (va a necesitar*|lo va a necesitar|los va a necesitar|iba a necesitar*|necesitara*|le va a hacer falta|le van a servir|va a "
        "hacerle falta|le hace* falta)",
        "(esta|se puso|se subio|parad*|sentad*|subid*|trepad*) ~3 (en el borde|en la baranda|en la azotea|en el techo|en la cornisa|en la "
        "ventana|al techo|a la azotea|del puente|al puente|en el puente|en las vias)",
        "(se tomo|tomo|trago|se trago|ingirio|se empastillo) ~4 (pastillas|pastis|frasco|veneno|raticida|cloro|remedios|algo y no|medicamentos)"
        " ~6 (todas|muchas|entero|no despierta|se (esta )?durmio|raro|rara|vomit*|de golpe|dice|hospital|no reacciona|anoche|hoy|$)".replace(
            "(esta )?", ""
        ),
        "(vecin*|amig*|hermana|hermano|mama|prima|hija|cuñada|compañera|niñ*|señora|tia|madre|sobrin*) ~10 (le pega|le pegan|la golpea|la pega|"
        "la mata|la va a matar|escucho golpes|gritos y golpes|la tiene encerrada|la ahorc*|la amenaz*|la esta golpeando|moreton*|ojo morado|"
        "pide auxilio|pidiendo auxilio|llor* con sangre|golpead*|la maltrata|lo maltratan|la viol*)",
        "(escucho|oigo|se escuchan|se oyen|escuche|oi|escuchamos) ~3 (golpes|gritos|auxilio|llantos|disparos|balazos) ~8 (vecin*|lado|arriba|"
        "niñ*|noches|noche|pared|ella|hoy|guagua)",
        "(tiene|tenia|lleva|guardo|escondio|junta|guarda|compro|consiguio) ~3 (<means>) ~6 (debajo|escondid*|cajon|mochila|velador|pieza|cama|"
        "mi (papa|mama)|dice|por si|guardad*|hago)",
        "(ya lo intento|lo intento) ~2 (una vez|dos veces|antes|otra vez|el año|hace|de nuevo|varias|ayer|anoche|la semana|$)",
        "no sale de (la cama|su pieza|la pieza|su cuarto) ~10 (no come|dice|morir|encerr*|llave|regalo|no contesta|no habla|cort*)",
        unless={Unless.PAST, Unless.FICTION, Unless.DENIED, Unless.HYPERBOLE},
    ),
    *rules(
        Reason.THIRD_PARTY,
        2,
        "no (contesta|responde) |cerro con llave|se encerro|desaparecio ~3 (ayer|hoy|anoche|hace|desde)|no aparece desde",
        "no sale de (la cama|su pieza|la pieza|su cuarto)|no quiere (comer|hablar con nadie|levantarse)",
        "esta rar* desde|anda rar*|lo veo (muy )?mal|la veo (muy )?mal".replace("(muy )?", ""),
        weight=0.5,
        unless={Unless.PAST, Unless.FICTION},
    ),
)

OTHER_PEOPLE: tuple[Rule, ...] = (*_VIOLENCE, *_CHILD, *_TO_OTHERS, *_THIRD)
