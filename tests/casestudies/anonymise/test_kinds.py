"""One kind after the other: what is found, and what is left alone."""

import pytest

from casestudies.anonymise import Kind, find


def found(text):
    return [(finding.kind, finding.text) for finding in find(text) if finding.kind is not Kind.RARE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Me llamo Rayén Quilapán y no duermo.", "Rayén Quilapán"),
        ("hola soy nahuel y tengo 18", "nahuel"),
        ("Mi hermana Xochiquetzali no me habla.", "Xochiquetzali"),
        ("Le conté a doña Eufrosina lo que pasó.", "Eufrosina"),
        ("Volví con la Marisol después de un año.", "Marisol"),
        ("Mi prima Nieves me avisó.", "Nieves"),
        ("Mi hijo Santiago no come.", "Santiago"),
        ("Rosa me dijo que no volviera.", "Rosa"),
        ("MI NIETO BENJAMIN NO ME QUIERE VER Y YO LO EXTRAÑO MUCHO", "BENJAMIN"),
        ("en el cuadro me dicen tachuela.", "tachuela"),
        ("Salí con lupita y nos reímos.", "lupita"),
        ("Mi matrona, Edurne, me tomó la mano.", "Edurne"),
        ("El doctor Invernizzi dijo la palabra.", "Invernizzi"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, name):
    assert (Kind.PERSON, name) in found(text)


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        (Kind.EMAIL, "Escríbeme a juan.perez@gmail.com.", "juan.perez@gmail.com"),
        (Kind.EMAIL, "es juan arroba gmail punto com, gracias", "juan arroba gmail punto com"),
        (Kind.EMAIL, "panchi.leal (arroba) hotmail (punto) com", "panchi.leal (arroba) hotmail (punto) com"),
        (Kind.PHONE, "Mi número es +56 9 7045 3318.", "+56 9 7045 3318"),
        (Kind.PHONE, "llamame al 11 6023-8845", "11 6023-8845"),
        (
            Kind.PHONE,
            "mi cel: nueve ocho siete seis cinco cuatro tres",
            "nueve ocho siete seis cinco cuatro tres",
        ),
        (Kind.ID_NUMBER, "Mi RUT es 12.345.678-5.", "12.345.678-5"),
        (Kind.ID_NUMBER, "DNI 34.715.062", "34.715.062"),
        (Kind.ID_NUMBER, "mi CURP es GODE561231HDFRRN04", "GODE561231HDFRRN04"),
        (Kind.ID_NUMBER, "cédula 1094887213, de aquí", "1094887213"),
        (Kind.ID_NUMBER, "Tengo NIE X4827156B.", "X4827156B"),
        (Kind.ID_NUMBER, "mi CUIL es 20-28456712-3", "20-28456712-3"),
        (Kind.ADDRESS, "Vivo en la carrera 15 # 45-20 apto 301.", "carrera 15 # 45-20 apto 301"),
        (Kind.ADDRESS, "Somos siete en Las Violetas 2093.", "Las Violetas 2093"),
        (Kind.ADDRESS, "Vivimos en Plaza de los Fueros 8, 2º D.", "Plaza de los Fueros 8, 2º D"),
        (Kind.ADDRESS, "Vivimos en Mz. K lote 14.", "Mz. K lote 14"),
        (Kind.HANDLE_URL, "soy @oficinista.delsur ahí", "@oficinista.delsur"),
        (Kind.HANDLE_URL, "mira wa.me/56970453318", "wa.me/56970453318"),
        (Kind.HANDLE_URL, "está en foro-orilla.cl/marisol_k.", "foro-orilla.cl/marisol_k"),
        (Kind.ACCOUNT, "Una tarjeta, 4915 6604 1827 5092.", "4915 6604 1827 5092"),
        (Kind.ACCOUNT, "mi CLABE es 032180000118359719", "032180000118359719"),
        (Kind.ACCOUNT, "al CBU 0170099220000067797370", "0170099220000067797370"),
        (Kind.ACCOUNT, "ES91 2100 0418 4502 0005 1332", "ES91 2100 0418 4502 0005 1332"),
        (Kind.ACCOUNT, "mi alias es mate.lluvia.norte", "mate.lluvia.norte"),
        (Kind.ACCOUNT, "un Kia patente JSLW-80", "JSLW-80"),
        (Kind.PLACE_FINE, "Voy al colegio Altos del Maitén.", "Altos del Maitén"),
        (Kind.PLACE_FINE, "Nació en el hospital García Orcoyen.", "García Orcoyen"),
        (Kind.PLACE_FINE, "Trabajo en Laboratorios Arenales.", "Laboratorios Arenales"),
        (Kind.PLACE_FINE, "Vivo en Dosquebradas.", "Dosquebradas"),
        (Kind.PLACE_FINE, "vivo en pichidangui con mi hija", "pichidangui"),
        (Kind.DATE_EXACT, "Fue el 13 de octubre de 2024.", "13 de octubre de 2024"),
        (Kind.DATE_EXACT, "Fue el 3/11/2023.", "3/11/2023"),
        (Kind.DATE_EXACT, "El primero de marzo de 2023 se cayó.", "primero de marzo de 2023"),
        (Kind.AGE_EXACT, "Tenía 99 años.", "99"),
        (Kind.AGE_EXACT, "Mi abuela tiene noventa y tres años.", "noventa y tres"),
    ],
)
def test_each_kind_is_found(kind, text, part):
    assert (kind, part) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "La rosa se secó y la paz no llega.",
        "Tengo dolores de cabeza los domingos.",
        "El ángel de la guarda es mi consuelo.",
        "Vivo en Buenos Aires y antes en Santiago de Chile.",
        "Leí a Freud, a Viktor Frankl y a Borges.",
        "Lo vi en Netflix y lo conté por WhatsApp, Instagram es otra cosa.",
        "Fue en marzo de 2023, hace un año.",
        "Tengo 43 años y mi papá 70.",
        "Gano 540 mil pesos y debo $1.250.000.",
        "Duermo 7 horas, de 23:30 a 6:30.",
        "Perdimos 3-0 en 2019-2020.",
        "Tomo clonazepam y Sertralina 50 mg.",
        "Estudio Ingeniería Comercial y no me gusta.",
        "El Ministerio de Salud me da las tiras.",
        "La Virgen de Guadalupe me acompaña en Semana Santa.",
        "Llamé al *4141 y al 600 360 7777.",
        "El 24 de diciembre pongo la mesa.",
        "Conté 1 2 3 4 5 6 7 8 y respiré.",
        "",
    ],
)
def test_everyday_words_are_left_alone(text):
    assert found(text) == []


