"""Which pages a request asks for: filters, order and search, each refused when it makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Case, Value, When
from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from casestudies.models import CasePage, PageTopic
from home.enums import AgeBand, Country
from home.models import BlogPage, ProfessionalPage
from need_site.api.page_fields import PAGE_TYPES
from need_site.api.parameters import LARGEST_ID, day, one_of, truth, whole_number
from need_site.api.search import found_ids
from need_site.api.shapes import DATE, TEXT, TRUTH, Schema, choice

ID: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": LARGEST_ID}
SLUG: Final[Schema] = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
# Filters of every kind of page.
COMMON: Final[dict[str, Schema]] = {
    "slug": SLUG,
    "topic": SLUG,
    "search": TEXT,
    "child_of": ID,
    "descendant_of": ID,
    "ancestor_of": ID,
}
# Filters of some kinds, which `type` must name.
OWN: Final[dict[str, Schema]] = {
    "country": choice(Country.values),
    "age_band": choice(AgeBand.values),
    "published_on": DATE,
    "fictitious": TRUTH,
    "author": ID,
    "reviewer": ID,
}
OF_TYPE: Final[dict[type[Page], frozenset[str]]] = {
    CasePage: frozenset(OWN),
    BlogPage: frozenset({"published_on", "author"}),
    ProfessionalPage: frozenset({"country"}),
}
ORDERS: Final = ("id", "title", "first_published_at", "last_published_at")
READ: Final[dict[str, Callable[[str, str], Any]]] = {
    "country": lambda text, name: one_of(text, name, Country.values),
    "age_band": lambda text, name: one_of(text, name, AgeBand.values),
    "published_on": day,
    "fictitious": truth,
    "author": whole_number,
    "reviewer": whole_number,
}


def kind_asked(asked: QueryDict) -> type[Page]:
    """The one kind of page that `type` names; any page without it."""
    return PAGE_TYPES[one_of(asked.get("type", "wagtailcore.Page"), "type", PAGE_TYPES)]


def narrowed(queryset: Any, asked: QueryDict, readable: Any) -> Any:
    """`queryset` after every filter in `asked`, in the order asked for. Trees grow from `readable` pages."""
    queryset = _by_own_fields(queryset, asked)
    if "slug" in asked:
        queryset = queryset.filter(slug=asked["slug"])
    if "topic" in asked:
        links = PageTopic.objects.filter(topic__slug=asked["topic"])
        queryset = queryset.filter(pk__in=links.values("page"))
    for name in ("child_of", "descendant_of", "ancestor_of"):
        if name in asked:
            queryset = getattr(queryset, name)(_page(asked[name], name, readable))
    return _searched(queryset, asked)


def _by_own_fields(queryset: Any, asked: QueryDict) -> Any:
    names = OF_TYPE.get(queryset.model, frozenset())
    for name in OWN.keys() & asked.keys():
        if name not in names:
            raise BadRequestError(f"{name} needs a type of page that has it")
        queryset = queryset.filter(**{name: READ[name](asked[name], name)})
    return queryset


def _page(text: str, name: str, readable: Any) -> Page:
    page = readable.filter(pk=whole_number(text, name)).first()
    if page is None:
        raise BadRequestError(f"{name}: there is no such page")
    return page


def _searched(queryset: Any, asked: QueryDict) -> Any:
    """By relevance, unless an order is asked for."""
    if "search" not in asked:
        return _ordered(queryset, asked.get("order", "id"))
    ids = found_ids(asked["search"], asked.get("topic", ""))
    queryset = queryset.filter(pk__in=ids)
    if "order" in asked or not ids:
        return _ordered(queryset, asked.get("order", "id"))
    rank = Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(ids)))
    return queryset.order_by(rank, "pk")


def orders_of(model: type[Page]) -> list[str]:
    """The fields that a list of `model` can be ordered by."""
    return [*ORDERS, "published_on"] if model in (CasePage, BlogPage) else [*ORDERS]


def _ordered(queryset: Any, order: str) -> Any:
    names = orders_of(queryset.model)
    one_of(order, "order", [*names, *(f"-{name}" for name in names)])
    # The last word is the number's, so that pages of the list never overlap.
    return queryset.order_by(order, "pk")
