"""Which names are one person's: the full name, the first name, the pet name.

Errs towards two persons: one too many asks an editor twice, one too few cannot be told apart afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from casestudies.anonymise import lexicon

# More names than this are no letters: each is its own person then, so that nothing stalls.
MOST_NAMES = 300
_PARTICLES = frozenset(lexicon.key("de del la las los el y don doña").split())
# Beginnings of names by which people call each other. A list: María is no short Mariana, nor Juan a Juana.
_SHORT = frozenset(
    lexicon.key(
        "abi adri agus ale alex andre anto barbi benja caro cami cata ceci clau cris dan dani edu emi fabi facu fede "
        "feli fer flor fran gabi gaby gero gonza gus guille isa isi javi josefi juli kari leo leti lili lore luci maca "
        "magda manu marce marga mari mati mauri maxi merce mica migue moni montse nata nati nico pame pao patri pau pili "
        "rafa rami rodri romi rosi rochi sabri samu santi seba sebas sergi silvi sofi sol sole susi tami tati tere tomi "
        "trini vale valen vane vero vicen viole vivi xime yoli"
    ).split()
)
# Pet names that are no beginnings, with the names they stand for.
_PET_NAMES: dict[str, tuple[str, ...]] = {
    "bea": ("beatriz",), "beto": ("alberto", "roberto", "humberto"), "chabela": ("isabel",), "charo": ("rosario",),
    "chayo": ("rosario",), "checo": ("sergio",), "chela": ("graciela",), "chelo": ("consuelo",), "chema": ("jose maria",),
    "chente": ("vicente",), "chepe": ("jose",), "chofi": ("sofia",), "chucho": ("jesus",), "chuy": ("jesus",),
    "concha": ("concepcion",), "conchita": ("concepcion",), "coni": ("constanza",), "cony": ("constanza",),
    "cote": ("maria jose",), "gabo": ("gabriel",), "goyo": ("gregorio",), "josema": ("jose maria", "jose manuel"),
    "juampi": ("juan pablo",), "juanca": ("juan carlos",), "juancho": ("juan",), "juanjo": ("juan jose",),
    "juanma": ("juan manuel",), "kike": ("enrique",), "lalo": ("eduardo",), "lola": ("dolores",), "lucho": ("luis",),
    "luismi": ("luis miguel",), "lupe": ("guadalupe",), "lupita": ("guadalupe",), "mafe": ("maria fernanda",),
    "maite": ("maria teresa", "teresa"), "majo": ("maria jose",), "malu": ("maria luisa",), "mariajo": ("maria jose",),
    "mariajose": ("maria jose",), "meche": ("mercedes",), "memo": ("guillermo",), "mencha": ("carmen",),
    "nacha": ("ignacia",), "nacho": ("ignacio",), "nando": ("fernando",), "neto": ("ernesto",), "pachi": ("francisca",),
    "paco": ("francisco",), "pancha": ("francisca",), "panchita": ("francisca",), "panchito": ("francisco",),
    "pancho": ("francisco",), "pepa": ("josefa", "maria jose"), "pepe": ("jose",), "pepito": ("jose",), "pipe": ("felipe",),
    "quena": ("eugenia", "maria eugenia"), "quique": ("enrique",), "rorro": ("rodrigo",), "tavo": ("gustavo", "octavio"),
    "toni": ("antonio",), "tono": ("antonio",), "vicky": ("victoria",), "yeyo": ("diego", "sergio"),
}  # fmt: skip
_DIMINUTIVE = re.compile(r"(?P<stem>[a-zñ]{2,}?)(?:(?:c|ec)?it|ill)(?P<vowel>[oa])s?")

Name = tuple[str, ...]


def people_of(names: Iterable[str]) -> dict[str, int]:
    """Tell whose each of `names` is, by a number: "María José Urrutia", "María José" and "Cote" are one.

    A name that may be of two of them is neither's.
    """
    listed = list(dict.fromkeys(names))
    if len(listed) > MOST_NAMES:
        return {name: number for number, name in enumerate(listed)}
    people: list[list[str]] = []
    # The fullest first, so that two with the same first name are known to be two before it stands alone.
    for name in sorted(listed, key=lambda each: -len(_readings(each)[-1])):
        fitting = [each for each in people if all(is_one_person(name, other) for other in each)]
        if len(fitting) == 1:
            fitting[0].append(name)
        else:
            people.append([name])
    return {name: number for number, person in enumerate(people) for name in person}


def is_one_person(one: str, other: str) -> bool:
    """Whether two names may be the same person's, and probably are."""
    return any(_agree(mine, yours) for mine in _readings(one) for yours in _readings(other))


@lru_cache(1000)
def _readings(name: str) -> list[Name]:
    """The words of a name, and what they stand for if the first is a pet name."""
    words = [each for each in re.findall(r"[^\W\d_]+", lexicon.key(name)) if each not in _PARTICLES]
    if not words:
        return [(lexicon.key(name),)]
    whole = (tuple(full.split()) for full in _PET_NAMES.get(words[0], ()))
    return [tuple(words), *((*full, *words[1:]) for full in whole)]


def _agree(one: Name, other: Name) -> bool:
    """Whether both begin with the same given name, and the shorter says nothing that the longer does not."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer[1:])
    return _is_one_given_name(one[0], other[0]) and all(
        any(_is_same_word(each, word) for word in rest) for each in shorter[1:]
    )


def _is_same_word(one: str, other: str) -> bool:
    """Whether two surnames are one, or one is the initial of the other."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _is_one_given_name(one: str, other: str) -> bool:
    return (
        one == other
        or _is_beginning(one, other)
        or _is_beginning(other, one)
        or _is_diminutive(one, other)
        or _is_diminutive(other, one)
    )


def _is_beginning(short: str, name: str) -> bool:
    """Whether people called `name` are called `short`: dani and daniela, feli and felipe, gaby and gabriela."""
    if short not in _SHORT or len(name) <= len(short):
        return False
    return name.startswith(short) or (short[-1] in "iy" and len(short) > 3 and name.startswith(short[:-1]))


def _is_diminutive(small: str, name: str) -> bool:
    """Whether `small` is the small one of `name`: juanito of juan and not of juana, rosita of rosa."""
    match = _DIMINUTIVE.fullmatch(small)
    if match is None or small == name:
        return False
    ending = re.search(r"(?:([oae])s?)?$", name)
    same_gender = ending is None or ending[1] in (None, "e", match["vowel"])
    return same_gender and _hard(match["stem"]) == _hard(re.sub(r"i?[oae]s?$", "", name))


def _hard(stem: str) -> str:
    """The stem with its last consonant as it sounds: paqu- and pac-, dieguit- and dieg-."""
    return re.sub(r"gu$", "g", re.sub(r"qu$", "c", stem))
