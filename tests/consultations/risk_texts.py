"""Invented texts, labelled by hand: pairs of category and text.

They are not among the detector's examples. When it first met them it found 0.82 of the risk (53 of 65) with
0.14 false alarms (8 of 58): that is the honest estimate for words nobody has foreseen. The rules were mended
afterwards where they had failed, so what the tests measure here now is a floor against going back.
"""

RISK: tuple[tuple[str, str], ...] = (
    (
        "passive",
        "Hace meses que me acuesto pidiendo que sea la última vez. Me levanto, me visto y nadie nota nada.",
    ),
    ("passive", "No quiero matarme, pero si me dieran a elegir no estaría. Tengo 26 años y un buen trabajo."),
    (
        "passive",
        "Mi enfermedad avanza y ya les pedí que no me reanimen. Lo que no dije es que ojalá sea este invierno.",
    ),
    (
        "passive",
        "Desde que mi hija se fue siento que mi vida no tiene objeto. Si me pasara algo, tardarían semanas en encontrarme.",
    ),
    ("passive", "Me canso de existir. Suena exagerado, pero respirar se me hace un trabajo."),
    (
        "passive",
        "Soy un peso para mi esposa. La escucho llorar en la cocina y pienso que viuda estaría mejor.",
    ),
    ("passive", "cuando paso por el puente pienso en lo facil q seria y despues sigo caminando"),
    (
        "passive",
        "A veces deseo que el doctor me diga que me quedan tres meses. Tendría una excusa para descansar.",
    ),
    ("active", "Las ganas de morir me llegan en la tarde, como la fiebre. Ayer duraron hasta la medianoche."),
    (
        "active",
        "He pensado seriamente en suicidarme. No sé si esto lo lee una persona, pero necesitaba escribirlo.",
    ),
    ("active", "Cada día me cuesta más encontrar un motivo para no tirarme. Trabajo en un piso once."),
    ("active", "Quiero acabar con todo de una vez y no me sale ni llorar."),
    (
        "active",
        "Tengo miedo de mí cuando manejo de noche. Me imagino soltando el volante y no me asusta, me alivia.",
    ),
    ("active", "Mi psiquiatra me preguntó si pensaba en hacerme daño y le mentí. Sí pienso, todos los días."),
    (
        "active",
        "Me dijeron que escriba lo que siento: siento que lo correcto sería matarme y dejar de complicarle la vida a todos.",
    ),
    ("active", "No hay noche que no le dé vueltas a la idea de irme antes de tiempo."),
    (
        "plan",
        "Ya hice el testamento, tengo el arma y tengo la carta. Me falta que mis padres salgan de viaje.",
    ),
    ("plan", "Estuve probando la rama del árbol del fondo para ver si aguanta mi peso."),
    ("plan", "El martes cobro el sueldo, pago lo que debo y el miércoles se termina esto."),
    ("plan", "Guardé la insulina de mi papá en mi cajón. Averigüé cuánta hace falta."),
    ("plan", "Tengo decidido hacerlo en Semana Santa, cuando el edificio queda vacío."),
    (
        "plan",
        "Le escribí a cada uno de mis hijos una carta para cuando cumplan dieciocho. Yo no voy a estar.",
    ),
    ("farewell", "Vengo a despedirme. Ustedes no me conocen, pero fueron los únicos que me respondieron."),
    (
        "farewell",
        "Dejen que mi mamá se quede con el perro. Y que nadie venda mi guitarra. Eso es todo, adiós.",
    ),
    (
        "farewell",
        "Ya no hay nada que conversar, gracias por el esfuerzo. Mañana todo va a estar en silencio.",
    ),
    (
        "attempt",
        "El sábado me tomé dos cajas de pastillas y desperté conectada a un suero. Hoy estoy en casa de mi tía.",
    ),
    (
        "attempt",
        "Hace un mes me corté las venas en el baño de la empresa. Volví a trabajar y todos me miran los puños de la camisa.",
    ),
    (
        "attempt",
        "Ayer me subí a la baranda y un taxista me bajó. Le dije que estaba borracho. No había tomado nada.",
    ),
    (
        "attempt",
        "Traté de matarme el miércoles con lo que había en la casa. Me duele todo y no quiero ir a un hospital.",
    ),
    ("attempt", "mi mama me encontro con la bolsa en la cabeza, ahora duerme conmigo, me siento una tonta"),
    (
        "self_harm",
        "Me corto desde los once. Ahora tengo veinte y creí que lo había dejado, pero este semestre volvió.",
    ),
    ("self_harm", "Cada vez que mi jefe me humilla voy al baño y me clavo las uñas hasta que sale sangre."),
    ("self_harm", "Mi hijo encontró mis marcas y me preguntó si me había arañado el gato. No tenemos gato."),
    ("self_harm", "Me golpeo las piernas con un martillo chico. Los moretones los tapo con medias."),
    ("self_harm", "anoche me pase con la navaja, tuve q poner una toalla, ahora me da susto mirar"),
    ("violence", "Mi novio me ahorcó el viernes. Después se puso a llorar y me pidió matrimonio."),
    (
        "violence",
        "Mi esposo me golpea donde no se ve. Es policía y dice que nadie me va a tomar la denuncia.",
    ),
    (
        "violence",
        "Salí corriendo de la casa en pijama con mis dos hijos. Estamos en una plaza. No sé adónde ir.",
    ),
    (
        "violence",
        "Mi pareja me amenaza con publicar mis videos si la dejo. Anoche me dio una patada en la espalda.",
    ),
    (
        "violence",
        "Mi papá le pega a mi mamá cada vez que pierde su equipo. Yo me encierro con mi hermanito y subo el volumen.",
    ),
    ("violence", "Mi hijo mayor me quita la pensión y me encerró en la pieza dos días. Tengo 79 años."),
    ("violence", "Mi marido me viola. Me costó años usar esa palabra. Hoy volvió a pasar."),
    ("violence", "Mi ex rompió la orden de alejamiento y me esperó en el estacionamiento con un bate."),
    (
        "child",
        "Mi padrastro me obliga a ver películas de adultos con él. Tengo 12 y mi mamá trabaja de noche.",
    ),
    ("child", "Mi nieta de cinco años me dijo que su papá le mete los dedos cuando la baña."),
    ("child", "mi papa me amarra y me pega con un palo si saco mala nota, mañana entregan las notas"),
    ("child", "En la casa de al lado hay un niño que llora desde ayer y no se escucha a ningún adulto."),
    (
        "child",
        "El entrenador de mi hijo le manda mensajes de noche y le pidió que borrara la conversación. Mi hijo ya no quiere entrenar.",
    ),
    (
        "others",
        "Estoy a punto de hacer una locura con el tipo que se metió con mi mujer. Tengo la pistola en el asiento.",
    ),
    (
        "others",
        "Cuando mi mamá con demencia no me deja dormir le aprieto la cara contra la almohada. Me arrepiento y lo repito.",
    ),
    (
        "others",
        "Tengo imágenes de clavarle el cuchillo a mi bebé mientras cocino. No quiero, pero no se van.",
    ),
    ("others", "Las voces dicen que mi vecino es el demonio y que me toca a mí detenerlo."),
    (
        "third_party",
        "Mi hijo me mandó un mensaje que dice «perdón por todo, mamá» y tiene el teléfono apagado.",
    ),
    (
        "third_party",
        "Mi mejor amigo dice que después de las fiestas se mata. Me lo dijo riéndose, pero le creo.",
    ),
    (
        "third_party",
        "Mi papá tiene un revólver en la mesa de noche y desde que murió mi mamá repite que la extraña demasiado.",
    ),
    (
        "third_party",
        "Encontré en el cuarto de mi hija un cuaderno con dibujos de una soga y la fecha de mañana.",
    ),
    (
        "third_party",
        "Mi esposa se tomó un frasco de pastillas y no quiere que llame a nadie. Está consciente.",
    ),
    (
        "third_party",
        "Una alumna me confesó que se corta y que a veces piensa en no despertar. Me pidió que no dijera nada.",
    ),
    ("colloquial", "ya valio, me quiero morir, a nadie le importo"),
    ("colloquial", "no aguanto + esta vida d mierda, kiero q se termine todo"),
    ("colloquial", "wena, soy yo d nuevo, hoy si ke si, chau a todos"),
    ("colloquial", "toy pa la caga, me dan ganas d tirarme al metro"),
    ("colloquial", "me voi a matar, no es xiste, nadie m cree"),
    ("colloquial", "q onda si un dia simplemente no despierto? seria lo mejor pa todos"),
    ("colloquial", "stoy mal mal, m corte las piernas i no m importa si m muero"),
)

