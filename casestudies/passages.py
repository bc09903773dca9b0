"""The texts of a case, one by one, under keys that stay while other texts change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from casestudies.enums import TurnKind
from casestudies.models import CasePage

PLAIN = (
    ("title", "Título"),
    ("seo_title", "Título para buscadores"),
    ("search_description", "Descripción para buscadores"),
    ("summary", "Resumen"),
    ("content_note", "Aviso de contenido"),
    ("takeaways", "Lo que nos llevamos"),
)
ADDRESS = "slug"


@dataclass(frozen=True)
class Passage:
    """One text: `key` tells it apart within its case, `label` names it to an editor."""

    key: str
    label: str
    text: str


def passages_of(case: CasePage) -> list[Passage]:
    """Every text of `case` that readers, search engines or feeds see, in the order of the page."""
    found = [Passage(name, label, getattr(case, name)) for name, label in PLAIN]
    found.append(address_passage(case.slug))
    for index, turn in enumerate(case.turns):
        label = TurnKind(turn.value["kind"]).label if turn.value["kind"] in TurnKind else "Carta"
        found.append(Passage(f"turn:{index}", str(label), turn.value["text"]))
    for index, step in enumerate(case.plan):
        found.append(Passage(f"step:{index}:title", "Paso del plan", step.value["title"]))
        found.append(Passage(f"step:{index}:detail", "Paso del plan", step.value["detail"]))
    return [passage for passage in found if passage.text]


def address_passage(slug: str) -> Passage:
    """An address to be checked: names stand in it as they do in a sentence, without capitals."""
    return Passage(ADDRESS, "Dirección", _as_words(slug))


def appearance_of(case: CasePage) -> list[tuple[str, str]]:
    """All of `case` that readers see: its texts, whose they are, what else may tell who asked."""
    texts = ((each.key, each.text) for each in passages_of(case))
    kinds = ((f"turn:{index}:kind", turn.value["kind"] or "") for index, turn in enumerate(case.turns))
    topics = sorted(link.topic_id for link in case.topic_links.all())
    return [
        *texts,
        *kinds,
        # Whose name stands above an orientation.
        ("author", str(case.author_id or "")),
        ("age_band", case.age_band),
        ("country", case.country),
        ("topics", ",".join(map(str, topics))),
    ]


def write_passages(case: CasePage, texts: Mapping[str, str]) -> None:
    """Put `texts`, by key, in their places in `case`; nothing is saved."""
    for key, text in texts.items():
        part, _, place = key.partition(":")
        if part == "turn":
            case.turns[int(place)].value["text"] = text
        elif part == "step":
            index, _, field = place.partition(":")
            case.plan[int(index)].value[field] = text
        elif part == ADDRESS:
            case.slug = _slug(case.slug, text)
        else:
            setattr(case, part, text[: case._meta.get_field(part).max_length or None])


def _as_words(slug: str) -> str:
    return slug.replace("-", " ")


def _slug(slug: str, words: str) -> str:
    """`slug` after its words became `words`; one whose words stay is not written anew."""
    return slug if words == _as_words(slug) else slugify(words) or slug
