"""What is served of each kind of page: its name, its shape, where it comes from.

This table is the whole of it. A field of a model that is not named here is not served, filtered or
ordered by. `detail_only` fields are those that lists leave out: texts, and whatever may quote them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from wagtail.models import Page

from casestudies.models import CaseIndexPage, CasePage
from consultations.models import OrientationPage
from home.enums import AgeBand, Country
from home.models import BlogIndexPage, BlogPage, HomePage, PlainPage, ProfessionalPage, TeamPage
from need_site.api import people, texts
from need_site.api.addresses import drawing
from need_site.api.blocks import BLOCKS, as_blocks
from need_site.api.shapes import (
    DATE,
    DATE_OR_NULL,
    TEXT,
    TEXTS,
    TRUTH,
    URL_OR_NULL,
    Schema,
    choice,
    or_null,
    several,
)

# Takes the page and the view that serves it.
Source = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Served:
    """One field. Without `source` it is the page's own attribute of that name."""

    name: str
    schema: Schema
    source: Source | None = None
    detail_only: bool = False

    def value(self, page: Any, view: Any) -> Any:
        return self.source(page, view) if self.source else getattr(page, self.name)


def _day(name: str) -> Source:
    return lambda page, view: day.isoformat() if (day := getattr(page, name)) else None


def _drawing(folder: str, name: str) -> Source:
    return lambda page, view: drawing(view.request, folder, getattr(page, name))


def _blocks(name: str) -> Source:
    return lambda page, view: as_blocks(getattr(page, name), view.request)


def _lines(name: str) -> Source:
    return lambda page, view: [line.strip() for line in getattr(page, name).splitlines() if line.strip()]


INTRODUCTION = Served("introduction", TEXT)
BODY = Served("body", BLOCKS, _blocks("body"), detail_only=True)
TOPICS = Served("topics", several(texts.TOPIC), texts.topics_of)
AUTHOR = Served("author", or_null(people.PERSON), people.of("author"))
PUBLISHED = Served("published_on", DATE, _day("published_on"))
COMMENTS = Served("comments", several(texts.COMMENT), texts.comments_of, detail_only=True)

CASE = (
    Served("excerpt", TEXT),
    Served("summary", TEXT, detail_only=True),
    Served("content_note", TEXT),
    Served("age_band", choice(AgeBand.values)),
    Served("country", choice(Country.values)),
    TOPICS,
    AUTHOR,
    Served("reviewer", or_null(people.PERSON), people.of("reviewer")),
    PUBLISHED,
    Served("reviewed_on", DATE_OR_NULL, _day("reviewed_on")),
    Served("next_review_on", DATE_OR_NULL, _day("next_review_on")),
    Served("review_is_overdue", TRUTH),
    Served("fictitious", TRUTH),
    Served("turns", texts.TURNS, texts.turns_of, detail_only=True),
    Served("plan", texts.PLAN, texts.plan_of, detail_only=True),
    Served("takeaway_points", TEXTS, detail_only=True),
    Served("related", several(texts.RELATED), texts.related_to, detail_only=True),
    COMMENTS,
)
POST = (
    INTRODUCTION,
    TOPICS,
    AUTHOR,
    PUBLISHED,
    Served("illustration_url", URL_OR_NULL, _drawing("posts", "illustration")),
    BODY,
    COMMENTS,
)
PROFESSIONAL = (
    Served("job_title", TEXT),
    Served("registration", TEXT),
    Served("country", choice(Country.values)),
    Served("experience", TEXT),
    Served("languages", TEXT),
    Served("portrait_url", URL_OR_NULL, _drawing("people", "portrait")),
    Served("bio", TEXT, detail_only=True),
    Served("approach_points", TEXTS, detail_only=True),
    Served("how_i_write", TEXT, detail_only=True),
)

PAGE_FIELDS: Final[dict[type[Page], tuple[Served, ...]]] = {
    Page: (),
    HomePage: (Served("lead", TEXT), INTRODUCTION),
    CaseIndexPage: (INTRODUCTION,),
    CasePage: CASE,
    BlogIndexPage: (INTRODUCTION,),
    BlogPage: POST,
    TeamPage: (INTRODUCTION,),
    ProfessionalPage: PROFESSIONAL,
    OrientationPage: (
        INTRODUCTION,
        Served("what_it_is_not", TEXTS, _lines("what_it_is_not"), detail_only=True),
        BODY,
    ),
    PlainPage: (INTRODUCTION, BODY, Served("shows_crisis_lines", TRUTH)),
}
PAGE_TYPES: Final[dict[str, type[Page]]] = {
    f"{model._meta.app_label}.{model.__name__}": model for model in PAGE_FIELDS
}
DETAIL_ONLY: Final = frozenset(
    field.name for fields in PAGE_FIELDS.values() for field in fields if field.detail_only
)


def fields_of(model: type[Page]) -> tuple[Served, ...]:
    """What is served of pages of `model`; nothing but the common fields of a kind that is not listed."""
    return PAGE_FIELDS.get(model, ())