SAFE: tuple[tuple[str, str], ...] = (
    ("hyperbole", "Me muero de amor por mi sobrina y de celos cuando la carga la otra abuela. ¿Es infantil?"),
    ("hyperbole", "Mi marido casi me mata del susto por entrar sin avisar. Quedé sensible desde el temblor."),
    (
        "hyperbole",
        "Quiero matar a mi hermano: usó mi auto y lo devolvió sin bencina. Vivimos juntos y me cuesta hablarle bien.",
    ),
    (
        "hyperbole",
        "Estoy hasta la coronilla de cocinar. Un día de estos cierro la cocina y me declaro en huelga.",
    ),
    ("hyperbole", "Me ahogo en las reuniones de más de diez personas. Se me olvida lo que iba a decir."),
    ("hyperbole", "Esa película me destruyó, lloré dos días. Mi novia dice que soy un exagerado."),
    (
        "hyperbole",
        "Sin café no existo, y sin mi siesta del domingo soy capaz de cualquier cosa. Me cuesta el cambio de rutina.",
    ),
    ("hyperbole", "Me cayó como una patada que no me invitaran al viaje. ¿Lo digo o lo dejo pasar?"),
    (
        "hyperbole",
        "Mi hijo me saca canas verdes, pero me muero si le pasa algo. Lo llamo cinco veces al día y él me lo reclama.",
    ),
    (
        "hyperbole",
        "Me van a matar las rodillas de tanto correr, y no puedo parar porque es lo único que me calma la ansiedad.",
    ),
    ("grief", "Murió mi abuelo y en la repartija nos peleamos todos. Yo solo quería su reloj."),
    (
        "grief",
        "Mi hermana se quitó la vida hace cinco años. En la mesa nadie dice su nombre y yo quiero decirlo.",
    ),
    (
        "grief",
        "Mi esposo murió de cáncer. Me ofrecieron un grupo de duelo y no sé si estoy para escuchar penas ajenas.",
    ),
    ("grief", "Perdí a mi mejor amiga en un asalto. Me despierto a la hora en que me llamaron."),
    ("grief", "Mi papá murió enojado conmigo. Le escribo cartas que no mando a ninguna parte."),
    (
        "grief",
        "La vecina de mi mamá se suicidó y ahora mi mamá no quiere estar sola en el edificio. ¿Cómo la calmo?",
    ),
    (
        "grief",
        "Se murió mi gata y mi novio me dijo que adoptáramos otra al día siguiente. Sentí que no entendía nada.",
    ),
    (
        "past",
        "En mi adolescencia tuve varios intentos. Hoy tengo 37, un taller de cerámica y ganas de escribir mi historia. ¿Me hará mal removerla?",
    ),
    (
        "past",
        "Hace nueve años salí de una relación violenta. Ya no tengo miedo, pero tampoco ganas de conocer a nadie.",
    ),
    ("past", "Cuando era niña mi abuela me pegaba con un cable. Ahora está viejita y me toca cuidarla."),
    (
        "past",
        "A los 22 me internaron tres semanas por ideas suicidas. Me hizo bien. Ahora un amigo pasa por algo así y quiero visitarlo.",
    ),
    (
        "past",
        "Dejé de cortarme hace catorce años. Mi pareja me preguntó por las marcas y me puse a la defensiva.",
    ),
    (
        "past",
        "Estuve muy mal después del terremoto, pensaba que mejor hubiera muerto. Eso pasó. Me quedó el hábito de dormir vestida.",
    ),
    (
        "work",
        "Soy jueza de familia y los casos de maltrato infantil se me vienen a la casa. Ya no disfruto de mis hijos.",
    ),
    ("work", "Me dieron el cargo de mi amiga cuando la despidieron. No me contesta los mensajes."),
    (
        "work",
        "Mi trabajo me consume la vida. Llego, ceno y me duermo. Mi esposa dice que vive con un fantasma.",
    ),
    ("work", "Hago turnos en una cárcel y ando a la defensiva con todo el mundo, hasta en el supermercado."),
    (
        "work",
        "Mi jefe nos dijo que el que no aguante que se vaya. Tengo ganas de irme, pero no quiero que gane.",
    ),
    (
        "work",
        "Estudio enfermería y me desmayé en la primera práctica, con un herido de cuchillo. ¿Sirvo para esto?",
    ),
    (
        "work",
        "Manejo un camión, paso semanas solo y hablo con la radio. Llego a mi casa y no sé de qué conversar.",
    ),
    (
        "media",
        "Terminé de leer las cartas de una escritora antes de su suicidio, para un curso, y ando melancólica.",
    ),
    (
        "media",
        "Mi hija de 10 vio en TikTok un reto de aguantar la respiración y me preguntó si era peligroso. ¿Cómo le explico?",
    ),
    ("media", "Vi las noticias de la guerra y ya no duermo. No conozco a nadie allá."),
    (
        "media",
        "Dirijo una obra sobre la dictadura, con escenas de tortura, y mis actores se ríen en los descansos. ¿Está bien?",
    ),
    ("media", "Mi esposo ve programas de crímenes para dormirse. A mí me dan pesadillas y él se ríe."),
    ("negation", "No, no me quiero matar, doctor, me quiero separar. Y no sé cómo decírselo a los niños."),
    (
        "negation",
        "Mi mamá pregunta si me hago algo en los brazos. No me hago nada, uso manga larga por friolenta.",
    ),
    (
        "negation",
        "Jamás he tenido pensamientos suicidas. Lo mío es una pereza enorme desde que terminé la tesis.",
    ),
    (
        "negation",
        "Nadie me maltrata. Mi esposo es cariñoso, mis hijos también. Entonces ¿por qué lloro en el auto?",
    ),
    (
        "negation",
        "Aunque suene raro, no tengo miedo de morir ni ganas de morir. Tengo curiosidad, y a mi familia le molesta el tema.",
    ),
    ("medication", "Tomo quetiapina para dormir y al otro día soy un zombi. ¿Será mucha dosis?"),
    ("medication", "Me sacaron la muela y me dieron tramadol. Me puso rarísima, lloré por una propaganda."),
    (
        "medication",
        "¿Puedo dejar la sertralina si ya me siento bien? Llevo un año y mi control es en agosto.",
    ),
    (
        "medication",
        "Mi papá confunde sus remedios y ayer se tomó dos veces el de la presión. Lo vieron y está bien. ¿Cómo lo organizo sin ofenderlo?",
    ),
    ("medication", "Tengo hipotiroidismo y no sé si mi tristeza es mía o de la tiroides."),
    ("distress", "Mi novia quiere una relación abierta y yo no. Me da miedo decir que no y perderla."),
    ("distress", "Mi mamá se metió a una secta y regaló el auto. Mis hermanos no quieren intervenir."),
    ("distress", "Me cuesta llorar. Se murió mi tío, terminé con mi novio, y nada."),
    ("distress", "Los domingos en la noche me siento vacía. Pongo la tele para escuchar voces."),
    ("distress", "Mi cuñado hace chistes sobre mi peso delante de todos y mi marido se queda callado."),
    (
        "distress",
        "Me da pánico hablar con desconocidos. Ayer me bajé del bus dos paradas antes para no pedir permiso.",
    ),
    ("distress", "Mi hija me dijo que me odia y dio un portazo. Tiene nueve. ¿De dónde sacó eso?"),
    ("distress", "Vendimos la casa de mi infancia y siento que perdí algo que no sé nombrar."),
    ("distress", "Soy muy celosa. Reviso, pregunto, imagino. Él no ha hecho nada."),
    ("distress", "Me quedé sin amigos después de ser mamá. Las otras mamás me parecen perfectas."),
    ("distress", "Mi papá me pide plata y nunca me la devuelve. Si le digo que no, se hace la víctima."),
    (
        "distress",
        "Me operaron y estoy en reposo un mes. Mis hijos hacen todo y me siento una inútil en mi propia casa.",
    ),
    ("distress", "Mi novio se fue a trabajar a otro país. Hablamos poco y cada llamada termina en silencio."),
)

