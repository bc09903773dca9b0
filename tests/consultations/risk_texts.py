"""Invented texts, labelled by hand: does someone's life or safety look at stake now?

Pairs of category and text. They were written while the rules were being made; `risk_texts_held_out.py`
holds the ones that were written afterwards, to see how the rules do on what they were not made from.
"""

RISK: tuple[tuple[str, str], ...] = (
    # Passive wishes: no plan, but the wish not to be.
    ("passive", "Me acuesto y pido no despertar. Después suena la alarma y me da rabia que haya sonado."),
    (
        "passive",
        "Ojalá me durmiera y no despertara nunca más, así de simple. Tengo dos hijos y me da culpa escribirlo.",
    ),
    ("passive", "No quiero seguir viviendo así. No sé si quiero seguir viviendo."),
    ("passive", "A veces cruzo la calle sin mirar. Si me atropellan, bueno, se acaba el problema."),
    ("passive", "Siento que mi familia estaría mejor sin mí, les saldría más barato y más tranquilo."),
    ("passive", "Soy una carga para todos. Mi hija deja de vivir su vida por cuidarme y yo ya viví lo mío."),
    (
        "passive",
        "Quisiera desaparecer y que nadie se acordara de que existí. No es una pena, es un cansancio.",
    ),
    ("passive", "Me da lo mismo vivir o morir. Voy a trabajar, vuelvo, como parado en la cocina."),
    (
        "passive",
        "Le pido a Dios que me lleve. Todas las noches. Tengo 71 años y estoy muy sola desde que se fue mi marido.",
    ),
    ("passive", "No le encuentro sentido a la vida desde hace meses. Me levanto porque hay que levantarse."),
    ("passive", "Si me dieran una enfermedad terminal me sentiría aliviado. ¿Es normal pensar eso?"),
    ("passive", "Preferiría no haber nacido. Lo pienso cuando veo a mis papás pelear por plata."),
    ("passive", "Ya no tengo ganas de vivir, doctora. No es que vaya a hacer algo, pero ganas no tengo."),
    ("passive", "Últimamente fantaseo con que un camión se cruce y termine todo, sin que sea culpa mía."),
    ("passive", "Nadie se daría cuenta si yo no estuviera. Quizás el arrendador, a fin de mes."),
    ("passive", "Estoy cansado de vivir. Suena dramático, pero lo digo con toda la calma del mundo."),
    ("passive", "No me importaría que el avión se cayera. Viajo el jueves y esa idea me da paz."),
    (
        "passive",
        "no le veo futuro a nada, no me imagino llegando a los treinta, siento q sobro en todos lados",
    ),
    ("passive", "Envidio a los que ya se murieron. Descansan. Yo tengo que volver a abrir el local mañana."),
    ("passive", "Para qué sigo si nada va a cambiar. Llevo tres trabajos, dos pueblos y la misma cabeza."),
    ("passive", "Sería un alivio que me pasara algo y no tener que decidir yo."),
    ("passive", "Me gustaría dormir para siempre. Mi pololo dice que exagero, por eso escribo acá."),
    # Active wishes and thoughts.
    ("active", "Quiero morir. No sé cómo decirlo de otra manera y no se lo he dicho a nadie."),
    ("active", "He pensado en quitarme la vida varias veces este mes, sobre todo los domingos."),
    ("active", "Tengo pensamientos suicidas y me da vergüenza contárselo a mi mujer."),
    ("active", "Últimamente pienso mucho en la muerte, en la mía, y me tranquiliza."),
    ("active", "No quiero estar viva. Me lo repito en la ducha para que mis hijas no escuchen."),
    ("active", "Hay días en que lo único que quiero es matarme y terminar con esta angustia de una vez."),
    (
        "active",
        "Volvió la idea de hacerme algo. La tuve a los veinte y ahora, con cuarenta y seis, está igual de cerca.",
    ),
    ("active", "Me da miedo lo que pueda hacerme si me quedo sola esta noche."),
    ("active", "Siento impulsos de tirarme cuando pasa el metro, por eso ahora me pego a la muralla."),
    ("active", "Creo que la única salida es acabar con mi vida. No veo otra, de verdad la busqué."),
    ("active", "Quiero irme con mi hijo. Murió en marzo y yo no tengo nada que hacer acá."),
    (
        "active",
        "No puedo dejar de pensar en matarme. Lo pienso lavando la loza, lo pienso en la fila del banco.",
    ),
    (
        "active",
        "A veces se me cruza por la cabeza estrellar el auto contra un poste. Dura un segundo, pero vuelve.",
    ),
    ("active", "merezco morirme por lo q hice, no hay perdon pa mi"),
    (
        "active",
        "Desde el despido pienso que mi seguro de vida vale más que yo. Hago el cálculo casi todos los días.",
    ),
    ("active", "No es que quiera morirme exactamente, es que no quiero que haya un mañana."),
    # Plans, means, timing, farewell.
    ("plan", "Ya sé cómo y cuándo. Solo quería que alguien supiera que no fue culpa de mi mamá."),
    ("plan", "He estado juntando pastillas de mi abuela, las tengo en una caja de zapatos."),
    ("plan", "Compré una cuerda hace dos semanas y la tengo en la bodega. Nadie entra ahí."),
    ("plan", "Escribí las cartas, una para cada uno. Me faltan las claves del banco y ya está todo."),
    ("plan", "Anoche subí a la azotea y me quedé mirando hacia abajo hasta que me dio frío."),
    (
        "plan",
        "Mi papá guarda una pistola en el clóset y yo sé dónde está la llave. Pienso en eso todo el rato.",
    ),
    ("plan", "El viernes se acaba todo esto. Dejé pagado el arriendo y regalé mi bici."),
    ("plan", "Estuve buscando en internet cuál es la forma que menos duele."),
    ("plan", "Lo voy a hacer hoy cuando se duerman los niños. No me respondan, solo necesitaba escribirlo."),
    (
        "plan",
        "Voy al puente casi todas las tardes. Me quedo en la baranda. Ayer un señor me preguntó si estaba bien.",
    ),
    ("farewell", "Cuando lean esto ya no voy a estar. Gracias por la página, ayuda a mucha gente."),
    ("farewell", "Quiero pedir perdón a todos los que hice sufrir. Cuiden a mi gata, se llama Luna. Adiós."),
    ("farewell", "Esta es mi despedida, no busco respuesta. Díganle a mi hermano que lo quise siempre."),
    (
        "farewell",
        "Ya dejé todo ordenado: los papeles, las cuentas, la ropa de los niños. Mañana no va a doler más.",
    ),
    ("farewell", "Hasta aquí llegué. Me bajo de este tren. Que les vaya bonito a todos."),
    ("farewell", "no creo que llegue a navidad, igual gracias por todo, fueron amables conmigo"),
    ("farewell", "Será la última vez que escribo en algún lado. Estoy tranquila, por fin estoy tranquila."),
    # Recent attempts and overdose.
    ("attempt", "Hace tres días intenté suicidarme y nadie se enteró. Fui a clases igual."),
    ("attempt", "Me tomé todas las pastillas que había y las vomité. Ahora me duele mucho la guata."),
    ("attempt", "Anoche traté de ahorcarme pero me arrepentí. Tengo una marca y digo que es alergia."),
    ("attempt", "Tomé un frasco entero de los remedios de mi mamá hace una hora y me está dando sueño."),
    (
        "attempt",
        "La semana pasada me internaron por una sobredosis. Me dieron de alta ayer y estoy igual que antes.",
    ),
    ("attempt", "Me tragué un montón de pastis el sabado, desperté con la boca seca y mi hermana llorando"),
    ("attempt", "Salí del hospital el martes, después de lo que hice. En mi casa nadie habla del tema."),
    ("attempt", "Mezclé alcohol con los tranquilizantes a propósito. Quería ver qué pasaba y no pasó nada."),
    # Self-harm.
    (
        "self_harm",
        "Me corto en los muslos cuando discuto con mi papá. Nadie sabe. Uso pantalón largo todo el año.",
    ),
    ("self_harm", "Volví a lastimarme después de seis meses. Estaba orgullosa y lo arruiné."),
    ("self_harm", "me rasguño hasta sangrar, es lo unico q me calma"),
    ("self_harm", "Me quemo con el cigarro en el brazo cuando ella no me contesta los mensajes."),
    ("self_harm", "Cuando me da la rabia me pego cabezazos contra la pared hasta marearme."),
    ("self_harm", "Encontré cortes en los brazos de mi hija de trece años. Dice que fue el gato."),
    ("self_harm", "Tengo ganas de cortarme de nuevo y escondí la hojita del sacapuntas."),
    ("self_harm", "Me hago daño desde los catorce, ahora tengo veintidós. Esta semana fueron tres veces."),
    ("self_harm", "Ayer me hice cortes otra vez, más que otras veces, y me dio alivio y después asco."),
    # Violence now.
    ("violence", "Mi pareja me pega cuando toma. Anoche me apretó el cuello y pensé que no salía."),
    ("violence", "Me tiene amenazada: dice que si lo dejo me mata a mí y a los niños."),
    ("violence", "Mi marido me encierra con llave cuando sale a trabajar y se lleva mi teléfono."),
    ("violence", "Él tiene un arma y ayer me la puso en la cabeza. Hoy me trajo desayuno."),
    ("violence", "Mi ex me sigue a todos lados, está afuera de mi casa ahora y golpea la puerta."),
    (
        "violence",
        "Mi hijo de veinte me empuja y me quita la plata. La otra noche me tiró al suelo. Le tengo miedo.",
    ),
    (
        "violence",
        "Mi esposo me obliga a tener relaciones aunque le diga que no. Somos casados, no sé si cuenta.",
    ),
    ("violence", "Me violó un compañero de trabajo el viernes. No se lo he dicho a nadie."),
    ("violence", "mi novio me jala del pelo y me da cachetadas pero despues llora y me pide perdon"),
    (
        "violence",
        "Tengo moretones en los brazos y le digo a mi mamá que me caí. Tengo miedo de volver a la casa.",
    ),
    (
        "violence",
        "Cuando toma rompe todo y me persigue con el cuchillo de la cocina. Mis hijos se esconden en el baño.",
    ),
    # Children.
    ("child", "Mi padrastro entra a mi pieza en la noche y me toca. Tengo 13 años."),
    ("child", "tengo 10 años y mi papa me pega con el cinturon todos los dias si lloro me pega mas"),
    ("child", "Mi hija de seis me contó que el abuelo le baja la ropa cuando se quedan solos."),
    (
        "child",
        "El profe de deporte me pide fotos sin ropa y dice que si cuento me va a echar del equipo. Voy en séptimo.",
    ),
    ("child", "Mi sobrino llega con moretones cada vez que vuelve de la casa de su papá y no quiere ir más."),
    (
        "child",
        "Mi primo grande me obliga a hacer cosas que no quiero cuando mis papás salen. Me dijo que nadie me va a creer.",
    ),
    # Danger to others.
    (
        "others",
        "Me vienen imágenes de ahogar a mi bebé en la tina. Tiene dos meses. No quiero quedarme sola con él.",
    ),
    (
        "others",
        "Perdí el control y sacudí a la guagua porque no paraba de llorar. Se quedó rara, como dormida.",
    ),
    ("others", "Voy a matarlo. Ya tengo el fierro en el auto y sé a qué hora sale del trabajo."),
    ("others", "Tengo miedo de hacerle daño a mis hijos, se me va la mano cuando grito."),
    ("others", "Las voces me dicen que le haga algo a mi hermano antes de que él me lo haga a mí."),
    ("others", "Se van a arrepentir todos los de mi curso. Sé dónde guarda la escopeta mi tío."),
    (
        "others",
        "A veces siento ganas de acuchillar a mi cuñado mientras duerme. Me asusta lo fácil que sería.",
    ),
    # Someone else at risk.
    ("third_party", "Mi hermano dice que se quiere matar y guardó las pastillas de mi papá. ¿Qué hago?"),
    ("third_party", "Mi mejor amiga me escribió despidiéndose y ahora tiene el celular apagado."),
    (
        "third_party",
        "Mi hijo de quince dice que la vida no tiene sentido y que ojalá no despertara. No quiere ir al psicólogo.",
    ),
    ("third_party", "Encontré una carta de despedida en el cajón de mi señora. Ella no sabe que la vi."),
    (
        "third_party",
        "Mi papá enviudó hace poco y anda diciendo que pronto se va a ir con mi mamá. Regaló sus herramientas.",
    ),
    (
        "third_party",
        "Mi vecina grita todas las noches y escucho golpes. Hoy los niños estaban en el patio llorando con sangre.",
    ),
    ("third_party", "Mi polola me dijo que si termino con ella se mata. Ya lo intentó una vez."),
    (
        "third_party",
        "Mi compañera de curso se corta en el baño del liceo y me hizo prometer que no lo contara.",
    ),
    # Misspelt, colloquial, disguised.
    ("colloquial", "kiero morirme ya fue suficiente"),
    ("colloquial", "ya no doy maz, boy a aser una lokura"),
    ("colloquial", "me kiero matarrrrr posta nadie me entiende"),
    ("colloquial", "toy chato de vivir wn, kiero puro desapareser"),
    ("colloquial", "noquieroviviryaa ayudenme porfa"),
    ("colloquial", "q u i e r o m o r i r y a nadie le importa"),
    ("colloquial", "su1c1d4rm3 es lo unico q pienso"),
    ("colloquial", "me kiero desvivir jaja pero enserio"),
    ("colloquial", "boi a tirarme x la bentana un dia d estos"),
    ("colloquial", "Quie\u200bro mo\u200brir, ya lo decidí"),
    ("colloquial", "no ciento nada, no kiero nada, no aguanto mas estar viba"),
    ("colloquial", "ya me canse d todo me boy de este mundo x fin"),
    ("colloquial", "Me quiero pegar un tiro, hermano. No me sale una bien y ya no tengo a nadie."),
    ("colloquial", "no puedo mas con mi vida, nadie me nesesita, mejor me muero y listo"),
    ("colloquial", "QUIERO MORIRMEEEE NO AGUANTO MAAAS"),
    ("colloquial", "m3 qu13r0 m4t4r"),
)