def test_a_finding_speaks_to_an_editor():
    [finding] = find("Mi hermana Camila me ayuda.")
    assert finding.kind.label == "Nombre o apodo"
    assert finding.kind.direct
    assert finding.why.startswith("Parece")
    assert finding.replacement == "mi hermana"
    assert 0 < finding.confidence <= 1


def test_places_dates_and_ages_are_indirect():
    assert [kind for kind in Kind if not kind.direct] == [
        Kind.PLACE_FINE,
        Kind.DATE_EXACT,
        Kind.AGE_EXACT,
        Kind.RARE,
    ]


def test_what_is_the_only_one_of_its_place_is_rare():
    assert Kind.RARE in [finding.kind for finding in find("Soy la única matrona del pueblo, en Coltauco.")]
    assert Kind.RARE not in [finding.kind for finding in find("Soy la única mujer del equipo.")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mi hermano el Colo me dice cosas.", "Colo"),
        ("mi cuñada la güera no me habla", "güera"),
        ("soy el tuercas y no duermo", "tuercas"),
        ("Les escribe J. P. Rojas, jubilado.", "J. P. Rojas"),
        ("el gringo alvarado me pega", "gringo alvarado"),
        ("Vine con el cura y conocí a Artigas, de 72.", "Artigas"),
    ],
)
def test_a_nickname_that_is_a_word_is_found_by_what_stands_around_it(text, name):
    assert (Kind.PERSON, name) in found(text)


@pytest.mark.parametrize(
    "text", ["Mi hermana la mayor no vino.", "Mi marido, el valiente, se rió.", "soy vegana, tengo 26"]
)
def test_a_description_is_no_nickname(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("mi INE, clave de elector RSVLHC80051220H300, salió", Kind.ID_NUMBER, "RSVLHC80051220H300"),
        ("su Tsuru placas SMK-47-19, estacionado", Kind.ACCOUNT, "SMK-47-19"),
        ("en la cuenta CLABE 012 320 01548827619 4 lo dejé", Kind.ACCOUNT, "012 320 01548827619 4"),
        ("donde mi hermana Marleny, 604 332 1890.", Kind.PHONE, "604 332 1890"),
        (
            "mi rut es quince millones ochocientos mil doscientos once guión cuatro y",
            Kind.ID_NUMBER,
            "quince millones ochocientos mil doscientos once guión cuatro",
        ),
        ("tengo una nueva que es g.paludi.fit. Es él", Kind.HANDLE_URL, "g.paludi.fit"),
        ("queda en Mcal. López 1820 c/ Brasilia.", Kind.ADDRESS, "Mcal. López 1820 c/ Brasilia"),
        ("fue el domingo 2 de noviembre de 2025.", Kind.DATE_EXACT, "domingo 2 de noviembre de 2025"),
        ("Me duele todo.\nUn abrazo, Yurlenis Bravo", Kind.PERSON, "Yurlenis Bravo"),
        ("No puedo más.\nrosa", Kind.PERSON, "rosa"),
        ("Perdóneme, por favor. J.V.", Kind.PERSON, "J.V."),
        ("Mi jefa, la economista Del Hierro, vino", Kind.PERSON, "Del Hierro"),
        ("mi nombre es María de los Ángeles Tzintzún y", Kind.PERSON, "María de los Ángeles Tzintzún"),
        ("estudia en la I.E. Señor Cautivo. Hoy", Kind.PLACE_FINE, "Señor Cautivo"),
        ("una finca por Madrid, Cundinamarca, y", Kind.PLACE_FINE, "Madrid, Cundinamarca"),
        ("En Grupo Textil Arandas, donde trabajo", Kind.PLACE_FINE, "Grupo Textil Arandas"),
    ],
)
def test_shapes_seen_in_letters_are_found_whole(text, kind, part):
    assert (kind, part) in found(text)


@pytest.mark.parametrize(
    "text",
    ["Uso una app que se llama Calm y nada", "¿Esto es prudencia o miedo?"],
)
def test_what_an_app_is_called_or_a_quality_is_left_alone(text):
    assert not found(text)