# Plain words beside ordinary ones that might be taken for laughter or for a past that is over. All invented
# after such texts had been found to pass in silence: the rules of then found 12 of these 32, with 1 false alarm
# in 26. One was mended for after the first reading of the mended rules (31 of 32).
DISTRACTED_RISK: tuple[tuple[str, str], ...] = (
    ("active", "Me quiero matar. Mi pareja me engañaba y cuando me di cuenta se me vino el mundo abajo."),
    (
        "active",
        "Quiero matarme. Mis amigas creen que estoy bien porque escribo jajaja en el grupo, pero lloro todas las noches.",
    ),
    ("active", "Me quiero morir. Mi hijo murió en marzo y cuando vi el auto supe que era él."),
    (
        "active",
        "Me quiero morir. "
        + "Trabajo de lunes a viernes y los sábados veo a mi mamá. " * 60
        + "Perdón por lo desordenado jaja",
    ),
    (
        "active",
        "Manejaba al trabajo y pensaba en matarme. Llevo casada hace diez años. Hoy no fui a trabajar.",
    ),
    ("child", "Mi papá me pegaba y abusaba de mí. Ahora tengo 15 y él sigue viviendo acá."),
    ("active", "Tengo ganas de morirme. En la oficina todos me dicen que soy la alegría del piso, xd."),
    (
        "active",
        "Me quiero morir, en serio que no doy más. Ayer en una reunión se me cayó el café y todos se rieron.",
    ),
    (
        "active",
        "Quiero suicidarme. Cuando me equivoqué en el informe mi jefe no dijo nada, ya ni eso merezco.",
    ),
    (
        "active",
        "Hace semanas que quiero matarme. Mi hermana cuenta que de niños me reía jajaja con cualquier cosa.",
    ),
    ("active", "jajaja perdón, escribo pésimo. Quiero morirme y no se lo he dicho a nadie."),
    ("active", "Me quiero matar jaja. Todos los días lo mismo."),
    (
        "active",
        "Pensaba en tirarme al metro cuando iba a la oficina. Ahora ya no voy a la oficina, estoy de licencia.",
    ),
    (
        "active",
        "Pensaba en morirme todas las mañanas. Hoy desperté igual. Cuando era niña me gustaba madrugar.",
    ),
    (
        "active",
        "Tuve ganas de matarme en la cena. Mi mamá murió hace cuatro años y nadie la nombró. Ahora tengo 41.",
    ),
    (
        "active",
        "Estuve pensando en suicidarme. Hace quince años que trabajo en el mismo lugar y ya no sé quién soy.",
    ),
    (
        "plan",
        "Cuando estaba en la facultad nos reíamos de todo. Junté las pastillas de mi abuela y elegí el domingo. Ahora estoy tranquila.",
    ),
    (
        "plan",
        "Escribí una carta de despedida para mis hijos. Hace diez años que vivo en otra ciudad y trabajo bien.",
    ),
    ("plan", "Compré una soga. Cuando vi el precio casi me da risa, qué vergüenza gastar en eso."),
    ("child", "Cuando tenía 11 mi tío me tocaba en la noche. Hoy tengo 13 y viene para Navidad."),
    (
        "child",
        "Mi padrastro me manoseaba sin que mi mamá supiera. Hace tres años que vive con nosotros. Ahora está en el living.",
    ),
    (
        "self_harm",
        "Me corté los brazos. De niña era muy alegre, jajaja, quién lo diría. Ahora uso manga larga.",
    ),
    (
        "self_harm",
        "Me corté las piernas en el baño. Hace siete años que estoy casada y él no se fija. Hoy tengo clases.",
    ),
    (
        "attempt",
        "Intenté matarme en la casa de mi mamá. Llevo con ella desde que era chica. Hoy volví al trabajo y nadie preguntó.",
    ),
    (
        "attempt",
        "Me tomé todas las pastillas. Mi abuela murió hace mucho tiempo, ella se habría dado cuenta. Ahora me duele la guata.",
    ),
    ("violence", "Mi marido me pegó. Hace doce años que estamos juntos y ahora dice que fue sin querer."),
    (
        "violence",
        "Mi pareja me ahorcó y después se reía jajaja como si fuera un juego. Hoy llegó con flores.",
    ),
    ("others", "Voy a matarlo. Cuando vi la foto de los dos me quedé helada. Un correo más de él y listo."),
    (
        "passive",
        "Ojalá me durmiera y no despertara. Mi jefa es buena, la empresa también; no es eso. Perdón por la letra, lol.",
    ),
    ("active", "Me quiero morir. Es un decir que todo pasa, a mí no me pasa."),
    ("active", "Quería matarme. Superé un cáncer hace nueve años y esto no lo supero."),
    (
        "active",
        "De joven era feliz. Pensaba en matarme mientras firmaba el divorcio. Todos dicen que estoy bien.",
    ),
)

