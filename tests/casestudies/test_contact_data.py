import time

import pytest

from casestudies.contact_data import has_contact_data


@pytest.mark.parametrize(
    "text",
    [
        "Escríbeme a ana.perez@example.com",
        "mi correo es ana (at) example punto com",
        "mira https://example.com/hola",
        "está en www.example.org",
        "busquen terapia-barata.cl",
        "soy @camino_lento en todas partes",
        "llámame al +56 9 1234 5678",
        "912345678",
        "(02) 2345-6789",
        "11.2345.6789",
        "juanp88 arroba gmail",
        "nueve ocho siete seis cinco cuatro tres dos",
        "ana.p\u200berez@exam\u200bple.com",
        "búscame en insta como luz.del.sur_9",
    ],
)
def test_contact_data_is_found(text: str) -> None:
    assert has_contact_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gracias, me sirvió mucho lo de la tarjeta.",
        "Me pasó entre 2019-2020 y volvió en 2023.",
        "El 12/03/2020 empecé de nuevo.",
        "Llamé al *4141 y me escucharon.",
        "Llamé al 600 360 7777 y me escucharon.",
        "Gané 1.500.000 y gasté $ 350.000 en la clínica.",
        "Fue el 15-01-2024 y volvió el 3 de marzo de 2025.",
        "Duermo 7 horas, a veces 6. Antes 4.",
        "Terminé en un 50 % mejor, creo.",
        "Pensé que me moría.No fue así.",
    ],
)
def test_contact_data_is_not_found_in_plain_words(text: str) -> None:
    assert not has_contact_data(text)


@pytest.mark.parametrize("text", ["1 " * 20_000, "a" * 50_000, "@" * 50_000, "a." * 25_000, "(" * 50_000])
def test_contact_data_takes_any_length_in_no_time(text: str) -> None:
    start = time.process_time()
    has_contact_data(text)
    assert time.process_time() - start < 2  # seconds; the square of the length took minutes