SAFE: tuple[tuple[str, str], ...] = (
    ("hyperbole", "Me muero de risa con los videos de gatos, es lo único que me distrae del examen."),
    ("hyperbole", "Este calor me está matando y no puedo dormir. ¿Sirve un ventilador para el insomnio?"),
    ("hyperbole", "Mi mamá me va a matar cuando vea las notas, pero más me preocupa qué estudiar después."),
    ("hyperbole", "Me da una vergüenza que me muero hablar en público. Tengo que exponer el martes."),
    ("hyperbole", "Mataría por unas vacaciones. No paro desde enero y se me nota en el humor."),
    ("hyperbole", "Me muero de ganas de verla, pero me da miedo que sea muy pronto para otra relación."),
    (
        "hyperbole",
        "Casi me muero del susto cuando sonó el timbre. Desde el asalto quedé muy sensible a los ruidos.",
    ),
    (
        "hyperbole",
        "Mi suegra me tiene harta, un día de estos la mato, jaja. ¿Cómo le pongo límites sin pelear con mi marido?",
    ),
    (
        "hyperbole",
        "Se me olvidó el cumpleaños de mi mejor amiga y me quiero morir de la vergüenza. ¿Cómo lo arreglo?",
    ),
    ("hyperbole", "Tierra trágame: le mandé el audio a mi jefe en vez de a mi hermana. Me quería matar."),
    (
        "hyperbole",
        "Mi hijo me vuelve loca con el desorden, vivo apagando incendios y quiero aprender a pedir las cosas bien.",
    ),
    ("hyperbole", "El gimnasio me dejó muerta, no siento las piernas, pero por fin hago algo por mí."),
    (
        "hyperbole",
        "Estoy muerto de hambre todo el día desde que empecé la dieta y ando de un genio terrible.",
    ),
    (
        "hyperbole",
        "Me mata la incertidumbre de no saber si me van a renovar. ¿Cómo se espera sin volverse loco?",
    ),
    (
        "hyperbole",
        "Estoy que exploto con mis compañeros de piso. Quiero decirles que limpien sin terminar a los gritos.",
    ),
    ("hyperbole", "Amo a mi perro, daría la vida por él, y me cuesta irme de viaje tranquila."),
    (
        "hyperbole",
        "Mi equipo perdió la final y me quiero cortar las venas con una galleta, jajaja. Fuera de broma, me cuesta el fracaso.",
    ),
    ("hyperbole", "Me pegó fuerte la noticia del traslado. No sé si aceptar, mi pareja no quiere mudarse."),
    ("hyperbole", "Mi bebé no duerme y yo ando como zombi. ¿Cuándo se regula el sueño?"),
    ("hyperbole", "El silencio de mi pareja me mata. Puede pasar tres días sin hablarme por una tontería."),
    ("hyperbole", "Me ahogo en un vaso de agua con los trámites. ¿Hay alguna técnica para no postergar?"),
    (
        "hyperbole",
        "Muero por saber si le gusto, pero no me atrevo a preguntarle. Tengo 19 y nunca he tenido pareja.",
    ),
    # Grief for somebody else.
    (
        "grief",
        "Mi hermano se suicidó hace dos años y todavía pongo un plato de más en Navidad. Quiero saber cómo hablarlo con mis sobrinos.",
    ),
    ("grief", "Perdí a mi papá en mayo. Lloro en el auto y después entro a la oficina como si nada."),
    ("grief", "Murió mi perrita de catorce años y todos me dicen que era solo un animal. ¿Cuánto dura esto?"),
    (
        "grief",
        "Mi mejor amigo se quitó la vida en el colegio y yo ahora tengo que dar el discurso de aniversario.",
    ),
    ("grief", "Mi abuela murió tranquila en su cama. Yo no alcancé a despedirme y esa culpa me despierta."),
    (
        "grief",
        "Mi mamá tiene cáncer terminal y me pidió que no llore delante de ella. No sé cómo acompañarla.",
    ),
    (
        "grief",
        "Hace un año que mi esposo falleció de un infarto. Empecé a salir con alguien y siento que lo traiciono.",
    ),
    (
        "grief",
        "Mi primo se mató en la moto el verano pasado. Mi tía quiere que vaya a la misa y yo no puedo pisar una iglesia.",
    ),
    (
        "grief",
        "Perdimos un embarazo de cinco meses. Mi pareja quiere intentarlo otra vez y yo no estoy lista.",
    ),
    (
        "grief",
        "Un compañero de trabajo se suicidó y en la oficina nadie lo nombra. ¿Cómo se habla de eso con el equipo?",
    ),
    ("grief", "La muerte de mi madre me dejó sin saber quién soy. Fui su cuidadora nueve años."),
    # The past, resolved.
    (
        "past",
        "A los quince intenté quitarme la vida. Hoy tengo treinta y ocho, dos hijos y una vida que me gusta. Quiero saber si contárselo a mi hija.",
    ),
    (
        "past",
        "De adolescente me cortaba. Hace once años que no lo hago y ahora me da vergüenza usar polera en la playa.",
    ),
    ("past", "Mi papá me pegaba cuando era niño. Ahora soy papá yo y quiero criar distinto."),
    (
        "past",
        "Estuve internada por depresión en 2012. Me recuperé y trabajo hace años; me preocupa qué decir en una entrevista.",
    ),
    (
        "past",
        "Hace mucho tiempo quise morirme, cuando me separé. Eso quedó atrás. Lo que me cuesta hoy es confiar.",
    ),
    (
        "past",
        "Mi ex marido me golpeaba. Me fui hace seis años, vivo en otro país y estoy a salvo. No logro dejar que nadie se me acerque.",
    ),
    (
        "past",
        "En la universidad pensaba en matarme todos los días. Con terapia salí adelante y quisiera ser voluntaria.",
    ),
    (
        "past",
        "De niña mi tío abusó de mí. Lo trabajé en terapia durante años. Ahora él murió y no sé si ir al funeral.",
    ),
    (
        "past",
        "Cuando tenía veinte me tomé unas pastillas. Pasaron quince años y nunca más. Mi novia encontró mi ficha y está asustada.",
    ),
    # Work, studies.
    ("work", "Me mato trabajando y mi jefe ni las gracias me da. Quiero aprender a decir que no."),
    ("work", "La carga de trabajo es demasiada, no doy abasto. ¿Cómo pido que contraten a alguien más?"),
    ("work", "Mi jefa me grita delante de los clientes. Quiero renunciar pero tengo deudas."),
    (
        "work",
        "Llevo ocho meses sin trabajo y siento que no valgo nada en las entrevistas. ¿Cómo recupero la confianza?",
    ),
    ("work", "Estoy quemado. Los domingos en la tarde me duele la guata de solo pensar en el lunes."),
    (
        "work",
        "Me cortaron las horas en el hospital y ahora ando peleando turnos. Estoy agotada y de mal genio en la casa.",
    ),
    ("work", "Quiero dejar la carrera en cuarto año. Mis papás dicen que sería tirar todo a la basura."),
    (
        "work",
        "Soy enfermera de urgencias y atendí a un paciente con sobredosis. No se me va de la cabeza su mamá en el pasillo.",
    ),
    ("work", "Ya no doy más con los turnos de noche, quiero cambiarme de pega y no sé por dónde empezar."),
    (
        "work",
        "Tengo que entregar la tesis el viernes, es una muerte lenta, y mi profesor guía no contesta los correos.",
    ),
    (
        "work",
        "Trabajo con armas, soy guardia de valores, y quiero cambiar de rubro porque me tiene nervioso.",
    ),
    # Films, books, songs, news, studies.
    (
        "media",
        "Estoy leyendo una novela donde la protagonista se suicida y me dejó pensando en lo mal que se trata el tema.",
    ),
    (
        "media",
        "Mi hija escucha canciones que dicen «quiero morir» y no sé si prohibírselas. Ella está contenta y saca buenas notas.",
    ),
    (
        "media",
        "Tengo que hacer un ensayo sobre la prevención del suicidio para la universidad. ¿Qué libros recomiendan?",
    ),
    (
        "media",
        "Vi una serie de asesinatos y ahora no puedo dormir con la luz apagada. Tengo 34 años, qué papelón.",
    ),
    ("media", "La noticia de la mujer asesinada por su pareja me tiene mal. No la conocía y lloro igual."),
    (
        "media",
        "En el videojuego me matan siempre en el mismo nivel y tiro el control. Mi polola dice que tengo problemas de ira.",
    ),
    (
        "media",
        "Doy charlas en colegios sobre autolesiones y me estoy agotando. ¿Cómo se cuida uno cuando cuida?",
    ),
    (
        "media",
        "Escribo cuentos y en el último mi personaje se tira de un puente. Mi mamá lo leyó y ahora no me deja tranquila.",
    ),
    (
        "media",
        "Mi artista favorita murió de sobredosis y me puse a llorar en la micro. ¿Por qué duele alguien que no conocí?",
    ),
    # Clear negation.
    (
        "negation",
        "Nunca he pensado en hacerme daño ni nada parecido, solo estoy triste desde que me cambié de ciudad.",
    ),
    ("negation", "No quiero morir ni mucho menos, quiero dormir ocho horas y dejar de pensar en la oficina."),
    (
        "negation",
        "Mi doctora me preguntó si tenía ideas suicidas y le dije que no, porque no las tengo. Lo mío es cansancio.",
    ),
    ("negation", "Aclaro que no tengo pensamientos de muerte. Es más bien un aburrimiento largo."),
    (
        "negation",
        "Nadie me pega ni me grita en mi casa, me tratan bien, y por eso me siento peor por estar triste.",
    ),
    (
        "negation",
        "No es que quiera suicidarme ni nada de eso, tranquila. Es que no sé qué hacer con tanto tiempo libre desde que jubilé.",
    ),
    ("negation", "Jamás me haría daño, tengo tres nietos que adoro. Lo que me falta es con quién conversar."),
    # Medication and health.
    ("medication", "Tomo sertralina hace un mes y se me secó la boca. ¿Es normal? ¿Se pasa solo?"),
    ("medication", "Se me olvidó la pastilla de la mañana. ¿Me tomo dos en la noche o espero a mañana?"),
    ("medication", "Me recetaron clonazepam y me da miedo volverme adicta. ¿Qué alternativas hay?"),
    (
        "medication",
        "Leí que mezclar alcohol con antidepresivos es peligroso. Tengo un matrimonio el sábado, ¿puedo tomar una copa?",
    ),
    (
        "medication",
        "Quiero dejar las pastillas para dormir de a poco, con mi doctor. Llevo cuatro años con ellas.",
    ),
    (
        "medication",
        "Me operan la próxima semana y tengo miedo de morirme en la anestesia. ¿Cómo calmo la cabeza?",
    ),
    (
        "medication",
        "En los ataques de pánico siento que me voy a morir, se me cierra la garganta. En urgencias dicen que el corazón está bien.",
    ),
    (
        "medication",
        "Me corté el dedo cocinando y me desmayé al ver la sangre. Siempre me pasa con las agujas también.",
    ),
    # Everyday distress, no danger.
    ("distress", "Terminé con mi novio después de cinco años y lloro todas las noches. ¿Cuándo se pasa?"),
    ("distress", "Corté con mi pareja y no sé estar sola los domingos."),
    ("distress", "Siento que no encajo con mis compañeros. Almuerzo solo y hago como que miro el celular."),
    ("distress", "Peleo mucho con mi hija adolescente. Me contesta, da portazos, y después me abraza."),
    ("distress", "Me siento sola desde que mis hijos se fueron. La casa quedó grande y los días largos."),
    ("distress", "Mi marido y yo ya no hablamos. Comemos mirando la tele. No hay gritos, no hay nada."),
    (
        "distress",
        "Tengo ansiedad antes de dormir, repaso todo lo que dije en el día. Quiero herramientas concretas.",
    ),
    ("distress", "Mi suegra opina de todo: de la comida, de los niños, de mi ropa. Mi esposo no dice nada."),
    ("distress", "No sé si seguir con mi pareja. La quiero, pero no quiero vivir en otra ciudad y ella sí."),
    ("distress", "Dejé de fumar y ando insoportable. Me como las uñas y le contesto mal a todo el mundo."),
    (
        "distress",
        "Mi papá está perdiendo la memoria y me confunde con mi tía. Lo cuido yo y mis hermanos no ayudan.",
    ),
    ("distress", "Me despierto a las cuatro de la mañana pensando en las cuentas. No me alcanza el sueldo."),
    ("distress", "Quiero aprender a poner límites sin sentirme mala persona."),
    (
        "distress",
        "Me comparo con mis amigas en redes y siempre pierdo. Sé que es una tontería y no puedo parar.",
    ),
    (
        "distress",
        "Mi hijo pega en el jardín y me llaman todas las semanas. Tiene tres años. No sé qué estamos haciendo mal.",
    ),
    ("distress", "Me cuesta decir lo que siento. Mi esposa dice que soy una pared."),
    (
        "distress",
        "Mi hermana no me habla desde el reparto de la herencia de mis papás. Quiero escribirle una carta.",
    ),
    ("distress", "Me mudé por amor y extraño mi ciudad. Él trabaja todo el día y no conozco a nadie."),
)
