"""Whose a name is: one person by all their names, and never two persons taken for one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestudies.anonymise import people_of
from casestudies.anonymise.one_person import is_one_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("María José Urrutia", "María José"),
        ("María José Urrutia", "maria jose"),
        ("María José Urrutia", "Cote"),
        ("María José", "María"),
        ("Camila Soto", "Camila S."),
        ("Camila", "Cami"),
        ("Gabriela", "Gaby"),
        ("José Luis", "Pepe"),
        ("Constanza", "Coni"),
        ("Carlos", "Carlitos"),
        ("Carmen", "Carmencita"),
        ("Diego", "Dieguito"),
        ("Juan de la Fuente", "Juanito"),
    ],
)
def test_names_of_one_person(one: str, other: str) -> None:
    assert is_one_person(one, other)
    assert is_one_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("María José", "María Luisa"),
        ("Juan Pérez", "Juan Soto"),
        ("Juan", "Juana"),
        ("Juanito", "Juana"),
        ("Daniel", "Daniela"),
        ("María", "Mariana"),
        ("María", "Marina"),
        ("Carlos", "Carla"),
        ("José", "María José"),
        ("Anita", "Antonia"),
        ("Urrutia", "María José Urrutia"),
    ],
)
def test_names_of_two_persons(one: str, other: str) -> None:
    assert not is_one_person(one, other)
    assert not is_one_person(other, one)


def test_all_names_of_one_person_are_one_in_any_order() -> None:
    names = ["la Cote", "María José", "María José Urrutia", "Pedro"]

    person = people_of(names)

    assert len({person[each] for each in names[:3]}) == 1
    assert person["Pedro"] != person["la Cote"]


def test_name_that_two_persons_share_is_neither_s() -> None:
    person = people_of(["Juan", "Juan Pérez", "Juan Soto"])

    assert len(set(person.values())) == 3


@given(st.lists(st.text(max_size=20), max_size=8))
def test_every_name_is_somebody_s(names: list[str]) -> None:
    assert people_of(names).keys() == set(names)


@pytest.mark.parametrize("count", [300, 20_000])
def test_many_names_do_not_stall(count: int) -> None:
    start = time.process_time()
    people_of(f"Juan{number} Soto" for number in range(count))
    assert time.process_time() - start < 2  # seconds