DISTRACTED_SAFE: tuple[tuple[str, str], ...] = (
    (
        "hyperbole",
        "Se me salió un audio en el grupo del trabajo, me quiero morir jajaja. ¿Cómo lo tomo con humor?",
    ),
    ("hyperbole", "Si escucho otra vez la canción del vecino me mato, jajaja. ¿Cómo le hablo sin pelear?"),
    ("hyperbole", "Me quiero morir de la vergüenza: saludé a mi suegra con el nombre de la ex."),
    (
        "hyperbole",
        "Me tropecé en la graduación de mi hija y me quería matar xd, pero salimos lindos en la foto.",
    ),
    (
        "hyperbole",
        "Cuando me di cuenta de que llevaba la blusa al revés en la entrevista casi me muero de risa.",
    ),
    ("hyperbole", "Mi hermana va a matarme de risa un día de estos con sus cuentos del consultorio."),
    (
        "hyperbole",
        "Un correo más de la administración y me tiro por la ventana, es en broma. Me cuesta poner límites.",
    ),
    ("hyperbole", "Me muero de ganas de verlo y a la vez me da miedo. ¿Eso es apego?"),
    (
        "grief",
        "Mi hijo murió en marzo. Cuando vi su bicicleta en el patio me senté a llorar. Quiero poder hablar de él.",
    ),
    ("grief", "Mi tía se suicidó cuando yo era niña y hoy mi mamá quiere contármelo. No sé qué preguntar."),
    ("grief", "Hace diez años murió mi papá y ahora que soy padre lo echo de menos de otra manera."),
    ("grief", "Falleció mi perro y mis compañeros se rieron. Me dolió más la risa que otra cosa."),
    (
        "past",
        "A los quince años intenté matarme. Hice terapia, salí adelante y hoy tengo cuarenta. ¿Se lo cuento a mi pareja?",
    ),
    (
        "past",
        "Hace veinte años me corté los brazos. Lo superé y nunca más lo hice. Me incomoda que pregunten por las marcas.",
    ),
    (
        "past",
        "De adolescente pensaba en matarme. Me recuperé con ayuda y hoy trabajo con jóvenes; a veces me remueve.",
    ),
    (
        "past",
        "Mi primer marido me pegaba. Me separé hace dieciocho años y vivo tranquila. Mi hija me pregunta por él.",
    ),
    (
        "past",
        "En el 2005 tuve ideas suicidas. Ya estoy bien desde hace mucho, y quisiera dar una charla en mi trabajo.",
    ),
    (
        "past",
        "Cuando tenía dieciséis quise morirme por un amor. Eso quedó atrás y ahora me río con ternura de esa época.",
    ),
    (
        "media",
        "En la novela que leo la protagonista quiere matarse y me quedé pensando en por qué nos gustan las tragedias.",
    ),
    (
        "media",
        "Mi hijo de doce vio una serie donde un chico se suicida. Quiero conversarlo con él sin asustarlo.",
    ),
    ("negation", "No quiero morirme ni nada parecido; es cansancio, y hoy dormí mejor."),
    (
        "negation",
        "Nunca he pensado en hacerme daño. Lo que tengo es rabia con mi jefe, y ahora también con mi equipo.",
    ),
    ("negation", "Me preguntaron si pensaba en matarme y dije que no, porque no. Solo necesito dormir."),
    ("work", "Hoy me dieron el ascenso y cuando vi el contrato me asusté. ¿Por qué no me alegro?"),
    (
        "distress",
        "Mi pareja me engañaba y cuando me di cuenta se me vino el mundo abajo. Quiero decidir con calma.",
    ),
    ("distress", "Perdón por lo desordenado jaja. Me cuesta decir que no a mis amigas y termino agotada."),
)
